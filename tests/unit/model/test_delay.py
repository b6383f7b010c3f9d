"""Delays: where they are cut, which numbers they have, and where a cut leaves next to nothing."""

from __future__ import annotations

import math

import pytest
from scipy import stats

from sim.model.delay import Delay, Given, constant
from sim.model.distributions import Constant, Empirical, Exponential, Normal, Truncated, Uniform
from sim.model.ranges import Exactly, Range

LONG = Range("long", 2.0, 3.0, 4.0, is_whole=False)
NORMAL = Given("normal", (("mean", 100.0), ("sd", 1.0)))
RANDOM = Given("exponential", (("mean", LONG),))


def test_what_may_be_below_zero_is_cut_there_and_else_what_is_told() -> None:
    assert constant(5.0).typical == Constant(5.0)
    assert Delay(RANDOM).at({"long": Exactly(2.0)}) == Exponential(2.0)
    assert Delay(NORMAL).typical == Truncated(Normal(100.0, 1.0), 0.0, math.inf)
    assert Delay(NORMAL, minimum=99.0).typical == Truncated(Normal(100.0, 1.0), 99.0, math.inf)
    assert Delay(RANDOM, maximum=LONG).typical == Truncated(Exponential(3.0), 0.0, 3.0)
    assert Delay(RANDOM, minimum=1.0, maximum=9.0).typical == Truncated(Exponential(3.0), 1.0, 9.0)
    assert Delay(RANDOM, minimum=1.0).typical == Truncated(Exponential(3.0), 1.0, math.inf)
    below = Given("uniform", (("low", -0.5), ("high", 5.0)))
    assert Delay(below).typical == Truncated(Uniform(-0.5, 5.0), 0.0, math.inf)
    seen = Empirical((1.0, 2.0), is_linear=False)
    assert Delay(seen).typical == seen
    assert Delay(seen, maximum=1.5).typical == Truncated(seen, 0.0, 1.5)


def test_every_number_is_told() -> None:
    assert [*Delay(NORMAL, 1.0, LONG).numbers()] == [100.0, 1.0, 1.0, LONG]
    assert [*Delay(NORMAL, maximum=LONG).numbers()] == [100.0, 1.0, LONG]
    assert [*Delay(Empirical((1.0,), is_linear=False), 0.5).numbers()] == [0.5]


@pytest.mark.parametrize(
    ("delay", "expected"),
    [
        (Delay(Given("normal", (("mean", 2.0), ("sd", 1.0)))), stats.norm.cdf(-2)),
        (Delay(Given("normal", (("mean", 2.0), ("sd", 4.0))), maximum=9.0), stats.norm.cdf(-0.5)),
        (Delay(Given("normal", (("mean", 2.0), ("sd", 1.0))), minimum=1.0), 0),
        (Delay(RANDOM, maximum=5.0), 0),
        (Delay(RANDOM), 0),
    ],
)
def test_the_share_that_a_cut_at_zero_leaves_out_unsaid(delay: Delay, expected: float) -> None:
    assert delay.share_below_zero == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("minimum", "maximum"), [(None, 94.1), (105.9, None), (None, None), (94.1, 105.9)])
def test_a_normal_may_be_cut_within_six_standard_deviations(minimum: float | None, maximum: float | None) -> None:
    Delay(NORMAL, minimum, maximum).check()


@pytest.mark.parametrize(("minimum", "maximum"), [(None, 93.9), (106.1, None), (None, 94.0), (106.0, None)])
def test_farther_out_next_to_nothing_is_left(minimum: float | None, maximum: float | None) -> None:
    with pytest.raises(ValueError, match="next to nothing lies between"):
        Delay(NORMAL, minimum, maximum).check()


def test_six_standard_deviations_are_of_the_normal_whatever_its_sd() -> None:
    """Of mean 100 and sd 5 they end at 70 and 130."""
    wide = Given("normal", (("mean", 100.0), ("sd", 5.0)))
    Delay(wide, maximum=70.1).check()
    Delay(wide, minimum=129.9).check()
    for minimum, maximum in ((None, 69.9), (130.1, None)):
        with pytest.raises(ValueError, match="next to nothing"):
            Delay(wide, minimum, maximum).check()


@pytest.mark.parametrize(("minimum", "maximum"), [(2.0, 9.0), (None, 1.0), (2.5, None)])
def test_nothing_lies_where_the_distribution_is_not(minimum: float | None, maximum: float | None) -> None:
    """Values from 1 to 2: to begin where they end, or to end where they begin, leaves none."""
    with pytest.raises(ValueError, match="nothing lies between min and max"):
        Delay(Empirical((1.0, 2.0), is_linear=True), minimum, maximum).check()


def test_every_corner_of_the_ranges_must_make_a_distribution() -> None:
    ends = Given("uniform", (("low", 1.0), ("high", LONG)))
    Delay(ends, minimum=1.9).check()
    with pytest.raises(ValueError, match="nothing lies"):
        Delay(ends, minimum=2.5).check()
    with pytest.raises(ValueError, match="low must not be above"):
        Delay(Given("uniform", (("low", 3.5), ("high", LONG)))).check()
    with pytest.raises(ValueError, match="min must be below max"):
        Delay(RANDOM, minimum=LONG, maximum=3.5).check()
