"""The search for the ends of a band, on answers that are written down as functions of the places of three values."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from sim.analysis.box import Ask, Goal, Point, extents, neighbours, search
from sim.analysis.measures import Measure
from sim.analysis.outcomes import Outcomes, Quantity
from sim.model.ranges import Exactly, Range, Setting

RANGES = (
    Range("p", 1, 5, 100, is_whole=True),
    Range("q", 0.0, 0.1, 0.5, is_whole=False),
    Range("r", 1, 2, 3, is_whole=True),
)
SHARE = Quantity(Measure.IN_TIME, "x")
LOW, HIGH = Goal(SHARE, -1), Goal(SHARE, 1)
STEADY = np.zeros(4)


def asks(
    answer: Callable[[int, int, int], float], sections: Callable[[int, int, int], np.ndarray] = lambda *_: STEADY
) -> Ask:
    """Of each setting the answer, and in four sections that and something more."""

    def place(one: Range, setting: Setting) -> int:
        if one.path not in setting:
            return 0
        value = setting[one.path]
        assert isinstance(value, Exactly)
        return -1 if value.value == one.low else 1

    def ask(settings: tuple[Setting, ...]) -> Outcomes:
        points = [tuple(place(one, setting) for one in RANGES) for setting in settings]
        columns = [np.r_[answer(*point), answer(*point) + sections(*point)] for point in points]
        return Outcomes({SHARE: np.stack(columns, axis=1)})

    return ask


def test_small_gains_in_a_share_are_gains_and_what_changes_nothing_stays_typical() -> None:
    ask = asks(lambda p, q, r: 0.5 + 0.01 * p - 0.02 * q)
    assert search(RANGES, [LOW, HIGH], ask) == {LOW: (-1, 1, 0), HIGH: (1, -1, 0)}


def test_a_value_that_only_matters_once_another_has_moved_is_found() -> None:
    ask = asks(lambda p, q, r: 0.1 * (p == 1) + 0.1 * (p == 1 and q == 1) + 0.1 * (p == q == r == 1))
    assert search(RANGES, [HIGH], ask) == {HIGH: (1, 1, 1)}


def test_where_two_values_gain_alone_and_lose_together_the_better_of_them_moves() -> None:
    ask = asks(lambda p, q, r: (0.1 if q != 1 else -0.3) * (p == 1) + 0.2 * (q == 1))
    assert search(RANGES, [HIGH], ask) == {HIGH: (0, 1, 0)}


@pytest.mark.parametrize(("swing", "expected"), [(0.0, (1, 1, 0)), (1.0, (1, 0, 0))])
def test_beyond_the_best_that_stands_alone_a_gain_within_noise_is_none(swing: float, expected: Point) -> None:
    """A further gain of 0.1 that is 1.1, −0.9, 1.1 and −0.9 in the four sections has a half-width of 1.8."""
    noise = swing * np.array([1.0, -1, 1, -1])
    ask = asks(lambda p, q, r: (p == 1) + 0.1 * (p == q == 1), lambda p, q, r: noise * (q == 1))
    assert search(RANGES, [HIGH], ask) == {HIGH: expected}


def test_values_that_gain_beyond_noise_together_alone_move_together() -> None:
    """As above, but what q adds to a section r takes away from it."""
    noise = np.array([1.0, -1, 1, -1])
    ask = asks(
        lambda p, q, r: (p == 1) + 0.1 * (p == q == 1) + 0.1 * (p == r == 1),
        lambda p, q, r: noise * (q == 1) - noise * (r == 1),
    )
    assert search(RANGES, [HIGH], ask) == {HIGH: (1, 1, 1)}


def test_a_gain_beyond_noise_is_one_whatever_a_single_section_says() -> None:
    """In the sections −0.001 and three times 0.1: a half-width of 3.18 √(0.101² / 12) = 0.093."""
    noise = np.array([-0.101, 0, 0, 0])
    ask = asks(lambda p, q, r: (p == 1) + 0.1 * (p == q == 1), lambda p, q, r: noise * (q == 1))
    assert search(RANGES, [HIGH], ask) == {HIGH: (1, 1, 0)}


def test_what_has_no_value_has_no_ends() -> None:
    ask = asks(lambda p, q, r: math.nan)
    assert extents(RANGES, [SHARE], ask, ask) == {}


def test_from_a_plateau_the_search_begins_where_it_is_told_to() -> None:
    ask = asks(lambda p, q, r: float(p == q == 1))
    assert search(RANGES, [HIGH], ask) == {HIGH: (0, 0, 0)}
    assert search(RANGES, [HIGH], ask, [(1, 1, -1)]) == {HIGH: (1, 1, 0)}


def test_a_value_moves_to_the_better_of_its_ends() -> None:
    ask = asks(lambda p, q, r: {-1: 0.1, 0: 0.0, 1: 0.2}[p] - {-1: 0.1, 0: 0.3, 1: 0.2}[q])
    assert search(RANGES, [LOW, HIGH], ask) == {LOW: (0, 0, 0), HIGH: (1, -1, 0)}


def test_ends_are_told_with_their_values_and_stand_in_order() -> None:
    ask = asks(lambda p, q, r: 0.5 + 0.01 * p - 0.02 * q)
    found = extents(RANGES, [SHARE], ask, ask)[SHARE]
    assert (found.low.at.estimate, found.high.at.estimate) == pytest.approx((0.47, 0.53))
    assert (found.low.setting, found.high.setting) == ({"p": 1, "q": 0.5}, {"p": 100, "q": 0.0})
    assert isinstance(found.high.setting["p"], int)


def test_a_start_is_a_setting_of_ends() -> None:
    ask = asks(lambda p, q, r: float(p == 1 and q == -1))
    assert extents(RANGES, [SHARE], ask, ask)[SHARE].high.setting == {}
    assert extents(RANGES, [SHARE], ask, ask, [{"p": 100, "q": 0.0}])[SHARE].high.setting == {"p": 100, "q": 0.0}


def test_neighbours_differ_in_one_value() -> None:
    assert neighbours((0, 1)) == [(-1, 1), (1, 1), (0, -1)]
