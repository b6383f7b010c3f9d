"""`sim run` as a whole process: ``python -m tests.benchmarks.process``.

Against the least that any such program costs: a Python that imports matplotlib and saves one figure.
In turns; seconds and peak memory are the system's own. This file imports nothing large, since a child
begins with the memory of its parent.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.compare import OUT, ROOT
from tests.benchmarks.machine import cores, machine_line

SCENARIOS = ("first-look", "2019-10-02-pukguksong-3")  # the second is a launch under the base case
SIZES = (10_000, 100_000, 1_000_000)
BARE = "from matplotlib.figure import Figure; f = Figure(); f.subplots().plot([0, 1]); f.savefig('figure.png')"
BARE_NAME = "Python that saves a figure"
HEAD = ("command", "runs", "seconds, median", "min", "max", "times bare", "peak memory of one process, MB")
SLOW_S, SLOW_ROUNDS = 15.0, 3
BYTES = 1 if sys.platform == "darwin" else 1024  # of a unit of ru_maxrss


@dataclass(frozen=True)
class Command:
    """A process to time."""

    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """What one process took; memory of the largest process, if there were several."""

    command: str
    seconds: float
    peak_bytes: int


BARE_COMMAND = Command(BARE_NAME, ("-c", BARE))


def sim_run(scenario: str, n_replications: int) -> Command:
    """What a user types, but run again even if it is there, and into a folder that is thrown away."""
    size = ("--replications", str(n_replications))
    arguments = ("-m", "sim", "run", scenario, *size, "--again", "--quiet", "--out", ".")
    return Command(f"sim run {scenario} --replications {n_replications}", arguments)


def run(command: Command) -> Run:
    """One process from its start to its end."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with TemporaryDirectory() as folder, open(os.devnull, "w") as nowhere:
        start = time.perf_counter()
        child = subprocess.Popen([sys.executable, *command.arguments], cwd=folder, env=environment, stdout=nowhere)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command.name}: exit code {child.returncode}")
    return Run(command.name, seconds, usage.ru_maxrss * BYTES)


def affordable(scenario: str, sizes: Sequence[int], most_s: float) -> dict[Command, float]:
    """The sizes that are predicted to take at most so long, and how long each took when it was run to see.

    Predicted by the line through the two sizes before, the first of which is a tenth of the smallest.
    """
    seen = [(size, run(sim_run(scenario, size)).seconds) for size in (sizes[0] // 10, sizes[0])]
    for size in sizes[1:]:
        (n_a, a), (n_b, b) = seen[-2:]
        if b + (b - a) * (size - n_b) / (n_b - n_a) > most_s:
            break
        seen.append((size, run(sim_run(scenario, size)).seconds))
    return {sim_run(scenario, size): taken for size, taken in seen[1:]}


def in_turns(chosen: Mapping[Command, float], n_rounds: int) -> list[Run]:
    """Every command once a round; those that took long in fewer rounds."""
    return [
        run(command)
        for number in range(n_rounds)
        for command, taken in chosen.items()
        if taken < SLOW_S or number < SLOW_ROUNDS
    ]


def table(runs: list[Run], note: str) -> str:
    """Medians as Markdown."""
    by_command: dict[str, list[Run]] = {}
    for each in runs:
        by_command.setdefault(each.command, []).append(each)
    bare = [each.seconds for each in by_command[BARE_NAME]]
    lines = [HEAD, ("---", *["---:"] * (len(HEAD) - 1))]
    for name, mine in by_command.items():
        seconds = [each.seconds for each in mine]
        ratio = median(took / least for took, least in zip(seconds, bare, strict=False))
        peak = max(each.peak_bytes for each in mine)
        times = (f"{value:.2f}" for value in (median(seconds), min(seconds), max(seconds), ratio))
        lines.append((f"`{name}`" if name != BARE_NAME else name, str(len(mine)), *times, f"{peak / 1e6:,.0f}"))
    body = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f"# `sim run` as a whole process\n\n{body}\n\n{note}\n"


def write_runs(path: Path, runs: list[Run]) -> None:
    """Every process that was timed."""
    with path.open("w", newline="", encoding="utf-8") as file:
        sheet = csv.writer(file, lineterminator="\n")
        sheet.writerow(("command", "seconds", "peak_bytes"))
        sheet.writerows((each.command, f"{each.seconds:.4f}", each.peak_bytes) for each in runs)


def main() -> None:
    """Choose sizes, time in turns, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--most", type=float, default=60.0, help="most seconds that a size may be predicted to take")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    chosen = {BARE_COMMAND: run(BARE_COMMAND).seconds}
    for scenario in SCENARIOS:
        chosen |= affordable(scenario, given.sizes, given.most)
    runs = in_turns(chosen, given.rounds)
    note = (
        f"In turns, after a round that is not counted; `times bare` is the median of the ratios round by round.\n"
        f"`sim run` uses {len(cores())} worker processes here, with the settings of the scenario as shipped. Of\n"
        f"{', '.join(f'{size:,}' for size in given.sizes)} replications, those not predicted to take over "
        f"{given.most:g} s.\n\n{machine_line(['alertpath', 'numpy', 'matplotlib'])}"
    )
    given.out.mkdir(parents=True, exist_ok=True)
    text = table(runs, note)
    (given.out / "process.md").write_text(text, encoding="utf-8")
    write_runs(given.out / "process.csv", runs)
    print(text)


if __name__ == "__main__":
    main()
