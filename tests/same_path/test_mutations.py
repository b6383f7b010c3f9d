"""Each clause of the execution rules matters: an engine that breaks it differs on the world that bears its name.

A new mutation: a function that breaks one rule here, and a row in `MUTATIONS` with a world that tells.
"""

from __future__ import annotations

from heapq import heapify
from itertools import count

import pytest
from simpy.events import NORMAL, Timeout

from sim.engines import reference
from sim.engines.compare import first_difference
from sim.engines.reference import DONE, NOT_YET, SERVING, TIMERS, Closed, Desk, Late, Replication, simulate
from sim.model.network import NONE
from tests.oracle import solve
from tests.worlds import SECOND, Pool, Told, World, at_least, attempt, every, first, seq

FLASH, ROUTINE = 0, 3


def at_desk(hold, **rest):
    return Told(hold, desk="d", **rest)


class OuterTimersFirst(Late):
    def __init__(self, env, delay, priority):
        super().__init__(env, delay, priority if priority >= SERVING else SERVING - priority)


class TimersJustShort(Late):
    def __init__(self, env, delay, priority):
        super().__init__(env, max(delay - 1, 0), priority)


def served_at_once(desk):
    if desk.n_free and desk.queue:
        desk._serve(None)


def ranked_by(change):
    """Ask with another rank; what is equal under it goes in the order of asking."""
    ask, asked = Desk.ask, count()
    return lambda desk, rank, work: ask(desk, (*change(*rank), next(asked)), work)


class OneServerMore(Desk):
    def __init__(self, env, capacity, shut, away):
        super().__init__(env, capacity + 1, shut, away)


def refused_after(n_refusals):
    """A join that is refused at another refusal than the (n - k + 1)-th."""

    def quorum(replication, branches, needed):
        decided = replication.env.event()
        left = {True: needed, False: n_refusals(len(branches), needed)}

        def tally(branch):
            left[branch.value] -= 1
            if left[branch.value] == 0 and not decided.triggered:
                decided.succeed(branch.value)

        for branch in branches:
            branch.callbacks.append(tally)
        return bool((yield decided))

    return quorum


def done_by(change):
    """A quorum of other branches, or of another number of them."""
    quorum = Replication.quorum
    return lambda replication, branches, needed: quorum(replication, *change(branches, needed))


def fallback_at_limit_only(replication, launch, node):
    replication._start(launch, node)
    main, fallback = replication.nodes[node].children
    tried = replication.begin(replication.flow(launch, main))
    timer = Late(replication.env, replication.nodes[node].limit_us, TIMERS + node)
    yield tried | timer
    if tried.triggered and tried.value:
        return True
    if not timer.processed:
        yield timer
    return (yield from replication.quorum([tried, replication.begin(replication.flow(launch, fallback))], 1))


def fallback_always(replication, launch, node):
    replication._start(launch, node)
    main, fallback = replication.nodes[node].children
    tried = replication.begin(replication.flow(launch, main))
    yield tried | Late(replication.env, replication.nodes[node].limit_us, TIMERS + node)
    return (yield from replication.quorum([tried, replication.begin(replication.flow(launch, fallback))], 1))


def sequence_until_alert(replication, launch, node):
    replication._start(launch, node)
    root = launch * len(replication.nodes) + len(replication.nodes) - 1
    for child in replication.nodes[node].children:
        if replication.state[root] == DONE or not (yield from replication.flow(launch, child)):
            return False
    return True


def sequence_past_refusals(replication, launch, node):
    replication._start(launch, node)
    for child in replication.nodes[node].children:
        is_done = yield from replication.flow(launch, child)
    return is_done


class LeavesDesksOnceAlerted(Replication):
    """Work at a desk for a launch whose alert has come is taken away."""

    def __init__(self, *given):
        super().__init__(*given)
        self.alerted = [self.env.event() for _ in self.launch]

    def alert(self, launch):
        yield from super().alert(launch)
        self.alerted[launch].succeed()

    def stage(self, launch, node):
        at, desk = launch * len(self.nodes) + node, self.nodes[node].desk
        if desk == NONE:
            return (yield from super().stage(launch, node))
        work = reference.Work(self.env, self.hold[at], 0, self.started, at)
        yield self.desks[desk].ask((0, self.env.now, launch, node), work) | self.alerted[launch]
        if not work.processed:
            self._take_away(self.desks[desk], work)
        return not self.refused[at]

    def _take_away(self, desk, work):
        work.callbacks.remove(desk._free)
        if work.triggered:
            desk._free(work)
        desk.queue[:] = [(rank, other) for rank, other in desk.queue if other is not work]
        heapify(desk.queue)


