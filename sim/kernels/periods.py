"""Times against periods of being closed, the compiled twin of `sim.draws.periods`.

Periods, int64 (period, 2, replication): start and end, [start, end), of one launch or desk; one replication
stands for all where it is the only one.
"""

from __future__ import annotations

from sim.kernels.compiler import inlined

START, END = range(2)


@inlined
def opened(periods, time, r):
    """The first instant from a time on that lies in none of them, in a replication."""
    for number in range(len(periods)):
        at = min(r, periods.shape[2] - 1)
        if periods[number, START, at] <= time and time < periods[number, END, at]:
            time = periods[number, END, at]
    return time


@inlined
def within(periods, time, r):
    """Whether a time lies in one of them, in a replication."""
    return opened(periods, time, r) != time
