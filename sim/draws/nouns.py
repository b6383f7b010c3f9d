"""What the draws hand to an engine: tables of whole microseconds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Jobs:
    """Background work of one desk: arrival and hold, int64, shape (replication, job), microseconds."""

    arrival: Times
    hold: Times


@dataclass(frozen=True, eq=False)
class Draws:
    """All variates of a block of replications, drawn before the clock starts; those of several settings in turn.

    launch : int64 (replication, launch), the time of each launch
    hold : int64 (replication, launch, node), 0 for what is not a stage
    refused : bool (replication, launch, node)
    earliest : int64 (replication, launch, node), how long after its launch a stage without a desk is ready; 0 for most
    horizon : int64 (replication,), the last instant that happens
    jobs : one for each desk of the network; None without background
    """

    launch: Times
    hold: Times
    refused: Flags
    earliest: Times
    horizon: Times
    jobs: tuple[Jobs | None, ...]
