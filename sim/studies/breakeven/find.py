"""Break-evens of the first pair: which values are looked at, how often each, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.analysis.measures import Measure
from sim.analysis.outcomes import Outcomes
from sim.asking.pairs import first_pair, need_paths
from sim.asking.study import Plan
from sim.errors import SimError
from sim.experiment.batch import Batch
from sim.experiment.engines import cost_words
from sim.experiment.simulator import Simulator
from sim.model.ranges import Range, Setting
from sim.model.scenario import Scenario
from sim.studies.breakeven.bounds import asked_range, bounded
from sim.studies.breakeven.crossings import BreakEvens, break_evens
from sim.studies.breakeven.curves import Curve, Search, curves_of

N_OVER_ALL = 4_000  # launches of each arm at a value: seconds on the compiled engine for sixteen ranges


@dataclass(frozen=True, kw_only=True)
class BreakEvenPlan(Plan):
    """The values that are looked at: one, with its whole curve, or all ranges."""

    measure: Measure
    ranges: tuple[Range, ...]
    is_one: bool
    n_each: int
    search: Search


@dataclass(frozen=True, eq=False)
class Found:
    """The break-evens, most easily turned first, and the curves that they were found on, in the order of the ranges."""

    break_evens: BreakEvens
    curves: tuple[Curve, ...]


def plan(
    scenario: Scenario, *, measure: Measure = Measure.MEAN, on: str | None = None, replications: int | None = None
) -> BreakEvenPlan:
    """One value if ``on`` names it, as ``PATH`` or ``PATH=from:to``; else every range of the pair.

    Raises
    ------
    SimError : there is no pair, no such value, or no range.
    """
    ranged, path = bounded(scenario, on) if on else (scenario, "")
    pair, search = first_pair(ranged, measure, "a break-even"), Search()
    need_paths(pair, pair.contrasts[0], "a break-even")
    ranges = (asked_range(pair, path, on),) if on else pair.ranges()
    if not ranges:
        raise SimError(f"{scenario.name}: the pair has no value that is a range — name one: --on PATH=from:to")
    n_each = replications or _n_each(ranged, is_one=bool(on))
    n_settings = len(ranges) * search.n_values
    n_launches = n_settings * n_each * len(ranged.launch_keys())
    return BreakEvenPlan(
        study="breakeven",
        scenario=pair,
        asked={"pair": pair.contrasts[0], "for": measure, "on": path, "replications": n_each},
        cost=cost_words(
            pair, f"{n_settings:,} settings × {n_each:,} replications, and some more", n_settings, n_launches
        ),
        n_launches=n_launches,
        measure=measure,
        ranges=ranges,
        is_one=bool(on),
        n_each=n_each,
        search=search,
    )


def _n_each(scenario: Scenario, *, is_one: bool) -> int:
    """Replications of a value: those of the file for one value; for all of them together fewer."""
    if is_one:
        return scenario.replications
    return min(scenario.replications, max(2, N_OVER_ALL // len(scenario.launch_keys())))


def find(plan: BreakEvenPlan, simulator: Simulator) -> Found:
    """The break-even of every value of the plan."""

    def ask(settings: tuple[Setting, ...]) -> Outcomes:
        return simulator.outcomes(Batch(plan.scenario, settings, plan.n_each))

    curves = curves_of(plan.scenario, plan.ranges, plan.measure, plan.search, ask)
    found = break_evens(plan.scenario, plan.measure, plan.n_each, curves)
    return Found(replace(found, arrive=ask(({},)).arrive(found.a, found.b)), curves)
