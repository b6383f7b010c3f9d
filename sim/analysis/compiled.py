"""Latencies and the sums of `sim.analysis.branch` straight from compiled loops; no sample path is kept."""

from __future__ import annotations

from sim.analysis.branch import StageSums
from sim.draws.nouns import Times
from sim.engines.compiled import Compiled
from sim.engines.contract import NEVER, Draws


def summed(engine: Compiled, draws: Draws) -> tuple[Times, StageSums]:
    """Alert latencies, int64 (replication, launch), and what `stage_sums` of the paths would give."""
    latency, sums, fallback_us = engine.alerts(draws)
    rows = sums[:, [node for node, _ in engine.network.stages]].tolist()
    n, wait_us, hold_us = (tuple(row) for row in rows)
    return latency, StageSums(int((latency != NEVER).sum()), n, wait_us, hold_us, fallback_us)
