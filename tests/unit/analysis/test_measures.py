"""Measures: which are shares, in which units they are told, and which sign favours whom."""

from __future__ import annotations

import pytest

from sim.analysis.measures import Measure

SHARES = {Measure.IN_TIME, Measure.ARRIVES, Measure.FALSE_ALERT}


@pytest.mark.parametrize("measure", Measure)
def test_a_share_is_told_in_percentage_points_and_a_time_in_minutes(measure: Measure) -> None:
    is_share = measure in SHARES
    assert measure.is_share == is_share
    assert (measure.sheet_unit, measure.axis_unit) == (
        ("share", "percentage points") if is_share else ("min", "minutes")
    )
    assert measure.in_sheet(90e6) == (90e6 if is_share else 1.5)
    assert 0.3 * measure.to_axis == pytest.approx(30 if is_share else 0.3 / 60e6)
    assert "-" not in measure.column


@pytest.mark.parametrize("measure", Measure)
def test_more_often_and_sooner_favour_the_first_and_no_difference_nobody(measure: Measure) -> None:
    better = 1 if measure in SHARES else -1
    assert measure.better == better
    assert [measure.favours_first(better * difference) for difference in (-2.0, 0.0, 2.0)] == [False, False, True]
