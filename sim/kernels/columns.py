"""Networks without feedback, a column of replications at a time, without a clock.

Where no work at a desk can cause work at the same desk, every arrival at a desk is known once the
desks before it are done, so a network is a program: a step begins or ends a node, or serves a desk,
for all launches and replications at once. Nothing is cancelled, so time limits are no obstacle.

A column holds when a node was done and, apart, when it was refused; `FAR` or more means never.
"""

from __future__ import annotations

import numpy as np

from sim.kernels.compiler import bare, compiled, inlined
from sim.kernels.events import (
    BACKGROUND,
    CAPACITY,
    DESK,
    DONE,
    FAR,
    FIRST_CHILD,
    FIRST_JOB,
    LAST_JOB,
    LIMIT,
    N_CHILDREN,
    N_PRECEDENCES,
    NEEDED,
    NEVER,
    NONE,
    PRECEDENCE,
    REFUSED,
)

BEGIN_WITH, BEGIN_AFTER, BEGIN_FALLBACK, SERVE, END_STAGE, END_SEQUENCE, END_JOIN = range(7)  # steps of a program
NODE, LAUNCH, LINE = range(3)  # rows of work
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
def end_stage(started, hold, is_refused, done, refused):
    """Done or refused when the hold is over."""
    for i in range(len(done)):
        end = started[i] + hold[i]
        done[i] = FAR if is_refused[i] else end
        refused[i] = end if is_refused[i] else FAR


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
def ranked(columns, mine, at, rank, few, out):
    """The value of a rank (from 1) among some columns of a launch, place by place."""
    for i in range(len(out)):
        for number in range(len(mine)):
            value, place = columns[mine[number], at, i], number
            while place > 0 and few[place - 1] > value:
                few[place] = few[place - 1]
                place -= 1
            few[place] = value
        out[i] = few[rank - 1]


@bare
def end_sequence(mine, at, node, done, refused):
    """Rule 2: done with the last, refused with the first that is."""
    copy(done[mine[-1], at], done[node, at])
    copy(refused[mine[0], at], refused[node, at])
    for child in mine[1:]:
        lower(refused[child, at], refused[node, at])


@bare
def end_join(mine, needed, at, node, done, refused, few):
    """Rules 3 and 4: done at the k-th done, refused at the (n - k + 1)-th refusal."""
    n = len(mine)
    if needed not in (1, n):
        ranked(done, mine, at, needed, few, done[node, at])
        ranked(refused, mine, at, n - needed + 1, few, refused[node, at])
        return
    copy(done[mine[0], at], done[node, at])
    copy(refused[mine[0], at], refused[node, at])
    for child in mine[1:]:
        if needed == 1:
            lower(done[child, at], done[node, at])
            upper(refused[child, at], refused[node, at])
        else:
            upper(done[child, at], done[node, at])
            lower(refused[child, at], refused[node, at])


@inlined
def earliest_free(free, n_servers):
    """The server that is free first."""
    best = 0
    for server in range(1, n_servers):
        if free[server] < free[best]:
            best = server
    return best


@inlined
def sorted_arrivals(ready, work, started, r, times, places):
    """Work of one replication in order of being ready, ties as numbered; how much there is. The rest never starts."""
    n = 0
    for place in range(work.shape[1]):
        time = ready[work[NODE, place], work[LAUNCH, place], r]
        if time >= FAR:
            started[work[NODE, place], work[LAUNCH, place], r] = FAR
            continue
        at = n
        while at > 0 and times[at - 1] > time:
            times[at], places[at] = times[at - 1], places[at - 1]
            at -= 1
        times[at], places[at] = time, place
        n += 1
    return n


