"""SimPy: a process for each launch, a `Resource` for each desk, an environment for each replication."""

from __future__ import annotations

import random
from collections.abc import Generator

import numpy as np
import simpy
from numpy.typing import NDArray

from tests.benchmarks.chain import GAP_S, LINE_S, LOG_SD, LOSS, N_LAUNCHES, N_STAGES, RETRY_S, desks, place_of_line


def means(
    n_replications: int, seed: int, n_launches: int = N_LAUNCHES, n_stages: int = N_STAGES
) -> NDArray[np.float64]:
    """Mean latency of each replication, seconds; Python's own random numbers, as in SimPy's examples."""
    rng = random.Random(seed)
    return np.array([_replication(rng, n_launches, n_stages) for _ in range(n_replications)])


def _replication(rng: random.Random, n_launches: int, n_stages: int) -> float:
    env = simpy.Environment()
    stages = [(simpy.Resource(env, desk.capacity), desk.log_mean) for desk in desks(n_stages)]
    line = place_of_line(n_stages)
    latencies: list[float] = []

    def launch() -> Generator[simpy.Event, object, None]:
        start = env.now
        for number, (desk, log_mean) in enumerate(stages):
            if number == line:
                while rng.random() < LOSS:
                    yield env.timeout(RETRY_S)
                yield env.timeout(LINE_S)
            with desk.request() as request:
                yield request
                yield env.timeout(rng.lognormvariate(log_mean, LOG_SD))
        latencies.append(env.now - start)

    def launches() -> Generator[simpy.Event, object, None]:
        for number in range(n_launches):
            if number:
                yield env.timeout(rng.expovariate(1 / GAP_S))
            env.process(launch())

    env.process(launches())
    env.run()
    return sum(latencies) / len(latencies)
