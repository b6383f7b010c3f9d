"""Hold the quick engines against the reference engine on random scenario files and worlds: ``make parity``.

`python -m tests.parity --examples 10000 --seed 1` writes results/reference/parity.md. The first difference
of either stops that half, and Hypothesis prints the smallest file or world that shows one.
"""

from __future__ import annotations

import argparse
import platform
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from sim.model.network import compile_network
from sim.scenario.loader import load_text
from tests.benchmarks.machine import processor_class, processor_flags, version_of
from tests.engines import ENGINES, compare, has_columns, part_ways, paths_of
from tests.features import FEATURES, features
from tests.reference import REFERENCE
from tests.scenario_files import blocks, scenario_texts
from tests.worlds import World, worlds

LIBRARIES = ("numpy", "scipy", "simpy", "numba", "hypothesis")
EVERY = 500  # examples between two lines of progress
Counts = Counter[str]


def of_file(counts: Counts, text: str, block: tuple[int, int]) -> None:
    """One scenario file: every arm, setting and engine."""
    scenario = load_text(text, "random")
    found = compare(scenario, *block)
    assert not found.difference, found.difference
    counts.update(features(scenario, found.paths))
    for arm in scenario.arms:
        counts["arms by columns" if has_columns(compile_network(arm)) else "arms by events"] += 1


def of_world(counts: Counts, world: World) -> None:
    """One world on every engine."""
    network, draws = world.network, world.draws
    difference = part_ways(network, draws, paths_of(ENGINES["reference"], network, draws))
    assert not difference, difference
    counts["worlds by columns" if has_columns(network) else "worlds by events"] += 1


HALVES: dict[str, tuple[Callable[..., None], tuple[Any, ...]]] = {
    "worlds": (of_world, (worlds(),)),
    "files": (of_file, (scenario_texts(), blocks())),
}


def run(what: str, examples: int, number: int) -> Counts:
    """Check so many examples, fixed by the seed; what they covered."""
    check, strategies = HALVES[what]
    counts: Counts = Counter()

    @seed(number)
    @settings(max_examples=examples, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.tuples(*strategies))
    def each(example: tuple[Any, ...]) -> None:
        check(counts, *example)
        counts[what] += 1
        if counts[what] % EVERY == 0:
            print(f"{what}: {counts[what]:,} agree", flush=True)

    each()
    return counts


def report(counts: Counts, number: int) -> str:
    """What was compared and what it covered, as Markdown."""
    libraries = ", ".join(f"{name} {version_of(name)}" for name in LIBRARIES)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    rows = [f"| {feature} | {counts[feature]:,} |" for feature in FEATURES]
    return f"""# The quick engines and the reference engine agree

`make parity`, seed {number}: {counts["files"]:,} random scenario files and {counts["worlds"]:,} random worlds gave the
same draws, sample paths, latencies and sums on every engine, to the last microsecond.

Of the arms of these files {counts["arms by columns"]:,} ran by columns, in NumPy and loops, as well as by events, and
{counts["arms by events"]:,} by events alone, since work at their desks comes back; of the worlds
{counts["worlds by columns"]:,} and {counts["worlds by events"]:,}.

| feature | files that have it |
| --- | ---: |
{chr(10).join(rows)}

{processor_class(processor_flags(), platform.machine())}, {platform.system()}, {python}; {libraries}.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--to", type=Path, default=REFERENCE / "parity.md")
    given_ = parser.parse_args()
    with ProcessPoolExecutor(len(HALVES)) as pool:
        counts = sum(pool.map(run, HALVES, repeat(given_.examples), repeat(given_.seed)), Counter[str]())
    missing = [feature for feature in FEATURES if not counts[feature]]
    if missing:
        raise SystemExit(f"nothing had {', '.join(missing)} — more examples are needed")
    given_.to.write_text(report(counts, given_.seed), encoding="utf-8")
    print(given_.to)


if __name__ == "__main__":
    main()
