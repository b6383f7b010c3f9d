"""What is varied, as it is written and as it is read; cells and what is said of them."""

from __future__ import annotations

import numpy as np
import pytest

from sim.errors import SimError
from sim.studies.sweep.axes import parse_axis
from sim.studies.sweep.find import zeros
from sim.studies.sweep.grid import cases_of, grid_of

EVALUATES = "stages.us_evaluates.delay.lognormal.median"


def test_numbers_are_spaced_evenly_or_in_the_logarithm_and_end_as_written() -> None:
    axis = parse_axis(f"{EVALUATES}=1 min:4 min:4")
    assert axis.texts == ("1 min", "2 min", "3 min", "4 min")
    assert parse_axis(f"{EVALUATES}=1 min:9 min:3:log").numbers == (60e6, 180e6, 540e6)
    assert parse_axis("stages.a.loss.probability=0 %:10 %:3").texts == ("0 %", "5 %", "10 %")


def test_values_that_are_equal_once_rounded_are_one() -> None:
    axis = parse_axis("stages.a.delay=1 us:4 us:10")
    assert (axis.numbers, axis.n_asked) == ((1, 2, 3, 4), 10)


def test_a_value_between_has_a_text_that_gives_it_exactly() -> None:
    axis = parse_axis(f"{EVALUATES}=30 s:1 h:7:log")
    assert parse_axis(f"{EVALUATES}={axis.texts[3]}|5 min").numbers[0] == axis.numbers[3]


def test_choices_may_hold_brackets_and_bars() -> None:
    axis = parse_axis("flows.us_side=us_evaluates|[us_evaluates, originator_consents]|{first: [a, b]}")
    assert axis.texts == ("us_evaluates", "[us_evaluates, originator_consents]", "{first: [a, b]}")
    assert (axis.kind, axis.numbers) == (None, ())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (EVALUATES, "write PATH=from:to:n"),
        (f"{EVALUATES}=1 min", "write PATH=from:to:n"),
        (f"{EVALUATES}=1 h:30 s:9", "must rise, but 1 h is not below 30 s"),
        (f"{EVALUATES}=30 s:1 h:1", "needs 2 to 100,000 values"),
        (f"{EVALUATES}=30 s:5 %:9", "two numbers of one kind"),
        (f"{EVALUATES}=0 s:1 h:9:log", "above zero — leave out :log"),
        (f"{EVALUATES}=1 min|1 min", "gives a value twice"),
        ("stages..delay=1 s:2 s:3", "is not a path"),
    ],
)
def test_bad_axes_are_told_with_the_mend(given: str, words: str) -> None:
    with pytest.raises(SimError, match="--vary") as caught:
        parse_axis(given)
    assert words in str(caught.value)


def test_cells_are_all_combinations_of_one_axis_or_two() -> None:
    axes = [parse_axis(f"stages.{name}.delay=1 s:3 s:3") for name in "abc"]
    assert grid_of(axes[:2]).cells[:4] == ((0, 0), (0, 1), (0, 2), (1, 0))
    for wrong, words in ((axes, "for more, --cases"), ([], "got 0"), ([axes[0], axes[0]], "varied twice")):
        with pytest.raises(SimError, match=words):
            grid_of(wrong)
    with pytest.raises(SimError, match="1,000 × 1,000 are 1,000,000 cells, more than 100,000"):
        grid_of([parse_axis(f"stages.{name}.delay=1 s:1 h:1000") for name in "ab"])


def test_cases_have_a_path_a_column_and_a_name() -> None:
    grid = cases_of("case,stages.a.delay,stages.b.delay\nquick,1 s,2 s\nslow,9 s,2 s\n", "c.csv")
    assert grid.names == ("quick", "slow")
    assert [grid.texts(cell) for cell in grid.cells] == [
        {"stages.a.delay": "1 s", "stages.b.delay": "2 s"},
        {"stages.a.delay": "9 s", "stages.b.delay": "2 s"},
    ]
    for text, words in (
        ("a\n", "a row for every case"),
        ("a,b\n1\n", r"c.csv:2: needs 2 values, one under each path, got 1"),
        ("a,b\n1,\n", r"c.csv:2: has nothing under .b. — write it, or take the row out"),
        ("a,b\r\n\r\n1,2\r\n\r\n1\r\n", r"c.csv:5: needs 2 values"),  # lines as an editor counts them
        ("a..b\n1\n", "c.csv:1"),
    ):
        with pytest.raises(SimError, match=words):
            cases_of(text, "c.csv")


@pytest.mark.parametrize(
    "text",
    [
        "case;stages.a.delay;stages.b.delay\nquick;1,5 s;2 s\nslow;1,125 min;2 s\n",
        "\ncase\tstages.a.delay\tstages.b.delay\r\nquick\t1.5 s\t2 s\r\nslow\t1.125 min\t2 s\r\n",
        "case;stages.a.delay;stages.b.delay;;\nquick;1,5 s;2 s;;\nslow;1,125 min;2 s;;\n;;;;\n",
        'case,stages.a.delay,stages.b.delay\nquick,"1,5 s",2 s\nslow,1.125 min,2 s\n',
    ],
)
def test_cases_are_read_however_a_spreadsheet_saves_them(text: str) -> None:
    grid = cases_of(text, "c.csv")
    assert grid.names == ("quick", "slow")
    assert [grid.texts(cell)["stages.a.delay"] for cell in grid.cells] == ["1.5 s", "1.125 min"]


def test_a_comma_that_may_part_thousands_and_one_of_a_list_are_left() -> None:
    """The loader asks about the first, and reads the second."""
    grid = cases_of('stages.a.delay,compare\n"1,500 s","[1,2]"\n', "c.csv")
    assert grid.texts(grid.cells[0]) == {"stages.a.delay": "1,500 s", "compare": "[1,2]"}


def test_two_cases_of_one_name_are_refused() -> None:
    with pytest.raises(SimError, match=r'c\.csv:4: "fast" is the case of line 2 too — write one that no other has'):
        cases_of("name,stages.a.delay\nfast,1 s\n\nfast,6 s\n", "c.csv")


def test_a_curve_meets_zero_between_its_cells() -> None:
    axis = parse_axis("stages.a.delay=1 s:5 s:5")
    assert zeros(axis, np.array([-2.0, -1, 1, 2, -2])) == pytest.approx((2.5e6, 4.5e6))
