"""Cost of a whole call against replications, launches and stages: ``python -m tests.benchmarks.scaling``.

A point that is predicted to take longer than the budget is left out, and so are those after it; nothing
is drawn that was not measured. Programs take turns at each point.
"""

from __future__ import annotations

import argparse
import csv
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Protocol

from tests.benchmarks.chain import N_LAUNCHES, N_STAGES
from tests.benchmarks.compare import OUT, checked
from tests.benchmarks.machine import machine_line
from tests.benchmarks.programs import PROGRAMS, Program
from tests.benchmarks.team import Team

N_REPLICATIONS = 1000  # where launches or stages vary
MOST_CALLS = 3
ENOUGH_S = 1.0  # time at a point after which it is not called again


@dataclass(frozen=True)
class Axis:
    """What varies, and its values from small to large."""

    name: str
    values: tuple[int, ...]

    def size(self, value: int) -> tuple[int, int, int, int]:
        """Replications, seed, launches, stages of a call."""
        sizes = {"replications": N_REPLICATIONS, "launches": N_LAUNCHES, "stages": N_STAGES, self.name: value}
        return sizes["replications"], 1, sizes["launches"], sizes["stages"]


AXES = (
    Axis("replications", tuple(10**power for power in range(2, 8))),
    Axis("launches", (1, 3, 10, 30, 100, 300, 1000)),
    Axis("stages", (2, 6, 20, 60, 200)),
)


@dataclass(frozen=True)
class Point:
    """The cost of one call, a median."""

    axis: str
    program: str
    value: int
    seconds: float
    n_calls: int


class Clock(Protocol):
    """What times a call: a team."""

    def seconds(self, program: Program, *size: int) -> float: ...


def predicted(points: list[Point], value: int) -> float:
    """Seconds that a larger call may take: in proportion to its size, or steeper if the last points were."""
    if not points:
        return 0.0
    last = points[-1]
    slope = 1.0
    if len(points) > 1:
        before = points[-2]
        slope = max(slope, math.log(last.seconds / before.seconds) / math.log(last.value / before.value))
    return float(last.seconds * (value / last.value) ** slope)


def measured(clock: Clock, programs: Iterable[Program], axis: Axis, budget_s: float) -> list[Point]:
    """All points of an axis, of each program as far as the budget goes."""
    points: dict[Program, list[Point]] = {program: [] for program in programs}
    running = list(points)
    for value in axis.values:
        running = [program for program in running if predicted(points[program], value) <= budget_s]
        for program, times in _in_turns(clock, running, axis.size(value)).items():
            points[program].append(Point(axis.name, program.name, value, median(times), len(times)))
    return [point for line in points.values() for point in line]


def _in_turns(clock: Clock, programs: list[Program], size: tuple[int, ...]) -> dict[Program, list[float]]:
    """Times of each program at one point."""
    times: dict[Program, list[float]] = {program: [] for program in programs}
    for _ in range(MOST_CALLS):
        for program in programs:
            if sum(times[program]) < ENOUGH_S:
                times[program].append(clock.seconds(program, *size))
    return times


def write_points(path: Path, points: list[Point]) -> None:
    """Every point of the figure."""
    with path.open("w", newline="", encoding="utf-8") as file:
        sheet = csv.writer(file, lineterminator="\n")
        sheet.writerow(("axis", "program", "value", "seconds", "calls"))
        for point in points:
            sheet.writerow((point.axis, point.program, point.value, f"{point.seconds:.6f}", point.n_calls))


def main() -> None:
    """Check, time, draw, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--budget", type=float, default=20.0, help="most seconds that a point may be predicted to take")
    parser.add_argument("--agree", type=int, default=500, help="replications that must agree first")
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    with Team(program for program in PROGRAMS if not program.obstacle) as team:
        found, refused = checked(team, team.programs, given.agree)
        points = [point for axis in AXES for point in measured(team, found, axis, given.budget)]
    note = (
        f"Seconds of a whole call in a running process, on one core unless named; {N_REPLICATIONS:,} replications of "
        f"{N_LAUNCHES} launches through {N_STAGES} stages but for what varies. A line ends where the next point was "
        f"predicted to take over {given.budget:g} s. {machine_line([program.library for program in found])}"
    )
    from sim.plots.render import house_style, rendered
    from tests.benchmarks.figure import draw  # here: the processes of a team load this file and are to stay bare

    given.out.mkdir(parents=True, exist_ok=True)
    write_points(given.out / "scaling.csv", points)
    with house_style():
        (given.out / "scaling.png").write_bytes(rendered(draw(points, note), "png"))
    print(f"{given.out / 'scaling.png'}: {len(points)} points", *(f"{name} {why}" for name, why in refused.items()))


if __name__ == "__main__":
    main()
