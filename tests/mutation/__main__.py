"""Put small faults into kernels and statistics, and say which the tests notice: ``make mutation``.

`python -m tests.mutation --mutants 200 --seed 4` writes results/reference/mutation.md. Loops are plain Python here, so
that a fault needs no compiler. Of the libraries mutmut leaves functions with a decorator alone, and every loop has one;
cosmic-ray and mutatest begin a new interpreter for every fault, which takes longer than most of the tests.
A survivor that no test could notice is a line of `equivalent.py`; for any other a test is missing.
"""

from __future__ import annotations

import argparse
import os
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from sim.analysis.intervals import wilson
from tests.mutation.alterations import Mutant, faults
from tests.mutation.campaign import Campaign
from tests.mutation.equivalent import EQUIVALENT
from tests.mutation.places import FILES, ROOT, TESTS

REPORT = ROOT / "results" / "reference" / "mutation.md"
# Of columns those that reach over two batches, and no longer ones; of the executions of a rule not those without loops.
SOME = "(not wherever or 0-8 or 2-7 or 3-600) and not equations and not reference"
OPTIONS = (
    "-s",
    *("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov"),
    *("-W", "ignore:overflow encountered:RuntimeWarning"),  # words of 64 bits wrap round
    *("-m", "not slow", "-k", SOME),
)


@dataclass(frozen=True)
class Score:
    """Mutants of some files: how many were tried, are no fault, and are faults that no test noticed."""

    tried: int
    equivalent: int
    unnoticed: int

    @property
    def row(self) -> str:
        """Cells of a table."""
        n = self.tried - self.equivalent
        if not n:
            return f"{self.tried:,} | {self.equivalent:,} | {self.unnoticed:,} | – | – |"
        found = wilson((n - self.unnoticed) / n, n)
        share, low, high = (f"{100 * value:.1f}" for value in (found.estimate, found.low, found.high))
        return f"{self.tried:,} | {self.equivalent:,} | {self.unnoticed:,} | {share} % | {low} to {high} % |"


def chosen(files: Sequence[Path], n: int, seed: int) -> tuple[int, list[Mutant]]:
    """How many mutants these files have, about, and so many of them at random."""
    every = [make for path in files for make in faults(path)]
    made = (make() for make in random.Random(seed).sample(every, min(n, len(every))))
    return len(every), [mutant for mutant in made if mutant is not None]


def score(tried: Sequence[Mutant], survivors: Sequence[Mutant], equal: set[str]) -> Score:
    names = [mutant.name for mutant in survivors]
    n_equal = sum(name in equal for name in names)
    return Score(len(tried), n_equal, len(names) - n_equal)


def report(tried: dict[str, tuple[int, list[Mutant]]], survivors: Sequence[Mutant], seed: int) -> str:
    """How many faults the tests notice, where not, and what is no fault, as Markdown."""
    equal = {name for names in EQUIVALENT.values() for name in names}
    groups, places = [], []
    for group, (n, some) in tried.items():
        of_group = [mutant for mutant in survivors if mutant.path in FILES[group]]
        groups.append(f"| {group} | {n:,} | {score(some, of_group, equal).row}")
        for path in FILES[group]:
            own, left = ([mutant for mutant in found if mutant.path == path] for found in (some, survivors))
            if own:
                places.append(f"| {path.relative_to(ROOT)} | {score(own, left, equal).row}")
    names = Counter(mutant.name for mutant in survivors)
    reasons = [f"| {reason} | {sum(names[name] for name in known)} |" for reason, known in EQUIVALENT.items()]
    unnoticed = [f"- `{name}`" for name in sorted(set(names) - equal)] or ["None."]
    return f"""# Which small faults the tests notice

`make mutation`, seed {seed}: a comparison, an operator, a number, a condition, a bound or an ending in a function is
another one, or a statement is gone; then the quick tests that call the function run, until one fails. Loops run as
plain Python. What gives the same whatever is put in is no fault and does not count. The intervals are for the choice
of mutants at random.

| of | there are | tried | no fault | not noticed | noticed | 95 % interval |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
{chr(10).join(groups)}

## By place

| file | tried | no fault | not noticed | noticed | 95 % interval |
| --- | ---: | ---: | ---: | ---: | ---: |
{chr(10).join(places)}

## No fault, because

| reason | mutants |
| --- | ---: |
{chr(10).join(reasons)}

## Not noticed

{chr(10).join(unnoticed)}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=200, help="of kernels, and as many of statistics")
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--to", type=Path, default=REPORT)
    given = parser.parse_args()
    os.environ["NUMBA_DISABLE_JIT"] = "1"  # before a test imports it
    tried = {group: chosen(files, given.mutants, given.seed) for group, files in FILES.items()}
    campaign = Campaign([mutant for _, some in tried.values() for mutant in some], given.processes)
    if pytest.main([*OPTIONS, *TESTS], plugins=[campaign]) != pytest.ExitCode.OK:
        raise SystemExit("the tests could not be collected")
    given.to.write_text(report(tried, campaign.survivors, given.seed), encoding="utf-8")
    print(given.to)


if __name__ == "__main__":
    main()
