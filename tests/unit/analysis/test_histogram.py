"""Buckets, cells and their weights, held against plain Python."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.analysis.histogram import ABSENT, RELATIVE_ERROR, Histogram, bounds, buckets, clustered, histogram
from sim.analysis.intervals import median

YEAR_US = 366 * 86_400_000_000
TIMES = st.one_of(st.integers(-YEAR_US, YEAR_US), st.integers(-600, 600))
quick = settings(max_examples=100, deadline=None, derandomize=True)


def as_bytes(spread: Histogram) -> tuple[bytes, ...]:
    return tuple(part.tobytes() for part in (spread.low, spread.width, spread.weights))


@given(st.lists(TIMES, min_size=1))
@quick
def test_a_bucket_holds_its_values_and_its_middle_is_near_all_of_them(values: list[int]) -> None:
    """The bound stated: 2⁻⁸, half of 1/128."""
    given_values = np.array(values)
    low, width = bounds(buckets(given_values))
    assert ((low <= given_values) & (given_values < low + width)).all()
    middle = Histogram(low, width, np.ones((1, len(low)), np.int64)).values
    assert (abs(middle - given_values) <= RELATIVE_ERROR * abs(given_values)).all()
    assert RELATIVE_ERROR == 1 / 256


@given(st.lists(TIMES))
@quick
def test_buckets_are_in_the_order_of_their_values(values: list[int]) -> None:
    assert (np.diff(buckets(np.sort(np.array(values, np.int64)))) >= 0).all()


def test_small_values_have_a_bucket_each_and_powers_of_two_begin_one() -> None:
    """128 buckets an octave: 256 … 511 go by twos, 2⁴⁰ has those of width 2³³."""
    low, width = bounds(buckets(np.array([*range(-255, 256), 256, 257, 2**40])))
    assert low[:511].tolist() == list(range(-255, 256))
    assert (width[:511] == 1).all()
    assert (low[511:].tolist(), width[511:].tolist()) == ([256, 256, 2**40], [2, 2, 2**33])


def test_of_two_middles_the_lower_stands_for_a_cell() -> None:
    low, width = np.array([1, 256, 1024]), np.array([1, 2, 9])
    assert Histogram(low, width, np.ones((1, 3), np.int64)).values.tolist() == [1, 256, 1028]


@given(st.lists(TIMES, max_size=40), st.permutations(range(6)), st.integers(0, 40), st.integers(0, 40))
@quick
def test_histograms_of_blocks_add_up_in_any_grouping(values: list[int], order: list[int], i: int, j: int) -> None:
    """Blocks cut anywhere, added in any order and nesting, give the bytes of the whole."""
    data = np.array(values, np.int64)
    cuts = sorted((0, min(i, j), (i + j) // 2, max(i, j), 40, 40, 40))
    blocks = [histogram(data[start:stop]) for start, stop in pairwise(cuts)]
    a, b, c, d, e, f = (blocks[place] for place in order)
    assert as_bytes(((a + b) + (c + d)) + (e + f)) == as_bytes(histogram(data))


CLUSTERS = arrays(np.int64, st.tuples(st.integers(1, 4), st.integers(1, 8)), elements=st.one_of(TIMES, st.just(ABSENT)))


@given(CLUSTERS)
@quick
def test_weights_up_to_a_cells_end_are_the_sums_over_replications(values: np.ndarray) -> None:
    """Σ below, Σ below² and Σ below · n, counted replication by replication."""
    spread = clustered(values)
    totals = np.cumsum(spread.weights, axis=1).T.tolist()
    for end, found in zip((spread.low + spread.width).tolist(), totals, strict=True):
        below = [sum(value < end for value in column) for column in values.T.tolist()]
        n = [sum(value != ABSENT for value in column) for column in values.T.tolist()]
        squares, products = sum(k * k for k in below), sum(k * m for k, m in zip(below, n, strict=True))
        assert found == [sum(below), squares, products]
    assert spread.n == np.count_nonzero(values != ABSENT)


@given(arrays(np.int64, st.integers(1, 60), elements=st.integers(1, YEAR_US)), st.floats(0, 1))
@quick
def test_a_quantile_of_a_histogram_is_within_the_stated_error(values: np.ndarray, q: float) -> None:
    spread, rank = histogram(values), min(int(q * len(values)), len(values) - 1)
    true = int(np.sort(values)[rank])
    assert abs(int(spread.values[spread.cell(rank)]) - true) <= RELATIVE_ERROR * true


def test_the_median_of_a_histogram_is_the_lower_of_two() -> None:
    assert median(histogram(np.array([4, 1, 3, 2]))) == 2


@given(st.lists(TIMES, min_size=1), st.data())
@quick
def test_cells_split_and_joined_again_keep_every_value(values: list[int], data: st.DataObject) -> None:
    data_values = np.array(values)
    spread = histogram(data_values)
    cell = data.draw(st.integers(0, len(spread.low) - 1))
    inside = data_values[buckets(data_values) == buckets(spread.low)[cell]]
    single, n = np.unique(inside, return_counts=True)
    fine = spread.split([cell], Histogram(single, np.ones_like(single), n[None]))
    assert fine.n == spread.n
    kept = data.draw(st.integers(0, len(single) - 1))
    joined = fine.joined([cell + kept])
    place = joined.low.tolist().index(single[kept])
    assert (joined.width[place], joined.weights[0, place]) == (1, n[kept])
    assert len(joined.low) <= len(spread.low) + 2
    assert joined.n == spread.n


@pytest.mark.parametrize("make", [histogram, clustered])
def test_nothing_has_an_empty_histogram(make: object) -> None:
    empty = make(np.full((2, 3), ABSENT))  # type: ignore[operator]
    assert (empty.n, len((empty + empty).low), len(empty.joined([]).low)) == (0, 0, 0)
