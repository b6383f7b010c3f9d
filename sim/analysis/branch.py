"""The delivering branch: which nodes carried the alert, and how long each made it wait and held it.

Derived from times alone (rule 15): of a join, the child whose end made it done; of a try, the one
done first; ties go to the earlier written.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.work import NO_WORK, WorkSums
from sim.draws.nouns import Flags, Times
from sim.engines.contract import Paths, State
from sim.model.network import NodeKind


@dataclass(frozen=True)
class StageSums:
    """Exact sums over delivered launches, one entry a stage node: launches it carried, wait, hold.

    `fallback_us` is the time that tries spent before their fallback began, where it delivered. `work` is all that was
    done, on the branch or not, of the replications of which that is told.
    """

    n_alerts: int
    n: tuple[int, ...]
    wait_us: tuple[int, ...]
    hold_us: tuple[int, ...]
    fallback_us: int
    work: WorkSums = NO_WORK

    def __add__(self, other: StageSums) -> StageSums:
        def add(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
            return tuple(x + y for x, y in zip(a, b, strict=True))

        return StageSums(
            self.n_alerts + other.n_alerts,
            add(self.n, other.n),
            add(self.wait_us, other.wait_us),
            add(self.hold_us, other.hold_us),
            self.fallback_us + other.fallback_us,
            self.work + other.work,
        )


def delivering(paths: Paths) -> Flags:
    """Whether each node lies on the delivering branch, bool (replication, launch, node)."""
    nodes = paths.network.nodes
    on = np.zeros(paths.state.shape[::-1], np.bool_).T  # columns of replications together, as quick engines have them
    on[:, :, -1] = paths.state[:, :, -1] == State.DONE
    for number in reversed(range(len(nodes))):
        node, here = nodes[number], on[:, :, number]
        if node.kind is NodeKind.SEQUENCE:
            for child in node.children:
                on[:, :, child] = here
        elif node.children:
            rank = 0 if node.kind is NodeKind.TRY else node.needed - 1
            chosen = _child_of_rank(paths, node.children, rank)
            for position, child in enumerate(node.children):
                on[:, :, child] = here & (chosen == position)
    return on


def _child_of_rank(paths: Paths, children: tuple[int, ...], rank: int) -> Times:
    """Which child was done as the ``rank``-th (from 0), ties to the earlier written."""
    never = np.iinfo(np.int64).max
    done = [np.where(paths.state[:, :, child] == State.DONE, paths.ended[:, :, child], never) for child in children]
    chosen: Times = np.argmin(done, axis=0) if rank == 0 else np.argsort(done, axis=0, kind="stable")[rank]
    return chosen


def stage_sums(paths: Paths) -> StageSums:
    """The sums over a block of replications; wait + hold + fallback add up to the latencies exactly."""
    on = delivering(paths)
    stages = [number for number, _ in paths.network.stages]
    wait = np.where(on, paths.started - paths.queued, 0)
    hold = np.where(on, paths.ended - paths.started, 0)
    return StageSums(
        int(on[:, :, -1].sum()),
        tuple(int(on[:, :, s].sum()) for s in stages),
        tuple(int(wait[:, :, s].sum()) for s in stages),
        tuple(int(hold[:, :, s].sum()) for s in stages),
        _fallback_us(paths, on),
    )


def _fallback_us(paths: Paths, on: Flags) -> int:
    total = 0
    for number, node in enumerate(paths.network.nodes):
        if node.kind is NodeKind.TRY:
            fallback = node.children[1]
            spent = paths.queued[:, :, fallback] - paths.queued[:, :, number]
            total += int(spent[on[:, :, fallback]].sum())
    return total
