"""The ledger of the first replications at the typical setting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.analysis.analyse import contrast
from sim.analysis.ledger import Ledger, ledger
from sim.analysis.results import Contrast
from sim.analysis.work import WorkSums
from sim.asking.pairs import need_pair
from sim.asking.study import Plan
from sim.experiment.engines import cost_words
from sim.experiment.simulator import Simulator
from sim.model.scenario import Scenario


@dataclass(frozen=True, kw_only=True)
class LedgerPlan(Plan):
    """How many replications of the typical setting are looked at."""

    n: int


@dataclass(frozen=True)
class Accounts:
    """The accounts of all arms and pairs; what the same replications say of the first pair, and of work by arm."""

    ledger: Ledger
    first: Contrast
    work: Mapping[str, WorkSums]


def plan(scenario: Scenario, *, replications: int | None = None) -> LedgerPlan:
    """As many replications as are asked for, else those of the file.

    Raises
    ------
    SimError : there is no pair.
    """
    need_pair(scenario, "a ledger")
    n = replications or scenario.replications
    n_launches = n * len(scenario.launch_keys())
    return LedgerPlan(
        study="ledger",
        scenario=scenario,
        asked={"replications": n},
        cost=cost_words(scenario, f"{n:,} replications at the typical setting", 1, n_launches),
        n_launches=n_launches,
        n_settings=1,
        n=n,
    )


def find(plan: LedgerPlan, simulator: Simulator) -> Accounts:
    """The parts of every mean of the plan."""
    tally = simulator.tally(plan.scenario, plan.n)
    first = contrast(plan.scenario, *plan.scenario.contrasts[0], tally)
    return Accounts(ledger(plan.scenario, tally), first, {arm: sums.work for arm, sums in tally.stages.items()})
