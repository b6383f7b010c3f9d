"""Calendars: when the channels of an arm are open, and from when two arms differ in that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sim.model.calendar import Channel, Period
from sim.model.scenario import Arm, Scenario

EVER = datetime.min.replace(tzinfo=UTC)  # before anything that has a date
MOST_MONTHS = 5  # named on an axis
ALWAYS = (Period(None, None),)


@dataclass(frozen=True)
class Calendar:
    """A channel of an arm and its periods, in order; None is without end."""

    arm: Arm
    channel: Channel

    @property
    def name(self) -> str:
        """What it is called: GSOMIA: lapsed."""
        return f"{self.channel.title}: {self.arm.title}"

    @property
    def periods(self) -> tuple[Period, ...]:
        """When it is open."""
        return ALWAYS if self.channel.open is None else self.channel.open

    def opened(self, first: datetime, last: datetime) -> tuple[tuple[datetime, datetime], ...]:
        """From when to when it is open between two instants, period by period."""
        spans = ((max(one.start or first, first), min(one.until or last, last)) for one in self.periods)
        return tuple((start, stop) for start, stop in spans if start < stop)

    def closed(self, first: datetime, last: datetime) -> tuple[tuple[datetime, datetime], ...]:
        """From when to when it is not."""
        opened = self.opened(first, last)
        starts, stops = [first, *(stop for _, stop in opened)], [*(start for start, _ in opened), last]
        return tuple((start, stop) for start, stop in zip(starts, stops, strict=True) if start < stop)


def calendars(scenario: Scenario) -> tuple[Calendar, ...]:
    """Every channel in which arms differ, arm by arm; where they differ in none, what the first of them uses."""
    arms = scenario.compared
    names = dict.fromkeys(name for arm in arms for name in arm.used_channels())
    apart = [name for name in names if len({arm.channels[name].open for arm in arms if name in arm.channels}) > 1]
    shown = [(arm, apart) for arm in arms] if apart else [(arms[0], [*names])]
    return tuple(Calendar(arm, arm.channels[name]) for arm, of_arm in shown for name in of_arm)


def is_dated(scenario: Scenario) -> bool:
    """Whether some channel that a compared arm uses is closed at any time."""
    return any(arm.channels[name].open is not None for arm in scenario.compared for name in arm.used_channels())


def parted(a: Arm, b: Arm) -> datetime | None:
    """The first instant at which a channel that either uses is open under one alone; None if there is none."""
    names = dict.fromkeys((*a.used_channels(), *b.used_channels()))
    pairs = [(a.channels[name], b.channels[name]) for name in names]
    return next((instant for instant in _ends(pairs) if any(_differ(instant, *pair) for pair in pairs)), None)


def _ends(pairs: Sequence[tuple[Channel, Channel]]) -> list[datetime]:
    """The beginning of time, and every instant at which something opens or closes, in order."""
    periods = [period for pair in pairs for channel in pair for period in channel.open or ()]
    ends = {end for period in periods for end in (period.start, period.until) if end is not None}
    return [EVER, *sorted(ends)]


def _differ(instant: datetime, one: Channel, other: Channel) -> bool:
    return (one.period_at(instant) is None) != (other.period_at(instant) is None)


def happened(rows: Sequence[Calendar], first: datetime, last: datetime) -> tuple[tuple[datetime, str], ...]:
    """What begins or ends between two instants, in order; of the first calendar, and what others have beside it."""
    found = dict(_ends_of(rows[0]))
    for row in rows[1:]:
        for at, what in _ends_of(row):
            found.setdefault(at, f"{what} ({row.name})")
    return tuple(sorted((at, what) for at, what in found.items() if first <= at <= last))


def _ends_of(calendar: Calendar) -> list[tuple[datetime, str]]:
    """When a period begins, with its reason, and when the channel closes."""
    opened = [(period.start, period.because or "open") for period in calendar.periods if period.start]
    starts = {start for start, _ in opened}
    return [*opened, *((one.until, "closed") for one in calendar.periods if one.until and one.until not in starts)]


def months(first: datetime, last: datetime) -> tuple[datetime, ...]:
    """First days of months between two instants, as many of them evenly as an axis has room for."""
    count = range(12 * first.year + first.month, 12 * last.year + last.month)  # the month that has begun is left out
    step = next(step for step in (1, 2, 3, 6, *range(12, 1200, 12)) if len(count) <= MOST_MONTHS * step)
    chosen = (number for number in count if number % step == 0)
    return tuple(datetime(number // 12, number % 12 + 1, 1, tzinfo=first.tzinfo) for number in chosen)


def stretch(launches: Sequence[Scenario]) -> tuple[datetime, datetime]:
    """From a little before the first launch to a little after the last, by the clock of the first."""
    clocks = [run.clock for run in launches]
    first, last = min(clocks), max(clocks)
    beside = max((last - first) / 40, timedelta(days=2))
    return first - beside, last.astimezone(first.tzinfo) + beside
