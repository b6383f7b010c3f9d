"""Periods put together by hand, and against every instant."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.draws.nouns import Periods
from sim.draws.periods import merged, opened, together, within
from sim.kernels.rows import FAR
from tests.examples import FIXED

SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 5)), max_size=5)


def periods(spans):
    times = np.array([(start, start + n) for start, n in spans], np.int64).reshape(1, -1, 2)
    return Periods(times[..., 0], times[..., 1])


def spans_of(found):
    return [(s, e) for s, e in zip(found.start[0].tolist(), found.end[0].tolist(), strict=True) if s < FAR]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([(0, 5)], [(7, 2)], [(0, 5), (7, 9)]),
        ([(0, 5)], [(5, 2)], [(0, 7)]),  # those that touch are one
        ([(0, 9)], [(2, 3)], [(0, 9)]),
        ([(0, 3), (6, 3)], [(2, 5)], [(0, 9)]),
        ([(4, 2)], [(0, 2)], [(0, 2), (4, 6)]),
    ],
)
def test_two_lists_of_periods_by_hand(one, other, expected):
    assert spans_of(together(periods(one), periods(other))) == expected


def test_periods_in_any_order_are_put_together_in_each_row_of_each_place():
    """Two places with a row each: the second begins with what the other has last."""
    start, end = np.array([[[5, 0]], [[1, 3]]]), np.array([[[6, 2]], [[4, 9]]])
    found = merged(start, end)
    assert found.start.tolist() == [[[0, 5]], [[1, FAR]]]
    assert found.end.tolist() == [[[2, 6]], [[9, FAR]]]


def test_what_is_known_of_one_alone_stays_as_it_is():
    one = periods([(0, 5)])
    assert together(None, one) is one
    assert together(None, None) is None


def test_one_place_stands_for_all_replications():
    shared = Periods(np.array([[5]]), np.array([[6]]))
    each = Periods(np.array([[0], [6]]), np.array([[2], [8]]))
    found = together(shared, each)
    assert found.start.tolist() == [[0, 5], [5, FAR]]
    assert found.end.tolist() == [[2, 6], [8, FAR]]


@FIXED
@given(SPANS, SPANS)
def test_an_instant_is_in_both_together_if_it_is_in_either(one, other):
    instants = np.arange(20).reshape(-1, 1)
    found = together(periods(one), periods(other))
    is_in = within(periods(one), instants) | within(periods(other), instants)
    assert np.array_equal(within(found, instants), is_in)
    free = [next(t for t in range(start, 30) if t >= 20 or not is_in[t, 0]) for start in range(20)]
    assert opened(found, instants).ravel().tolist() == free
