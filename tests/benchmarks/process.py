"""`sim run` as a whole process, from the command to the sentence and to the last figure.

``python -m tests.benchmarks.process`` holds it against goals, in units of the least that any such program costs: a
Python that imports matplotlib and saves one figure. In turns; seconds and peak memory are the system's own.
This file imports nothing large, since a child begins with the memory of its parent.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.compare import OUT, ROOT
from tests.benchmarks.machine import cores, machine_line

SCENARIOS = ("first-look", "2019-10-02-pukguksong-3")  # the second is a launch under the base case
SIZES = (10_000, 100_000, 1_000_000)
BARE = "from matplotlib.figure import Figure; f = Figure(); f.subplots().plot([0, 1]); f.savefig('figure.png')"
BARE_NAME = "Python that saves a figure"
HEAD = ("command", "runs", "answer, s", "times bare", "all, s", "times bare", "peak memory of one process, MB")
SLOW_S, SLOW_ROUNDS = 15.0, 3
MOST_COMPILING_S = 8.0  # the goal
BYTES = 1 if sys.platform == "darwin" else 1024  # of a unit of ru_maxrss


@dataclass(frozen=True)
class Goal:
    """The most that a command should take: in times bare to the answer and to the end, and in MB."""

    answer: float = inf
    all: float = inf
    peak: float = inf


GOALS = {
    ("first-look", 10_000): Goal(1.0, 2.5, 150),
    ("2019-10-02-pukguksong-3", 10_000): Goal(1.3, 3.5, 150),
    ("first-look", 1_000_000): Goal(answer=2.0, peak=250),
}


@dataclass(frozen=True)
class Command:
    """A process to time; the first on a machine finds no compiled code."""

    name: str
    arguments: tuple[str, ...]
    goal: Goal = Goal()
    is_first: bool = False


@dataclass(frozen=True)
class Run:
    """What one process took, and when it had said all; memory of the largest process, if there were several."""

    command: Command
    answer_s: float
    seconds: float
    peak_bytes: int


BARE_COMMAND = Command(BARE_NAME, ("-c", BARE))


def sim_run(scenario: str, *options: str, goal: Goal = Goal()) -> Command:
    """What a user types, but run again even if it is there, and into a folder that is thrown away."""
    typed = ("run", scenario, *options)
    return Command(" ".join(("sim", *typed)), ("-m", "sim", *typed, "--again", "--out", "."), goal)


LATER = sim_run("first-look", "--engine", "compiled")
FIRST = replace(LATER, name=f"{LATER.name}, the first time", is_first=True)


def of_size(scenario: str, n_replications: int) -> Command:
    """A run of so many replications."""
    goal = GOALS.get((scenario, n_replications), Goal())
    return sim_run(scenario, "--replications", str(n_replications), goal=goal)


def run(command: Command) -> Run:
    """One process from its start to its end, of Python that is compiled once, as where it is installed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}
    arguments = [sys.executable, *command.arguments]
    with TemporaryDirectory() as folder:
        if command.is_first:
            fonts = environment.get("MPLCONFIGDIR") or str(Path.home() / ".cache" / "matplotlib")  # are there already
            environment |= {"XDG_CACHE_HOME": folder, "MPLCONFIGDIR": fonts}
        start = time.perf_counter()
        with subprocess.Popen(arguments, cwd=folder, env=environment, stdout=subprocess.PIPE) as child:
            said_s = _said_s(child, start)
            _, status, usage = os.wait4(child.pid, 0)
            seconds = time.perf_counter() - start
            child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command.name}: exit code {child.returncode}")
    return Run(command, said_s or seconds, seconds, usage.ru_maxrss * BYTES)


def _said_s(child: subprocess.Popen[bytes], start: float) -> float:
    """When the last of its output came; 0 if there was none."""
    said_s = 0.0
    while child.stdout and os.read(child.stdout.fileno(), 1 << 16):
        said_s = time.perf_counter() - start
    return said_s


