"""The execution rules once more, as equations without a clock: the second execution of the model.

Two kinds of equation, from `sim.engines.contract`, and nothing of any engine:

- a flow begun at s ends at a time that follows from the ends of its parts (rules 2 to 8), given when
  each piece of work at a desk starts;
- the work at one desk starts at times that follow from its ranks and when it is ready (rules 10, 11 and
  12c), given when each piece is ready.

Neither is given, so they take turns until nothing changes. That there is exactly one fixed point,
and that it is reached: let h be the shortest hold at a desk, and the starts before t be right. Then
so is every end before t + h, since work at a desk ends h after its start or later; so is every time
of being ready before t + h, since a flow's equations look only back; and so is every start before
t + h, since a queue looks only back. Each round thus settles h more, up to the horizon. With h = 0
the argument fails, hence rule 9.

Rule 12 needs no clock either. That an instant settles before its timers, the inner before the outer,
is to compare the main flow's end with s + T by <=; that a desk serves last is to let everything
ready at an instant compete for a server that is free at it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

import numpy as np

from sim.engines.contract import NEVER, Draws, Paths, Periods, State
from sim.model.network import NONE, Network, Node, NodeKind

Place = tuple[int, int]  # a launch, a node
Rank = tuple[int, float, int, int]
Starts = dict[Place, float]
Spans = list[tuple[int, int]]  # in which something is closed, [start, end)
End = tuple[float, bool]  # when, and whether done; at `inf` there is none

NO_END: End = (inf, False)


@dataclass(frozen=True)
class Work:
    """A stage of a launch, or a background job, at a desk. Its second rank is when it is ready."""

    rank: Rank
    hold: int
    on_call: int

    @property
    def ready(self) -> float:
        return self.rank[1]

    @property
    def place(self) -> Place:
        return self.rank[2], self.rank[3]


@dataclass
class Flows:
    """Every launch's flow, given when the work at desks starts: what began and ended when."""

    nodes: tuple[Node, ...]
    hold: list[list[int]]
    refused: list[list[bool]]
    earliest: list[list[int]]  # instants, not times after a launch
    on_call: list[list[int]]
    closed: list[list[Spans]]  # of each launch, each channel
    away: list[Spans]  # of each desk
    starts: Starts
    begun: dict[Place, float] = field(default_factory=dict)
    ready: dict[Place, float] = field(default_factory=dict)
    started: dict[Place, float] = field(default_factory=dict)
    ended: dict[Place, End] = field(default_factory=dict)

    def end(self, launch: int, number: int, begin: float) -> End:
        """When a flow begun at a time ends (rule 1)."""
        if begin == inf:
            return NO_END
        place, node = (launch, number), self.nodes[number]
        self.begun[place] = self.started[place] = begin
        match node.kind:
            case NodeKind.STAGE:
                self.ended[place] = self._stage(place, node, begin)
            case NodeKind.SEQUENCE:
                self.ended[place] = self._sequence(launch, node, begin)
            case NodeKind.JOIN:
                self.ended[place] = kth([self.end(launch, child, begin) for child in node.children], node.needed)
            case NodeKind.TRY:
                self.ended[place] = self._try(launch, node, begin)
        return self.ended[place]

    def _stage(self, place: Place, node: Node, begin: float) -> End:
        launch, number = place
        ready = begin if node.desk != NONE else max(begin, self.earliest[launch][number])
        if node.channel != NONE and opened(self.closed[launch][node.channel], ready) != ready:
            self.started[place] = inf
            return ready, False
        self.ready[place] = ready
        start = self.started[place] = ready if node.desk == NONE else self.starts.get(place, inf)
        is_away = node.desk != NONE and opened(self.away[node.desk], start) != start
        hold = self.hold[launch][number] + (self.on_call[launch][number] if is_away else 0)
        return start + hold, not self.refused[launch][number]

    def _sequence(self, launch: int, node: Node, begin: float) -> End:
        end = (begin, True)
        for child in node.children:
            end = self.end(launch, child, end[0])
            if not end[1]:
                break
        return end

    def _try(self, launch: int, node: Node, begin: float) -> End:
        main, fallback = node.children
        limit = inf if node.limit_us == NONE else begin + node.limit_us
        at, is_done = tried = self.end(launch, main, begin)
        if is_done and at <= limit:
            return tried
        other = self.end(launch, fallback, min(at, limit))
        return kth([tried, other], 1)


def kth(ends: list[End], needed: int) -> End:
    """Done at the k-th done of n; refused at the (n - k + 1)-th that is not, if that ever comes (rule 3)."""
    done = sorted(at for at, is_done in ends if is_done)
    others = sorted(at for at, is_done in ends if not is_done)
    return (done[needed - 1], True) if len(done) >= needed else (others[len(ends) - needed], False)


def opened(spans: Spans, time: float) -> float:
    """The first instant from a time on that lies in no span: the time itself, if what closes is open then."""
    return next((end for start, end in spans if start <= time < end), time)


def spans_of(periods: Periods | None, *at: int) -> Spans:
    """The spans of a launch and a replication, or of a replication."""
    if periods is None:
        return []
    place = tuple(number % n for number, n in zip(at, periods.start.shape[:-1], strict=True))  # one is that of all
    return list(zip(periods.start[place].tolist(), periods.end[place].tolist(), strict=True))


