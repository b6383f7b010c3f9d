"""What is up and down in turn: means, shares and cycles, by hand."""

from __future__ import annotations

import math

import pytest

from sim.model.delay import Delay, Given, constant
from sim.model.distributions import Constant, Exponential, Uniform
from sim.model.evidence import ASSUMED
from sim.model.outages import Alternating
from sim.model.ranges import Exactly, Range

MINUTE = 60_000_000
SHARE, LASTS = Range("share", 0.5, 0.75, 0.9, is_whole=False), Range("lasts", MINUTE, 3 * MINUTE, 9 * MINUTE, True)
DOWN = Delay(Given("uniform", (("low", 0.0), ("high", LASTS))))  # half of it on average
TWO = Alternating(DOWN, ASSUMED, up=constant(6 * MINUTE))
ONE = Alternating(DOWN, ASSUMED, availability=SHARE)


def test_the_share_of_time_up_is_that_of_the_means() -> None:
    assert TWO.share_up() == 6 / 7.5
    assert TWO.share_up({"lasts": Exactly(4 * MINUTE)}) == 6 / 8
    assert ONE.share_up() == 0.75
    assert ONE.share_up({"share": Exactly(0.9)}) == 0.9


def test_times_of_being_up_are_told_or_exponential_with_mean_d_a_over_1_minus_a() -> None:
    assert TWO.times_at({}) == (Constant(6 * MINUTE), Uniform(0.0, 3 * MINUTE))
    assert ONE.times_at({}) == (Exponential(1.5 * MINUTE * 0.75 / 0.25), Uniform(0.0, 3 * MINUTE))
    assert ONE.times_at({"share": Exactly(0.5)}) == (Exponential(1.5 * MINUTE), Uniform(0.0, 3 * MINUTE))


def test_what_is_always_up_has_no_times_and_what_never_is_is_up_for_none() -> None:
    assert ONE.times_at({"share": Exactly(1.0)}) is None
    assert ONE.times_at({"share": Exactly(0.0)}) == (Constant(0.0), Uniform(0.0, 3 * MINUTE))


@pytest.mark.parametrize(("share", "cycle"), [(0.75, 1.5 * 4), (0.5, 1.5 * 2), (0.0, 1.5), (1.0, math.inf)])
def test_a_cycle_is_an_outage_and_the_time_to_the_next(share: float, cycle: float) -> None:
    assert ONE.cycle_us({"share": Exactly(share)}) == pytest.approx(cycle * MINUTE)
    assert TWO.cycle_us({}) == 7.5 * MINUTE


def test_an_outage_lasts_its_mean() -> None:
    assert TWO.mean_down_us() == 1.5 * MINUTE
    assert TWO.mean_down_us({"lasts": Exactly(9 * MINUTE)}) == 4.5 * MINUTE
    assert math.isnan(Alternating(Delay(DOWN.shape, minimum=1.0), ASSUMED, availability=0.5).mean_down_us())


def test_every_number_is_told_and_another_share_takes_the_place_of_times_up() -> None:
    assert [*TWO.numbers()] == [0.0, LASTS, 6 * MINUTE]
    assert [*ONE.numbers()] == [0.0, LASTS, SHARE]
    assert TWO.available(0.9) == Alternating(DOWN, ASSUMED, availability=0.9)
    assert TWO.available(0.9).share_up() == 0.9
