"""From draws to alerts, a few replications at a time, so that their sample paths never leave the nearest cache."""

from __future__ import annotations

import numpy as np

from sim.kernels.branch import branch_sums
from sim.kernels.compiler import bare, compiled
from sim.kernels.paths import run
from sim.kernels.rows import DONE, NEVER

AT_ONCE = 1 << 14  # nodes × launches × replications
ODD = 8  # replications: rows that begin a power of two apart would all want the same places of the cache


@bare
def fill_alerts(launch, done, last, is_done, latency):
    """Whether and how long after the launch an alert came, no later than the horizon."""
    for r in range(len(last)):
        is_done[r] = done[r] <= last[r]
        latency[r] = done[r] - launch[r] if is_done[r] else NEVER


@compiled
def run_alerts(
    program, nodes, children, desks, launch, hold, refused, earliest, horizon, arrivals, holds, latency, sums
):
    """Fill ``latency`` int64 (launch, replication) and add to ``sums`` int64 (row, node); n alerts, time of fallbacks.

    Other arrays as those of `sim.kernels.paths.run`.
    """
    n_nodes, n_launches, n_replications = hold.shape
    size = max(1, AT_ONCE // (n_nodes * n_launches)) | ODD
    n_alerts, fallback_us = 0, 0
    for first in range(0, n_replications, size):
        n = min(size, n_replications - first)
        times, rows = run(
            program, nodes, children, desks, launch, hold, refused, earliest, horizon, arrivals, holds, first, n
        )
        done, is_done = times[rows[DONE, n_nodes - 1]], np.empty(n_launches * n, np.bool_)
        for at in range(n_launches):
            here, drawn = slice(at * n, (at + 1) * n), slice(first, first + n)
            fill_alerts(launch[at, drawn], done[here], horizon[drawn], is_done[here], latency[at, drawn])
        found = branch_sums(nodes, children, times, rows, is_done, sums)
        n_alerts, fallback_us = n_alerts + found[0], fallback_us + found[1]
    return n_alerts, fallback_us
