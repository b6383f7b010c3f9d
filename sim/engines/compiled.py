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
from sim.engines.tables import call_columns, children_of, desk_rows, job_columns, node_rows, period_rows
from sim.kernels.alerts import Room, alerts_by_columns, alerts_by_events, few_at_once, paths_in, room_for
from sim.kernels.tables import Drawn, Tables
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
        *_, room = self._run(draws, len(draws.launch))
        shape = draws.hold.T.shape
        begun, done, refused, started = (times.reshape(shape) for times in paths_in(room, self.network.n_nodes))
        return Paths.until(draws.horizon, self.network, draws.launch, begun, started, done, refused)

    def alerts(self, draws: Draws) -> tuple[Times, Whole, int]:
        """Latencies (replication, launch), and sums along the delivering branch as `sim.kernels.branch` has them."""
        latency, sums, fallback_us, _ = self._run(draws)
        return latency, sums, fallback_us

    def latencies(self, draws: Draws) -> Times:
        """Latencies alone, (replication, launch): a quarter of the time goes into the rest."""
        latency, *_ = self._run(draws, is_whole=False)
        return latency

    def _run(self, draws: Draws, n: int | None = None, *, is_whole: bool = True) -> tuple[Times, Whole, int, Room]:
        """So many replications at a time, as many as the cache holds unless it is said."""
        tables = Tables(self.program, self.nodes, self.children, desk_rows(self.network, draws))
        drawn = Drawn(
            np.ascontiguousarray(draws.launch.T),  # no copy, nor of others: columns lie together already
            np.ascontiguousarray(draws.hold.T),
            np.ascontiguousarray(draws.refused.T),
            np.ascontiguousarray(draws.earliest.T),
            draws.horizon,
            job_columns(draws, "arrival"),
            job_columns(draws, "hold"),
            period_rows(draws.closed),
            period_rows(draws.shut),
            period_rows(draws.away),
            *call_columns(draws),
        )
        room = room_for(tables, drawn, few_at_once(drawn) if n is None else n)
        latency, sums = np.empty(drawn.launch.shape, np.int64), np.zeros((3, self.network.n_nodes), np.int64)
        run = alerts_by_columns if len(self.program) else alerts_by_events
        fallback_us = run(tables, drawn, is_whole, room, latency, sums)
        return latency.T, sums, int(fallback_us), room


def prepare(network: Network, *, is_by_events: bool = False) -> Compiled:
    """A network ready to run; ``is_by_events`` leaves out the columns."""
    program = None if is_by_events else program_of(network)
    none = np.empty((0, 3), np.int64)
    return Compiled(network, node_rows(network), children_of(network), none if program is None else program)