def served(works: list[Work], capacity: int, horizon: int, shut: Spans, away: Spans) -> Starts:
    """When one desk starts each piece of work, up to the horizon (rules 7, 10, 11 and 12c)."""
    free = [-inf] * capacity
    waiting = list(works)
    starts: Starts = {}
    while waiting:
        server_free = min(free)
        now = opened(shut, max(server_free, min(work.ready for work in waiting)))
        if now > horizon:
            break
        best = min((work for work in waiting if work.ready <= now), key=lambda work: work.rank)
        starts[best.place] = now
        free[free.index(server_free)] = now + best.hold + (best.on_call if opened(away, now) != now else 0)
        waiting.remove(best)
    return starts


@dataclass(frozen=True)
class World:
    """One replication of the draws, and the two kinds of equation over it."""

    network: Network
    draws: Draws
    replication: int

    @property
    def launches(self) -> list[int]:
        return self.draws.launch[self.replication].tolist()

    @property
    def hold(self) -> list[list[int]]:
        return self.draws.hold[self.replication].tolist()

    @property
    def on_call(self) -> list[list[int]]:
        return self.draws.on_call[self.replication].tolist()

    @property
    def horizon(self) -> int:
        return int(self.draws.horizon[self.replication])

    def flows(self, starts: Starts) -> Flows:
        """Every flow, given the starts at desks."""
        refused = self.draws.refused[self.replication].tolist()
        earliest = (self.draws.launch[self.replication][:, None] + self.draws.earliest[self.replication]).tolist()
        closed = [
            [spans_of(channel, launch, self.replication) for channel in self.draws.closed]
            for launch in range(len(self.launches))
        ]
        away = [spans_of(desk, self.replication) for desk in self.draws.away]
        flows = Flows(self.network.nodes, self.hold, refused, earliest, self.on_call, closed, away, starts)
        for launch, time in enumerate(self.launches):
            flows.end(launch, self.network.root, time)
        return flows

    def queues(self, flows: Flows) -> Starts:
        """Every start at a desk, given when work is ready."""
        starts: Starts = {}
        for desk, pool in enumerate(self.network.desks):
            works = self.stage_work(desk, flows) + self.background(desk)
            shut, away = (spans_of(hours[desk], self.replication) for hours in (self.draws.shut, self.draws.away))
            starts |= served(works, pool.capacity, self.horizon, shut, away)
        return {place: time for place, time in starts.items() if place[0] < len(self.launches)}

    def stage_work(self, desk: int, flows: Flows) -> list[Work]:
        """A desk's work for launches, with its rank (rule 10)."""
        return [
            Work(
                (self.network.nodes[number].precedence, ready, launch, number),
                flows.hold[launch][number],
                self.on_call[launch][number],
            )
            for (launch, number), ready in flows.ready.items()
            if self.network.nodes[number].kind == NodeKind.STAGE and self.network.nodes[number].desk == desk
        ]

    def background(self, desk: int) -> list[Work]:
        """A desk's other work, which follows all launches at a tie, by job number."""
        jobs = self.draws.jobs[desk]
        if jobs is None:
            return []
        precedence, last = self.network.desks[desk].background_precedence, len(self.launches)
        times = zip(
            *(table[self.replication].tolist() for table in (jobs.arrival, jobs.hold, jobs.on_call)), strict=True
        )
        return [Work((precedence, arrival, last, number), *drawn) for number, (arrival, *drawn) in enumerate(times)]

    def n_rounds(self) -> int:
        """The most rounds that the fixed point can take: each settles one more shortest hold."""
        at_desks = [number for number, node in enumerate(self.network.nodes) if node.desk != NONE]
        shortest = min((hold[number] for hold in self.hold for number in at_desks), default=1)
        return max(self.horizon - min(self.launches), 0) // shortest + 3

    def solve(self) -> Flows:
        """The fixed point of flows and queues."""
        flows = self.flows({})
        for _ in range(self.n_rounds()):
            starts = self.queues(flows)
            is_settled = starts == flows.starts
            flows = self.flows(starts)
            if is_settled:
                return flows
        raise AssertionError("the equations did not settle in as many rounds as the shortest hold allows")


def solve(network: Network, draws: Draws) -> Paths:
    """Sample paths of a block of replications: what `simulate` of every engine must equal."""
    shape = draws.hold.shape
    queued, started, ended = (np.full(shape, NEVER, np.int64) for _ in range(3))
    state = np.zeros(shape, np.int8)
    for r in range(shape[0]):
        world = World(network, draws, r)
        flows = world.solve()
        happened = (place for place, time in flows.begun.items() if time <= world.horizon)
        for place in happened:  # after the horizon nothing does (rule 14)
            at = (r, *place)
            end, is_done = flows.ended[place]
            queued[at] = flows.begun[place]
            started[at] = flows.started[place] if flows.started[place] <= world.horizon else NEVER
            if end <= world.horizon:
                ended[at], state[at] = end, State.DONE if is_done else State.REFUSED
    return Paths(network, draws.launch, queued, started, ended, state)