class SeesAtOnce(Replication):
    def __init__(self, *given):
        super().__init__(*given)
        self.earliest = [0] * len(self.earliest)


class SeesAfterItBegan(Replication):
    """`earliest` counted from the beginning of the stage in place of the launch."""

    def stage(self, launch, node):
        at = launch * len(self.nodes) + node
        self.earliest[at] += int(self.env.now) - self.launch[launch]
        return (yield from super().stage(launch, node))


class RefusesAtOnce(Replication):
    def __init__(self, *given):
        super().__init__(*given)
        self.hold = [1 if no else us for us, no in zip(self.hold, self.refused, strict=True)]


class BackgroundFromTimeZero(Replication):
    def background(self, desk, precedence, jobs, r):
        is_late = jobs.arrival[r] >= 0
        late = reference.Jobs(*(table[:, is_late] for table in (jobs.arrival, jobs.hold, jobs.on_call)))
        super().background(desk, precedence, late, r)


def closed_by(change):
    """Until when a time is closed, were its periods others."""
    until = Closed.until
    return lambda closed, now: until(Closed(tuple(change(*period) for period in closed.periods)), now)


class RefusedWhenDone(Replication):
    """A closed channel lets a stage begin, and refuses it at its end."""

    def stage(self, launch, node):
        channel = self.nodes[node].channel
        is_closed = channel != NONE and self.closed[launch][channel].until(self.env.now) is not None
        self.closed[launch] = [Closed() for _ in self.closed[launch]]
        return (yield from super().stage(launch, node)) and not is_closed


class ClosedWhenBegun(Replication):
    """The channel is tested when a stage begins, not when it is ready."""

    def stage(self, launch, node):
        channel = self.nodes[node].channel
        if channel != NONE and self.closed[launch][channel].until(self.env.now) is not None:
            return False
        return (yield from super().stage(launch, node))


class ServesWhileShut(Desk):
    def __init__(self, env, capacity, shut, away):
        super().__init__(env, capacity, Closed(), away)


class StopsAtTheEndOfHours(Replication):
    """Work in hand when the desk shuts is left until it opens."""

    def stage(self, launch, node):
        done = yield from super().stage(launch, node)
        desk = self.nodes[node].desk
        opens = None if desk == NONE else self.desks[desk].shut.until(self.env.now)
        if opens is not None:
            yield Timeout(self.env, opens - self.env.now)
        return done


class NobodyIsCalled(Desk):
    def __init__(self, env, capacity, shut, away):
        super().__init__(env, capacity, shut, Closed())


class WaitsToBeCalled(Desk):
    """Nobody comes before the hours begin, called or not."""

    def __init__(self, env, capacity, shut, away):
        super().__init__(env, capacity, away, away)


class StopsWithTheAlerts(Replication):
    """Ends when every launch has ended, whatever was sent besides."""

    def run(self, horizon):
        n = len(self.nodes)
        for launch in range(len(self.launch)):
            self.begin(self.alert(launch))
        while NOT_YET in self.state[n - 1 :: n] and self.env.peek() <= horizon:
            self.env.step()


def horizon_moved(by):
    run = Replication.run
    return lambda replication, horizon: run(replication, horizon + by)


