"""What the draws hand to an engine: tables of whole microseconds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Jobs:
    """Background work of one desk: arrival, hold and what being called adds, int64 (replication, job), microseconds."""

    arrival: Times
    hold: Times
    on_call: Times


@dataclass(frozen=True, eq=False)
class Periods:
    """When something is closed: periods [start, end) one after another, int64 microseconds from time 0.

    Of a channel (launch, replication, period), of a desk (replication, period); the first axes have one place where it
    is the same for all. What ends at `FAR` never ends.
    """

    start: Times
    end: Times


@dataclass(frozen=True, eq=False)
class Draws:
    """All variates of a block of replications, drawn before the clock starts; those of several settings in turn.

    launch : int64 (replication, launch), the time of each launch
    hold : int64 (replication, launch, node), 0 for what is not a stage
    refused : bool (replication, launch, node)
    earliest : int64 (replication, launch, node), how long after its launch a stage without a desk is ready; 0 for most
    horizon : int64 (replication,), the last instant that happens
    jobs : one for each desk of the network; None without background
    closed : one for each channel of the network, when no stage may use it; None if it is always open
    shut, away : one for each desk, when it begins no work, and when whoever begins it has to be called; None if never
    on_call : int64 (replication, launch, node), what being called adds to a hold
    """

    launch: Times
    hold: Times
    refused: Flags
    earliest: Times
    horizon: Times
    jobs: tuple[Jobs | None, ...]
    closed: tuple[Periods | None, ...]
    shut: tuple[Periods | None, ...]
    away: tuple[Periods | None, ...]
    on_call: Times
