"""A question of a claim as the plan of a study: what the command line would make of it."""

from __future__ import annotations

from collections.abc import Mapping
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
    """A question, the study that answers it, and the plan of that.

    options : those that it is asked with, by their flags without dashes.
    """

    question: Question
    study: Study
    plan: Plan
    options: Mapping[str, str | tuple[str, ...]]


def asked(question: Question, more: Mapping[str, str]) -> Asked:
    """The plan of a question; ``more`` are options that stand in place of its own, where its study has them.

    Raises
    ------
    ScenarioError : there is no such study, scenario, arm or option; at the place of the question.
    """
    try:
        study = _study(question.study)
        given = _given(study, question) | {option: more[option.name] for option in study.options if option.name in more}
        scenario = None
        if study.subject:
            if not question.scenario:
                raise SimError(f"{study.name} is asked of a scenario — add scenario: first-look")
            scenario = load(question.scenario, dict(question.sets), ",".join(question.arms) or None, study.kind)
        plan = study.plan(scenario, **checked(study.options, {option.name: one for option, one in given.items()}))
        return Asked(question, study, plan, {_flag(option): one for option, one in given.items()})
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


def _flag(option: Option) -> str:
    return option.flag.removeprefix("--")


def _given(study: Study, question: Question) -> dict[Option, str | tuple[str, ...]]:
    """The options of a question, named as on the command line."""
    flags = {_flag(option): option for option in study.options if not option.is_argument}
    found = {}
    for name, given in question.options.items():
        if name not in flags:
            hint = suggestion(name[:60], list(flags)) or f" — its options are {', '.join(flags) or 'none'}"
            raise SimError(f'{study.name} has no option "{name}"{hint}')
        if isinstance(given, tuple) and not flags[name].is_many:
            raise SimError(f"--{name} is given {len(given)} times — keep one")
        found[flags[name]] = given
    return found
