"""Networks without feedback, a column of replications at a time, without a clock.

Where no work at a desk can cause work at the same desk, every arrival at a desk is known once the
desks before it are done, so a network is a program: a step begins or ends a node, or serves a desk,
for all launches and replications at once. Nothing is cancelled, so time limits are no obstacle.

A column, int64 (launch × replication), holds when something happened to a node; `FAR` or more means
never. Columns that are the same are one: ``rows`` tells where that of a node is. The last holds nothing
but `FAR`.

One file, long as it is: the compiler keeps what it made by file, and what calls a changed one would not be made anew.
"""

from __future__ import annotations

import numpy as np

from sim.kernels.compiler import bare, compiled, inlined
from sim.kernels.rows import (
    BACKGROUND,
    BEGIN,
    BEGIN_FALLBACK,
    BEGIN_WITH,
    CAPACITY,
    DESK,
    DONE,
    END_JOIN,
    END_SEQUENCE,
    END_STAGE,
    FAR,
    FIRST_CHILD,
    FIRST_JOB,
    LAST_JOB,
    LIMIT,
    N_CHILDREN,
    N_PRECEDENCES,
    NEEDED,
    NONE,
    PRECEDENCE,
    REFUSED,
    SERVE,
    STARTED,
)

READY_ROW, START_ROW, HOLD_ROW, LINE = range(4)  # rows of work: where its times and its draw are, its precedence
PLACE_BITS = 6  # of a sort key: the number of the work, below the time
MOST_SORTED = 1 << PLACE_BITS  # pieces of work at a desk; more are served one replication after another
LATEST = np.int64(1) << 62 - PLACE_BITS  # thousands of years; a sort key holds no later time


@bare
def copy(values, out):
    """Place by place: assigning a row to a row would first make another."""
    for i in range(len(out)):
        out[i] = values[i]


@bare
def begin_fallback(begun, done, refused, limit, out):
    """Rule 4: unless the main flow was done in time, at its refusal or at the limit, whichever is first."""
    for i in range(len(out)):
        last = begun[i] + limit if limit != NONE else FAR
        out[i] = FAR if done[i] < FAR and done[i] <= last else min(refused[i], last)


@bare
def no_sooner(begun, launch, wait, out):
    """The later of beginning and so long after the launch."""
    for i in range(len(out)):
        out[i] = max(begun[i], launch[i] + wait[i])


@bare
def any_above(values, least):
    """Whether one of them is larger."""
    found = False
    for i in range(len(values)):
        found |= values[i] > least
    return found


@bare
def start(node, nodes, launch, earliest, first, times, rows):
    """What has no desk starts when it is ready, rule 6; `earliest` (node, launch, replication)."""
    if nodes[DESK, node] != NONE:
        return
    n_launches, n, waits = len(launch), times.shape[1] // len(launch), False
    for at in range(n_launches):
        waits |= any_above(earliest[node, at, first : first + n], 0)
    if not waits:
        rows[STARTED, node] = rows[BEGIN, node]
        return
    begun, started = times[rows[BEGIN, node]], times[rows[STARTED, node]]
    for at in range(n_launches):
        here, drawn = slice(at * n, (at + 1) * n), slice(first, first + n)
        no_sooner(begun[here], launch[at, drawn], earliest[node, at, drawn], started[here])


@bare
def end_stage(started, hold, done):
    """Done when the hold is over."""
    for i in range(len(done)):
        done[i] = started[i] + hold[i]


@bare
def refuse(is_refused, done, refused):
    """Some that would be done are refused then."""
    for i in range(len(done)):
        refused[i] = done[i] if is_refused[i] else FAR
        done[i] = FAR if is_refused[i] else done[i]


@bare
def any_of(flags):
    """Whether one of them holds."""
    found = False
    for i in range(len(flags)):
        found |= flags[i]
    return found


