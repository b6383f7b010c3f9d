"""What a campaign adds up to: launch by launch, then over those that a calendar changes. Pure functions of outcomes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

import numpy as np

from sim.analysis.bands import Band
from sim.analysis.intervals import Interval
from sim.analysis.measures import Measure
from sim.analysis.outcomes import Floats, Outcomes, Quantity, interval
from sim.model.scenario import Scenario
from sim.studies.campaign.calendars import EVER, parted
from sim.studies.campaign.desks import DeskTotal

Pair = tuple[str, str]


@dataclass(frozen=True)
class Measured:
    """A time at working values with its noise, and its band over the ranges; microseconds, nan where there is none."""

    typical: Interval
    band: Band


@dataclass(frozen=True)
class Reported:
    """One launch of a campaign, or the salvo that it was.

    latency : mean by arm; arrives, in_time : shares by arm, the latter of those that have a deadline
    pairs : mean paired difference, first minus second
    """

    run: Scenario
    latency: Mapping[str, Measured]
    arrives: Mapping[str, float]
    in_time: Mapping[str, float]
    pairs: Mapping[Pair, Measured]

    def changes(self, pair: Pair) -> bool:
        """Whether the first of a pair gives anything else than the second: under the same draws, to the microsecond."""
        found = self.pairs[pair]
        ends = (found.typical.estimate, found.band.low, found.band.high)
        is_moved = any(end != 0 and not math.isnan(end) for end in ends)
        return is_moved or self.arrives[pair[0]] != self.arrives[pair[1]]


@dataclass(frozen=True)
class Total:
    """What the first of a pair changes over all launches.

    since : from when the two differ; None if they never do, and `n_after` launches come then or later
    changed : the launches that it changes; total, mean and median : of their differences, in microseconds
    cumulative : the sum up to each launch of the campaign, at working values
    n_lost : how many launches have no difference, since no report arrives under one of the two
    """

    pair: Pair
    since: datetime | None
    n_after: int
    changed: tuple[Reported, ...]
    total: Measured
    mean: Measured
    median: Measured
    cumulative: tuple[float, ...]
    n_lost: int


@dataclass(frozen=True)
class CentreTotal:
    """Work at a centre over some launches of a campaign, microseconds: of an arm, or of one minus another.

    year : None for all of the period; ``n_missiles`` are those of its launches.
    total : over all of them; each : a missile.
    """

    pair: Pair
    centre: str
    year: int | None
    n_missiles: int
    total: Measured
    each: Measured


@dataclass(frozen=True)
class Campaign:
    """All launches in order of time, the totals of each pair that is compared, and over how many settings.

    work : by centre, of every arm and pair; desks : of every arm that has some.
    """

    launches: tuple[Reported, ...]
    totals: tuple[Total, ...]
    n_settings: int
    work: tuple[CentreTotal, ...] = ()
    desks: tuple[DeskTotal, ...] = ()

    def work_of(self, pair: Pair, year: int | None = None) -> tuple[CentreTotal, ...]:
        """The work that the first of a pair changes, by centre, over all launches or those of a year."""
        return tuple(one for one in self.work if one.pair == pair and one.year == year)

    def work_at(self, work: CentreTotal, year: int) -> CentreTotal:
        """The same of the launches of a year."""
        return next(one for one in self.work_of(work.pair, year) if one.centre == work.centre)

    def year_after(self, one: Total) -> int | None:
        """The first whole year after two calendars part that has launches; None where there is none, or they never do.

        Of calendars that part before anything, the first year that has some.
        """
        years = sorted({work.year for work in self.work if work.year is not None})
        if one.since is None:
            return None
        return next((year for year in years if one.since == EVER or year > one.since.year), None)


@dataclass(frozen=True, eq=False)
class Simulated:
    """A launch as it was simulated: at working values, and in the settings that all launches share."""

    run: Scenario
    typical: Outcomes
    settings: Outcomes


def reported(found: Simulated) -> Reported:
    """What is told of a launch."""
    scenario, values = found.run, found.typical.values

    def mean(*about: str) -> Measured:
        quantity = Quantity(Measure.MEAN, *about)
        return measured(values[quantity], found.settings.values[quantity])

    def shares(measure: Measure) -> dict[str, float]:
        quantities = {arm.name: Quantity(measure, arm.name) for arm in scenario.arms}
        return {arm: float(values[one][0, 0]) for arm, one in quantities.items() if one in values}

    return Reported(
        run=scenario,
        latency={arm.name: mean(arm.name) for arm in scenario.arms},
        arrives=shares(Measure.ARRIVES),
        in_time=shares(Measure.IN_TIME),
        pairs={pair: mean(*pair) for pair in scenario.contrasts},
    )


def total(pair: Pair, every: Sequence[Simulated], launches: Sequence[Reported]) -> Total:
    """What the first of a pair changes over all launches; sums go in order of time."""
    scenario = launches[0].run
    since = parted(*map(scenario.arm, pair))
    changed = [place for place, launch in enumerate(launches) if launch.changes(pair)]
    known = [place for place in changed if not math.isnan(launches[place].pairs[pair].typical.estimate)]
    quantity = Quantity(Measure.MEAN, *pair)
    values = [
        [getattr(every[place], of).values[quantity] for place in known] or [np.full((1, 1), math.nan)]
        for of in ("typical", "settings")
    ]
    estimates = [launches[place].pairs[pair].typical.estimate if place in known else 0.0 for place in range(len(every))]
    return Total(
        pair=pair,
        since=since,
        n_after=0 if since is None else sum(launch.run.clock >= since for launch in launches),
        changed=tuple(launches[place] for place in changed),
        total=measured(*(sum(of[1:], of[0]) for of in values)),
        mean=measured(*(sum(of[1:], of[0]) / len(of) for of in values)),
        median=measured(*(np.median(of, axis=0) for of in values)),
        cumulative=tuple(accumulate(estimates)),
        n_lost=len(changed) - len(known),
    )


def measured(typical: Floats, settings: Floats) -> Measured:
    """A quantity at working values, (1 + section, 1), with the ends that it has in some settings, the typical first."""
    return Measured(interval(typical[:, 0]), _band(settings))


def _band(values: Floats) -> Band:
    """None of the typical setting alone."""
    if values.shape[1] < 2 or not np.isfinite(values[0]).any():
        return Band(math.nan, math.nan)
    low, high = (interval(values[:, int(place)]) for place in (np.nanargmin(values[0]), np.nanargmax(values[0])))
    return Band(low.estimate, high.estimate, low.half_width, high.half_width)
