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
from sim.engines.contract import NEVER, Draws, Paths, State
from sim.engines.program import program_of
from sim.engines.servers import served
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
        done, refused = np.stack(course.done), np.stack(course.refused)
        happened = (np.stack(course.begun), np.stack(course.started), np.minimum(done, refused))
        queued, started, ended = (np.where(times <= draws.horizon, times, NEVER) for times in happened)  # rule 14
        how = np.where(done < refused, np.int8(State.DONE), np.int8(State.REFUSED))
        state = np.where(ended == NEVER, np.int8(State.NEVER), how)
        return Paths(self.network, draws.launch, queued.T, started.T, ended.T, state.T)

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
        self.nodes, self.desks, self.jobs = network.nodes, network.desks, draws.jobs
        self.launch, self.hold = draws.launch.T, draws.hold.T
        self.is_refused, self.earliest = draws.refused.T, draws.earliest.T
        self.never: Times = np.broadcast_to(FAR, self.launch.shape)
        self.begun, self.started, self.done, self.refused = ([self.never] * network.n_nodes for _ in range(4))
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
        """What has no desk starts when it is ready, rule 6."""
        self.begun[node] = begun
        if self.nodes[node].desk == NONE:
            waits = self.earliest[node]
            self.started[node] = np.maximum(begun, self.launch + waits) if waits.any() else begun

    def begin_fallback(self, node: int, attempt: int) -> None:
        """Rule 4: unless the main flow was done in time, at its refusal or at the limit, whichever is first."""
        main, limit = self.nodes[attempt].children[0], self.nodes[attempt].limit_us
        done, last = self.done[main], self.never if limit == NONE else self.begun[attempt] + limit
        is_in_time = (done < FAR) & (done <= last)
        self.begin(node, np.where(is_in_time, FAR, np.minimum(self.refused[main], last)))

    def end_stage(self, node: int) -> None:
        """Done, or refused, when the hold is over."""
        ended, is_refused = self.started[node] + self.hold[node], self.is_refused[node]
        self.done[node] = ended
        if is_refused.any():
            self.refused[node] = np.where(is_refused, ended, FAR)
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

    def serve(self, desk: int) -> None:
        """When a desk starts each piece of work, given when each is ready: by launch, then by node."""
        mine = [number for number, node in enumerate(self.nodes) if node.desk == desk]
        n_launches = len(self.launch)
        if self.jobs[desk] is None and n_launches * len(mine) <= self.desks[desk].capacity:
            for node in mine:
                self.started[node] = self.begun[node]
            return
        ready, hold = (
            np.stack(columns, axis=1).reshape(n_launches * len(mine), -1)
            for columns in ([self.begun[node] for node in mine], [*self.hold[mine]])
        )
        precedences = [self.nodes[node].precedence for node in mine] * n_launches
        started = served(self.desks[desk], self.jobs[desk], ready, hold, precedences)
        for place, node in enumerate(mine):
            self.started[node] = started[place :: len(mine)]
