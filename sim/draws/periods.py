"""Times against periods of being closed, a column of replications at a time, and periods put together."""

from __future__ import annotations

import numpy as np

from sim.draws.nouns import Flags, Periods, Times
from sim.kernels.rows import FAR


def within(periods: Periods | None, times: Times) -> Flags:
    """Whether each time, (…, replication), lies in one of them."""
    found = np.zeros(times.shape, np.bool_)
    if periods is not None:
        for number in range(periods.start.shape[-1]):
            found |= (periods.start[..., number] <= times) & (times < periods.end[..., number])
    return found


def opened(periods: Periods | None, times: Times) -> Times:
    """The first instant from each time on that lies in none of them."""
    if periods is not None:
        for number in range(periods.start.shape[-1]):
            start, end = periods.start[..., number], periods.end[..., number]
            times = np.where((start <= times) & (times < end), end, times)
    return times


def together(*several: Periods | None) -> Periods | None:
    """When any of several is closed, (…, period): one after another again, those that touch or overlap as one.

    Their axes before the last may be of one place where others have many.
    """
    known = [one for one in several if one is not None]
    if len(known) < 2:
        return known[0] if known else None
    shape = np.broadcast_shapes(*(one.start.shape[:-1] for one in known))
    start, end = (
        np.concatenate([np.broadcast_to(times, (*shape, times.shape[-1])) for times in side], axis=-1)
        for side in ([one.start for one in known], [one.end for one in known])
    )
    return merged(start, end)


def merged(start: Times, end: Times) -> Periods:
    """Periods in any order, (…, period), as periods one after another; those without time are at `FAR`.

    Where one begins no later than all before it end it goes on with them: what is left are the beginnings and the ends
    of those that stand alone, as many in a row.
    """
    order = np.argsort(start, axis=-1, kind="stable")
    start = np.take_along_axis(start, order, axis=-1)
    end = np.maximum.accumulate(np.take_along_axis(end, order, axis=-1), axis=-1)
    begins = np.ones(start.shape, np.bool_)
    begins[..., 1:] = start[..., 1:] > end[..., :-1]
    ends = np.ones(start.shape, np.bool_)
    ends[..., :-1] = begins[..., 1:]
    start, end = (np.sort(np.where(is_kept, times, FAR), axis=-1) for is_kept, times in ((begins, start), (ends, end)))
    n = max(1, int((start < FAR).any(axis=tuple(range(start.ndim - 1))).sum()))
    return Periods(start[..., :n], end[..., :n])
