"""From draws to alerts, a few replications at a time, so that their sample paths never leave the nearest cache."""

from __future__ import annotations

import numpy as np

from sim.kernels.branch import branch_sums
from sim.kernels.columns import run_columns
from sim.kernels.compiler import compiled
from sim.kernels.events import DONE, NEVER, run_events

AT_ONCE = 1 << 14  # nodes × launches × replications


@compiled
def run_alerts(program, nodes, children, desks, launch, hold, refused, horizon, arrivals, holds, latency, sums):
    """Fill ``latency`` int64 (launch, replication) and add to ``sums`` int64 (row, node); n alerts, time of fallbacks.

    By events where the program is empty; other arrays as those of `sim.kernels.columns.run_columns`.
    """
    n_nodes, n_launches, n_replications = hold.shape
    size = max(1, AT_ONCE // (n_nodes * n_launches))
    n_alerts, fallback_us = 0, 0
    for first in range(0, n_replications, size):
        n = min(size, n_replications - first)
        shape = (n_nodes, n_launches, n)
        queued, started, ended = np.empty(shape, np.int64), np.empty(shape, np.int64), np.empty(shape, np.int64)
        state = np.empty(shape, np.int8)
        if len(program):
            run_columns(program, nodes, children, desks, launch, hold, refused, horizon, arrivals, holds, first,
                        queued, started, ended, state)  # fmt: skip
        else:
            run_events(nodes, children, desks, launch, hold, refused, horizon, arrivals, holds, first,
                       queued, started, ended, state)  # fmt: skip
        for at in range(n_launches):
            for r in range(n):
                is_done = state[n_nodes - 1, at, r] == DONE
                latency[at, first + r] = ended[n_nodes - 1, at, r] - launch[at, first + r] if is_done else NEVER
        flat = (n_nodes, n_launches * n)
        found = branch_sums(nodes, children, queued.reshape(flat), started.reshape(flat), ended.reshape(flat),
                            state.reshape(flat), sums)  # fmt: skip
        n_alerts, fallback_us = n_alerts + found[0], fallback_us + found[1]
    return n_alerts, fallback_us
