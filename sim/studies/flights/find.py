"""The flight time that every arm needs, and what it reports in time of every launch of a campaign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.box import settings_at_ends
from sim.analysis.measures import Measure
from sim.analysis.outcomes import Floats, Outcomes, Quantity
from sim.asking.study import Plan
from sim.errors import SimError
from sim.experiment.bands import find_bands, n_each
from sim.experiment.batch import Batch
from sim.experiment.engines import cost_words, n_looked_at, n_tried
from sim.experiment.simulator import Simulator
from sim.model.ranges import TYPICAL, Setting
from sim.model.scenario import Scenario
from sim.studies.campaign.totals import Measured, measured

N_EACH = 2_000  # replications of a launch, unless it is said how many
AT_ENDS = 500  # missiles of a launch, in each of the settings that hold an end
ENDS = 20  # of such settings, about


@dataclass(frozen=True, kw_only=True)
class FlightsPlan(Plan):
    """The launches whose flight time is known, in order of time.

    left_out : the others; n : replications of each.
    """

    runs: tuple[Scenario, ...]
    left_out: tuple[Scenario, ...]
    n: int


@dataclass(frozen=True)
class Flight:
    """A launch: how long it flew, microseconds, and what each arm reports of it in time, a share."""

    run: Scenario
    flight_us: int
    in_time: Mapping[str, Measured]


@dataclass(frozen=True)
class Needed:
    """The flight time that half of an arm's reports that come take, microseconds: a mean over launches with some."""

    arm: str
    flight: Measured


@dataclass(frozen=True)
class Flights:
    """All launches in order of time, and what every arm needs, in the order of the arms."""

    launches: tuple[Flight, ...]
    needed: tuple[Needed, ...]
    n_settings: int

    @property
    def years(self) -> tuple[int, ...]:
        """The years in which there were launches."""
        return tuple(sorted({launch.run.clock.year for launch in self.launches}))

    def of_year(self, year: int) -> tuple[Flight, ...]:
        """The launches of a year."""
        return tuple(launch for launch in self.launches if launch.run.clock.year == year)

    def n_long(self, flight_us: float, year: int | None = None) -> int:
        """How many launches, of all or of a year, fly so long or longer."""
        launches = self.launches if year is None else self.of_year(year)
        return sum(launch.flight_us >= flight_us for launch in launches)


def plan(scenario: Scenario, *, replications: int | None = None) -> FlightsPlan:
    """Every launch of the campaign whose flight time is known.

    Raises
    ------
    SimError : of none it is, or a launch has no clock.
    """
    timed = [run for run in scenario.runs if run.is_timed]
    if not timed:
        raise SimError(
            f"{scenario.name}: no launch has a deadline — give one a flight_time, such as flight_time: 10 min"
        )
    if clockless := [run.launches[0].name for run in timed if run.zero is None]:
        raise SimError(f"{scenario.name}: {clockless[0]} has no day — add date: 2019-10-02 and time: 07:10 to it")
    ordered = sorted(timed, key=lambda run: run.clock)
    n = replications or min(scenario.replications, N_EACH)
    n_launches = sum((n + ENDS * AT_ENDS) * len(run.launch_keys()) for run in ordered) + n_looked_at(ordered[0])
    search = ", and a search for the ends of the bands" if n_tried(ordered[0]) else ""
    what = f"{len(ordered)} {scenario.happenings} × {n:,} replications{search}"
    return FlightsPlan(
        study="flights",
        scenario=scenario,
        asked={"replications": n},
        cost=cost_words(ordered[0], what, ENDS * len(ordered) + n_tried(ordered[0]), n_launches),
        n_launches=n_launches,
        n_settings=ENDS,
        runs=tuple(ordered),
        left_out=tuple(run for run in scenario.runs if not run.is_timed),
        n=n,
    )


def find(plan: FlightsPlan, simulator: Simulator) -> Flights:
    """Every launch at working values, and in the settings in which the first has the ends of its medians and shares."""
    settings = (TYPICAL, *_ends(plan.runs[0], simulator))
    typical = simulator.each([Batch(run, (TYPICAL,), plan.n) for run in plan.runs])
    at_ends = simulator.each([Batch(run, settings, n_each(run, AT_ENDS)) for run in plan.runs])
    launches = tuple(_flight(*one) for one in zip(plan.runs, typical, at_ends, strict=True))
    needed = tuple(
        Needed(arm.name, _mean(Quantity(Measure.P50, arm.name), typical, at_ends)) for arm in plan.scenario.arms
    )
    return Flights(launches, needed, len(settings))


def _ends(run: Scenario, simulator: Simulator) -> tuple[Setting, ...]:
    """Where the medians of arms and what they report in time are lowest and highest."""
    extents = find_bands(run, simulator.execution.engine)
    return settings_at_ends(
        found for one, found in extents.items() if one.measure in (Measure.P50, Measure.IN_TIME) and not one.against
    )


def _flight(run: Scenario, typical: Outcomes, at_ends: Outcomes) -> Flight:
    quantities = {arm.name: Quantity(Measure.IN_TIME, arm.name) for arm in run.arms}
    shares = {arm: measured(typical.values[one], at_ends.values[one]) for arm, one in quantities.items()}
    return Flight(run, max(deadline.after_us for deadline in run.deadlines()), shares)


def _mean(quantity: Quantity, typical: Sequence[Outcomes], at_ends: Sequence[Outcomes]) -> Measured:
    """The mean of a quantity over the launches that have it."""
    of_launches = ([one.values[quantity] for one in every] for every in (typical, at_ends))
    return measured(*map(_mean_known, of_launches))


def _mean_known(values: Sequence[Floats]) -> Floats:
    """The mean of those that are there, nan where none is."""
    is_known = [~np.isnan(one) for one in values]
    known = sum(np.where(there, one, 0.0) for there, one in zip(is_known, values, strict=True))
    with np.errstate(invalid="ignore"):
        return np.asarray(known / sum(is_known))
