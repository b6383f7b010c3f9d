"""What goes into an engine and what comes out, and the rules every engine follows to the letter.

Execution rules
---------------
 1. A flow begun at s ends at most once: done(t) or refused(t). Nodes are numbered depth-first as
    written, children before parent.
 2. Sequence: a child begins when the previous is done; the first refusal refuses it.
 3. Join, k of n: all children begin at s. Done at the k-th done; refused at the (n - k + 1)-th
    refusal.
 4. Try x for T else y: if x is done at t <= s + T, done, and y never begins. Otherwise y begins
    once, at the earlier of x's refusal and s + T (without a limit: at the refusal). Then done at
    the first done of x and y; refused when both are.
 5. Nothing is cancelled. Losers, a late x, siblings of refusals run on, queue, and begin their
    later stages: they were sent.
 6. A stage is ready at max(s, launch + earliest): what is seen is not seen before it can be. One with
    a desk is ready when it begins. If its channel is closed or down when it is ready, or does not carry
    the matter of the launch, it is refused then, and never starts. Periods are [start, end), tested once.
 7. A stage has at most one desk. It ends at start + hold, frees the desk, then is done or refused.
    Without a desk it starts when ready.
 8. hold = (K - 1) retry_after + delay: a lost attempt costs exactly its time-out, and the desk is
    kept throughout. If K exceeds the attempts allowed: hold = attempts retry_after, refused.
 9. A hold at a desk is at least 1 microsecond; others may be 0.
10. Queue order: precedence of the stage, time of being ready, position of the launch in the file
    and salvo, node number. Background follows all launches at a tie, by job number.
11. A desk begins nothing while it is shut, or down: work waits for the end of the period, and is then served as
    rule 10 has it. While those who do the work are away it begins at once and its hold is longer by
    what it takes to call them. Work begun is finished.
12. At each instant: (a) settle every end, arrival and consequence, in any order; (b) fire due try
    timers, inner before outer, each followed by (a); (c) each desk serves while it has a free server
    and work.
13. Time 0 is the first entry's scheduled launch, before random gaps. Background starts at -warm_up,
    desks empty, and runs to the horizon. It is not part of paths.
14. What would happen after the horizon does not happen: open nodes are "never". A replication ends
    there, or when nothing of a launch is pending.
15. In time: alert <= deadline. The delivering branch is derived from the times afterwards; ties go
    to the earlier written.

Rules 8 and 9 are met by the draws: an engine knows no distributions, losses, geometry, dates or matters.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from sim.draws.nouns import Draws, Flags, Jobs, Periods, Times
from sim.model.network import Network

__all__ = ["NEVER", "Draws", "Flags", "Jobs", "Paths", "Periods", "State", "Times"]

NEVER = -1  # a time that did not come within the horizon


class State(IntEnum):
    """How a node stands at the end of its replication."""

    NEVER = 0
    DONE = 1
    REFUSED = 2


@dataclass(frozen=True, eq=False)
class Paths:
    """Sample paths: for each (replication, launch, node) when it was queued, started and ended.

    Times are int64 microseconds from time 0, `NEVER` where the instant did not come. Queued is when a
    node began; for a combination, started is the same. `launch` is that of the draws.
    """

    network: Network
    launch: Times
    queued: Times
    started: Times
    ended: Times
    state: NDArray[np.int8]

    @classmethod
    def until(
        cls, horizon: Times, network: Network, launch: Times, begun: Times, started: Times, done: Times, refused: Times
    ) -> Paths:
        """Sample paths from columns, int64 (node, launch, replication); what lies after the horizon did not happen."""
        happened = (begun, started, np.minimum(done, refused))
        queued, started, ended = (np.where(times <= horizon, times, NEVER) for times in happened)  # rule 14
        how = np.where(done < refused, np.int8(State.DONE), np.int8(State.REFUSED))
        state = np.where(ended == NEVER, np.int8(State.NEVER), how)
        return cls(network, launch, queued.T, started.T, ended.T, state.T)

    @property
    def latency(self) -> Times:
        """Alert latency, int64 (replication, launch): launch to the root's end, NEVER if not done."""
        is_done = self.state[:, :, self.network.root] == State.DONE
        return np.where(is_done, self.ended[:, :, self.network.root] - self.launch, NEVER)

    def of(self, launches: Flags | slice, replications: slice = slice(None)) -> Paths:
        """Those of some launches, bool (launch,), and replications."""
        names = ("launch", "queued", "started", "ended", "state")
        tables = {name: getattr(self, name)[replications, launches] for name in names}
        return Paths(self.network, **tables)
