"""The table of what Sobol points are worth."""

from __future__ import annotations

from sim.analysis.intervals import Interval
from tests.variance import ratio, table


def test_worth_goes_with_the_square_of_the_width() -> None:
    assert ratio(Interval(0, -1, 1), Interval(0, -3, 3)) == "9.0"
    assert ratio(Interval(0, 0, 0), Interval(0, -3, 3)) == "–"


def test_the_table_has_a_row_a_scenario_and_points_are_worth_more_than_one() -> None:
    (row,) = [line for line in table(["first-look"], 2_048).splitlines() if line.startswith("| first-look")]
    assert float(row.split(" | ")[1]) > 1
