"""Cost and memory of tallies over a stream that nobody holds: ``python -m tests.benchmarks.stream 100_000_000``."""

from __future__ import annotations

import resource
import sys
import time
import tracemalloc
from collections.abc import Iterator

import numpy as np

from sim.analysis.refine import refined
from sim.analysis.tally import AT_TYPICAL, NOTHING, Reports, tally
from sim.engines.contract import NEVER
from sim.model.scenario import Scenario
from sim.scenario.loader import load_scenario, shipped_folder

BLOCK = 200_000  # launches


def made_up(scenario: Scenario, n_launches: int) -> Iterator[Reports]:
    """Lognormal latencies around 20 minutes, alike within replications, 5 % of reports missing."""
    per = len(scenario.launch_keys())
    for block in range(n_launches // BLOCK):
        rng = np.random.default_rng(block)
        shared = rng.normal(size=(BLOCK // per, 1))
        yield Reports(AT_TYPICAL, {arm.name: one(rng, shared, per) for arm in scenario.arms})


def one(rng: np.random.Generator, shared: np.ndarray, per: int) -> np.ndarray:
    """The latencies of one arm."""
    own = rng.normal(size=(len(shared), per))
    latency = (1.2e9 * np.exp(0.4 * shared + 0.4 * own)).astype(np.int64)
    return np.where(rng.random(latency.shape) < 0.05, NEVER, latency)


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def traced_peak_mb(name: str, n_launches: int) -> float:
    """The most that is allocated at a time while a stream is tallied and its quantiles are made exact."""
    scenario, found = load_scenario(shipped_folder() / f"{name}.yaml"), NOTHING
    tracemalloc.start()
    for reports in made_up(scenario, n_launches):
        found = found + tally(scenario, reports)
    refined(found, lambda: made_up(scenario, n_launches))
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return peak


def main(name: str, n_launches: int) -> None:
    """Print the cost of tallying, of making quantiles exact, and the peak of memory after each."""
    scenario = load_scenario(shipped_folder() / f"{name}.yaml")
    before, found, seconds = peak_mb(), NOTHING, 0.0
    for reports in made_up(scenario, n_launches):
        start = time.process_time()
        found = found + tally(scenario, reports)
        seconds += time.process_time() - start
    per = f"{len(scenario.launch_keys())} a replication, {len(scenario.arms)} arms, {len(scenario.contrasts)} pairs"
    print(f"{name}: {n_launches:,} launches, {per}")
    cost = 1e9 * seconds / n_launches / len(scenario.arms)
    print(f"tally: {cost:.0f} ns a launch and arm, peak {peak_mb():.0f} MB (before {before:.0f} MB)", flush=True)
    n_times = 0

    def again() -> Iterator[Reports]:
        nonlocal n_times
        n_times += 1
        return made_up(scenario, n_launches)

    refined(found, again)
    print(f"exact quantiles: {n_times} times through, peak {peak_mb():.0f} MB")


if __name__ == "__main__":
    for scenario_name in ("2019-10-02-pukguksong-3", "salvo-of-eight-2022-06-05"):
        main(scenario_name, int(sys.argv[1]))
