"""A question of a claim as the plan of a study: what the command line would make of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sim.asking.option import Option, checked
from sim.asking.scenarios import load
from sim.asking.study import Plan, Study
from sim.errors import Fault, ScenarioError, SimError
from sim.model.claim import Question
from sim.scenario.document import suggestion
from sim.studies import STUDIES, study_of

ITSELF = "claims"


@dataclass(frozen=True)
class Asked:
    """A question, the study that answers it, and the plan of that."""

    question: Question
    study: Study
    plan: Plan


def asked(question: Question, more: dict[str, int]) -> Asked:
    """The plan of a question; ``more`` are options that stand in place of its own, where its study has them.

    Raises
    ------
    ScenarioError : there is no such study, scenario, arm or option; at the place of the question.
    """
    try:
        study = _study(question.study)
        own = {option.name: given for option, given in _given(study, question)}
        own |= {option.name: more[option.name] for option in study.options if option.name in more}
        scenario = None
        if study.subject:
            if not question.scenario:
                raise SimError(f"{study.name} is asked of a scenario — add scenario: first-look")
            scenario = load(question.scenario, dict(question.sets), ",".join(question.arms) or None, study.kind)
        return Asked(question, study, study.plan(scenario, **checked(study.options, own)))
    except ScenarioError as error:
        raise ScenarioError(tuple(map(_at(question.place), map(str, error.faults)))) from None
    except SimError as error:
        raise ScenarioError((_at(question.place)(str(error)),)) from None


def _at(place: Fault) -> Any:
    return lambda message: replace(place, message=message)


def _study(name: str) -> Study:
    if name == ITSELF or name not in STUDIES:
        known = [one for one in STUDIES if one != ITSELF]
        hint = suggestion(name[:60], known) or f" — write one of {', '.join(known)}"
        raise SimError(f'no study "{name}"{hint}')
    return study_of(name)


def _given(study: Study, question: Question) -> list[tuple[Option, Any]]:
    """The options of a question, named as on the command line."""
    flags = {option.flag.removeprefix("--"): option for option in study.options if not option.is_argument}
    found = []
    for name, given in question.options.items():
        if name not in flags:
            hint = suggestion(name[:60], list(flags)) or f" — its options are {', '.join(flags) or 'none'}"
            raise SimError(f'{study.name} has no option "{name}"{hint}')
        if isinstance(given, tuple) and not flags[name].is_many:
            raise SimError(f"--{name} is given {len(given)} times — keep one")
        found.append((flags[name], given))
    return found
