"""The claims of a page, and what the studies that they ask find."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim.asking.study import Plan
from sim.errors import Fault, ScenarioError
from sim.experiment.engines import study_s
from sim.experiment.simulator import Simulator
from sim.model.claim import Claim, Question
from sim.scenario.catalogue import load_catalogue, names_of
from sim.scenario.claims import load_claims
from sim.scenario.facts import load_facts
from sim.scenario.folders import shipped_folder
from sim.scenario.loader import load_text
from sim.studies.claims.ask import Asked, asked
from sim.studies.record.exchanges import BASE_CASE, exchange_rows
from sim.studies.record.rows import Row
from sim.units import count_text

NAME = "claims"


@dataclass(frozen=True)
class Trial:
    """A claim, the questions whose answers are its result, the one whose answer says what would turn it; exchanges."""

    claim: Claim
    asks: tuple[Asked, ...]
    otherwise: Asked | None
    exchanges: tuple[Row, ...]

    @property
    def asked(self) -> tuple[Asked, ...]:
        """All that is asked."""
        return self.asks if self.otherwise is None else (*self.asks, self.otherwise)


@dataclass(frozen=True, kw_only=True)
class ClaimsPlan(Plan):
    """The claims in their order."""

    trials: tuple[Trial, ...]

    @property
    def questions(self) -> Mapping[str, Asked]:
        """All that is asked, by digest: each once."""
        return {one.plan.digest: one for trial in self.trials for one in trial.asked}


def plan(*, claims: Sequence[str] = (), replications: int | None = None, settings: int | None = None) -> ClaimsPlan:
    """The claims of some names or files, all that are shipped if none is given.

    Raises
    ------
    ScenarioError : with every fault of their files, and of what they ask.
    """
    given = (("replications", replications), ("settings", settings))
    more = {name: str(n) for name, n in given if n is not None}
    trials = _trials(load_claims(tuple(claims)), more)
    questions = {one.plan.digest: one for trial in trials for one in trial.asked}
    plans = [one.plan for one in questions.values()]
    first = plans[0].scenario if plans else load_text(BASE_CASE, NAME)
    return ClaimsPlan(
        study=NAME,
        scenario=replace(first, name=NAME),
        asked={"claims": [_plain(trial) for trial in trials]},
        cost=_cost(trials, plans),
        n_launches=sum(one.n_launches for one in plans),
        n_settings=sum(one.n_settings for one in plans),
        trials=trials,
    )


def _trials(claims: Sequence[Claim], more: Mapping[str, str]) -> tuple[Trial, ...]:
    """Every claim with the plans of what it asks; every fault of them in one report."""
    faults: list[Fault] = []

    def tried(question: Question | str | None) -> Asked | None:
        if not isinstance(question, Question):
            return None
        try:
            return asked(question, more)
        except ScenarioError as error:
            faults.extend(error.faults)
            return None

    trials = []
    for claim in claims:
        asks = tuple(one for question in claim.asks if (one := tried(question)))
        trials.append(Trial(claim, asks, tried(claim.otherwise), exchanges_of(claim.exchanges)))
    if faults:
        raise ScenarioError(tuple(sorted(set(faults))))
    return tuple(trials)


def exchanges_of(days: tuple[str, str] | None) -> tuple[Row, ...]:
    """The rows of the record on exchanges of some days; none if it is asked for none."""
    if days is None:
        return ()
    folder = shipped_folder()
    launches = load_catalogue(folder)
    known = load_facts(folder, names_of(launches)).uses
    uses = [use for use in known if days[0] <= use.start and use.stop <= days[1]]
    return exchange_rows(uses, load_text(BASE_CASE, "exchanged", folder), launches)


def _cost(trials: Sequence[Trial], plans: Sequence[Plan]) -> str:
    """How long all takes, then what is asked for each claim."""
    s = sum(study_s(one.scenario, one.n_settings, one.n_launches, "columns") for one in plans)
    counts = f"{count_text(len(trials), 'claim')}, {count_text(len(plans), 'question')}"
    said = [f"{counts}, about {max(1, round(s)):,} s on one core"]
    for trial in trials:
        asked = (
            f"{shlex.join(filter(None, ['sim', one.study.name, one.question.scenario]))}, {one.plan.cost}"
            for one in trial.asked
        )
        said.append(f"  {trial.claim.name}: {'; '.join(asked) or 'nothing is asked'}")
    return "\n".join(said)


def _plain(trial: Trial) -> dict[str, Any]:
    """All that the answer depends on, as plain JSON."""
    claim = trial.claim
    said = [claim.name, claim.title, claim.number, claim.claim, claim.experiment, claim.cannot_show, claim.why_none]
    otherwise = claim.otherwise if isinstance(claim.otherwise, str) else None
    questions = [[one.plan.digest, one.question.figure] for one in trial.asked]
    return {"said": [*said, otherwise], "asked": questions, "exchanges": claim.exchanges}


def find(plan: ClaimsPlan, simulator: Simulator) -> dict[str, Any]:
    """What every study found, by the digest of its plan."""
    return {digest: one.study.find(one.plan, simulator) for digest, one in plan.questions.items()}
