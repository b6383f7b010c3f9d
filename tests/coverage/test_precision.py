"""How often the interval covers where its own width decided when to stop, as `tests.coverage.test_coverage` counts it.

The rule promises 95 % only as the width shrinks; it stops where the variance looks small, so what is
lost is on one side. The allowance is stated in points.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.analysis.intervals import Interval, ratio_interval, ratio_sums, share_difference
from sim.studies.run.precision import Precision, next_size
from tests.coverage.test_coverage import Draw, assert_covers

MOST = 60_000


def stopped(precision: Precision, differences: np.ndarray) -> tuple[Interval, int]:
    """The interval where the rule stops, of replications with one difference each."""
    of = share_difference if precision.of == "in-time" else ratio_interval
    n: int | None = 1_000
    while n is not None:
        found, last = of(ratio_sums(differences[:n], np.ones(n, np.int64))), n
        n = next_size(precision, found, n)
    return found, last


def normal(n_expected: int) -> Draw:
    """Differences of mean 300 s and sd 100 s, with a width that about so many replications give."""
    precision = Precision("mean", 1.96 * 1e8 / math.sqrt(n_expected), is_relative=False, most=MOST)
    return lambda rng: stopped(precision, np.rint(rng.normal(3e8, 1e8, 3 * n_expected)).astype(np.int64))[0]


def test_the_mean_of_normal_differences_is_covered_where_the_rule_stops() -> None:
    assert_covers(normal(2_500), 3e8, 2_000, points=0.5)


def test_the_rule_stops_near_where_the_variance_says() -> None:
    """Variance 1 and width 0.0392 take 2,500 replications; a twentieth more, rounded up to thousands."""
    rng = np.random.default_rng(1)
    precision = Precision("mean", 3.92e6, is_relative=False, most=MOST)
    sizes = [stopped(precision, np.rint(rng.normal(0, 1e8, 9_000)).astype(np.int64))[1] for _ in range(200)]
    assert set(sizes) <= {3_000, 4_000}


@pytest.mark.slow
@pytest.mark.parametrize("n_expected", [1_000, 1_050, 5_000])
def test_the_mean_is_covered_even_where_the_first_round_is_just_or_not_quite_enough(n_expected: int) -> None:
    """Where stopping depends most on the variance of the first round."""
    assert_covers(normal(n_expected), 3e8, 8_000, points=0.5)


@pytest.mark.slow
def test_a_relative_width_of_skewed_differences_is_covered() -> None:
    """Lognormal with log-sd 0.7, 4 % of the mean: as for so many replications at once, half a point."""
    precision = Precision("mean", 0.04, is_relative=True, most=MOST)

    def draw(rng: np.random.Generator) -> Interval:
        return stopped(precision, (1e8 * rng.lognormal(0, 0.7, 8_000)).astype(np.int64))[0]

    assert_covers(draw, 1e8 * math.exp(0.245), 8_000, points=0.5)


@pytest.mark.slow
def test_the_difference_of_shares_is_covered() -> None:
    """3 % of launches in time under the first arm alone, 1 % under the second alone; width half a point."""
    precision = Precision("in-time", 0.005, is_relative=False, most=MOST)

    def draw(rng: np.random.Generator) -> Interval:
        return stopped(precision, rng.choice(np.array([1, -1, 0]), 20_000, p=[0.03, 0.01, 0.96]))[0]

    assert_covers(draw, 0.02, 6_000, points=0.5)


@pytest.mark.slow
def test_within_four_per_cent_is_what_the_relative_width_promises() -> None:
    """Of 2,000 stops the estimate is within 4 % of the truth in 95 % or more, but for noise."""
    rng, precision = np.random.default_rng(7), Precision("mean", 0.04, is_relative=True, most=MOST)
    found = [stopped(precision, rng.normal(1e8, 1e8, 8_000).astype(np.int64))[0].estimate for _ in range(2_000)]
    is_within = np.abs(np.array(found) / 1e8 - 1) <= 0.04
    assert is_within.mean() > 0.95 - 4 * math.sqrt(0.95 * 0.05 / 2_000)