TIE_AT_THE_LIMIT = World(attempt("x", 5, "y"), {"x": Told(5), "y": Told(1)})
TIE_AFTER_STEPS = World(attempt(seq("x", "z", "w"), 5, "y"), {"x": Told(5), "z": Told(0), "w": Told(0), "y": Told(1)})
EARLY_REFUSAL = World(attempt("x", 5, "y"), {"x": Told(2, refused=True), "y": Told(1)})
THREE_REFUSALS = World(
    at_least(2, "a", "b", "c"), {name: Told(hold, refused=True) for name, hold in {"a": 1, "b": 4, "c": 7}.items()}
)
LOSER_SENT = World(first("a", seq("b", "c")), {"a": Told(1), "b": Told(2), "c": Told(3)})
LOSER_AT_A_DESK = World(first("a", seq("b", "c")), {"a": Told(4), "b": Told(2), "c": at_desk(5)}, launches=(0, 3))
FREED_AS_A_TIMER_FIRES = World(
    every("a", seq("w", "r"), attempt("x", 5, "f")),
    {
        "a": at_desk(5),
        "w": Told(1),
        "r": at_desk(1, precedence=ROUTINE),
        "x": Told(9),
        "f": at_desk(2, precedence=FLASH),
    },
)
LATER_IN_ITS_INSTANT = World(
    every(seq("z", "w", "a"), "b"), {"z": Told(0), "w": Told(0), "a": at_desk(1), "b": at_desk(1)}
)
ENDS_AT_THE_HORIZON = World(seq("a", "b"), {"a": Told(3), "b": Told(2)}, horizon=5)
ENDS_JUST_AFTER = World(seq("a", "b"), {"a": Told(3), "b": Told(3)}, horizon=5)
TWO_AT_ONCE = World(every("a", "b"), {"a": at_desk(1), "b": at_desk(1)}, launches=(0, 0))
NESTED_TIMERS = World(attempt(attempt("x", 5, "y"), 5, "z"), {"x": Told(9), "y": Told(0), "z": Told(1)})
JOB_AT_THE_SAME_TIME = World(seq("a"), {"a": at_desk(1)}, desks={"d": Pool(jobs=((0, 4),))})
TWO_JOBS = World(seq("a"), {"a": at_desk(1, precedence=FLASH)}, launches=(2,), desks={"d": Pool(jobs=((0, 5), (0, 1)))})
JOB_BEFORE_TIME_0 = World(seq("a"), {"a": at_desk(1)}, desks={"d": Pool(jobs=((-2, 5),), warm_up=2)})
LAST_IN_FILE_FIRST_READY = World(seq("a"), {"a": at_desk(3)}, launches=(2, 1, 0))
UNEQUAL_PRECEDENCE = World(every("r", "f"), {"r": at_desk(1, precedence=ROUTINE), "f": at_desk(1, precedence=FLASH)})
REFUSED_AT_A_DESK = World(every("a", "b"), {"a": at_desk(4, refused=True), "b": at_desk(1)})
SEEN_LATE = World(seq("a", "b"), {"a": Told(1), "b": Told(1, earliest=4)}, launches=(1,))
CLOSED_WHEN_READY = World(
    first(seq("b"), "a"), {"b": Told(5, channel="K"), "a": Told(9)}, launches=(3,), closed={"K": (((3, 4),),)}
)
OPENS_WHEN_READY = World(seq("a"), {"a": Told(1, channel="K")}, launches=(4,), closed={"K": (((2, 4),),)})
OPENS_BEFORE_IT_IS_SEEN = World(seq("a"), {"a": Told(1, channel="K", earliest=5)}, closed={"K": (((0, 2),),)})
SHUT = World(seq("a", "b"), {"a": at_desk(2), "b": at_desk(2)}, desks={"d": Pool(shut=((1, 6),))})
AWAY = World(seq("a"), {"a": at_desk(2, on_call=3)}, desks={"d": Pool(away=((0, 4),))})
REFUSED_FIRST_STEP = World(seq("a", "b"), {"a": Told(3, refused=True), "b": Told(2)})
LATE_MAIN_FLOW = World(attempt("x", 5, "y"), {"x": Told(6), "y": Told(3)})
LATE_MAIN_FLOW_REFUSED = World(attempt("x", 2, "y"), {"x": Told(9, refused=True), "y": Told(1, refused=True)})

