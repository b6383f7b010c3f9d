"""From checked fields to what opens and closes: periods in the zone of a centre, hours, and the clock of launches."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sim.model.calendar import WEEKDAYS, Hours, Period, microseconds
from sim.model.flow import steps
from sim.model.outages import Dated
from sim.model.scenario import Arm
from sim.scenario import schema
from sim.scenario.document import TreePath
from sim.units import US_PER_MINUTE, duration_text

if TYPE_CHECKING:
    from sim.scenario.build import Builder

ZONES = {"seoul": "Asia/Seoul", "tokyo": "Asia/Tokyo", "us": "America/New_York"}
LAUNCHES_ZONE = ZoneInfo("Asia/Seoul")
EVER = timedelta(days=400)  # a shift that begins on some day of the week begins in it


def zone_of(file: schema.ScenarioFile, centre: str | None) -> ZoneInfo | None:
    """The zone of a centre; None if it is not known."""
    given = file.centres.get(centre or "")
    if given is not None and given.zone is not None:
        return given.zone
    return ZoneInfo(ZONES[centre]) if centre in ZONES else None


def periods(builder: Builder, path: TreePath, given: list[schema.Period], at: str | None) -> tuple[Period, ...]:
    """Periods in the zone of a centre, as instants; faults of theirs are noted."""
    zone = zone_of(builder.file, at) if at else LAUNCHES_ZONE
    if zone is None and any(is_local(end) for period in given for end in (period.start, period.until)):
        message = f'"{at}" has no zone, so its days begin nowhere'
        builder.blame(path, f"{message} — add centres: {{{at}: {{zone: Europe/Berlin}}}}")
    found = tuple(_period(one, zone) for one in given)
    for index, period in enumerate(found):
        _check_ends_shown(builder, (*path, index), period)
    _check_order(builder, path, found)
    return found


def is_local(moment: datetime | None) -> bool:
    """Whether it is of a zone that is told elsewhere."""
    return moment is not None and moment.tzinfo is None


def refusal(builder: Builder, path: TreePath, given: schema.Refusal, at: str | None) -> Period | None:
    """When a stage at a centre may refuse, in the zone of the centre; None for always."""
    if given.start is None and given.until is None:
        return None
    zone = zone_of(builder.file, at) if at else LAUNCHES_ZONE
    if zone is None and any(map(is_local, (given.start, given.until))):
        message = f'"{at}" has no zone, so its days begin nowhere'
        builder.blame(path, f"{message} — add centres: {{{at}: {{zone: Europe/Berlin}}}}")
    period = Period(*_instants(given, zone))
    _check_ends_shown(builder, path, period)
    if period.start and period.until and microseconds(period.until, period.start) <= 0:
        builder.blame(path, "ends before it begins — until is the first instant at which nobody refuses any more")
    return period


def _period(given: schema.Period, zone: ZoneInfo | None) -> Period:
    return Period(*_instants(given, zone), given.because, given.source)


def _instants(given: schema.Period | schema.Refusal, zone: ZoneInfo | None) -> tuple[datetime | None, datetime | None]:
    """Its two ends by the clock of a zone; as they are written where it is not known."""
    return _by_clock(given.start, zone), _by_clock(given.until, zone)


def _by_clock(moment: datetime | None, zone: ZoneInfo | None) -> datetime | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone or LAUNCHES_ZONE)
    return moment.astimezone(zone) if zone else moment


def _check_ends_shown(builder: Builder, path: TreePath, period: Period) -> None:
    for name, end in (("from", period.start), ("until", period.until)):
        if end is not None:
            check_shown(builder, (*path, name), end)


def _check_order(builder: Builder, path: TreePath, periods: tuple[Period, ...]) -> None:
    for index, period in enumerate(periods):
        if period.start and period.until and microseconds(period.until, period.start) <= 0:
            builder.blame((*path, index), "ends before it begins — until is the first instant after it")
    for index, (one, other) in enumerate(pairwise(periods), start=1):
        if one.until is None or other.start is None or microseconds(other.start, one.until) < 0:
            builder.blame(
                (*path, index),
                "begins before the one above it ends — write periods in order, each until no later than the next from",
            )


def hours(builder: Builder, path: TreePath, desk: schema.Desk) -> Hours | None:
    """The hours of a desk; None, with the fault noted, where they are nobody's or never come."""
    given = desk.hours
    zone = zone_of(builder.file, desk.at)
    if given is None:
        return None
    if zone is None:
        message = f'"{desk.at}" has no zone — add centres: {{{desk.at}: {{zone: Europe/Berlin}}}}'
        builder.blame(path, message if desk.at else "are those of a place — add at: us to the desk")
        return None
    found = Hours(
        zone=zone,
        days=tuple(sorted({WEEKDAYS.index(day) for day in given.days})),
        start=given.start,
        stop=given.until,
        holidays=tuple(sorted({date.fromisoformat(day) for day in given.holidays})),
        on_call=None if given.on_call is None else builder.delay(given.on_call, (*path, "on_call")),
        evidence=builder.evidence(given.evidence),
    )
    first = clock_of(builder.file.launches[0]) or datetime(2019, 1, 1, tzinfo=zone)
    if next(found.shifts(first, first + EVER), None) is None:
        builder.blame(path, "never begin in a year: every day is a holiday — leave some out")
    return found