def affordable(scenario: str, sizes: Sequence[int], most_s: float) -> dict[Command, float]:
    """The sizes that are predicted to take at most so long, and how long each took when it was run to see.

    Predicted by the line through the two sizes before, the first of which is a tenth of the smallest.
    """
    seen = [(size, run(of_size(scenario, size)).seconds) for size in (sizes[0] // 10, sizes[0])]
    for size in sizes[1:]:
        (n_a, a), (n_b, b) = seen[-2:]
        if b + (b - a) * (size - n_b) / (n_b - n_a) > most_s:
            break
        seen.append((size, run(of_size(scenario, size)).seconds))
    return {of_size(scenario, size): taken for size, taken in seen[1:]}


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
    by_command: dict[Command, list[Run]] = {}
    for each in runs:
        by_command.setdefault(each.command, []).append(each)
    bare = [each.seconds for each in by_command[BARE_COMMAND]]
    lines = [HEAD, ("---", *["---:"] * (len(HEAD) - 1))]
    for command, mine in by_command.items():
        answer, whole = [each.answer_s for each in mine], [each.seconds for each in mine]
        cells = (
            _range(answer),
            _against(_times(answer, bare), command.goal.answer, "{:.2f}"),
            _range(whole),
            _against(_times(whole, bare), command.goal.all, "{:.2f}"),
            _against(max(each.peak_bytes for each in mine) / 1e6, command.goal.peak, "{:,.0f}"),
        )
        lines.append((command.name if command is BARE_COMMAND else f"`{command.name}`", str(len(mine)), *cells))
    body = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f"# `sim run` as a whole process\n\n{body}\n\n{note}\n"


def compiling(runs: list[Run]) -> str:
    """How much longer the first use of compiled loops takes, in words."""
    first, later = ([each.seconds for each in runs if each.command is command] for command in (FIRST, LATER))
    more_s = median(one - other for one, other in zip(first, later, strict=False))
    more = _against(more_s, MOST_COMPILING_S, "{:.1f} s")
    return f"The first use of compiled loops takes longer than a later one by {more}."


def _times(seconds: list[float], bare: list[float]) -> float:
    return median(took / least for took, least in zip(seconds, bare, strict=False))


def _range(seconds: list[float]) -> str:
    return f"{median(seconds):.2f} ({min(seconds):.2f} to {max(seconds):.2f})"


def _against(value: float, goal: float, form: str) -> str:
    """A number, and whether its goal is reached, if it has one."""
    is_reached = "reached" if value <= goal else "not reached"
    return form.format(value) + (f", goal {goal:g} {is_reached}" if goal < inf else "")


def write_runs(path: Path, runs: list[Run]) -> None:
    """Every process that was timed."""
    with path.open("w", newline="", encoding="utf-8") as file:
        sheet = csv.writer(file, lineterminator="\n")
        sheet.writerow(("command", "answer_s", "seconds", "peak_bytes"))
        rows = ((each.command.name, f"{each.answer_s:.4f}", f"{each.seconds:.4f}", each.peak_bytes) for each in runs)
        sheet.writerows(rows)


def main() -> None:
    """Choose sizes, time in turns, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--most", type=float, default=60.0, help="most seconds that a size may be predicted to take")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    chosen = {command: run(command).seconds for command in (BARE_COMMAND, FIRST, LATER)}
    for scenario in SCENARIOS:
        chosen |= affordable(scenario, given.sizes, given.most)
    runs = in_turns(chosen, given.rounds)
    note = (
        f"In turns, after a round that is not counted; medians with least and most; `times bare` is the median of\n"
        f"the ratios round by round. The answer is what is printed, sentence and table; all is with every figure.\n"
        f"`sim run` uses {len(cores())} worker processes here, with the settings of the scenario as shipped. Of\n"
        f"{', '.join(f'{size:,}' for size in given.sizes)} replications, those not predicted to take over "
        f"{given.most:g} s.\n{compiling(runs)}\n\n{machine_line(['alertpath', 'numpy', 'matplotlib'])}"
    )
    given.out.mkdir(parents=True, exist_ok=True)
    text = table(runs, note)
    (given.out / "process.md").write_text(text, encoding="utf-8")
    write_runs(given.out / "process.csv", runs)
    print(text)


if __name__ == "__main__":
    main()
