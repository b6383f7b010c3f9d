"""Networks without feedback, a column of replications at a time, without a clock.

Where no work at a desk can cause work at the same desk, every arrival at a desk is known once the
desks before it are done, so a network is a program: a step begins or ends a node, or serves a desk,
for all launches and replications at once. Nothing is cancelled, so time limits are no obstacle.

A column, int64 (launch × replication), holds when something happened to a node; `FAR` or more means
never. Columns that are the same are one: ``rows`` tells where that of a node is. The last holds nothing
but `FAR`.
"""

from __future__ import annotations

import numpy as np

from sim.kernels.compiler import inlined, part
from sim.kernels.desks import serve_desk
from sim.kernels.periods import within
from sim.kernels.rows import (
    BEGIN,
    BEGIN_FALLBACK,
    BEGIN_WITH,
    CHANNEL,
    DESK,
    DONE,
    END_JOIN,
    END_SEQUENCE,
    END_STAGE,
    FAR,
    FIRST_CHILD,
    LIMIT,
    N_CHILDREN,
    NEEDED,
    NONE,
    REFUSED,
    SERVE,
    STARTED,
)


@inlined
def begin_fallback(begun, done, refused, limit, out):
    """Rule 4: unless the main flow was done in time, at its refusal or at the limit, whichever is first."""
    for i in range(len(out)):
        last = begun[i] + limit if limit != NONE else FAR
        out[i] = FAR if done[i] < FAR and done[i] <= last else min(refused[i], last)


@inlined
def no_sooner(begun, launch, wait, out):
    """The later of beginning and so long after the launch."""
    for i in range(len(out)):
        out[i] = max(begun[i], launch[i] + wait[i])


@inlined
def any_above(values, least):
    """Whether one of them is larger."""
    found = False
    for i in range(len(values)):
        found |= values[i] > least
    return found


@part
def wait_to_see(node, launch, earliest, first, times, rows):
    """What has no desk starts when it is ready; `earliest` (node, launch, replication)."""
    n_launches, waits = len(launch), False
    n = times.shape[1] // n_launches
    for at in range(n_launches):
        waits |= any_above(earliest[node, at, first : first + n], 0)
    if not waits:
        rows[STARTED, node] = rows[BEGIN, node]
        return
    begun, started = times[rows[BEGIN, node]], times[rows[STARTED, node]]
    for at in range(n_launches):
        begin, end, stop = at * n, (at + 1) * n, first + n
        no_sooner(begun[begin:end], launch[at, first:stop], earliest[node, at, first:stop], started[begin:end])


@inlined
def refuse_closed(ready, closed, first, started, refused):
    """What is ready while its channel is closed is refused then and never starts; whether any is."""
    found = False
    for r in range(len(ready)):
        time = ready[r]
        is_closed = within(closed, time, first + r)
        refused[r] = time if is_closed else FAR
        started[r] = FAR if is_closed else time
        found |= is_closed
    return found


@part
def start(node, nodes, drawn, first, times, rows):
    """Rule 6: what has no desk starts when it is ready, unless its channel is closed then.

    What has a desk and may be closed is ready as the column of its start tells, until the desk is served.
    """
    closed, has_desk, found = drawn.closed, nodes[DESK, node] != NONE, False
    if not has_desk:
        wait_to_see(node, drawn.launch, drawn.earliest, first, times, rows)
    ready, n_nodes = rows[BEGIN if has_desk else STARTED, node], rows.shape[1]
    started, refused = STARTED * n_nodes + node, REFUSED * n_nodes + node
    rows[REFUSED, node] = len(times) - 1
    if nodes[CHANNEL, node] == NONE or closed.shape[2] == 0:
        return
    n = times.shape[1] // len(drawn.launch)
    for at in range(len(drawn.launch)):
        mine, begin, end = closed[nodes[CHANNEL, node], min(at, closed.shape[1] - 1)], at * n, (at + 1) * n
        found |= refuse_closed(
            times[ready, begin:end], mine, first, times[started, begin:end], times[refused, begin:end]
        )
    if found:
        rows[STARTED, node], rows[REFUSED, node] = started, refused


@inlined
def add_calls(started, away, on_call, first, done):
    """Who is away when it starts has to be called first."""
    for r in range(len(started)):
        done[r] += on_call[first + r] if within(away, started[r], first + r) else 0


@inlined
def end_stage(started, hold, done):
    """Done when the hold is over."""
    for i in range(len(done)):
        done[i] = started[i] + hold[i]


@inlined
def refuse(is_refused, done, earlier, refused):
    """Some that would be done are refused then, besides those that were earlier."""
    for i in range(len(done)):
        refused[i] = min(earlier[i], done[i] if is_refused[i] else FAR)
        done[i] = FAR if is_refused[i] else done[i]


@inlined
def any_of(flags):
    """Whether one of them holds."""
    found = False
    for i in range(len(flags)):
        found |= flags[i]
    return found


