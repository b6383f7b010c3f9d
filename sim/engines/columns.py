"""The columns engine: the contract of `sim.engines.contract`, met by array operations in NumPy.

It carries out the program of a network without feedback (`sim.engines.program`), a step for all launches and
replications at once, as the loops of `sim.kernels.columns` do; nothing is compiled. A column, int64 (launch,
replication), holds when something happened to a node; `FAR` or more means never. No column is written to once
it has its place, so that nodes to which the same happens share one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce

import numpy as np

from sim.draws.nouns import Times
from sim.draws.periods import opened, within
from sim.engines.contract import NEVER, Draws, Paths
from sim.engines.program import program_of
from sim.engines.servers import Post, Work, served
from sim.engines.sorting import in_order
from sim.kernels.rows import (
    BEGIN_AFTER,
    BEGIN_FALLBACK,
    BEGIN_WITH,
    END_JOIN,
    END_SEQUENCE,
    END_STAGE,
    FAR,
    SERVE,
)
from sim.model.network import NONE, Network, NodeKind

Program = Sequence[Sequence[int]]


@dataclass(frozen=True, eq=False)
class Columns:
    """A network and its program, ready to run."""

    network: Network
    program: Program

    def paths(self, draws: Draws) -> Paths:
        """Sample paths of a block of replications."""
        course = self._run(draws)
        begun, started, done, refused = map(np.stack, (course.begun, course.started, course.done, course.refused))
        return Paths.until(draws.horizon, self.network, draws.launch, begun, started, done, refused)

    def latencies(self, draws: Draws) -> Times:
        """Latencies alone, (replication, launch), as paths have them."""
        done = self._run(draws).done[self.network.root]
        return np.where(done <= draws.horizon, done - draws.launch.T, NEVER).T

    def _run(self, draws: Draws) -> Course:
        course = Course(self.network, draws)
        for what, node, other in self.program:
            course.step(what, node, other)
        return course


@lru_cache(256)
def prepare(network: Network) -> Columns | None:
    """A network ready to run; None if its desks have feedback."""
    program = program_of(network)
    return None if program is None else Columns(network, program.tolist())


class Course:
    """What has happened so far, a column a node: when it began, started, was done, was refused."""

    def __init__(self, network: Network, draws: Draws) -> None:
        self.nodes, self.desks, self.draws = network.nodes, network.desks, draws
        self.launch, self.hold = draws.launch.T, draws.hold.T
        self.is_refused, self.earliest, self.on_call = draws.refused.T, draws.earliest.T, draws.on_call.T
        self.never: Times = np.broadcast_to(FAR, self.launch.shape)
        columns = ([self.never] * network.n_nodes for _ in range(5))
        self.begun, self.ready, self.started, self.done, self.refused = columns
        self.begin(network.root, self.launch)

    def step(self, what: int, node: int, other: int) -> None:
        """Carry out one step of the program."""
        if what == SERVE:
            self.serve(node)
        elif what == END_STAGE:
            self.end_stage(node)
        elif what == END_SEQUENCE:
            self.end_sequence(node)
        elif what == END_JOIN:
            self.end_join(node)
        elif what == BEGIN_FALLBACK:
            self.begin_fallback(node, other)
        elif what in (BEGIN_WITH, BEGIN_AFTER):
            self.begin(node, (self.begun if what == BEGIN_WITH else self.done)[other])

    def begin(self, node: int, begun: Times) -> None:
        """Rule 6: when it is ready, or refused; what has no desk starts then."""
        self.begun[node] = ready = begun
        if self.nodes[node].desk == NONE and self.earliest[node].any():
            ready = np.maximum(begun, self.launch + self.earliest[node])
        if self.nodes[node].channel != NONE:
            is_closed = within(self.draws.closed[self.nodes[node].channel], ready)
            if is_closed.any():
                self.refused[node], ready = np.where(is_closed, ready, FAR), np.where(is_closed, FAR, ready)
        self.ready[node] = ready
        if self.nodes[node].desk == NONE:
            self.started[node] = ready

    def begin_fallback(self, node: int, attempt: int) -> None:
        """Rule 4: unless the main flow was done in time, at its refusal or at the limit, whichever is first."""
        main, limit = self.nodes[attempt].children[0], self.nodes[attempt].limit_us
        done, last = self.done[main], self.never if limit == NONE else self.begun[attempt] + limit
        is_in_time = (done < FAR) & (done <= last)
        self.begin(node, np.where(is_in_time, FAR, np.minimum(self.refused[main], last)))

    def end_stage(self, node: int) -> None:
        """Done, or refused, when the hold is over."""
        ended, is_refused = self.started[node] + self.hold[node], self.is_refused[node]
        if self.nodes[node].desk != NONE and (away := self.draws.away[self.nodes[node].desk]) is not None:
            ended = ended + np.where(within(away, self.started[node]), self.on_call[node], 0)
        self.done[node] = ended
        if is_refused.any():
            others, late = self.refused[node], np.where(is_refused, ended, FAR)
            self.refused[node] = late if others is self.never else np.minimum(others, late)
            self.done[node] = np.where(is_refused, FAR, ended)

    def end_sequence(self, node: int) -> None:
        """Rule 2: done with the last, refused with the first that is."""
        children = self.nodes[node].children
        self.done[node] = self.done[children[-1]]
        self.refused[node] = self.ranked([self.refused[child] for child in children], 1)

    def end_join(self, node: int) -> None:
        """Rules 3 and 4: done at the k-th done, refused at the (n - k + 1)-th refusal."""
        children = self.nodes[node].children
        needed = 1 if self.nodes[node].kind is NodeKind.TRY else self.nodes[node].needed
        self.done[node] = self.ranked([self.done[child] for child in children], needed)
        self.refused[node] = self.ranked([self.refused[child] for child in children], len(children) - needed + 1)

    def ranked(self, columns: Sequence[Times], rank: int) -> Times:
        """The columns' value of a rank, from 1, in every place."""
        happening = [column for column in columns if column is not self.never]
        if rank > len(happening):
            return self.never
        if rank == 1:
            return reduce(np.minimum, happening)
        if rank == len(columns):
            return reduce(np.maximum, happening)
        return in_order(happening)[rank - 1]

    def by_work(self, columns: Sequence[Times]) -> Times:
        """Columns of some nodes one below another, by launch and then by node."""
        return np.stack(columns, axis=1).reshape(len(self.launch) * len(columns), -1)

    def serve(self, desk: int) -> None:
        """When a desk starts each piece of work, given when each is ready: by launch, then by node."""
        mine = [number for number, node in enumerate(self.nodes) if node.desk == desk]
        n_launches, draws = len(self.launch), self.draws
        if draws.jobs[desk] is None and n_launches * len(mine) <= self.desks[desk].capacity:
            for node in mine:
                self.started[node] = opened(draws.shut[desk], self.ready[node])
            return
        away = draws.away[desk]
        ready, hold = self.by_work([self.ready[node] for node in mine]), self.by_work([*self.hold[mine]])
        on_call = hold if away is None else self.by_work([*self.on_call[mine]])
        precedences = [self.nodes[node].precedence for node in mine] * n_launches
        post = Post(self.desks[desk], draws.jobs[desk], draws.shut[desk], away)
        started = served(post, Work(ready, hold, on_call), precedences)
        for place, node in enumerate(mine):
            self.started[node] = started[place :: len(mine)]
