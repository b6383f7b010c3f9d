"""Times against periods of being closed, a column of replications at a time."""

from __future__ import annotations

import numpy as np

from sim.draws.nouns import Flags, Periods, Times


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