def clock_of(launch: schema.Launch) -> datetime | None:
    """When a launch happens by the clock of its zone."""
    if launch.date is None or launch.time is None:
        return None
    return datetime.combine(date.fromisoformat(launch.date), launch.time, launch.zone or LAUNCHES_ZONE)


def by_clocks(file: schema.ScenarioFile, launch: schema.Launch) -> int | None:
    """How long after the first entry a launch happens by their clocks; None where one of them has none."""
    first, clock = clock_of(file.launches[0]), clock_of(launch)
    return None if first is None or clock is None else microseconds(clock, first)


def after_first(file: schema.ScenarioFile, launch: schema.Launch) -> int:
    """How long after the first entry a launch happens: as written, or by their clocks; below 0 where those say so."""
    after = by_clocks(file, launch)
    return launch.at if "at" in launch.given or after is None else after


def at_of(builder: Builder, launch: schema.Launch, path: TreePath) -> int:
    """How long after the first entry a launch happens; what its clock never shows or contradicts is a fault."""
    clock, by_clock, after = clock_of(launch), by_clocks(builder.file, launch), after_first(builder.file, launch)
    if clock is not None:
        check_shown(builder, (*path, "time"), clock)
    is_first = launch is builder.file.launches[0]
    if after and not is_first and by_clock is not None and abs(after - by_clock) >= US_PER_MINUTE:
        told = f"{duration_text(abs(by_clock))}{' before the first' if by_clock < 0 else ''}"
        mend = "leave at out, or take date and time out"
        builder.blame((*path, "at"), f"says at: {duration_text(after)}, and by their clocks it is {told} — {mend}")
    elif after < 0:
        builder.blame(path, f"happens {duration_text(-after)} before the first — write the first of them first")
    return max(after, 0)


def check_shown(builder: Builder, path: TreePath, clock: datetime) -> None:
    """A time that clocks leave out when they are put forward is a fault."""
    before, behind = clock.utcoffset(), clock.replace(fold=1).utcoffset()
    if before is not None and behind is not None and before < behind:
        shown = clock + (behind - before)
        never = f"no clock of {clock.tzinfo} shows {clock:%H:%M} on that day, {clock:%Y-%m-%d}"
        builder.blame(path, f"{never}: it is put forward then — write {shown:%H:%M} for that instant")


def check_clock(builder: Builder, arms: Collection[Arm]) -> None:
    """What opens and closes by date needs to know when the first launch is; one fault, whatever needs it."""
    first = builder.file.launches[0]
    if clock_of(first) is not None:
        return
    dated = [name for arm in arms for name in arm.used_channels() if arm.channels[name].open]
    down = [path for arm in arms for path, found in arm.outages().items() if isinstance(found, Dated)]
    staffed = [name for arm in arms for name in arm.used_desks() if arm.desks[name].hours]
    stages = (arm.stages[step.stage] for arm in arms for step in steps(arm.flow))
    refused = [stage.name for stage in stages if stage.refusal and stage.refusal.during]
    lacks = " and ".join(
        line for line, known in (("date: 2019-10-02", first.date), ("time: 07:10", first.time)) if not known
    )
    found = [
        *(f'channel "{name}" opens and closes by date' for name in dated),
        *(f'desk "{name}" has hours' for name in staffed),
        *(f"{path}.outages have dates" for path in down),
        *(f'the refusal of "{name}" has dates' for name in refused),
    ]
    for what in found[:1]:
        builder.blame(("launches", 0), f"{what}, so the launch needs a clock — add {lacks} to it")
