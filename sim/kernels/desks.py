"""When one desk starts each piece of work, given when each is ready: a column of replications at a time.

Times are columns, int64 (node and launch, replication), draws alike; `FAR` or more means never. Where all work is
of one precedence and no other work is served, replications go side by side.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.kernels.compiler import inlined, part
from sim.kernels.periods import opened, within
from sim.kernels.rows import (
    BACKGROUND,
    BEGIN,
    CAPACITY,
    DESK,
    FAR,
    FIRST_JOB,
    LAST_JOB,
    N_PRECEDENCES,
    PRECEDENCE,
    REFUSED,
    STARTED,
)

Whole = NDArray[np.int64]

READY_ROW, START_ROW, HOLD_ROW, LINE = range(4)  # rows of work: where its times and its draw are, its precedence
TIME, PLACE = range(2)  # rows of arrived, in order of being ready: when, and which work
PLACE_BITS = 6  # of a sort key: the number of the work, below the time
MOST_SORTED = 1 << PLACE_BITS  # pieces of work at a desk; more are served one replication after another
LATEST = np.int64(1) << 62 - PLACE_BITS  # thousands of years; a sort key holds no later time


class Room(NamedTuple):
    """Where desks are served: the work of one, and side by side or in turn who is served when.

    work (row, work); keys (work × replication,); free (server, replication)
    arrived (row, work); until (server,); lines (precedence, work); counts (2, precedence)
    """

    work: Whole
    keys: Whole
    free: Whole
    arrived: Whole
    until: Whole
    lines: Whole
    counts: Whole


def room_for(desks: Whole, n_work: int, n: int) -> Room:
    """Room for so many pieces of work in so many replications at a time."""
    n_sorted, n_servers = min(n_work, MOST_SORTED), int(desks[CAPACITY].max(initial=0))
    n_jobs = int((desks[LAST_JOB] - desks[FIRST_JOB]).max(initial=0))
    shapes = ((4, n_work), (n_sorted * n,), (min(n_sorted, n_servers), n), (2, n_work),
              (min(n_servers, n_work + n_jobs),), (N_PRECEDENCES, n_work), (2, N_PRECEDENCES))  # fmt: skip
    return Room(*(np.empty(shape, np.int64) for shape in shapes))


@part
def work_of(desk, nodes, rows, n_launches, work):
    """All work of a desk in the order of its numbers; how much, and whether all is of one precedence.

    Where a channel refused some of it before, the column of its start tells when it is ready.
    """
    n, is_even, n_nodes = 0, True, nodes.shape[1]
    for launch in range(n_launches):
        for node in range(n_nodes):
            if nodes[DESK, node] == desk:
                ready = rows[STARTED if rows[REFUSED, node] == REFUSED * n_nodes + node else BEGIN, node]
                work[READY_ROW, n] = ready * n_launches + launch
                work[START_ROW, n] = rows[STARTED, node] * n_launches + launch
                work[HOLD_ROW, n] = node * n_launches + launch
                work[LINE, n] = nodes[PRECEDENCE, node]
                is_even &= work[LINE, n] == work[LINE, 0]
                n += 1
    return n, is_even


@inlined
def earliest_free(until, n_servers):
    """The server that is free first."""
    best = 0
    for server in range(1, n_servers):
        if until[server] < until[best]:
            best = server
    return best


@inlined
def sort_arrivals(columns, work, n_work, r, arrived):
    """Work of one replication in order of being ready, ties as numbered; how much there is. The rest never starts."""
    n = 0
    for place in range(n_work):
        time = columns[work[READY_ROW, place], r]
        if time >= FAR:
            columns[work[START_ROW, place], r] = FAR
            continue
        at = n
        while at > 0 and arrived[TIME, at - 1] > time:
            arrived[TIME, at], arrived[PLACE, at] = arrived[TIME, at - 1], arrived[PLACE, at - 1]
            at -= 1
        arrived[TIME, at], arrived[PLACE, at] = time, place
        n += 1
    return n


@inlined
def fill_keys(columns, work, n_work, keys):
    """Sort keys, (work, replication): when it is ready, then its number; whether all times fit."""
    fits = True
    for place in range(n_work):
        ready, row = columns[work[READY_ROW, place]], keys[place]
        for r in range(len(row)):
            is_late = ready[r] >= LATEST
            fits &= not is_late or ready[r] >= FAR
            row[r] = ((LATEST if is_late else ready[r]) << PLACE_BITS) + place
    return fits


@inlined
def exchange(low, high):
    """The smaller of two to one row and the larger to the other, place by place."""
    for r in range(len(low)):
        a, b = low[r], high[r]
        low[r], high[r] = a if a < b else b, b if a < b else a


@inlined
def sort_rows(keys, n):
    """Sort every column by merge exchange: the same comparisons for all (Knuth, vol. 3, 5.2.2, Algorithm M)."""
    top = 1
    while 2 * top < n:
        top *= 2
    p = top
    while p > 0:
        q, r, d = top, 0, p
        while d > 0:
            for i in range(n - d):
                if i & p == r:
                    exchange(keys[i], keys[i + d])
            d, r = q - p if q != p else 0, p
            q >>= 1
        p >>= 1


@inlined
def wait_for_opening(keys, shut, first, free):
    """A server that work would find while the desk is shut is free when it opens."""
    for r in range(len(keys)):
        free[r] = opened(shut, max(free[r], keys[r] >> PLACE_BITS), first + r)


@inlined
def call_who_is_away(keys, on_call, started, work, away, first, free):
    """A server that was away when it began is free later by what it takes to call."""
    for r in range(len(keys)):
        place = keys[r] & MOST_SORTED - 1
        if within(away, started[work[START_ROW, place] + r], first + r):
            free[r] += on_call[work[HOLD_ROW, place] + r]


@part
def serve_side_by_side(keys, n_work, hold, on_call, shut, away, started, work, first, n_replications,
                       free, n_servers):  # fmt: skip
    """First come, first served, all replications at once; hold, on_call and started row after row."""
    n = keys.shape[1]
    for place in range(n_work):  # where its rows begin, no more which they are
        work[START_ROW, place] = work[START_ROW, place] * n
        work[HOLD_ROW, place] = work[HOLD_ROW, place] * n_replications + first
    for server in range(n_servers):
        for r in range(n):
            free[server, r] = -FAR
    for number in range(n_work):
        if len(shut):
            wait_for_opening(keys[number], shut, first, free[0])
        for r in range(n):
            time, place = keys[number, r] >> PLACE_BITS, keys[number, r] & MOST_SORTED - 1
            start = time if time > free[0, r] else free[0, r]
            started[work[START_ROW, place] + r] = FAR if time == LATEST else start
            free[0, r] = start + hold[work[HOLD_ROW, place] + r]
        if len(away):
            call_who_is_away(keys[number], on_call, started, work, away, first, free[0])
        for server in range(1, n_servers):  # the first to be free first
            exchange(free[server - 1], free[server])


@part
def serve_in_turn(columns, hold, on_call, shut, away, work, n_work, first, arrived, until, n_servers):
    """A desk whose work is all of one precedence, first come, first served; one replication after another."""
    for r in range(columns.shape[1]):
        n = sort_arrivals(columns, work, n_work, r, arrived)
        for server in range(n_servers):
            until[server] = -FAR
        for number in range(n):
            server, place = earliest_free(until, n_servers), arrived[PLACE, number]
            start = opened(shut, max(arrived[TIME, number], until[server]), first + r)
            columns[work[START_ROW, place], r] = start
            until[server] = start + hold[work[HOLD_ROW, place], first + r]
            if within(away, start, first + r):
                until[server] += on_call[work[HOLD_ROW, place], first + r]


@part
def serve_by_rank(columns, hold, on_call, shut, away, work, n_work, first, arrivals, holds, calls, first_job, n_jobs,
                  background, arrived, until, n_servers, lines, counts):  # fmt: skip
    """A desk with several precedences or other work: rule 10 at every moment a server is free and the desk not shut."""
    for r in range(columns.shape[1]):
        n = sort_arrivals(columns, work, n_work, r, arrived)
        for server in range(n_servers):
            until[server] = -FAR
        for line in range(N_PRECEDENCES):
            counts[0, line], counts[1, line] = 0, 0
        n_known, n_served, n_jobs_known, n_jobs_served, now = 0, 0, 0, 0, -FAR
        while n_served < n:
            server = earliest_free(until, n_servers)
            now = max(now, until[server])
            if n_known == n_served and n_jobs_known == n_jobs_served:
                soonest = arrived[TIME, n_known]
                if n_jobs_known < n_jobs:
                    soonest = min(soonest, arrivals[first + r, first_job + n_jobs_known])
                now = max(now, soonest)
            now = opened(shut, now, first + r)
            is_away = within(away, now, first + r)
            while n_known < n and arrived[TIME, n_known] <= now:
                line = work[LINE, arrived[PLACE, n_known]]
                lines[line, counts[1, line]] = n_known
                counts[1, line] += 1
                n_known += 1
            while n_jobs_known < n_jobs and arrivals[first + r, first_job + n_jobs_known] <= now:
                n_jobs_known += 1
            line = 0
            while line < N_PRECEDENCES and counts[0, line] == counts[1, line]:
                line += 1
            has_job, job = n_jobs_served < n_jobs_known, first_job + n_jobs_served
            if has_job and line < N_PRECEDENCES:
                is_sooner = arrivals[first + r, job] < arrived[TIME, lines[line, counts[0, line]]]
                has_job = background < line or (background == line and is_sooner)
            if has_job:
                until[server] = now + holds[first + r, job] + (calls[first + r, job] if is_away else 0)
                n_jobs_served += 1
                continue
            place = arrived[PLACE, lines[line, counts[0, line]]]
            counts[0, line] += 1
            n_served += 1
            columns[work[START_ROW, place], r] = now
            until[server] = now + hold[work[HOLD_ROW, place], first + r]
            if is_away:
                until[server] += on_call[work[HOLD_ROW, place], first + r]


@part
def serve_desk(desk, nodes, desks, first, times, rows, drawn, room):
    """Serve one desk: columns and where they are, as of `sim.kernels.columns`."""
    n_nodes, n_launches, n_replications = drawn.hold.shape
    columns = times.reshape(len(times) * n_launches, times.shape[1] // n_launches)
    held = drawn.hold.reshape(n_nodes * n_launches, n_replications)
    on_call = drawn.on_call.reshape(len(drawn.on_call) * n_launches, n_replications)
    shut, away = drawn.shut[desk, 0], drawn.away[desk, 0]
    n, is_even = work_of(desk, nodes, rows, n_launches, room.work)
    first_job = desks[FIRST_JOB, desk]
    n_jobs = desks[LAST_JOB, desk] - first_job
    n_servers = min(desks[CAPACITY, desk], n + n_jobs)
    if n_jobs > 0 or not is_even:
        serve_by_rank(columns, held, on_call, shut, away, room.work, n, first, drawn.arrivals, drawn.holds,
                      drawn.calls, first_job, n_jobs, desks[BACKGROUND, desk], room.arrived, room.until, n_servers,
                      room.lines, room.counts)  # fmt: skip
        return
    n_sorted, n_side = min(n, MOST_SORTED), columns.shape[1]
    keys = room.keys[: n_sorted * n_side].reshape(n_sorted, n_side)
    if n == n_sorted and fill_keys(columns, room.work, n, keys):
        sort_rows(keys, n)
        serve_side_by_side(keys, n, held.reshape(held.size), on_call.reshape(on_call.size), shut, away,
                           columns.reshape(columns.size), room.work, first, n_replications, room.free,
                           n_servers)  # fmt: skip
    else:
        serve_in_turn(columns, held, on_call, shut, away, room.work, n, first, room.arrived, room.until, n_servers)
