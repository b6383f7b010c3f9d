"""Numbers as they are printed."""

from __future__ import annotations

import math

import pytest

from sim.say.numbers import interval_cell


@pytest.mark.parametrize(
    ("us", "half_width", "cell"),
    [
        (-5.5, 0.11, "-5.5 (-5.6 to -5.4)"),
        (0.1, 0.04, "0.10 (0.06 to 0.14)"),
        (0.862, 0.004, "0.862 (0.858 to 0.866)"),
        (-123.4, 5, "-123 (-128 to -118)"),
        (3, 0, "3.0 (3.0 to 3.0)"),
        (3, math.nan, "3.0"),
    ],
)
def test_the_ends_of_noise_are_told_apart(us: float, half_width: float, cell: str) -> None:
    assert interval_cell(us * 60e6, (us - half_width) * 60e6, (us + half_width) * 60e6) == cell