@part
def end_stages(node, desk, drawn, first, times, rows):
    """A stage of all launches."""
    hold, is_refused, away = drawn.hold[node], drawn.is_refused[node], drawn.away
    n_launches = len(hold)
    n, is_any = times.shape[1] // n_launches, False
    started, done, earlier = times[rows[STARTED, node]], times[rows[DONE, node]], times[rows[REFUSED, node]]
    for at in range(n_launches):
        begin, end = at * n, (at + 1) * n
        end_stage(started[begin:end], hold[at, first : first + n], done[begin:end])
        if desk != NONE and away.shape[2] > 0:
            add_calls(started[begin:end], away[desk, 0], drawn.on_call[node, at], first, done[begin:end])
        is_any |= any_of(is_refused[at, first : first + n])
    if not is_any:
        return
    rows[REFUSED, node] = REFUSED * rows.shape[1] + node
    refused = times[rows[REFUSED, node]]
    for at in range(n_launches):
        begin, end = at * n, (at + 1) * n
        refuse(is_refused[at, first : first + n], done[begin:end], earlier[begin:end], refused[begin:end])


@part
def copy(values, out):
    """Place by place: assigning a row to a row would first make another."""
    for i in range(len(out)):
        out[i] = values[i]


@inlined
def lower(values, out):
    """The earlier of two, place by place."""
    for i in range(len(out)):
        out[i] = min(out[i], values[i])


@inlined
def upper(values, out):
    """The later of two, place by place."""
    for i in range(len(out)):
        out[i] = max(out[i], values[i])


@part
def put_in_order(times, few, n, rank, out):
    """In every place the value of a rank, from 1, of some columns; their rows and room for values: few (2, column)."""
    for i in range(len(out)):
        for number in range(n):
            value, place = times[few[0, number], i], number
            while place > 0 and few[1, place - 1] > value:
                few[1, place] = few[1, place - 1]
                place -= 1
            few[1, place] = value
        out[i] = few[1, rank - 1]


@part
def end_with(times, rows, what, mine, rank, node, few):
    """What happens to a node happens when it has happened to so many of its children."""
    never, own, n = len(times) - 1, what * rows.shape[1] + node, np.int64(0)
    for child in mine:
        if rows[what, child] != never:
            few[0, n] = rows[what, child]
            n += 1
    rows[what, node] = own
    if rank > n:
        rows[what, node] = never
    elif n == 1:
        rows[what, node] = few[0, 0]
    elif 1 < rank < n:
        put_in_order(times, few, n, rank, times[own])
    else:
        copy(times[few[0, 0]], times[own])
        for number in range(1, n):
            if rank == 1:
                lower(times[few[0, number]], times[own])
            else:
                upper(times[few[0, number]], times[own])


@inlined
def end_join(times, rows, mine, node, needed, few):
    """Rules 3 and 4: done at the k-th done, refused at the (n - k + 1)-th refusal."""
    end_with(times, rows, np.int64(DONE), mine, needed, node, few)
    end_with(times, rows, np.int64(REFUSED), mine, len(mine) - needed + 1, node, few)


@part
def run_columns(tables, drawn, first, times, rows, few, room):
    """Every step of a program for the replications from ``first`` on; columns and where they are."""
    program, nodes, children = tables.program, tables.nodes, tables.children
    n_launches, never, root = len(drawn.launch), len(times) - 1, nodes.shape[1] - 1
    n = times.shape[1] // n_launches
    for i in range(times.shape[1]):
        times[never, i] = FAR
    for at in range(n_launches):
        copy(drawn.launch[at, first : first + n], times[rows[BEGIN, root], at * n : (at + 1) * n])
    start(root, nodes, drawn, first, times, rows)
    for step in range(len(program)):
        what, node, other = program[step, 0], program[step, 1], program[step, 2]
        if what == SERVE:
            serve_desk(node, nodes, tables.desks, first, times, rows, drawn, room)
            continue
        mine = children[nodes[FIRST_CHILD, node] : nodes[FIRST_CHILD, node] + nodes[N_CHILDREN, node]]
        if what == END_STAGE:
            end_stages(node, nodes[DESK, node], drawn, first, times, rows)
        elif what == END_SEQUENCE:  # rule 2: done with the last, refused with the first that is
            rows[DONE, node] = rows[DONE, mine[len(mine) - 1]]
            end_with(times, rows, np.int64(REFUSED), mine, np.int64(1), node, few)
        elif what == END_JOIN:
            end_join(times, rows, mine, node, nodes[NEEDED, node], few)
        elif what == BEGIN_FALLBACK:
            main = children[nodes[FIRST_CHILD, other]]
            begin_fallback(times[rows[BEGIN, other]], times[rows[DONE, main]], times[rows[REFUSED, main]],
                           nodes[LIMIT, other], times[rows[BEGIN, node]])  # fmt: skip
        else:
            rows[BEGIN, node] = rows[BEGIN if what == BEGIN_WITH else DONE, other]
        if what <= BEGIN_FALLBACK:
            start(node, nodes, drawn, first, times, rows)
