"""The alert chain on the reference engine and as a hand-written SimPy model: ``python -m tests.benchmarks.compare``."""

from __future__ import annotations

import math
import platform
import random
import time
from collections.abc import Callable, Generator
from pathlib import Path
from statistics import median

import simpy

from sim.experiment.run import Job, run_job
from sim.scenario.loader import load_scenario

CHAIN = Path(__file__).with_name("alert_chain.yaml")
DESKS = ((2, 20), (1, 30), (1, 45), (2, 60), (1, 30), (1, 15))
LOG_SD = 0.5


def hand_written(n_replications: int, seed: int = 1) -> list[float]:
    """An idiomatic SimPy model: mean latency of each replication, seconds."""
    rng = random.Random(seed)
    return [_replication(rng) for _ in range(n_replications)]


def _replication(rng: random.Random) -> float:
    env = simpy.Environment()
    desks = [(simpy.Resource(env, capacity), math.log(mean) - LOG_SD**2 / 2) for capacity, mean in DESKS]
    latencies: list[float] = []

    def launch() -> Generator[simpy.Event, object, None]:
        start = env.now
        for number, (desk, mu) in enumerate(desks):
            if number == 3:
                while rng.random() < 0.05:
                    yield env.timeout(10)
                yield env.timeout(2)
            with desk.request() as request:
                yield request
                yield env.timeout(rng.lognormvariate(mu, LOG_SD))
        latencies.append(env.now - start)

    def launches() -> Generator[simpy.Event, object, None]:
        for number in range(8):
            if number:
                yield env.timeout(rng.expovariate(1 / 20))
            env.process(launch())

    env.process(launches())
    env.run()
    return sum(latencies) / len(latencies)


def reference(n_replications: int) -> list[float]:
    """The same chain read from its scenario file, draws included."""
    part = run_job(load_scenario(CHAIN), Job((0,), 0, n_replications))
    means: list[float] = (part.latency["chain"][0].mean(axis=1) / 1e6).tolist()
    return means


def seconds(run: Callable[[int], object], n_replications: int) -> float:
    start = time.perf_counter()
    run(n_replications)
    return time.perf_counter() - start


def main(n_replications: int = 500, n_pairs: int = 7) -> None:
    """Print replications a second of both, and the ratio pair by pair."""
    seconds(reference, 20), seconds(hand_written, 20)
    pairs = [(seconds(reference, n_replications), seconds(hand_written, n_replications)) for _ in range(n_pairs)]
    ratios = sorted(ours / theirs for ours, theirs in pairs)
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, n = {n_replications}")
    for name, side in (("reference engine", 0), ("hand-written SimPy", 1)):
        print(f"{name}: {n_replications / median(pair[side] for pair in pairs):,.0f} replications a second")
    print(f"cost of ours / theirs: median {median(ratios):.2f}, {ratios[0]:.2f} to {ratios[-1]:.2f}")


if __name__ == "__main__":
    main()
