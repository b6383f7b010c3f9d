"""Estimates held against plain Python, SciPy and formulas written out by hand."""

from __future__ import annotations

import math
from fractions import Fraction
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from sim.analysis.analyse import analyse
from sim.analysis.branch import StageSums
from sim.analysis.intervals import design_effect, exact_dots, share_sums, wilson
from sim.analysis.tally import AT_TYPICAL, Reports, Tally, tally
from sim.engines.contract import NEVER
from sim.scenario.loader import load_text
from tests.arrays import mean_of, quantile_of, share_of

YEAR_US = 366 * 86_400_000_000
TIMES = st.integers(-YEAR_US, YEAR_US)
quick = settings(max_examples=100, deadline=None, derandomize=True)


@given(st.lists(st.tuples(TIMES, TIMES), max_size=60))
@quick
def test_a_dot_product_is_that_of_pythons_whole_numbers(pairs: list[tuple[int, int]]) -> None:
    a, b = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    assert exact_dots(a[None], b[None])[0] == sum(x * y for x, y in pairs)


@pytest.mark.parametrize("n", [4095, 4096, 4097, 20_000])
def test_a_dot_product_of_years_is_exact_at_any_length(n: int) -> None:
    """Each product is 1e27, beyond 64 bits; rows of 4,096 are summed apart."""
    a = np.full(n, YEAR_US - 1, np.int64)
    assert exact_dots(a[None], -a[None])[0] == -n * (YEAR_US - 1) ** 2


def test_a_dot_product_of_the_totals_of_thousands_of_launches_is_exact() -> None:
    """100,000 launches of half a day each are 4.3e15 µs a replication, and more must not wrap."""
    a = np.array([4_320_000_000_000_001, -(10**16), 2**62], np.int64)
    rows = a[None]  # of the same rows squares are taken by halves once
    assert exact_dots(rows, rows)[0] == 4_320_000_000_000_001**2 + 10**32 + 2**124


@given(arrays(np.int64, st.integers(2, 40), elements=st.integers(0, 10**12)))
@quick
def test_one_value_a_replication_gives_the_interval_of_students_t(values: np.ndarray) -> None:
    found, n = mean_of(values, np.ones(len(values), np.int64)), len(values)
    half = stats.t.ppf(0.975, n - 1) * values.std(ddof=1) / math.sqrt(n)
    assert found.estimate == pytest.approx(values.mean())
    assert found.half_width == pytest.approx(half, rel=1e-6, abs=10)


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 5)), min_size=2, max_size=30))
@quick
def test_with_unequal_counts_it_is_cochrans_ratio(pairs: list[tuple[int, int]]) -> None:
    """Cochran (1977), ratio of sums: v(R) = n / (n − 1) Σ (y − R x)² / (Σ x)², in exact fractions."""
    totals, counts = (np.array([y if x else 0 for y, x in pairs]), np.array([x for _, x in pairs]))
    found, n = mean_of(totals, counts), len(pairs)
    informative = np.count_nonzero(counts)
    if informative == 0:
        assert math.isnan(found.estimate)
        return
    ratio = Fraction(int(totals.sum()), int(counts.sum()))
    assert found.estimate == pytest.approx(float(ratio))
    if informative == 1:
        assert math.isinf(found.half_width)
        return
    squares = sum((y - ratio * x) ** 2 for y, x in zip(totals.tolist(), counts.tolist(), strict=True))
    variance = Fraction(n, n - 1) * squares / int(counts.sum()) ** 2
    half = stats.t.ppf(0.975, informative - 1) * math.sqrt(variance)
    assert found.half_width == pytest.approx(half, rel=1e-4, abs=100)


@pytest.mark.parametrize(("hits", "n"), [(0, 10), (1, 29), (15, 148), (81, 263), (10, 10)])
def test_wilsons_interval_is_where_the_score_test_just_rejects(hits: int, n: int) -> None:
    """Its definition: |p̂ − p| = z √(p (1 − p) / n) at both ends (Wilson, JASA 22, 1927)."""
    found, z = wilson(hits / n, n), NormalDist().inv_cdf(0.975)
    for end in (found.low, found.high):
        assert abs(hits / n - end) == pytest.approx(z * math.sqrt(abs(end * (1 - end)) / n), abs=1e-7)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"), [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611)]
)
def test_wilsons_interval_is_that_of_newcombes_table(hits: int, n: int, low: float, high: float) -> None:
    """Newcombe, Statistics in Medicine 17 (1998), table I, method 3."""
    found = wilson(hits / n, n)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_launches_less_alike_than_chance_never_count_for_more_than_they_are() -> None:
    """Design effect below 1: of 50 replications of two launches, 49 have one hit, one has two."""
    unlike = np.array([[True, False]] * 49 + [[True, True]])
    assert share_of(unlike) == wilson(0.51, 100)


