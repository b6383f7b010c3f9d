"""Any network, one replication at a time, by a list of events.

Pending events stand in a small sorted array: with a dozen of them it beats a heap. Their key is the
time, then a code: ends of work, then timers by node, so inner before outer, in the order of rule 12
of `sim.engines.contract`; below that, launch and node (for a background job: the number of launches
and the desk; for a desk that opens: one more, and the desk). Work is numbered launch × nodes + node,
which is also its rank at a tie. A queue is a list for each desk and precedence, in order of being
ready, linked through its work.

State is a few arrays with named rows.
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
    CHANNEL,
    DESK,
    DONE,
    FAR,
    FIRST_CHILD,
    FIRST_JOB,
    JOIN,
    KIND,
    LAST_JOB,
    LIMIT,
    N_CHILDREN,
    N_PRECEDENCES,
    NEEDED,
    NONE,
    PARENT,
    PRECEDENCE,
    REFUSED,
    SEQUENCE,
    SLOT,
    STAGE,
    STARTED,
    TRY,
)

Whole = NDArray[np.int64]

TIMER_BITS, LAUNCH_BITS = 44, 20  # of a code: node + 1 of a timer above, then the launch, then the node
LAUNCH_MASK, NODE_MASK = (1 << TIMER_BITS - LAUNCH_BITS) - 1, (1 << LAUNCH_BITS) - 1

N_DONE, N_REFUSED, HAS_FALLBACK = range(3)  # rows of tallies, over work; of a stage whether its channel refused it
TIME, CODE = range(2)  # rows of events
HEAD, TAIL = range(2)  # rows of lines; of links: the work before and after
BEFORE, AFTER = range(2)
FREE, IS_CALLED, HAS_OPENING, N_ARRIVED, N_SERVED, CALLS = range(6)  # rows of posts, over desks
# has opening: an event says when it opens; calls: the desks called


class Room(NamedTuple):
    """The state of one replication: rows as named above; names (work,) are those that events have for it."""

    path: Whole
    tallies: Whole
    names: Whole
    events: Whole
    ends: Whole
    lines: Whole
    links: Whole
    posts: Whole
    stack: Whole
    begun: Whole
    order: Whole


def room_for(desks: Whole, n_nodes: int, n_launches: int, n_jobs: int) -> Room:
    """Room for one replication."""
    n_work, n_desks = n_nodes * n_launches, desks.shape[1]
    n_events = 2 * n_work + min(int(desks[CAPACITY].sum()), n_jobs) + n_desks + 2
    shapes = ((4, n_work), (3, n_work), (n_work,), (2, n_events), (2,), (2, n_desks * N_PRECEDENCES), (2, n_work),
              (6, n_desks), (n_nodes + 1,), (n_launches,), (n_launches,))  # fmt: skip
    return Room(*(np.empty(shape, np.int64) for shape in shapes))


@inlined
def push(events, ends, time, code):
    """Put an event in its place; the array slides back when it has run to its end."""
    if ends[1] == events.shape[1]:
        n = ends[1] - ends[0]
        for i in range(n):
            events[TIME, i], events[CODE, i] = events[TIME, ends[0] + i], events[CODE, ends[0] + i]
        ends[0], ends[1] = 0, n
    first, place = ends[0], ends[1]
    while place > first:
        earlier = place - 1
        before = events[TIME, earlier]
        if before < time or (before == time and events[CODE, earlier] < code):
            break
        events[TIME, place], events[CODE, place] = before, events[CODE, earlier]
        place = earlier
    events[TIME, place], events[CODE, place] = time, code
    ends[1] += 1


@inlined
def call(posts, n_called, desk):
    """Note that a desk has something to look at once the instant has settled."""
    if posts[IS_CALLED, desk]:
        return n_called
    posts[IS_CALLED, desk], posts[CALLS, n_called] = 1, desk
    return n_called + 1


@inlined
def enqueue(lines, links, path, line, work, now):
    """Put work at the end of a line, before what became ready at the same instant and ranks after it."""
    last, following = lines[TAIL, line], NONE
    while last != NONE and path[BEGIN, last] == now and last > work:
        last, following = links[BEFORE, last], last
    links[BEFORE, work], links[AFTER, work] = last, following
    if last == NONE:
        lines[HEAD, line] = work
    else:
        links[AFTER, last] = work
    if following == NONE:
        lines[TAIL, line] = work
    else:
        links[BEFORE, following] = work


@inlined
def dequeue(lines, links, line):
    """Take the first work of a line."""
    work = lines[HEAD, line]
    following = links[AFTER, work]
    lines[HEAD, line] = following
    if following == NONE:
        lines[TAIL, line] = NONE
    else:
        links[BEFORE, following] = NONE
    return work


@inlined
def begin(nodes, children, events, ends, stack, top, at, node, now):
    """A combination begins its children, and a try its timer."""
    n_begins = nodes[N_CHILDREN, node] if nodes[KIND, node] == JOIN else 1
    for child in range(n_begins):
        stack[top + child] = children[nodes[FIRST_CHILD, node] + child] << 2 | BEGIN
    if nodes[KIND, node] == TRY and nodes[LIMIT, node] != NONE:
        push(events, ends, now + nodes[LIMIT, node], (node + 1 << TIMER_BITS) + (at << LAUNCH_BITS) + node)
    return top + n_begins


@inlined
def report(nodes, children, tallies, stack, top, base, node, what):
    """A node has ended: what its parent makes of that."""
    above = nodes[PARENT, node]
    if above == NONE:
        return top
    outer, first, n_children = base + above, nodes[FIRST_CHILD, above], nodes[N_CHILDREN, above]
    if nodes[KIND, above] == SEQUENCE:
        is_over = what == REFUSED or nodes[SLOT, node] == n_children - 1
        stack[top] = above << 2 | what if is_over else children[first + nodes[SLOT, node] + 1] << 2 | BEGIN
        return top + 1
    if what == DONE:
        tallies[N_DONE, outer] += 1
        if tallies[N_DONE, outer] != nodes[NEEDED, above]:
            return top
        stack[top] = above << 2 | DONE
        return top + 1
    tallies[N_REFUSED, outer] += 1
    if nodes[KIND, above] == TRY and tallies[HAS_FALLBACK, outer] == 0:
        tallies[HAS_FALLBACK, outer] = 1
        stack[top] = children[first + 1] << 2 | BEGIN
        return top + 1
    if tallies[N_REFUSED, outer] == n_children - nodes[NEEDED, above] + 1:
        stack[top] = above << 2 | REFUSED
        return top + 1
    return top


@inlined
def is_idle(desk, lines, posts):
    """Whether nothing waits at a desk."""
    is_empty = posts[N_SERVED, desk] == posts[N_ARRIVED, desk]
    for line in range(desk * N_PRECEDENCES, (desk + 1) * N_PRECEDENCES):
        is_empty &= lines[HEAD, line] == NONE
    return is_empty


@inlined
def take_up(work, name, now, is_away, given, r, path, events, ends):
    """Begin work at a desk."""
    at, node = name >> LAUNCH_BITS, name & NODE_MASK
    path[STARTED, work] = now
    held = given.hold[node, at, r] + (given.on_call[node, at, r] if is_away else 0)
    push(events, ends, now + held, name)


@part
def is_shut(number, now, shut, r, events, ends, posts, n_launches):
    """Whether a desk is shut; then an event says when it opens, if it does."""
    opening = opened(shut, now, r)
    if now < opening < FAR and not posts[HAS_OPENING, number]:
        posts[HAS_OPENING, number] = 1
        push(events, ends, opening, (n_launches + 1 << LAUNCH_BITS) + number)
    return opening > now


@inlined
def serve(number, now, desks, given, r, names, path, events, ends, lines, links, posts, n_launches):
    """Let a desk begin what ranks first while it has a free server and work; all waits for it to open if it is shut."""
    has_hours, arrivals = given.shut.shape[2] + given.away.shape[2] > 0, given.arrivals[r]
    if has_hours and is_shut(number, now, given.shut[number, 0], r, events, ends, posts, n_launches):
        return
    is_away = has_hours and within(given.away[number, 0], now, r)
    while posts[FREE, number] > 0:
        precedence = 0
        while precedence < N_PRECEDENCES and lines[HEAD, number * N_PRECEDENCES + precedence] == NONE:
            precedence += 1
        line = number * N_PRECEDENCES + precedence
        has_work, job = precedence < N_PRECEDENCES, posts[N_SERVED, number]
        has_job = job < posts[N_ARRIVED, number]
        if has_job and has_work:
            mine = desks[BACKGROUND, number]
            is_sooner = arrivals[job] < path[BEGIN, lines[HEAD, line]]
            has_job = mine < precedence or (mine == precedence and is_sooner)
        if has_job:
            held = given.holds[r, job] + (given.calls[r, job] if is_away else 0)
            push(events, ends, now + held, (n_launches << LAUNCH_BITS) + number)
            posts[N_SERVED, number] += 1
        elif has_work:
            work = dequeue(lines, links, line)
            take_up(work, names[work], now, is_away, given, r, path, events, ends)
        else:
            break
        posts[FREE, number] -= 1


@inlined
def replicate(nodes, children, desks, launch, order, given, r, names,
              path, tallies, events, ends, lines, links, posts, stack):  # fmt: skip
    """One replication: everything up to the horizon, or until nothing of a launch is pending.

    One body, long as it is: its parts would have to hand a dozen counters back and forth.
    Inlined, as handing over all the draws for each replication would take a tenth of the time.
    """
    n_nodes, n_launches, n_desks = nodes.shape[1], len(launch), desks.shape[1]
    arrivals, horizon, closed = given.arrivals[r], given.horizon[r], given.closed
    has_jobs, has_hours = len(arrivals) > 0, given.shut.shape[2] + given.away.shape[2] > 0
    n_launched, n_pending, n_called = 0, 0, 0
    while n_launched < n_launches or n_pending > 0:
        now = events[TIME, ends[0]] if ends[0] < ends[1] else FAR
        if n_launched < n_launches:
            now = min(now, launch[order[n_launched]])
        if has_jobs:
            for number in range(n_desks):
                if posts[N_ARRIVED, number] < desks[LAST_JOB, number]:
                    now = min(now, arrivals[posts[N_ARRIVED, number]])
        if now > horizon:
            return
        if has_jobs:
            for number in range(n_desks):
                while posts[N_ARRIVED, number] < desks[LAST_JOB, number] and arrivals[posts[N_ARRIVED, number]] == now:
                    posts[N_ARRIVED, number] += 1
                    n_called = call(posts, n_called, number)
        while True:
            if n_launched < n_launches and launch[order[n_launched]] == now:
                at, stack[0] = order[n_launched], (n_nodes - 1) << 2 | BEGIN
                n_launched += 1
            elif ends[0] < ends[1] and events[TIME, ends[0]] == now:
                code = events[CODE, ends[0]]
                at, node = code >> LAUNCH_BITS & LAUNCH_MASK, code & NODE_MASK
                ends[0] += 1
                if at >= n_launches:
                    if at == n_launches:
                        posts[FREE, node] += 1
                    else:
                        posts[HAS_OPENING, node] = 0
                    n_called = call(posts, n_called, node)
                    continue
                work = at * n_nodes + node
                if code >> TIMER_BITS == 0:
                    n_pending -= 1
                    is_refused = given.is_refused[node, at, r] or tallies[N_REFUSED, work]
                    stack[0] = node << 2 | (REFUSED if is_refused else DONE)
                    if nodes[DESK, node] != NONE:
                        posts[FREE, nodes[DESK, node]] += 1
                        n_called = call(posts, n_called, nodes[DESK, node])
                elif tallies[N_DONE, work] or tallies[HAS_FALLBACK, work]:
                    continue
                else:
                    tallies[HAS_FALLBACK, work] = 1
                    stack[0] = children[nodes[FIRST_CHILD, node] + 1] << 2 | BEGIN
            else:
                break
            top, base = 1, at * n_nodes
            while top > 0:
                top -= 1
                node, what = stack[top] >> 2, stack[top] & 3
                work = base + node
                path[what, work] = now
                if what != BEGIN:
                    top = report(nodes, children, tallies, stack, top, base, node, what)
                    continue
                if nodes[KIND, node] != STAGE:
                    path[STARTED, work] = now
                    top = begin(nodes, children, events, ends, stack, top, at, node, now)
                    continue
                desk, channel = nodes[DESK, node], nodes[CHANNEL, node]
                ready = now if desk != NONE else max(now, launch[at] + given.earliest[node, at, r])
                is_open = channel == NONE or not within(closed[channel, min(at, closed.shape[1] - 1)], ready, r)
                if not is_open and ready == now:
                    stack[top] = node << 2 | REFUSED
                    top += 1
                    continue
                n_pending += 1
                if desk != NONE:
                    is_settled = top == 0 and not (ends[0] < ends[1] and events[TIME, ends[0]] == now)
                    is_settled &= n_launched == n_launches or launch[order[n_launched]] > now
                    is_settled &= not (has_hours and within(given.shut[desk, 0], now, r))
                    if is_settled and posts[FREE, desk] > 0 and is_idle(desk, lines, posts):
                        is_away = has_hours and within(given.away[desk, 0], now, r)
                        # as it would when the desk is called
                        take_up(work, names[work], now, is_away, given, r, path, events, ends)
                        posts[FREE, desk] -= 1
                        continue
                    enqueue(lines, links, path, desk * N_PRECEDENCES + nodes[PRECEDENCE, node], work, now)
                    n_called = call(posts, n_called, desk)
                    continue
                if is_open:
                    path[STARTED, work] = ready
                    ready += given.hold[node, at, r]
                else:
                    tallies[N_REFUSED, work] = 1
                push(events, ends, ready, names[work])
        for place in range(n_called):
            number = posts[CALLS, place]
            posts[IS_CALLED, number] = 0
            serve(number, now, desks, given, r, names, path, events, ends, lines, links, posts, n_launches)
        n_called = 0


@inlined
def put_in_order(times, order):
    """Positions of launches by time, ties as in the file."""
    for number in range(len(times)):
        place = number
        while place > 0 and times[order[place - 1]] > times[number]:
            order[place] = order[place - 1]
            place -= 1
        order[place] = number


@inlined
def name_work(n_nodes, n_launches, names):
    """How events name all work."""
    for at in range(n_launches):
        for node in range(n_nodes):
            names[at * n_nodes + node] = (at << LAUNCH_BITS) + node


@inlined
def fill(desks, drawn, r, room):
    """The state before a replication."""
    for what in range(4):
        room.path[what] = FAR
    for tally in range(3):
        room.tallies[tally] = 0
    for at in range(len(room.begun)):
        room.begun[at] = drawn.launch[at, r]
    for desk in range(desks.shape[1]):
        for line in range(desk * N_PRECEDENCES, (desk + 1) * N_PRECEDENCES):
            room.lines[HEAD, line], room.lines[TAIL, line] = NONE, NONE
        room.posts[FREE, desk], room.posts[IS_CALLED, desk] = desks[CAPACITY, desk], 0
        room.posts[HAS_OPENING, desk] = 0
        room.posts[N_ARRIVED, desk], room.posts[N_SERVED, desk] = desks[FIRST_JOB, desk], desks[FIRST_JOB, desk]
    put_in_order(room.begun, room.order)
    room.ends[0], room.ends[1] = 0, 0


@part
def run_events(tables, drawn, first, times, rows, is_whole, room):
    """One replication after another, from ``first`` on; columns and where they are, as of `sim.kernels.columns`.

    Unless the whole is asked for, the column that tells when the root was done is the only one that is filled.
    """
    nodes, desks = tables.nodes, tables.desks
    n_nodes, n_launches = drawn.hold.shape[:2]
    n = times.shape[1] // n_launches
    name_work(n_nodes, n_launches, room.names)
    for r in range(n):
        fill(desks, drawn, first + r, room)
        replicate(nodes, tables.children, desks, room.begun, room.order, drawn, first + r, room.names,
                  room.path, room.tallies, room.events, room.ends, room.lines, room.links, room.posts,
                  room.stack)  # fmt: skip
        for at in range(n_launches):
            times[rows[DONE, n_nodes - 1], at * n + r] = room.path[DONE, (at + 1) * n_nodes - 1]
            for node in range(n_nodes if is_whole else 0):
                for what in range(4):
                    times[rows[what, node], at * n + r] = room.path[what, at * n_nodes + node]
