"""Replications a second of every program on the alert chain: ``python -m tests.benchmarks.compare``.

First every program must agree on the mean latency; what does not is not timed. Then rounds in turns,
A B C A B C …: a ratio is of two calls of one round, so that a slow moment of the machine falls on both.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.chain import MEAN_LATENCY_S
from tests.benchmarks.machine import machine_line
from tests.benchmarks.programs import MOST_STANDARD_ERRORS, PROGRAMS, SIMPY, Agreement, Program
from tests.benchmarks.team import Team

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "results" / "reference" / "benchmarks"
FIRST = "from tests.benchmarks.programs import named; named({!r}).means(1, 1)"
Reasons = dict[str, str]  # by program: why it was not timed
HEAD = (
    "program",
    "replications a second",
    "times SimPy: median",
    "min",
    "max",
    "replications a round",
    "first one in a new process, s",
    "mean latency, s",
)


@dataclass(frozen=True)
class Lap:
    """One timed call."""

    program: str
    round: int
    n_replications: int
    seconds: float

    @property
    def rate(self) -> float:
        return self.n_replications / self.seconds


def replications_for(team: Team, program: Program, aim_s: float) -> int:
    """How many replications take about so long."""
    n_replications = 10
    while (taken := team.seconds(program, n_replications, 1)) < aim_s / 4:
        n_replications *= 4
    return max(1, round(n_replications * aim_s / taken))


def race(team: Team, programs: Iterable[Program], n_rounds: int, aim_s: float) -> list[Lap]:
    """Rounds in turns; each round has its own seed."""
    sizes = {program: replications_for(team, program, aim_s) for program in programs}
    return [
        Lap(program.name, number, n, team.seconds(program, n, number))
        for number in range(1, n_rounds + 1)
        for program, n in sizes.items()
    ]


def ratios(laps: list[Lap], program: str) -> list[float]:
    """How many times as fast as SimPy, round by round."""
    simpy = {lap.round: lap.rate for lap in laps if lap.program == SIMPY.name}
    return [lap.rate / simpy[lap.round] for lap in laps if lap.program == program]


def first_seconds(program: Program) -> float:
    """From the start of a new process to the end of one replication: imports and compilation; caches are warm."""
    taken = []
    for _ in range(4):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", FIRST.format(program.name)], check=True, cwd=ROOT)
        taken.append(time.perf_counter() - start)
    return median(taken[1:])


def row(program: Program, laps: list[Lap], found: Agreement, first_s: float) -> tuple[str, ...]:
    """A line of the table."""
    mine = [lap for lap in laps if lap.program == program.name]
    by_round = sorted(ratios(laps, program.name))
    return (
        program.name,
        f"{median(lap.rate for lap in mine):,.0f}",
        *(f"{ratio:.2f}" for ratio in (median(by_round), by_round[0], by_round[-1])),
        f"{mine[0].n_replications:,}",
        f"{first_s:.2f}",
        str(found),
    )


def table(rows: list[tuple[str, ...]], left_out: Reasons, note: str) -> str:
    """The table as Markdown; what was not timed is named with the reason."""
    absent = [(name, reason, *[""] * (len(HEAD) - 2)) for name, reason in left_out.items()]
    lines = [HEAD, ("---", *["---:"] * (len(HEAD) - 1)), *rows, *absent]
    text = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f"# The alert chain: replications a second\n\n{text}\n\n{note}\n"


def note(n_rounds: int, n_agreement: int, libraries: list[str]) -> str:
    """How the table was made."""
    return (
        "Eight launches a replication through six desks and a line that loses 5 %. All that a call does is in the\n"
        "rate, draws included; what only the first call of a process does (imports, compilation) is in the column of\n"
        f"its own. Timed in turns, {n_rounds} rounds, each program in its own process, on one core unless named; a\n"
        "ratio is of one round. Before it was timed, each program gave a mean latency within "
        f"{MOST_STANDARD_ERRORS} standard\nerrors of {MEAN_LATENCY_S} s "
        f"(n = {n_agreement:,}, ± one standard error).\n\n{machine_line(libraries)}"
    )


def write_laps(path: Path, laps: list[Lap]) -> None:
    """Every call that was timed."""
    with path.open("w", newline="", encoding="utf-8") as file:
        sheet = csv.writer(file, lineterminator="\n")
        sheet.writerow(("program", "round", "replications", "seconds", "times_simpy"))
        simpy = {lap.round: lap.rate for lap in laps if lap.program == SIMPY.name}
        for lap in laps:
            ratio = lap.rate / simpy[lap.round]
            sheet.writerow((lap.program, lap.round, lap.n_replications, f"{lap.seconds:.6f}", f"{ratio:.4f}"))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--aim", type=float, default=0.6, help="seconds of one call")
    parser.add_argument("--agree", type=int, default=2000, help="replications that must agree first")
    parser.add_argument("--out", type=Path, default=OUT)
    return parser.parse_args()


def checked(team: Team, programs: Iterable[Program], n_replications: int) -> tuple[dict[Program, Agreement], Reasons]:
    """The programs whose mean latency agrees, and why the others are refused."""
    found = {program: team.agreement(program, n_replications) for program in programs}
    refused = {program.name: f"disagrees: {its} s" for program, its in found.items() if not its.is_close}
    return {program: its for program, its in found.items() if its.is_close}, refused


def main() -> None:
    """Check, time, write."""
    given = arguments()
    left_out = {program.name: program.obstacle for program in PROGRAMS if program.obstacle}
    able = [program for program in PROGRAMS if program.name not in left_out]
    with Team(able) as team:
        found, refused = checked(team, able, given.agree)
        if SIMPY not in found:
            raise SystemExit(f"SimPy {refused[SIMPY.name]}: there is nothing to compare with")
        laps = race(team, found, given.rounds, given.aim)
    rows = [row(program, laps, its, first_seconds(program)) for program, its in found.items()]
    text = table(rows, left_out | refused, note(given.rounds, given.agree, [program.library for program in found]))
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "table.md").write_text(text, encoding="utf-8")
    write_laps(given.out / "rates.csv", laps)
    print(text)


if __name__ == "__main__":
    main()
