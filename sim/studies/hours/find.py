"""Every hour of a week as a launch: the same flight and the same draws under another clock."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from sim.analysis.box import settings_at_ends
from sim.analysis.measures import Measure
from sim.analysis.outcomes import Floats, Outcomes, Quantity, joined, outcomes
from sim.asking.study import Plan
from sim.draws.block import Columns
from sim.errors import SimError
from sim.experiment.bands import MEASURED, find_bands, n_each
from sim.experiment.batch import alone
from sim.experiment.engines import EngineName, cost_words, engine_of, n_looked_at, n_tried
from sim.experiment.simulate import check, simulate_block
from sim.experiment.simulator import Simulator
from sim.model.ranges import TYPICAL, Setting
from sim.model.scenario import Arm, Scenario
from sim.studies.hours.week import DAY, HOURS, launched_at, unalike_hours

N_EACH = 2_000  # replications of an hour, unless it is said how many: seconds for all of them
N_ENDS = 3  # settings of an hour under an arm: typical, slowest, fastest
Ends = Mapping[str, tuple[Setting, ...]]  # by arm, the settings at which it is slowest and fastest


@dataclass(frozen=True, kw_only=True)
class HoursPlan(Plan):
    """The hours of the week of the launch.

    n : replications of each at the typical setting; n_at_ends : at the settings that make the band.
    """

    n: int
    n_at_ends: int


@dataclass(frozen=True, eq=False)
class Week:
    """What came out by hour of the week, the first being Monday 00:00 by the clock of the launch.

    typical : of each hour, in the place of a setting, at working values.
    low, high : by arm, float64 (hour,), the band of the median, microseconds; nan where no report comes.
    """

    typical: Outcomes
    low: Mapping[str, Floats]
    high: Mapping[str, Floats]

    def of_arm(self, arm: str, measure: Measure = Measure.P50) -> Floats:
        """A measure of an arm at every hour, (1 + section, hour)."""
        return self.typical.values[Quantity(measure, arm)]

    def in_time(self, arm: str) -> Floats:
        """The share of an arm's reports in time at every hour, (hour,); nan where they are due by no time."""
        found = self.typical.values.get(Quantity(Measure.IN_TIME, arm))
        return np.full(HOURS, math.nan) if found is None else found[0]

    @property
    def has_deadlines(self) -> bool:
        """Whether the reports of some arm are due by some time."""
        return any(quantity.measure is Measure.IN_TIME for quantity in self.typical.values)


def plan(scenario: Scenario, *, replications: int | None = None) -> HoursPlan:
    """Every hour of the week under every arm.

    Raises
    ------
    SimError : no desk that an arm uses has hours.
    """
    if not any(arm.hours() for arm in scenario.arms):
        raise SimError(
            f"{scenario.name}: no desk has hours, so the hour of the launch changes nothing — give one: "
            'hours: {from: "08:00", until: "17:00", on_call: 10 min, evidence: assumed}'
        )
    n = replications or min(scenario.replications, N_EACH)
    n_at_ends = min(n, n_each(scenario, MEASURED)) if n_tried(scenario) else 0
    n_launches = HOURS * (n + (N_ENDS - 1) * n_at_ends) * len(scenario.launch_keys()) + n_looked_at(scenario)
    search = f", and a search for the ends of the bands × {n_at_ends:,}" if n_at_ends else ""
    n_settings = HOURS * (N_ENDS if n_at_ends else 1) + n_tried(scenario)
    return HoursPlan(
        study="hours",
        scenario=scenario,
        asked={"replications": [n, n_at_ends]},
        cost=cost_words(scenario, f"{HOURS} hours × {n:,} replications{search}", n_settings, n_launches),
        n_launches=n_launches,
        n_settings=n_settings,
        n=n,
        n_at_ends=n_at_ends,
    )


def find(plan: HoursPlan, simulator: Simulator) -> Week:
    """The hours at the typical setting, then what the ranges make of them.

    The band of an arm is looked for at its slowest hour, where whatever moves it does: the settings that are slowest
    and fastest there are tried at every hour, and its band is the lowest and highest of those and the typical one.
    """
    scenario, execution = plan.scenario, simulator.execution
    days = range(0, HOURS, DAY)
    for hour in unalike_hours(scenario):
        check(launched_at(scenario, hour), engine_of(execution.engine))
    execution.begin(HOURS * plan.n)
    made = []
    for day in execution.spread(partial(typical_day, scenario, plan.n, execution.engine), days, scenario):
        made.append(day)
        execution.watch(DAY * plan.n)
    typical = joined(made)
    ends = {arm.name: _ends(plan, arm, typical, execution.engine) for arm in scenario.arms}
    tried = execution.spread(partial(day_at_ends, scenario, ends, plan.n_at_ends, execution.engine), days, scenario)
    of_days = [*tried]
    found = {arm.name: np.concatenate([day[arm.name] for day in of_days], axis=1) for arm in scenario.arms}
    each = {name: np.vstack([typical.values[Quantity(Measure.P50, name)][:1], at]) for name, at in found.items()}
    return Week(
        typical,
        low={name: np.fmin.reduce(values, axis=0) for name, values in each.items()},
        high={name: np.fmax.reduce(values, axis=0) for name, values in each.items()},
    )


def typical_day(scenario: Scenario, n: int, engine: EngineName, first: int) -> Outcomes:
    """The 24 hours from one on, each in the place of a setting, from the same columns of draws."""
    made: dict[object, Columns] = {}
    return joined([_outcomes(launched_at(scenario, first + hour), (TYPICAL,), n, engine, made) for hour in range(DAY)])


def day_at_ends(scenario: Scenario, ends: Ends, n: int, engine: EngineName, first: int) -> dict[str, Floats]:
    """By arm, the median of the 24 hours from one on, at its own settings alone, (setting, hour)."""
    made: dict[object, Columns] = {}
    found = {arm.name: np.full((len(ends[arm.name]), DAY), math.nan) for arm in scenario.arms}
    for hour in range(DAY):
        launched = launched_at(scenario, first + hour)
        for arm in (arm for arm in launched.arms if ends[arm.name]):
            of_arm = _outcomes(alone(launched, arm), ends[arm.name], n, engine, made, n_sections=0)
            found[arm.name][:, hour] = of_arm.values[Quantity(Measure.P50, arm.name)][0]
    return found


def _outcomes(
    scenario: Scenario,
    settings: tuple[Setting, ...],
    n: int,
    engine: EngineName,
    made: dict[object, Columns],
    **sections: int,
) -> Outcomes:
    latency, _ = simulate_block(scenario, engine_of(engine), settings, 0, n, made)
    return outcomes(scenario, latency, **sections)


def _ends(plan: HoursPlan, arm: Arm, typical: Outcomes, engine: EngineName) -> tuple[Setting, ...]:
    """The settings at which the median of an arm is lowest and highest at its slowest hour; none without ranges."""
    quantity = Quantity(Measure.P50, arm.name)
    medians = typical.values[quantity][0]
    if not plan.n_at_ends or np.isnan(medians).all():
        return ()
    slowest = launched_at(plan.scenario, int(np.nanargmax(medians)))
    extent = find_bands(alone(slowest, arm), engine).get(quantity)
    return () if extent is None else settings_at_ends([extent])