def test_launches_as_unlike_as_can_be_count_for_what_they_are() -> None:
    """Every replication has just one hit of two, so replications do not vary: no reason to count fewer."""
    assert share_of(np.array([[True, False]] * 50)) == wilson(0.5, 100)


def test_the_design_effect_is_kishs_with_one_replication_of_all_hits_and_one_of_none() -> None:
    """Variance of the totals 2, 1, 1, 0 with 3 and 0 added, over that of as many launches apart, by hand.

    Mean 7/6, variance (4 + 1 + 1 + 9 − 6 · (7/6)²) / 5 = 41/30; p = 7/18, so apart 3 · 7/18 · 11/18.
    """
    hits = np.array([[True, True, False], [True, False, False], [True, False, False], [False] * 3])
    expected = Fraction(41, 30) / (3 * Fraction(7, 18) * Fraction(11, 18))
    assert design_effect(share_sums(hits.sum(axis=1), 3)) == pytest.approx(float(expected))


def test_an_interval_does_not_jump_when_the_first_launch_misses() -> None:
    """Of 800 launches in 100 replications none, one, then ten miss, each in a replication of its own."""
    hits = np.ones((100, 8), bool)
    widths = []
    for n_missing in (0, 1, 10):
        hits[:n_missing, 0] = False
        widths.append(share_of(hits).half_width)
    assert 0.9 < widths[1] / widths[0] < 1.1
    assert 0.9 < widths[2] / widths[1] < 1.1


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_where_none_or_all_hit_only_replications_count(share: float) -> None:
    """Nothing tells how alike the launches of a replication are, so they count as one."""
    assert share_of(np.full((50, 2), bool(share))) == wilson(share, 50)


@given(arrays(np.int64, st.tuples(st.integers(1, 30), st.integers(1, 3)), elements=st.integers(0, 20)))
@quick
def test_a_quantile_is_the_inverse_of_the_distribution_function(values: np.ndarray) -> None:
    for q in (0.05, 0.5, 0.9, 0.95, 0.99):
        found = quantile_of(values, np.ones(values.shape, bool), q)
        assert found.estimate == np.quantile(values, q, method="inverted_cdf")
        assert found.low <= found.estimate <= found.high


def test_a_quantile_of_nothing_is_not_known() -> None:
    nothing = np.full((5, 2), NEVER)
    assert math.isnan(quantile_of(nothing, nothing != NEVER, 0.5).estimate)


SCENARIO = """
title: pairs
launches: [{name: salvo, offsets: [0 s, 0 s], flight_time: 10 us}]
stages: {a: {delay: 1 s, evidence: assumed}, b: {delay: 1 s, evidence: assumed}}
arrangements: {x: [a], y: [b]}
compare: [x, y]
settings: 1
"""
NO_SUMS = StageSums(0, (0,), (0,), (0,), 0)
LATENCIES = arrays(np.int64, (6, 2), elements=st.sampled_from([NEVER, 8, 9, 10, 11, 12]))


@given(LATENCIES, LATENCIES)
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_contrast_counts_every_launch_once_and_pairs_only_where_both_alert(x: np.ndarray, y: np.ndarray) -> None:
    """Everything again in plain Python, launch by launch; the deadline, 10 µs, is in time."""
    scenario, latency = load_text(SCENARIO, "s"), {"x": x, "y": y}
    found = tally(scenario, Reports(AT_TYPICAL, latency)) + tally(scenario, Reports(0, latency))
    pair = analyse(scenario, found + Tally({}, {}, dict.fromkeys(latency, NO_SUMS))).contrasts[0]
    both = list(zip(x.ravel().tolist(), y.ravel().tolist(), strict=True))
    alert = [(a != NEVER, b != NEVER) for a, b in both]
    expected = [alert.count(key) for key in ((True, True), (True, False), (False, True), (False, False))]
    counts = pair.counts
    assert [counts.both, counts.only_a, counts.only_b, counts.neither] == expected
    differences = [a - b for a, b in both if NEVER not in (a, b)]
    if differences:
        assert pair.mean.estimate == pytest.approx(sum(differences) / len(differences))
        assert pair.by_setting[0] == pytest.approx(pair.mean.estimate)
    sooner = sum(a != NEVER and (b == NEVER or a < b) for a, b in both)
    later = sum(b != NEVER and (a == NEVER or b < a) for a, b in both)
    assert pair.a_sooner.estimate == pytest.approx(sooner / 12)
    assert pair.b_sooner.estimate == pytest.approx(later / 12)
    assert pair.in_time_only_a is not None
    only_x = sum((0 <= a <= 10) and not (0 <= b <= 10) for a, b in both)
    assert pair.in_time_only_a.estimate == pytest.approx(only_x / 12)
