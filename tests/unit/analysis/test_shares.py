"""Intervals of shares and of their differences from the formulas that they name, and what a measure favours."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from sim.analysis.intervals import (
    exact_share,
    ratio_sums,
    share_difference,
    share_of_randomisations,
    share_sums,
    wilson,
)
from sim.analysis.measures import Measure


@pytest.mark.parametrize(
    ("differences", "per"), [([1] * 7 + [-1] * 3 + [0] * 30, 1), ([2, 1, 1, 0, -1, 0, -2, 1], 2), ([0] * 5, 3)]
)
def test_a_difference_of_shares_has_half_a_replication_more_in_each_cell(differences: list[int], per: int) -> None:
    """Agresti and Min (2005), two pairs more, of which each difference has half of one: Σd² grows by per²."""
    found = share_difference(ratio_sums(np.array(differences), np.full(len(differences), per)))
    n, total, squares = len(differences) + 2, sum(differences), sum(d * d for d in differences) + per**2
    variance = (squares - total**2 / n) / (n - 1) / n / per**2
    half = stats.t.ppf(0.975, n - 1) * math.sqrt(variance)
    assert found.estimate == pytest.approx(total / (per * len(differences)))
    assert (found.low, found.high) == pytest.approx((found.estimate - half, found.estimate + half))


def test_a_share_of_none_or_of_all_has_an_interval_that_ends_there_to_the_last_bit() -> None:
    assert {(wilson(0.0, n).low, wilson(1.0, n).high) for n in (*range(1, 200), 10_000, 123_457)} == {(0.0, 1.0)}


def test_no_end_of_a_difference_of_shares_is_beyond_one() -> None:
    """Of two replications that differ in all, 1 ± t₃ (3.18) × sqrt(0.19) is -0.3 to 2.3."""
    found = share_difference(ratio_sums(np.array([1, 1]), np.array([1, 1])))
    assert (found.estimate, found.high) == (1, 1)
    assert -1 < found.low < 0


@pytest.mark.parametrize(
    ("hits", "effect"),
    [
        ([3, 5, 4, 8], 14 / 3 / (8 * 0.625 * 0.375)),  # Σ (x − 5)² / 3 against 8 p (1 − p)
        ([5, 5, 5, 5], 1),
        ([8, 8, 8], 1),
        ([0, 8, 0, 8], 8),
    ],
)
def test_a_share_of_randomisations_has_the_design_effect_of_the_sample(hits: list[int], effect: float) -> None:
    """Kish (1965): the variance of the hits of units of 8 against that of independent launches, from 1 to 8."""
    found, n = share_of_randomisations(share_sums(np.array(hits), 8)), 8 * len(hits)
    expected = wilson(sum(hits) / n, n / effect)
    assert (found.estimate, found.low, found.high) == pytest.approx((expected.estimate, expected.low, expected.high))


@pytest.mark.parametrize("measure", Measure)
def test_sooner_and_more_often_favour_the_first(measure: Measure) -> None:
    is_share = measure in (Measure.IN_TIME, Measure.ARRIVES, Measure.FALSE_ALERT)
    assert measure.is_share is is_share
    assert [measure.favours_first(difference) for difference in (-0.5, 0.0, 0.5)] == [not is_share, False, is_share]
    assert measure.in_sheet(90e6) == (90e6 if is_share else 1.5)
    assert measure.to_axis * 60e6 == pytest.approx(6e9 if is_share else 1)
    assert measure.axis_unit == ("percentage points" if is_share else "minutes")
    assert measure.sheet_unit == ("share" if is_share else "min")


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(0, 10, 0.0, 0.3085), (10, 10, 0.6915, 1.0), (5, 13, 0.1386, 0.6842), (10, 13, 0.4619, 0.9496)],
)
def test_the_exact_interval_of_a_share_leaves_a_fortieth_on_either_side(
    hits: int, n: int, low: float, high: float
) -> None:
    """Clopper and Pearson (1934): of 0 in 10 the end is 1 − 0.025^(1/10); else both binomial tails are 2.5 %."""
    found = exact_share(hits, n)
    assert (found.estimate, found.low, found.high) == pytest.approx((hits / n, low, high), abs=1e-4)
    assert stats.binom.sf(hits - 1, n, found.low) == pytest.approx(0.025 if hits else 1)
    assert stats.binom.cdf(hits, n, found.high) == pytest.approx(0.025 if hits < n else 1)