MUTATIONS = {
    "rule 2: a sequence goes on past a refusal": (REFUSED_FIRST_STEP, "Replication.sequence", sequence_past_refusals),
    "rule 3: refused at the first refusal": (
        THREE_REFUSALS,
        "Replication.quorum",
        refused_after(lambda n, k: 1),
    ),
    "rule 3: refused at the last refusal": (
        THREE_REFUSALS,
        "Replication.quorum",
        refused_after(lambda n, k: n),
    ),
    "rule 3: refused at the (n - k)-th refusal": (
        THREE_REFUSALS,
        "Replication.quorum",
        refused_after(lambda n, k: n - k),
    ),
    "rule 3: done at the first of k": (
        World(at_least(2, "a", "b", "c"), {"a": Told(3), "b": Told(1), "c": Told(2)}),
        "Replication.quorum",
        done_by(lambda branches, k: (branches, 1)),
    ),
    "rule 6: ready when it begins": (SEEN_LATE, "Replication", SeesAtOnce),
    "rule 6: earliest after beginning": (SEEN_LATE, "Replication", SeesAfterItBegan),
    "rule 4: in time means before the limit": (TIE_AT_THE_LIMIT, "Late", TimersJustShort),
    "rule 4: the fallback begins even after success": (TIE_AT_THE_LIMIT, "Replication.attempt", fallback_always),
    "rule 4: the fallback waits for the limit after a refusal": (
        EARLY_REFUSAL,
        "Replication.attempt",
        fallback_at_limit_only,
    ),
    "rule 4: a late main flow does not count": (
        LATE_MAIN_FLOW,
        "Replication.quorum",
        done_by(lambda branches, k: (branches[1:], k)),
    ),
    "rule 4: refused when the fallback is": (
        LATE_MAIN_FLOW_REFUSED,
        "Replication.quorum",
        done_by(lambda branches, k: (branches[1:], k)),
    ),
    "rule 5: losers begin no later stage": (LOSER_SENT, "Replication.sequence", sequence_until_alert),
    "rule 5: losers leave their desks": (LOSER_AT_A_DESK, "Replication", LeavesDesksOnceAlerted),
    "rule 7: a server more": (TWO_AT_ONCE, "Desk", OneServerMore),
    "rule 8: a refused stage gives up its desk": (REFUSED_AT_A_DESK, "Replication", RefusesAtOnce),
    "rule 10: precedence ignored": (
        UNEQUAL_PRECEDENCE,
        "Desk.ask",
        ranked_by(lambda precedence, ready, launch, node: (0, ready, launch, node)),
    ),
    "rule 10: being ready ignored": (
        LAST_IN_FILE_FIRST_READY,
        "Desk.ask",
        ranked_by(lambda precedence, ready, launch, node: (precedence, 0, launch, node)),
    ),
    "rule 10: the position of the launch ignored": (
        TWO_AT_ONCE,
        "Desk.ask",
        ranked_by(lambda precedence, ready, launch, node: (precedence, ready, 0, node)),
    ),
    "rule 10: the node number ignored": (
        LATER_IN_ITS_INSTANT,
        "Desk.ask",
        ranked_by(lambda precedence, ready, launch, node: (precedence, ready, launch, 0)),
    ),
    "rule 10: background before launches at a tie": (
        JOB_AT_THE_SAME_TIME,
        "Desk.ask",
        ranked_by(lambda precedence, ready, launch, node: (precedence, ready, launch != 1, node)),
    ),
    "rule 10: background by number backwards": (
        TWO_JOBS,
        "Desk.ask",
        ranked_by(lambda precedence, ready, launch, number: (precedence, ready, launch, -number)),
    ),
    "rule 6: a closed channel refuses at the end": (CLOSED_WHEN_READY, "Replication", RefusedWhenDone),
    "rule 6: a channel opens after the instant": (
        OPENS_WHEN_READY,
        "Closed.until",
        closed_by(lambda start, end: (start, end + 1)),
    ),
    "rule 6: a channel closes after the instant": (
        CLOSED_WHEN_READY,
        "Closed.until",
        closed_by(lambda start, end: (start + 1, end)),
    ),
    "rule 6: a channel is tested when a stage begins": (OPENS_BEFORE_IT_IS_SEEN, "Replication", ClosedWhenBegun),
    "rule 11: a desk serves while it is shut": (SHUT, "Desk", ServesWhileShut),
    "rule 11: work begun stops": (SHUT, "Replication", StopsAtTheEndOfHours),
    "rule 11: nobody is called": (AWAY, "Desk", NobodyIsCalled),
    "rule 11: who is called waits for the hours": (AWAY, "Desk", WaitsToBeCalled),
    "rule 12: timers before the instant settles": (TIE_AFTER_STEPS, "TIMERS", NORMAL - SERVING),
    "rule 12: outer timers before inner": (NESTED_TIMERS, "Late", OuterTimersFirst),
    "rule 12: serving at arrival": (LATER_IN_ITS_INSTANT, "Desk._call", served_at_once),
    "rule 12: serving before the instant settles": (LATER_IN_ITS_INSTANT, "SERVING", NORMAL),
    "rule 12: serving before timers": (FREED_AS_A_TIMER_FIRES, "TIMERS", SERVING + 1),
    "rule 13: background from time 0": (JOB_BEFORE_TIME_0, "Replication", BackgroundFromTimeZero),
    "rule 14: the horizon does not happen": (ENDS_AT_THE_HORIZON, "Replication.run", horizon_moved(-1)),
    "rule 14: more than the horizon happens": (ENDS_JUST_AFTER, "Replication.run", horizon_moved(SECOND)),
    "rule 14: nothing after the alerts happens": (LOSER_SENT, "Replication", StopsWithTheAlerts),
}


def difference(world: World) -> str:
    network, draws = world.network, world.draws
    return first_difference(simulate(network, draws), solve(network, draws))


@pytest.mark.parametrize(("world", "piece", "broken"), MUTATIONS.values(), ids=MUTATIONS.keys())
def test_a_broken_rule_shows_on_its_world(monkeypatch, world, piece, broken):
    assert difference(world) == ""
    monkeypatch.setattr(f"{reference.__name__}.{piece}", broken)
    assert difference(world) != ""
