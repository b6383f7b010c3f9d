"""The compiled engine: the contract of `sim.engines.contract`, met by loops that are compiled.

A network whose desks have no feedback runs by columns, any other by events; both give the sample
paths of the reference engine to the last microsecond.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.draws.nouns import Times
from sim.engines.contract import Draws, Paths
from sim.engines.program import program_of
from sim.engines.tables import children_of, desk_rows, job_columns, node_rows
from sim.kernels.alerts import run_alerts
from sim.kernels.paths import run_paths
from sim.model.network import Network

Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Compiled:
    """A network in the form that loops read; an empty program means by events."""

    network: Network
    nodes: Whole
    children: Whole
    program: Whole

    def paths(self, draws: Draws) -> Paths:
        """Sample paths of a block of replications."""
        tables, drawn = self._tables(draws)
        times = [np.empty(draws.hold.T.shape, np.int64) for _ in range(3)]
        state = np.empty(draws.hold.T.shape, np.int8)
        run_paths(self.program, *tables, *drawn, *times, state)
        queued, started, ended = (time.T for time in times)
        return Paths(self.network, draws.launch, queued, started, ended, state.T)

    def alerts(self, draws: Draws) -> tuple[Times, Whole, int, int]:
        """Latencies (replication, launch), and sums along the delivering branch as `sim.kernels.branch` has them."""
        tables, drawn = self._tables(draws)
        latency, sums = np.empty(draws.launch.T.shape, np.int64), np.zeros((3, self.network.n_nodes), np.int64)
        n_alerts, fallback_us = run_alerts(self.program, *tables, *drawn, latency, sums)
        return latency.T, sums, int(n_alerts), int(fallback_us)

    def _tables(self, draws: Draws) -> tuple[tuple[Whole, ...], tuple[NDArray[np.generic], ...]]:
        drawn = (draws.launch, draws.hold, draws.refused, draws.earliest)
        by_node = (np.ascontiguousarray(table.T) for table in drawn)  # no copy: columns lie together already
        return (self.nodes, self.children, desk_rows(self.network, draws)), (
            *by_node,
            draws.horizon,
            *job_columns(draws),
        )


def prepare(network: Network, *, is_by_events: bool = False) -> Compiled:
    """A network ready to run; ``is_by_events`` leaves out the columns."""
    program = None if is_by_events else program_of(network)
    none = np.empty((0, 3), np.int64)
    return Compiled(network, node_rows(network), children_of(network), none if program is None else program)
