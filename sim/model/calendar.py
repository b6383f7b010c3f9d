"""What may be closed: channels with the periods in which they are open, and the hours of those who work at desks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal, get_args
from zoneinfo import ZoneInfo

from sim.model.delay import Delay
from sim.model.evidence import Evidence

if TYPE_CHECKING:
    from sim.model.outages import Outages

Weekday = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
WEEKDAYS: tuple[str, ...] = get_args(Weekday)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Period:
    """When a channel is open, [start, until): None where that has no end; why, and who says so."""

    start: datetime | None
    until: datetime | None
    because: str = ""
    source: str = ""

    def holds(self, instant: datetime) -> bool:
        """Whether an instant lies in it."""
        has_begun = self.start is None or microseconds(instant, self.start) >= 0
        return has_begun and (self.until is None or microseconds(instant, self.until) < 0)


@dataclass(frozen=True)
class Channel:
    """An agreement, a line or a link that stages may use.

    between : the centres that it touches; one-way if `is_one_way`, from the first to the last
    open : periods in order, None for always
    carries : the matters it may carry, None for any
    outages : when it is down, and so closed
    """

    name: str
    title: str
    between: tuple[str, ...]
    is_one_way: bool
    open: tuple[Period, ...] | None
    carries: tuple[str, ...] | None
    source: str = ""
    outages: Outages | None = None

    def period_at(self, instant: datetime) -> Period | None:
        """The period in which an instant lies; None if it is closed then."""
        if self.open is None:
            return Period(None, None)
        return next((period for period in self.open if period.holds(instant)), None)

    def is_closed(self, start: datetime, until: datetime | None) -> bool:
        """Whether it is closed from one instant to another, both included; to the end of time where that is None."""
        return self.open is not None and not any(
            (period.until is None or start < period.until)
            and (until is None or period.start is None or period.start <= until)
            for period in self.open
        )

    def first_closed(self, start: datetime, until: datetime | None) -> datetime | None:
        """The first instant from one to another, both included, at which it is closed; None if there is none."""
        ends = (period.until for period in self.open or () if period.until and microseconds(period.until, start) > 0)
        instants = (at for at in (start, *ends) if until is None or microseconds(at, until) <= 0)
        return next((at for at in instants if self.period_at(at) is None), None)

    def may_carry(self, matter: str) -> bool:
        """Whether it may carry a matter."""
        return self.carries is None or matter in self.carries


@dataclass(frozen=True)
class Hours:
    """When a desk is staffed: from one time of day to another on some days of the week, in the zone of its centre.

    days : of the week, Monday is 0; stop : that of the next day where it is no later than the start
    holidays : days on which a shift does not begin
    on_call : how long it takes to reach somebody outside of them; None where work waits for the next shift
    """

    zone: ZoneInfo
    days: tuple[int, ...]
    start: time
    stop: time
    holidays: tuple[date, ...]
    on_call: Delay | None
    evidence: Evidence

    def is_staffed(self, instant: datetime) -> bool:
        """Whether somebody is there."""
        return any(start <= instant < stop for start, stop in self.shifts(instant, instant))

    def shifts(self, first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The shifts, [start, stop), of the days of two instants and between, and of the day before, in order."""
        day = first.astimezone(self.zone).date() - timedelta(days=1)
        until = last.astimezone(self.zone).date()
        while day <= until:
            if day.weekday() in self.days and day not in self.holidays:
                next_day = day if self.start < self.stop else day + timedelta(days=1)
                yield self._instant(day, self.start), self._instant(next_day, self.stop)
            day += timedelta(days=1)

    def _instant(self, day: date, at: time) -> datetime:
        """By the clock that all zones share: of two times of one zone Python compares what its clock shows."""
        return datetime.combine(day, at, self.zone).astimezone(UTC)


def microseconds(instant: datetime, zero: datetime) -> int:
    """From time 0 to an instant, whole microseconds: by the clock that all zones share."""
    return (instant.astimezone(UTC) - zero.astimezone(UTC)) // MICROSECOND
