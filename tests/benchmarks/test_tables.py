"""What the benchmark writes and draws: only what was measured, and a word for what was not."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests.benchmarks.compare import Lap, ratios, table, write_laps
from tests.benchmarks.figure import colour_of, draw, finding, label_heights
from tests.benchmarks.machine import processor_class
from tests.benchmarks.process import BARE_COMMAND, FIRST, LATER, Command, Goal, Run, compiling
from tests.benchmarks.process import table as process_table
from tests.benchmarks.programs import OURS, PROGRAMS, SIMPY, Agreement, Program
from tests.benchmarks.scaling import Axis, Point, measured, predicted

OUR = OURS[0]


class Linear:
    """A clock by which SimPy takes a second a replication and everybody else a tenth."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, int]] = []

    def seconds(self, program: Program, *size: int) -> float:
        self.calls.append((program.name, size[0]))
        return size[0] * (1.0 if program == SIMPY else 0.1)


def points() -> list[Point]:
    return [
        Point("replications", name, n, n / rate, 3)
        for name, rate in ((OUR.name, 400.0), (SIMPY.name, 100.0), ("Cimba", 2000.0))
        for n in (100, 1000)
    ]


def test_a_ratio_is_of_two_calls_of_one_round() -> None:
    laps = [Lap("SimPy", 1, 100, 1.0), Lap("x", 1, 100, 0.5), Lap("SimPy", 2, 100, 2.0), Lap("x", 2, 100, 0.5)]
    assert ratios(laps, "x") == [2.0, 4.0]


def test_every_call_is_in_the_sheet(tmp_path: Path) -> None:
    write_laps(tmp_path / "rates.csv", [Lap("SimPy", 1, 100, 1.0), Lap("x", 1, 50, 0.25)])
    assert (tmp_path / "rates.csv").read_text().splitlines()[1:] == [
        "SimPy,1,100,1.000000,1.0000",
        "x,1,50,0.250000,2.0000",
    ]


def test_a_program_that_was_not_timed_is_named_with_the_reason() -> None:
    assert "| Ciw | not installed |" in table([], {"Ciw": "not installed"}, "")


def test_a_mean_more_than_four_standard_errors_off_is_refused() -> None:
    assert Agreement(100, 318.1, 1.0).is_close  # 3.9 away from 314.2
    assert not Agreement(100, 318.3, 1.0).is_close  # 4.1


def test_a_point_predicted_to_cost_too_much_is_neither_run_nor_given() -> None:
    clock = Linear()
    found = measured(clock, [SIMPY, OUR], Axis("replications", (1, 10, 100)), 20.0)
    assert {(each.program, each.value) for each in found} == {
        *((SIMPY.name, value) for value in (1, 10)),
        *((OUR.name, value) for value in (1, 10, 100)),
    }
    assert (SIMPY.name, 100) not in clock.calls


def test_programs_take_turns_at_a_point() -> None:
    clock = Linear()
    measured(clock, [SIMPY, OUR], Axis("replications", (1,)), 20.0)
    assert [name for name, _ in clock.calls] == [SIMPY.name, OUR.name, OUR.name, OUR.name]  # one second is enough


def test_the_prediction_is_in_proportion_or_as_steep_as_the_last_two_points() -> None:
    flat = [Point("launches", "x", 1, 1.0, 1), Point("launches", "x", 10, 1.0, 1)]
    square = [Point("launches", "x", 1, 1.0, 1), Point("launches", "x", 10, 100.0, 1)]
    assert predicted([], 5) == 0
    assert predicted(flat, 100) == pytest.approx(10)
    assert predicted(square, 100) == pytest.approx(10_000)


def test_the_figure_draws_the_points_that_were_measured_and_no_others() -> None:
    (axes,) = draw(points(), "").axes
    drawn = {line.get_label(): list(zip(line.get_xdata(), line.get_ydata(), strict=True)) for line in axes.lines}
    assert drawn == {
        name: [(each.value, each.seconds) for each in points() if each.program == name]
        for name in (OUR.name, SIMPY.name, "Cimba")
    }


def test_the_title_states_the_ratios_to_simpy() -> None:
    lines = {name: [each for each in points() if each.program == name] for name in (OUR.name, SIMPY.name, "Cimba")}
    assert finding(lines) == (
        "1,000 replications on one core, against SimPy: columns 4.0 times, Cimba 20 times as fast"
    )


def test_no_two_programs_have_one_colour_and_no_two_labels_one_place() -> None:
    assert len({colour_of(program.name) for program in PROGRAMS}) == len(PROGRAMS)
    heights = label_heights({"a": 1.0, "b": 1.1, "c": 1000.0})
    assert heights["b"] - heights["a"] > 0.2
    assert heights["c"] - heights["b"] > 2
    assert sum(heights.values()) == pytest.approx(math.log10(1.0 * 1.1 * 1000))


@pytest.mark.parametrize(
    ("flags", "architecture", "words"),
    [
        ({"sse", "avx", "avx2", "avx512f"}, "x86_64", "x86-64 with AVX-512"),
        ({"sse", "avx", "avx2"}, "AMD64", "x86-64 with AVX2"),
        ({"fp", "asimd"}, "aarch64", "aarch64 with NEON"),
        (set(), "arm64", "arm64"),
    ],
)
def test_a_processor_is_named_by_its_class(flags: set[str], architecture: str, words: str) -> None:
    assert processor_class(flags, architecture) == words


def test_what_compiling_takes_is_what_the_first_use_has_more_than_a_later_one_of_its_round() -> None:
    runs = [Run(FIRST, 9.0, 12.0, 10), Run(LATER, 1.0, 2.0, 10), Run(FIRST, 9.0, 13.0, 10), Run(LATER, 1.0, 9.0, 10)]
    assert compiling(runs) == "The first use of compiled loops takes longer than a later one by 7.0 s, goal 8 reached."


def test_a_process_is_compared_with_the_bare_one_of_its_round() -> None:
    ours = Command("sim", (), Goal(answer=1.0, all=1.5, peak=20))
    runs = [
        Run(BARE_COMMAND, 1.0, 1.0, 10),
        Run(ours, 1.0, 3.0, 20_000_000),
        Run(BARE_COMMAND, 2.0, 2.0, 10),
        Run(ours, 2.0, 2.0, 10),
    ]
    row = next(line for line in process_table(runs, "").splitlines() if "`sim`" in line)
    assert row.split(" | ")[1:] == [
        "2",
        "1.50 (1.00 to 2.00)",
        "1.00, goal 1 reached",
        "2.50 (2.00 to 3.00)",
        "2.00, goal 1.5 not reached",  # ratios 3 and 1
        "20, goal 20 reached |",
    ]
