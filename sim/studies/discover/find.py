"""Settings of all that is not known, a condition asked of each, and the region in which it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.measures import Measure
from sim.analysis.outcomes import Floats
from sim.asking.extra import need
from sim.asking.pairs import need_paths
from sim.asking.study import Plan
from sim.draws.settings import settings_of
from sim.errors import SimError
from sim.experiment.batch import Batch
from sim.experiment.engines import cost_words
from sim.experiment.simulator import Simulator
from sim.model.ranges import Range
from sim.model.scenario import Scenario, arm_ranges
from sim.model.scope import has_no_path
from sim.studies.discover.boxes import Discovery, Regret, discover, regrets
from sim.studies.discover.condition import Bools, Condition, parse_condition

LAUNCHES = 100  # of each arm in a setting, unless it is said how many


@dataclass(frozen=True, kw_only=True)
class DiscoverPlan(Plan):
    """A condition, and the ranges in which it is looked for."""

    condition: Condition
    ranges: tuple[Range, ...]
    n_tried: int
    n_each: int


@dataclass(frozen=True, eq=False)
class Found:
    """Where the condition holds.

    ranges, positions, holds : the ranges looked at; float64 (setting, range), 0 to 1; bool (setting,).
    regrets : by measure, of all arms but the baseline, of the product that the condition is of.
    """

    ranges: tuple[Range, ...]
    positions: Floats
    holds: Bools
    discovery: Discovery
    regrets: Mapping[Measure, tuple[Regret, ...]]


def plan(
    scenario: Scenario, *, when: str | None = None, settings: int = 2_000, replications: int | None = None
) -> DiscoverPlan:
    """The condition ``when``, else that the first arm is faster than the second.

    Raises
    ------
    SimError : the condition cannot be read, an arm of it has no path, or fewer than two ranges bear on it; or the
        EMA workbench is missing.
    """
    need("discover", "ema_workbench")
    condition = _condition(scenario, when)
    need_paths(scenario, condition.arms, "a region")
    compared = replace(scenario, contrasts=condition.pairs)
    ranges = tuple(vary for vary in compared.ranges() if _is_used(compared, condition, vary.path))
    if len(ranges) < 2:
        raise SimError(
            f"{scenario.name}: {'one value' if ranges else 'no value'} of the arms of the condition is a range, and a "
            "region needs two — write more as ranges, or ask sim breakeven --on"
        )
    n_each = replications or max(10, LAUNCHES // len(scenario.launch_keys()))
    n_launches = settings * n_each * len(scenario.launch_keys())
    return DiscoverPlan(
        study="discover",
        scenario=compared,
        asked={
            "when": condition.text,
            "arms": [arm.name for arm in compared.arms],
            "settings": settings,
            "replications": n_each,
        },
        cost=cost_words(compared, f"{settings:,} settings × {n_each:,} replications", settings, n_launches),
        n_launches=n_launches,
        n_settings=settings,
        condition=condition,
        ranges=ranges,
        n_tried=settings,
        n_each=n_each,
    )


def _condition(scenario: Scenario, when: str | None) -> Condition:
    if when is None:
        if not scenario.contrasts:
            raise SimError(f"{scenario.name}: has one arm, and faster needs two — name them: --arms A,B")
        when = "{} faster than {}".format(*scenario.contrasts[0])
    condition = parse_condition(when, [arm.name for arm in scenario.arms])
    for a, b in condition.pairs:
        if scenario.arm(a).product != scenario.arm(b).product:
            raise SimError(f"--when: {a} and {b} are of two products, so neither is faster — compare arms of one")
    if condition.needs_deadline and not scenario.is_timed:
        raise SimError(
            f"--when: a launch of {scenario.name} has no deadline to be in time for — give one, or say within 10 min"
        )
    return condition


def _is_used(scenario: Scenario, condition: Condition, path: str) -> bool:
    """Whether an arm of the condition rests on a range, or the launches do."""
    users = [arm.name for arm in scenario.arms if any(vary.path == path for vary in arm_ranges(arm))]
    return not users or any(name in condition.arms for name in users)


def find(plan: DiscoverPlan, simulator: Simulator) -> Found:
    """The region, and what each arm has to regret; the typical setting lies at no position and is not tried."""
    scenario = plan.scenario
    design = replace(scenario.settings, count=plan.n_tried + 1)
    tried = settings_of(replace(scenario, settings=design))[1:]
    outcomes = simulator.outcomes(Batch(scenario, tried, plan.n_each, 0))
    positions = np.array([[setting[vary.path] for vary in plan.ranges] for setting in tried], float)
    holds = plan.condition.holds(outcomes)
    alike = scenario.of_product(scenario.arm(plan.condition.arms[0]).product)
    arms = [arm.name for arm in alike.compared if not has_no_path(scenario, arm)]
    measures: tuple[Measure, ...] = (Measure.MEAN, Measure.IN_TIME) if scenario.is_timed else (Measure.MEAN,)
    return Found(
        ranges=plan.ranges,
        positions=positions,
        holds=holds,
        discovery=discover(plan.ranges, positions, holds),
        regrets={measure: regrets(outcomes, arms, measure) for measure in measures},
    )