@bare
def end_stages(hold, is_refused, first, times, rows, node):
    """A stage of all launches; hold and refusal (launch, replication)."""
    n_launches, n = len(hold), times.shape[1] // len(hold)
    started, done, refused = times[rows[STARTED, node]], times[rows[DONE, node]], times[rows[REFUSED, node]]
    is_any = False
    for at in range(n_launches):
        here, drawn = slice(at * n, (at + 1) * n), slice(first, first + n)
        end_stage(started[here], hold[at, drawn], done[here])
        is_any |= any_of(is_refused[at, drawn])
    if not is_any:
        rows[REFUSED, node] = len(times) - 1
        return
    for at in range(n_launches):
        here, drawn = slice(at * n, (at + 1) * n), slice(first, first + n)
        refuse(is_refused[at, drawn], done[here], refused[here])


@bare
def lower(values, out):
    """The earlier of two, place by place."""
    for i in range(len(out)):
        out[i] = min(out[i], values[i])


@bare
def upper(values, out):
    """The later of two, place by place."""
    for i in range(len(out)):
        out[i] = max(out[i], values[i])


@bare
def soonest(times, rows, what, mine, node):
    """What happens to a node when it first happens to a child."""
    own, never = what * rows.shape[1] + node, len(times) - 1
    found = never
    for child in mine:
        row = rows[what, child]
        if found == never:
            found = row
        elif row != never:
            if found != own:
                copy(times[found], times[own])
                found = own
            lower(times[row], times[own])
    rows[what, node] = found


@bare
def latest(times, rows, what, mine, node):
    """What happens to a node when it has happened to all children."""
    own, found = what * rows.shape[1] + node, rows[what, mine[0]]
    for child in mine[1:]:
        if found != own:
            copy(times[found], times[own])
            found = own
        upper(times[rows[what, child]], times[own])
    rows[what, node] = found


@bare
def ranked(times, rows, what, mine, node, rank, few):
    """What happens to a node when it has happened to so many children."""
    own = what * rows.shape[1] + node
    for i in range(times.shape[1]):
        for number in range(len(mine)):
            value, place = times[rows[what, mine[number]], i], number
            while place > 0 and few[place - 1] > value:
                few[place] = few[place - 1]
                place -= 1
            few[place] = value
        times[own, i] = few[rank - 1]
    rows[what, node] = own


@bare
def end_join(times, rows, mine, node, needed, few):
    """Rules 3 and 4: done at the k-th done, refused at the (n - k + 1)-th refusal."""
    n = len(mine)
    if needed == 1:
        soonest(times, rows, DONE, mine, node)
        latest(times, rows, REFUSED, mine, node)
    elif needed == n:
        latest(times, rows, DONE, mine, node)
        soonest(times, rows, REFUSED, mine, node)
    else:
        ranked(times, rows, DONE, mine, node, needed, few)
        ranked(times, rows, REFUSED, mine, node, n - needed + 1, few)


@inlined
def earliest_free(free, n_servers):
    """The server that is free first."""
    best = 0
    for server in range(1, n_servers):
        if free[server] < free[best]:
            best = server
    return best


@inlined
def sorted_arrivals(columns, work, r, arrived, places):
    """Work of one replication in order of being ready, ties as numbered; how much there is. The rest never starts."""
    n = 0
    for place in range(work.shape[1]):
        time = columns[work[READY_ROW, place], r]
        if time >= FAR:
            columns[work[START_ROW, place], r] = FAR
            continue
        at = n
        while at > 0 and arrived[at - 1] > time:
            arrived[at], places[at] = arrived[at - 1], places[at - 1]
            at -= 1
        arrived[at], places[at] = time, place
        n += 1
    return n


@bare
def fill_keys(columns, work, keys):
    """Sort keys, (work, replication): when it is ready, then its number; whether all times fit."""
    fits = True
    for place in range(work.shape[1]):
        ready, row = columns[work[READY_ROW, place]], keys[place]
        for r in range(len(row)):
            is_late = ready[r] >= LATEST
            fits &= not is_late or ready[r] >= FAR
            row[r] = ((LATEST if is_late else ready[r]) << PLACE_BITS) + place
    return fits


