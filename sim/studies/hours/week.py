"""The week of a launch by the clock of its zone: another hour for the same scenario, and who is at the desks then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from sim.model.calendar import Hours
from sim.model.scenario import Scenario

DAY = 24
HOURS = 7 * DAY
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Stretch:
    """Time in a row, in hours of the week from Monday 00:00; it may reach into the week before or after."""

    start: float
    stop: float


def hour_of(scenario: Scenario) -> float:
    """At which hour of its week the first launch is, 0 being Monday 00:00."""
    zero = scenario.clock
    return zero.weekday() * DAY + zero.hour + zero.minute / 60 + zero.second / 3600


def instant(scenario: Scenario, hour: int) -> datetime:
    """An hour of the week of the first launch, by the clock of its zone."""
    zero = scenario.clock
    day = zero.date() - timedelta(days=zero.weekday()) + timedelta(days=hour // DAY)
    return datetime.combine(day, time(hour % DAY), zero.tzinfo)


def launched_at(scenario: Scenario, hour: int) -> Scenario:
    """The scenario with its first launch at an hour of its week; whatever follows does so as long after it."""
    return replace(scenario, zero=instant(scenario, hour))


def is_staffed(scenario: Scenario, hours: Hours) -> tuple[bool, ...]:
    """Whether somebody is at a desk at each hour of the week."""
    return tuple(hours.is_staffed(instant(scenario, hour)) for hour in range(HOURS))


def unalike_hours(scenario: Scenario) -> tuple[int, ...]:
    """An hour of the week for every combination of desks that are staffed then."""
    every = [is_staffed(scenario, hours) for arm in scenario.arms for hours in arm.hours().values()]
    first: dict[tuple[bool, ...], int] = {}
    for hour, combination in enumerate(zip(*every, strict=True)):
        first.setdefault(combination, hour)
    return tuple(first.values())


def shifts(scenario: Scenario, hours: Hours) -> tuple[Stretch, ...]:
    """The shifts of a desk that touch the week, by the clock of the launch."""
    zone, monday = scenario.clock.tzinfo, instant(scenario, 0)

    def along(moment: datetime) -> float:
        return (moment.astimezone(zone).replace(tzinfo=None) - monday.replace(tzinfo=None)) / timedelta(hours=1)

    found = (Stretch(along(start), along(stop)) for start, stop in hours.shifts(monday, monday + WEEK))
    return tuple(one for one in found if one.stop > 0 and one.start < HOURS)


def stretches(chosen: Sequence[bool]) -> tuple[Stretch, ...]:
    """The hours that are chosen, those in a row together; the week goes round, so that the last may reach into the
    next one. All of them are one stretch."""
    n = len(chosen)
    if all(chosen):
        return (Stretch(0, n),)
    starts = [hour for hour in range(n) if chosen[hour] and not chosen[hour - 1]]
    return tuple(Stretch(start, next(h for h in range(start, start + n) if not chosen[h % n])) for start in starts)
