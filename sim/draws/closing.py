"""When channels, sensors and desks are closed, as tables of whole microseconds: dates, zones and matters end here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

import numpy as np

from sim.draws.nouns import Flags, Periods
from sim.kernels.rows import FAR
from sim.model.calendar import Channel, Hours, Period, microseconds
from sim.model.scenario import Scenario
from sim.model.stage import Refusal

Span = tuple[int, int]
ALWAYS = (-int(FAR), int(FAR))


def closed(scenario: Scenario, channel: Channel, last_us: int) -> Periods | None:
    """When a channel takes no stage, up to a time, (launch, 1, period): closed, or for a launch it may not carry."""
    spans = [span for span in between(_opened(scenario, channel)) if span[1] > 0 and span[0] <= last_us]
    each = [spans if channel.may_carry(entry.matter) else [ALWAYS] for entry, _ in scenario.launch_keys()]
    if all(one == each[0] for one in each):
        del each[1:]
    return _periods(each, 1)


def unstaffed(scenario: Scenario, hours: Hours, first_us: int, last_us: int) -> Periods | None:
    """When nobody is at a desk between two times, (1, period)."""
    zero = scenario.clock.astimezone(UTC)  # to which time can be added: by the clock of a zone some hours are two
    first, last = (zero + timedelta(microseconds=us) for us in (first_us, last_us))
    shifts = [_span(zero, *shift) for shift in hours.shifts(first, last)]
    return _periods([[span for span in between(shifts) if span[1] > first_us and span[0] <= last_us]])


def dated(scenario: Scenario, periods: Iterable[Period], first_us: int, last_us: int) -> Periods | None:
    """Periods by date as far as they lie between two times, (1, period)."""
    spans = [_span(scenario.clock, period.start, period.until) for period in periods]
    return _periods([[span for span in spans if span[1] > first_us and span[0] <= last_us]])


def refusing(scenario: Scenario, refusal: Refusal) -> Flags:
    """Which launches are of the time in which a stage may refuse, bool (launch,)."""
    return np.array([scenario.may_refuse(refusal, entry) for entry, _ in scenario.launch_keys()])


def between(spans: Iterable[Span]) -> Iterator[Span]:
    """What lies before, between and after spans in order."""
    last = ALWAYS[0]
    for start, end in spans:
        if start > last:
            yield last, start
        last = max(last, end)
    if last < ALWAYS[1]:
        yield last, ALWAYS[1]


def _opened(scenario: Scenario, channel: Channel) -> Iterator[Span]:
    if channel.open is None:
        yield ALWAYS
    for period in channel.open or ():
        yield _span(scenario.clock, period.start, period.until)


def _span(zero: datetime, start: datetime | None, until: datetime | None) -> Span:
    return (
        ALWAYS[0] if start is None else microseconds(start, zero),
        ALWAYS[1] if until is None else microseconds(until, zero),
    )


def _periods(each: list[list[Span]], *middle: int) -> Periods | None:
    """Spans of several, one below another and as many of each; None where there are none at all."""
    longest = max(map(len, each))
    if not longest:
        return None
    never = (ALWAYS[1], ALWAYS[1])
    times = np.array([[*one, *[never] * (longest - len(one))] for one in each], np.int64)
    times = times.reshape(len(each), *middle, longest, 2)
    return Periods(times[..., 0], times[..., 1])