@bare
def exchange(low, high):
    """The smaller of two to one row and the larger to the other, place by place."""
    for r in range(len(low)):
        a, b = low[r], high[r]
        low[r], high[r] = min(a, b), max(a, b)


@compiled
def sort_rows(keys):
    """Sort every column by merge exchange: the same comparisons for all (Knuth, vol. 3, 5.2.2, Algorithm M)."""
    n = len(keys)
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
            q //= 2
        p //= 2


@bare
def serve_side_by_side(keys, hold, started, work, first, n_replications, free, ends):
    """First come, first served, all replications at once; hold and started row after row."""
    n = keys.shape[1]
    for server in range(len(free)):
        for r in range(n):
            free[server, r] = -FAR
    for number in range(len(keys)):
        for r in range(n):
            time, place = keys[number, r] >> PLACE_BITS, keys[number, r] & MOST_SORTED - 1
            start = max(time, free[0, r])
            started[work[START_ROW, place] * n + r] = FAR if time == LATEST else start
            ends[r] = start + hold[work[HOLD_ROW, place] * n_replications + first + r]
        for server in range(1, len(free)):
            for r in range(n):
                end, other = ends[r], free[server, r]
                free[server - 1, r], ends[r] = min(end, other), max(end, other)
        copy(ends, free[len(free) - 1])


@bare
def serve_in_turn(columns, hold, work, first, arrived, places, free):
    """A desk whose work is all of one precedence, first come, first served; one replication after another."""
    for r in range(columns.shape[1]):
        n = sorted_arrivals(columns, work, r, arrived, places)
        for server in range(len(free)):
            free[server] = -FAR
        for number in range(n):
            server, place = earliest_free(free, len(free)), places[number]
            start = max(arrived[number], free[server])
            columns[work[START_ROW, place], r] = start
            free[server] = start + hold[work[HOLD_ROW, place], first + r]


@bare
def serve_by_rank(columns, hold, work, first, arrivals, holds, first_job, n_jobs, background,
                  arrived, places, free, lines, counts):  # fmt: skip
    """A desk with several precedences or other work: rule 10 at every moment a server is free."""
    for r in range(columns.shape[1]):
        n = sorted_arrivals(columns, work, r, arrived, places)
        for server in range(len(free)):
            free[server] = -FAR
        counts[:] = 0
        n_known, n_served, n_jobs_known, n_jobs_served, now = 0, 0, 0, 0, -FAR
        while n_served < n:
            server = earliest_free(free, len(free))
            now = max(now, free[server])
            if n_known == n_served and n_jobs_known == n_jobs_served:
                soonest = arrived[n_known]
                if n_jobs_known < n_jobs:
                    soonest = min(soonest, arrivals[first + r, first_job + n_jobs_known])
                now = max(now, soonest)
            while n_known < n and arrived[n_known] <= now:
                line = work[LINE, places[n_known]]
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
                is_sooner = arrivals[first + r, job] < arrived[lines[line, counts[0, line]]]
                has_job = background < line or (background == line and is_sooner)
            if has_job:
                free[server] = now + holds[first + r, job]
                n_jobs_served += 1
                continue
            place = places[lines[line, counts[0, line]]]
            counts[0, line] += 1
            n_served += 1
            columns[work[START_ROW, place], r] = now
            free[server] = now + hold[work[HOLD_ROW, place], first + r]


@compiled
def work_of(desk, nodes, rows, n_launches):
    """All work of a desk in the order of its numbers, int64 (row, work)."""
    n_nodes, n = nodes.shape[1], 0
    work = np.empty((4, n_launches * n_nodes), np.int64)
    for launch in range(n_launches):
        for node in range(n_nodes):
            if nodes[DESK, node] == desk:
                work[READY_ROW, n] = rows[BEGIN, node] * n_launches + launch
                work[START_ROW, n] = rows[STARTED, node] * n_launches + launch
                work[HOLD_ROW, n] = node * n_launches + launch
                work[LINE, n] = nodes[PRECEDENCE, node]
                n += 1
    return work[:, :n].copy()


