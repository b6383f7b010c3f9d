"""Our engines on the chain: scenario text read, draws made, replications run, checked against the reference engine.

Latencies are what is asked for here, as of the rivals; what `sim run` adds is timed in `process`.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.experiment.simulate import simulate_block
from sim.model.ranges import TYPICAL
from sim.scenario.loader import load_text
from tests.benchmarks.chain import N_LAUNCHES, N_STAGES, scenario_text
from tests.engines import ENGINES


def _means(engine: str, size: tuple[int, ...], n_workers: int) -> NDArray[np.float64]:
    """Mean latency of each replication, seconds; loops leave the interpreter free, so threads share the cores."""
    scenario = load_text(scenario_text(*size), "chain")
    ends = [*[*range(0, size[0], max(4, size[0] // n_workers // 4 * 4))][:n_workers], size[0]]

    def run(ends: tuple[int, int]) -> NDArray[np.float64]:
        latency, _ = simulate_block(scenario, ENGINES[engine], (TYPICAL,), *ends)
        means: NDArray[np.float64] = latency["chain"][0].mean(axis=1) / 1e6
        return means

    with ThreadPoolExecutor(n_workers) as threads:
        return np.concatenate(list(threads.map(run, pairwise(ends))))


def reference(
    n_replications: int, seed: int, n_launches: int = N_LAUNCHES, n_stages: int = N_STAGES
) -> NDArray[np.float64]:
    """The model itself, in SimPy."""
    return _means("reference", (n_replications, seed, n_launches, n_stages), 1)


def numpy_columns(
    n_replications: int, seed: int, n_launches: int = N_LAUNCHES, n_stages: int = N_STAGES
) -> NDArray[np.float64]:
    """The columns engine, which compiles nothing."""
    return _means("columns", (n_replications, seed, n_launches, n_stages), 1)


def columns(
    n_replications: int, seed: int, n_launches: int = N_LAUNCHES, n_stages: int = N_STAGES, n_workers: int = 1
) -> NDArray[np.float64]:
    """The compiled engine as it runs the chain: its desks have no feedback."""
    return _means("compiled", (n_replications, seed, n_launches, n_stages), n_workers)


def events(
    n_replications: int, seed: int, n_launches: int = N_LAUNCHES, n_stages: int = N_STAGES, n_workers: int = 1
) -> NDArray[np.float64]:
    """The compiled engine as it runs what has feedback."""
    return _means("compiled by events", (n_replications, seed, n_launches, n_stages), n_workers)
