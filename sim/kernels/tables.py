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
    """

    launch: Whole
    hold: Whole
    is_refused: NDArray[np.bool_]
    earliest: Whole
    horizon: Whole
    arrivals: Whole
    holds: Whole
