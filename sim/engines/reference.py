"""The reference engine: the model itself, written in SimPy to be read.

Processes, timeouts and `x | timer`, as SimPy means them. Only two things are not its own habits: a
try timer fires once its instant has settled, inner before outer, and a desk serves after all timers
of the instant. Both are event priorities (rule 12 of `sim.engines.contract`).
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
from simpy import Environment
from simpy.events import NORMAL, Event, Process, Timeout

from sim.engines.contract import NEVER, Draws, Jobs, Paths, Periods, State
from sim.model.network import NONE, Network, NodeKind

TIMERS = NORMAL + 1  # + node number: children have the smaller numbers, so inner before outer
SERVING = 1 << 30  # after every timer

NOT_YET, DONE, REFUSED = int(State.NEVER), int(State.DONE), int(State.REFUSED)

Activity = Generator[Event, object, bool]
Rank = tuple[int, float, int, int]


class Late(Event):
    """An event that happens after `delay`, once its instant has settled."""

    def __init__(self, env: Environment, delay: int, priority: int) -> None:
        super().__init__(env)
        self._ok, self._value = True, None
        env.schedule(self, priority, delay)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Closed:
    """Periods [start, end) in which something is closed, of one replication."""

    periods: tuple[tuple[int, int], ...] = ()

    def until(self, now: float) -> int | None:
        """When it opens again; None if it is open."""
        return next((end for start, end in self.periods if start <= now < end), None)


def closed(periods: Periods | None, *at: int) -> Closed:
    """The periods of a launch and a replication, or of a replication."""
    if periods is None:
        return Closed()
    place = tuple(min(one, n - 1) for one, n in zip(at, periods.start.shape, strict=False))  # one place is that of all
    return Closed(tuple(zip(periods.start[place].tolist(), periods.end[place].tolist(), strict=True)))


class Work(Event):
    """A stage or job at a desk: it notes its start in `log[at]` and happens when the work ends."""

    def __init__(self, env: Environment, hold: int, on_call: int, log: list[float], at: int) -> None:
        super().__init__(env)
        self.hold, self.on_call, self.log, self.at = hold, on_call, log, at

    def start(self, *, is_called: bool) -> None:
        self.log[self.at] = self.env.now
        self._ok, self._value = True, None
        self.env.schedule(self, NORMAL, self.hold + self.on_call if is_called else self.hold)


class Desk:
    """Equal servers and one queue, served by rank once an instant has settled; not while it is shut."""

    def __init__(self, env: Environment, capacity: int, shut: Closed, away: Closed) -> None:
        self.env, self.shut, self.away = env, shut, away
        self.n_free = capacity
        self.queue: list[tuple[Rank, Work]] = []
        self.is_called = False

    def ask(self, rank: Rank, work: Work) -> Work:
        work.callbacks.append(self._free)
        heappush(self.queue, (rank, work))
        self._call()
        return work

    def _free(self, _: Event) -> None:
        self.n_free += 1
        self._call()

    def _call(self) -> None:
        if self.n_free and self.queue and not self.is_called:
            self.is_called = True
            Late(self.env, 0, SERVING).callbacks.append(self._serve)

    def _serve(self, _: Event) -> None:
        opens = self.shut.until(self.env.now)
        if opens is not None:
            Late(self.env, opens - int(self.env.now), SERVING).callbacks.append(self._serve)
            return
        self.is_called = False
        is_away = self.away.until(self.env.now) is not None
        while self.n_free and self.queue:
            self.n_free -= 1
            heappop(self.queue)[1].start(is_called=is_away)


class Replication:
    """Replication ``r``: its clock, its desks, and what it has recorded, flat over (launch, node)."""

    def __init__(self, network: Network, draws: Draws, r: int) -> None:
        self.nodes = network.nodes
        self.launch: list[int] = draws.launch[r].tolist()
        drawn = (draws.hold, draws.refused, draws.earliest, draws.on_call)
        self.hold, self.refused, self.earliest, self.on_call = (table[r].ravel().tolist() for table in drawn)
        self.closed = [[closed(one, launch, r) for one in draws.closed] for launch in range(len(self.launch))]
        self.env = Environment(initial_time=-max((desk.warm_up_us for desk in network.desks), default=0))
        hours = zip(network.desks, draws.shut, draws.away, strict=True)
        self.desks = [Desk(self.env, desk.capacity, closed(shut, r), closed(away, r)) for desk, shut, away in hours]
        self.n_pending = 0
        size = len(self.launch) * len(self.nodes)
        self.queued: list[float] = [NEVER] * size
        self.started: list[float] = [NEVER] * size
        self.ended: list[float] = [NEVER] * size
        self.state = [NOT_YET] * size
        kinds: dict[NodeKind, Callable[[int, int], Activity]] = {
            NodeKind.STAGE: self.stage,
            NodeKind.SEQUENCE: self.sequence,
            NodeKind.JOIN: self.join,
            NodeKind.TRY: self.attempt,
        }
        self.activities = [kinds[node.kind] for node in self.nodes]

    def run(self, horizon: int) -> None:
        """Everything that happens up to the horizon, or until nothing of a launch is pending."""
        for launch in range(len(self.launch)):
            self.begin(self.alert(launch))
        while self.n_pending and self.env.peek() <= horizon:
            self.env.step()

    def alert(self, launch: int) -> Activity:
        """A launch: the news of it begins to move when it happens."""
        yield Timeout(self.env, self.launch[launch] - self.env.now)
        return (yield from self.flow(launch, len(self.nodes) - 1))

    def flow(self, launch: int, node: int) -> Activity:
        """Whatever the node is, with its times recorded; returns whether it was done."""
        at = launch * len(self.nodes) + node
        self.queued[at] = self.env.now
        is_done = yield from self.activities[node](launch, node)
        self.ended[at] = self.env.now
        self.state[at] = DONE if is_done else REFUSED
        return is_done

    def stage(self, launch: int, node: int) -> Activity:
        at = launch * len(self.nodes) + node
        stage = self.nodes[node]
        ready = self.launch[launch] + self.earliest[at]
        if stage.desk == NONE and ready > self.env.now:
            yield Timeout(self.env, ready - self.env.now)
        if stage.channel != NONE and self.closed[launch][stage.channel].until(self.env.now) is not None:
            return False
        if stage.desk == NONE:
            self.started[at] = self.env.now
            yield Timeout(self.env, self.hold[at])
        else:
            rank = (stage.precedence, self.env.now, launch, node)
            work = Work(self.env, self.hold[at], self.on_call[at], self.started, at)
            yield self.desks[stage.desk].ask(rank, work)
        return not self.refused[at]

    def sequence(self, launch: int, node: int) -> Activity:
        self._start(launch, node)
        for child in self.nodes[node].children:
            if not (yield from self.flow(launch, child)):
                return False
        return True

    def join(self, launch: int, node: int) -> Activity:
        self._start(launch, node)
        branches = [self.begin(self.flow(launch, child)) for child in self.nodes[node].children]
        return (yield from self.quorum(branches, self.nodes[node].needed))

    def attempt(self, launch: int, node: int) -> Activity:
        """Try the main flow, for a time; then the fallback beside it."""
        self._start(launch, node)
        main, fallback = self.nodes[node].children
        limit = self.nodes[node].limit_us
        tried = self.begin(self.flow(launch, main))
        yield tried if limit == NONE else tried | Late(self.env, limit, TIMERS + node)
        if tried.triggered and tried.value:
            return True
        return (yield from self.quorum([tried, self.begin(self.flow(launch, fallback))], 1))

    def _start(self, launch: int, node: int) -> None:
        self.started[launch * len(self.nodes) + node] = self.env.now

    def begin(self, activity: Activity) -> Process:
        """Let an activity run beside the others; the replication waits for its end."""
        process = self.env.process(activity)
        self.n_pending += 1
        process.callbacks.append(self._count_end)
        return process

    def _count_end(self, _: Event) -> None:
        self.n_pending -= 1

    def quorum(self, branches: list[Process], n_needed: int) -> Activity:
        """Wait until so many branches are done, or can no longer be."""
        decided = self.env.event()
        n_left = {True: n_needed, False: len(branches) - n_needed + 1}

        def count(branch: Event) -> None:
            is_done = bool(branch.value)
            n_left[is_done] -= 1
            if n_left[is_done] == 0 and not decided.triggered:
                decided.succeed(is_done)

        for branch in branches:
            if branch.processed:
                count(branch)
            else:
                branch.callbacks.append(count)
        return bool((yield decided))

    def background(self, desk: int, precedence: int, jobs: Jobs, r: int) -> None:
        """Let other work arrive at a desk; at a tie it follows all launches, by job number."""

        def arrive() -> Generator[Event, object, None]:
            drawn = (table[r].tolist() for table in (jobs.arrival, jobs.hold, jobs.on_call))
            for number, (arrival, hold, on_call) in enumerate(zip(*drawn, strict=True)):
                yield Timeout(self.env, arrival - self.env.now)
                rank = (precedence, arrival, len(self.launch), number)
                self.desks[desk].ask(rank, Work(self.env, hold, on_call, [NEVER], 0))

        self.env.process(arrive())


def simulate(network: Network, draws: Draws) -> Paths:
    """Sample paths of a block of replications.

    Raises nothing of its own: networks and draws come from a checked scenario.
    """
    shape = (*draws.launch.shape, network.n_nodes)
    queued, started, ended, state = list[float](), list[float](), list[float](), list[int]()  # one after the other
    for r in range(shape[0]):
        replication = Replication(network, draws, r)
        for desk, jobs in enumerate(draws.jobs):
            if jobs is not None:
                replication.background(desk, network.desks[desk].background_precedence, jobs, r)
        replication.run(int(draws.horizon[r]))
        queued += replication.queued
        started += replication.started
        ended += replication.ended
        state += replication.state
    asked, begun, done = (np.array(of, np.int64).reshape(shape) for of in (queued, started, ended))
    return Paths(network, draws.launch, asked, begun, done, np.array(state, np.int8).reshape(shape))
