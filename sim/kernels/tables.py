"""What loops are handed of a network and its draws."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]


class Tables(NamedTuple):
    """A network, int64.

    program (step, 3), without steps means by events; nodes (row, node), desks (row, desk), rows as in
    `sim.kernels.rows`; children, those of all nodes, one node after another
    """

    program: Whole
    nodes: Whole
    children: Whole
    desks: Whole


class Drawn(NamedTuple):
    """Draws, int64 or bool.

    launch (launch, replication); hold, is_refused, earliest (node, launch, replication); horizon (replication,);
    arrivals, holds (replication, job)
    closed, shut, away (channel or desk, launch or 1 for all, period, 2, replication or 1 for all), see
    `sim.kernels.periods`
    on_call (node, launch, replication), calls (replication, job): what being called adds; none if nobody is away
    """

    launch: Whole
    hold: Whole
    is_refused: NDArray[np.bool_]
    earliest: Whole
    horizon: Whole
    arrivals: Whole
    holds: Whole
    closed: Whole
    shut: Whole
    away: Whole
    on_call: Whole
    calls: Whole
