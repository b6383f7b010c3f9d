"""The search for the ends of a band, on answers that are written down as functions of the places of three values."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from sim.analysis import box
from sim.analysis.box import (
    Ask,
    End,
    Extent,
    Goal,
    Point,
    extents,
    from_plain,
    neighbours,
    plain,
    search,
    settings_at_ends,
    settings_of,
)
from sim.analysis.intervals import Interval
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


@pytest.mark.parametrize(("swing", "expected"), [(0.0, (1, 1, 0)), (0.4, (1, 0, 0)), (1.0, (1, 0, 0))])
def test_beyond_the_best_that_stands_alone_a_gain_within_noise_is_none(swing: float, expected: Point) -> None:
    """A further gain of 0.1 that is 1.1, −0.9, 1.1 and −0.9 in the four sections has a half-width of 1.8; or of 0.7."""
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


def test_what_moves_all_but_one_section_is_not_idle() -> None:
    """By 0.01 in the whole and in three sections of four: a half-width of 3.18 √(0.0001 / 12) = 0.0092."""
    ask = asks(lambda p, q, r: 0.01 * p, lambda p, q, r: np.array([-0.01 * p, 0, 0, 0]))
    assert search(RANGES, [HIGH], ask) == {HIGH: (1, 0, 0)}


def test_where_the_search_begins_is_told_by_all_replications_not_by_a_section() -> None:
    there = np.array([-3.0, 1, 1, -3])
    ask = asks(lambda p, q, r: float(p == q == 1), lambda p, q, r: there * (p == q == 1))
    assert search(RANGES, [HIGH], ask, [(1, 1, -1)]) == {HIGH: (1, 1, 0)}


def test_after_so_many_rounds_the_search_ends_with_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """It begins at the best that it has met, and goes on by one value a round."""
    ask = asks(lambda p, q, r: 0.1 * (p == 1) + 0.1 * (p == 1 and q == 1) + 0.1 * (p == q == r == 1))
    for n, expected in ((0, (1, 0, 0)), (1, (1, 1, 0)), (2, (1, 1, 1))):
        monkeypatch.setattr(box, "MOST_ROUNDS", n)
        assert search(RANGES, [HIGH], ask) == {HIGH: expected}


def test_nothing_is_asked_twice_and_no_more_than_once_all_is_known() -> None:
    asked: list[Setting] = []
    answer = asks(lambda p, q, r: 0.1 * p - 0.2 * q + 0.1 * (p == q == r))

    def ask(settings: tuple[Setting, ...]) -> Outcomes:
        asked.extend(settings)
        return answer(settings)

    search(RANGES, [LOW, HIGH], ask)
    assert len(asked) == len({tuple(sorted(one.items())) for one in asked}) < 27
    assert asked[: 1 + 6] == list(settings_of(RANGES, [(0, 0, 0), *neighbours((0, 0, 0))]))


def test_extents_are_kept_as_they_are_though_a_noise_cannot_be_told() -> None:
    low, high = End(Interval(0.25, math.nan, math.nan), {"p": 1}), End(Interval(0.5, 0.4, 0.6), {"p": 100, "q": 0.0})
    quantity = Quantity(Measure.WORK, "x", "y", "seoul")
    kept = plain({quantity: Extent(low, high), SHARE: Extent(high, high)})
    kept[0]["low"]["at"] = {"estimate": 0.25, "low": None, "high": None}  # as JSON has it
    found = from_plain(kept)
    assert [*found] == [quantity, SHARE]
    assert found[SHARE] == Extent(high, high)
    assert (found[quantity].high, found[quantity].low.setting) == (high, {"p": 1})
    assert found[quantity].low.at.estimate == 0.25
    assert math.isnan(found[quantity].low.at.low)
    assert math.isnan(found[quantity].low.at.high)


def test_settings_that_hold_ends_come_once_and_the_typical_one_not_at_all() -> None:
    typical, one, other = (End(Interval(0.5, 0.4, 0.6), at) for at in ({}, {"p": 1, "q": 0.5}, {"q": 0.5, "p": 1}))
    last = End(Interval(0.5, 0.4, 0.6), {"p": 100})
    found = settings_at_ends([Extent(typical, one), Extent(other, last)])
    assert found == ({"q": Exactly(0.5), "p": Exactly(1)}, {"p": Exactly(100)})


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
