"""Ranges: the value at a position, what stands in the middle, and settings that are alike, by hand."""

from __future__ import annotations

import math

import pytest

from sim.model.ranges import Exactly, Range, distinct, extremes, middle, settle

LOG, EVEN = Range("a", 1.0, 4.0, 100.0, is_whole=False), Range("b", 0.0, 1.0, 5.0, is_whole=False)
WHOLE = Range("c", 1, 3, 4, is_whole=True)


@pytest.mark.parametrize(
    ("number", "position", "value"),
    [
        (LOG, None, 4.0),
        (LOG, 0.0, 1.0),
        (LOG, 0.5, 10.0),  # evenly in the logarithm
        (LOG, 1.0, 100.0),
        (LOG, Exactly(7.0), 7.0),
        (EVEN, 0.0, 0.0),
        (EVEN, 0.5, 2.5),  # from 0 there is no logarithm
        (EVEN, 1.0, 5.0),
        (Range("d", 2.0, 3.0, 10.0, is_whole=False), 0.5, math.sqrt(20)),
        (Range("e", -4.0, 0.0, 6.0, is_whole=False), 0.25, -1.5),
        (WHOLE, 0.4, 2),  # 4 to the 0.4 is 1.74
        (WHOLE, 0.25, 1),  # and to the 0.25 1.41
    ],
)
def test_the_value_at_a_position(number: Range, position: float | Exactly | None, value: float) -> None:
    assert number.at(position) == pytest.approx(value, rel=1e-14)
    assert isinstance(number.at(position), int) == number.is_whole


def test_no_rounding_leaves_the_range() -> None:
    for k in range(1, 400):
        one = Range("r", k / 7, k / 7, k / 3, is_whole=False)
        assert one.low <= one.at(0.0) <= one.at(1.0) <= one.high
        assert one.low <= middle(one.low, one.low * (1 + 2**-52), is_whole=False) <= one.low * (1 + 2**-52)


def test_the_middle_is_the_geometric_mean_and_from_zero_the_mean() -> None:
    assert middle(1.0, 100.0, is_whole=False) == pytest.approx(10.0, rel=1e-15)
    assert middle(0.0, 5.0, is_whole=False) == 2.5
    assert middle(-2.0, 5.0, is_whole=False) == 1.5
    assert (middle(2, 10, is_whole=True), type(middle(2, 10, is_whole=True))) == (4, int)


def test_settings_that_agree_in_the_numbers_asked_for_are_alike() -> None:
    settings = [{}, {"b": 0.5}, {"a": 0.5}, {"a": 0.5, "b": 0.1}, {"a": Exactly(0.5)}, {}]
    assert distinct(settings, [LOG, 3.0]) == ([settings[0], settings[2], settings[4]], [0, 0, 1, 1, 2, 0])
    assert distinct(settings, [3.0]) == ([{}], [0] * 6)


def test_a_number_in_a_setting_and_at_its_ends() -> None:
    assert (settle(3.0, {"a": 0.0}), settle(LOG, {}), settle(LOG, {"a": 0.0, "b": 1.0})) == (3.0, 4.0, 1.0)
    assert (extremes(3.0), extremes(LOG)) == ((3.0,), (1.0, 4.0, 100.0))