@bare
def fill_keys(ready, work, keys):
    """Sort keys, (work, replication): when it is ready, then its number; whether all times fit."""
    fits = True
    for place in range(work.shape[1]):
        times, row = ready[work[NODE, place], work[LAUNCH, place]], keys[place]
        for r in range(len(row)):
            is_late = times[r] >= LATEST
            fits &= not is_late or times[r] >= FAR
            row[r] = ((LATEST if is_late else times[r]) << PLACE_BITS) + place
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
def serve_side_by_side(keys, hold, started, rows, first, n_replications, free, ends):
    """First come, first served, all replications at once; hold and started (node × launch, replication)."""
    n = keys.shape[1]
    for server in range(len(free)):
        for r in range(n):
            free[server, r] = -FAR
    for number in range(len(keys)):
        for r in range(n):
            time, row = keys[number, r] >> PLACE_BITS, rows[keys[number, r] & MOST_SORTED - 1]
            start = max(time, free[0, r])
            started[row * n + r] = FAR if time == LATEST else start
            ends[r] = start + hold[row * n_replications + first + r]
        for server in range(1, len(free)):
            for r in range(n):
                end, other = ends[r], free[server, r]
                free[server - 1, r], ends[r] = min(end, other), max(end, other)
        copy(ends, free[len(free) - 1])


@bare
def serve_in_turn(ready, hold, started, work, first, times, places, free):
    """A desk whose work is all of one precedence, first come, first served; one replication after another."""
    for r in range(ready.shape[2]):
        n = sorted_arrivals(ready, work, started, r, times, places)
        for server in range(len(free)):
            free[server] = -FAR
        for number in range(n):
            server = earliest_free(free, len(free))
            node, launch = work[NODE, places[number]], work[LAUNCH, places[number]]
            start = max(times[number], free[server])
            started[node, launch, r] = start
            free[server] = start + hold[node, launch, first + r]


@bare
def serve_by_rank(ready, hold, started, work, first, arrivals, holds, first_job, n_jobs, background,
                  times, places, free, lines, counts):  # fmt: skip
    """A desk with several precedences or other work: rule 10 at every moment a server is free."""
    for r in range(ready.shape[2]):
        n = sorted_arrivals(ready, work, started, r, times, places)
        for server in range(len(free)):
            free[server] = -FAR
        counts[:] = 0
        n_known, n_served, n_jobs_known, n_jobs_served, now = 0, 0, 0, 0, -FAR
        while n_served < n:
            server = earliest_free(free, len(free))
            now = max(now, free[server])
            if n_known == n_served and n_jobs_known == n_jobs_served:
                soonest = times[n_known]
                if n_jobs_known < n_jobs:
                    soonest = min(soonest, arrivals[first + r, first_job + n_jobs_known])
                now = max(now, soonest)
            while n_known < n and times[n_known] <= now:
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
                is_sooner = arrivals[first + r, job] < times[lines[line, counts[0, line]]]
                has_job = background < line or (background == line and is_sooner)
            if has_job:
                free[server] = now + holds[first + r, job]
                n_jobs_served += 1
                continue
            place = places[lines[line, counts[0, line]]]
            counts[0, line] += 1
            n_served += 1
            started[work[NODE, place], work[LAUNCH, place], r] = now
            free[server] = now + hold[work[NODE, place], work[LAUNCH, place], first + r]


@compiled
def work_of(desk, nodes, n_launches):
    """All work of a desk in the order of its numbers: node, launch and precedence, int64 (row, work)."""
    n_nodes, n = nodes.shape[1], 0
    work = np.empty((3, n_launches * n_nodes), np.int64)
    for launch in range(n_launches):
        for node in range(n_nodes):
            if nodes[DESK, node] == desk:
                work[NODE, n], work[LAUNCH, n], work[LINE, n] = node, launch, nodes[PRECEDENCE, node]
                n += 1
    return work[:, :n].copy()