@compiled
def serve_desk(desk, nodes, desks, first, times, rows, hold, arrivals, holds):
    """When one desk starts each piece of work, given when each is ready."""
    n_launches, n_replications = hold.shape[1:]
    columns, held = times.reshape(len(times) * n_launches, -1), hold.reshape(-1, n_replications)
    work = work_of(desk, nodes, rows, n_launches)
    n, first_job = work.shape[1], desks[FIRST_JOB, desk]
    n_jobs = desks[LAST_JOB, desk] - first_job
    n_servers = min(desks[CAPACITY, desk], n + n_jobs)
    arrived, places, free = np.empty(n, np.int64), np.empty(n, np.int64), np.empty(n_servers, np.int64)
    if n_jobs > 0 or work[LINE].min() < work[LINE].max():
        lines, counts = np.empty((N_PRECEDENCES, n), np.int64), np.empty((2, N_PRECEDENCES), np.int64)
        serve_by_rank(columns, held, work, first, arrivals, holds, first_job, n_jobs, desks[BACKGROUND, desk],
                      arrived, places, free, lines, counts)  # fmt: skip
        return
    n_side = columns.shape[1]
    keys = np.empty((n if n <= MOST_SORTED else 0, n_side), np.int64)
    if len(keys) and fill_keys(columns, work, keys):
        sort_rows(keys)
        serve_side_by_side(keys, hold.reshape(-1), times.reshape(-1), work, first, n_replications,
                           np.empty((n_servers, n_side), np.int64), np.empty(n_side, np.int64))  # fmt: skip
    else:
        serve_in_turn(columns, held, work, first, arrived, places, free)


@compiled
def run_columns(
    program, nodes, children, desks, launch, hold, is_refused, earliest, arrivals, holds, first, times, rows
):
    """Every step of a program; columns and where they are, as of `sim.kernels.paths.run`."""
    n_nodes, n_launches = hold.shape[:2]
    n, never, root = times.shape[1] // n_launches, len(times) - 1, n_nodes - 1
    few = np.empty(n_nodes, np.int64)
    times[never] = FAR
    for at in range(n_launches):
        copy(launch[at, first : first + n], times[rows[BEGIN, root], at * n : (at + 1) * n])
    start(root, nodes, launch, earliest, first, times, rows)
    for step in range(len(program)):
        what, node, other = program[step, 0], program[step, 1], program[step, 2]
        if what == SERVE:
            serve_desk(node, nodes, desks, first, times, rows, hold, arrivals, holds)
            continue
        mine = children[nodes[FIRST_CHILD, node] : nodes[FIRST_CHILD, node] + nodes[N_CHILDREN, node]]
        if what == END_STAGE:
            end_stages(hold[node], is_refused[node], first, times, rows, node)
        elif what == END_SEQUENCE:  # rule 2: done with the last, refused with the first that is
            rows[DONE, node] = rows[DONE, mine[-1]]
            soonest(times, rows, REFUSED, mine, node)
        elif what == END_JOIN:
            end_join(times, rows, mine, node, nodes[NEEDED, node], few)
        elif what == BEGIN_FALLBACK:
            main = children[nodes[FIRST_CHILD, other]]
            begin_fallback(times[rows[BEGIN, other]], times[rows[DONE, main]], times[rows[REFUSED, main]],
                           nodes[LIMIT, other], times[rows[BEGIN, node]])  # fmt: skip
        else:
            rows[BEGIN, node] = rows[BEGIN if what == BEGIN_WITH else DONE, other]
        if what <= BEGIN_FALLBACK:
            start(node, nodes, launch, earliest, first, times, rows)
