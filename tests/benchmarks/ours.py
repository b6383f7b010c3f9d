"""Our engines on the chain, as a user has them: scenario text read, draws made, jobs run and put together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.experiment.run import simulate_scenario
from sim.scenario.loader import load_text
from tests.benchmarks.chain import N_LAUNCHES, N_STAGES, scenario_text


def reference(
    n_replications: int, seed: int, n_launches: int = N_LAUNCHES, n_stages: int = N_STAGES, n_workers: int = 1
) -> NDArray[np.float64]:
    """Mean latency of each replication, seconds."""
    scenario = load_text(scenario_text(n_replications, seed, n_launches, n_stages), "chain")
    latencies = simulate_scenario(scenario, n_workers).typical["chain"]
    means: NDArray[np.float64] = latencies.mean(axis=1) / 1e6
    return means