@compiled
def serve_desk(desk, nodes, desks, first, queued, hold, started, arrivals, holds):
    """When one desk starts each piece of work, given when each is ready."""
    work = work_of(desk, nodes, queued.shape[1])
    n, first_job = work.shape[1], desks[FIRST_JOB, desk]
    n_jobs = desks[LAST_JOB, desk] - first_job
    if n == 1 and n_jobs == 0:
        copy(queued[work[NODE, 0], 0], started[work[NODE, 0], 0])
        return
    n_servers = min(desks[CAPACITY, desk], n + n_jobs)
    times, places, free = np.empty(n, np.int64), np.empty(n, np.int64), np.empty(n_servers, np.int64)
    if n_jobs > 0 or work[LINE].min() < work[LINE].max():
        lines, counts = np.empty((N_PRECEDENCES, n), np.int64), np.empty((2, N_PRECEDENCES), np.int64)
        serve_by_rank(queued, hold, started, work, first, arrivals, holds, first_job, n_jobs, desks[BACKGROUND, desk],
                      times, places, free, lines, counts)  # fmt: skip
        return
    n_side = queued.shape[2]
    keys = np.empty((n if n <= MOST_SORTED else 0, n_side), np.int64)
    if len(keys) and fill_keys(queued, work, keys):
        sort_rows(keys)
        rows = work[NODE] * queued.shape[1] + work[LAUNCH]
        serve_side_by_side(keys, hold.reshape(-1), started.reshape(-1), rows, first, hold.shape[2],
                           np.empty((n_servers, n_side), np.int64), np.empty(n_side, np.int64))  # fmt: skip
    else:
        serve_in_turn(queued, hold, started, work, first, times, places, free)


@bare
def conclude(last, queued, started, done, refused, ended, state):
    """What lies after the horizon does not happen (rule 14); columns become a sample path."""
    for r in range(len(last)):
        end = min(done[r], refused[r])
        how = DONE if done[r] < refused[r] else REFUSED
        state[r] = how if end <= last[r] else 0
        ended[r] = end if end <= last[r] else NEVER
        started[r] = started[r] if started[r] <= last[r] else NEVER
        queued[r] = queued[r] if queued[r] <= last[r] else NEVER


@compiled
def run_columns(program, nodes, children, desks, launch, hold, is_refused, horizon, arrivals, holds, first,
                queued, started, ended, state):  # fmt: skip
    """Every step of a program.

    Draws, int64 or bool (node, launch, replication), jobs (replication, job), from replication ``first``;
    paths, int64 or int8 (node, launch, replication), so many replications.
    """
    n_nodes, n_launches, n = queued.shape
    done, refused = np.empty(queued.shape, np.int64), np.empty(queued.shape, np.int64)
    few = np.empty(n_nodes, np.int64)
    for at in range(n_launches):
        copy(launch[at, first : first + n], queued[n_nodes - 1, at])
        copy(launch[at, first : first + n], started[n_nodes - 1, at])
    for step in range(len(program)):
        what, node, other = program[step, 0], program[step, 1], program[step, 2]
        if what == SERVE:
            serve_desk(node, nodes, desks, first, queued, hold, started, arrivals, holds)
            continue
        mine = children[nodes[FIRST_CHILD, node] : nodes[FIRST_CHILD, node] + nodes[N_CHILDREN, node]]
        for at in range(n_launches):
            if what == END_STAGE:
                end_stage(started[node, at], hold[node, at, first : first + n], is_refused[node, at, first : first + n],
                          done[node, at], refused[node, at])  # fmt: skip
            elif what == END_SEQUENCE:
                end_sequence(mine, at, node, done, refused)
            elif what == END_JOIN:
                end_join(mine, nodes[NEEDED, node], at, node, done, refused, few)
            elif what == BEGIN_FALLBACK:
                main = children[nodes[FIRST_CHILD, other]]
                begin_fallback(
                    queued[other, at], done[main, at], refused[main, at], nodes[LIMIT, other], queued[node, at]
                )
            else:
                copy(queued[other, at] if what == BEGIN_WITH else done[other, at], queued[node, at])
            if what <= BEGIN_FALLBACK and nodes[DESK, node] == NONE:
                copy(queued[node, at], started[node, at])
    for node in range(n_nodes):
        for at in range(n_launches):
            conclude(horizon[first : first + n], queued[node, at], started[node, at], done[node, at], refused[node, at],
                     ended[node, at], state[node, at])  # fmt: skip
