"""From draws to sample paths: by columns where there is a program, by events where there is none."""

from __future__ import annotations

import numpy as np

from sim.kernels.columns import run_columns
from sim.kernels.compiler import bare, compiled
from sim.kernels.events import run_events
from sim.kernels.rows import BEGIN, DONE, NEVER, REFUSED, STARTED


@compiled
def run(program, nodes, children, desks, launch, hold, is_refused, earliest, horizon, arrivals, holds, first, n):
    """Columns of ``n`` replications from ``first``, int64 (row, launch × replication), and where they are.

    Draws, int64 or bool (node, launch, replication), jobs (replication, job).
    Where: the row of what happened to a node, int64 (what, node).
    """
    n_nodes, n_launches = hold.shape[:2]
    times, rows = np.empty((4 * n_nodes + 1, n_launches * n), np.int64), np.arange(4 * n_nodes).reshape(4, n_nodes)
    if len(program):
        run_columns(
            program, nodes, children, desks, launch, hold, is_refused, earliest, arrivals, holds, first, times, rows
        )
    else:
        run_events(
            nodes, children, desks, launch, hold, is_refused, earliest, horizon, arrivals, holds, first, times, rows
        )
    return times, rows


@bare
def within(last, times, out):
    """What lies after the horizon does not happen (rule 14)."""
    for r in range(len(last)):
        out[r] = times[r] if times[r] <= last[r] else NEVER


@bare
def state_of(last, done, refused, state):
    """How a node stands at the horizon."""
    for r in range(len(last)):
        how = DONE if done[r] < refused[r] else REFUSED
        state[r] = how if min(done[r], refused[r]) <= last[r] else 0


@compiled
def run_paths(program, nodes, children, desks, launch, hold, is_refused, earliest, horizon, arrivals, holds,
              queued, started, ended, state):  # fmt: skip
    """Fill a sample path, int64 or int8 (node, launch, replication)."""
    n_nodes, n_launches, n = hold.shape
    times, rows = run(
        program, nodes, children, desks, launch, hold, is_refused, earliest, horizon, arrivals, holds, 0, n
    )
    for node in range(n_nodes):
        for at in range(n_launches):
            here = slice(at * n, (at + 1) * n)
            done, refused = times[rows[DONE, node], here], times[rows[REFUSED, node], here]
            within(horizon, times[rows[BEGIN, node], here], queued[node, at])
            within(horizon, times[rows[STARTED, node], here], started[node, at])
            within(horizon, np.minimum(done, refused), ended[node, at])
            state_of(horizon, done, refused, state[node, at])
