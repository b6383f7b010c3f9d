"""How many replications a precision takes, round by round, and how it is said."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.analysis.intervals import UNKNOWN, Interval, RatioSums, ratio_sums, share_difference
from sim.analysis.measures import Measure
from sim.analysis.tally import AT_TYPICAL, Key, Reports, Tally, tally
from sim.engines.contract import NEVER
from sim.scenario.loader import load_scenario, load_text, shipped_folder
from sim.studies.run.precision import (
    Precision,
    Reached,
    n_independent,
    next_size,
    reached_words,
)

SCENARIO = load_scenario(shipped_folder() / "first-look.yaml")
TEN_SECONDS = Precision(Measure.MEAN, 10e6, is_relative=False, most=100_000)


def around(estimate: float, half_width: float) -> Interval:
    return Interval(estimate, estimate - half_width, estimate + half_width)


def test_one_per_cent_keeps_the_estimate_within_one_per_cent_of_the_truth() -> None:
    """An estimate of 101 with all of its half-width on one side is of a truth of 100: 101 − 101 · 0.01 / 1.01."""
    assert 101 - Precision(Measure.MEAN, 0.01, is_relative=True, most=1).half_width(-101) == pytest.approx(100)


@pytest.mark.parametrize(
    ("half_width", "n", "expected"),
    [
        (10e6, 1_000, None),  # small enough
        (15e6, 1_000, 3_000),  # 1.05 · 1.5² = 2.36 thousands
        (10.1e6, 20_000, 22_000),  # never by less than a tenth
        (90e6, 1_000, 4_000),  # never more than fourfold
        (math.inf, 1_000, 4_000),  # not known
        (20e6, 50_000, 100_000),  # no more than are allowed
        (20e6, 100_000, None),
    ],
)
def test_a_round_goes_on_to_where_the_variance_so_far_says(half_width: float, n: int, expected: int | None) -> None:
    assert next_size(TEN_SECONDS, around(6e8, half_width), n) == expected


def test_a_number_that_nothing_tells_of_takes_all_that_is_allowed() -> None:
    assert next_size(TEN_SECONDS, UNKNOWN, 1_000) == 4_000
    assert next_size(Precision(Measure.MEAN, 0.01, is_relative=True, most=5_000), around(0, 1), 4_000) == 5_000
    assert next_size(Precision(Measure.MEAN, 0.01, is_relative=True, most=5_000), around(0, 0), 1_000) is None


def test_the_difference_of_shares_is_agresti_and_mins() -> None:
    """Wald+2 by hand: b = 12.5, c = 5.5 of n = 102; its variance (b + c − (b − c)² / n) / n², Student's t for z.

    Agresti and Min (Statistics in Medicine 24, 2005); n − 1 for n under the sum as everywhere here.
    """
    found = share_difference(
        ratio_sums(np.r_[np.ones(12), -np.ones(5), np.zeros(83)].astype(np.int64), np.ones(100, int))
    )
    variance = (18 - 7**2 / 102) / 102**2 * 102 / 101
    assert found.estimate == 0.07
    assert found.half_width == pytest.approx(1.9837 * math.sqrt(variance), rel=1e-3)


def test_no_launch_that_differs_is_not_a_difference_without_noise() -> None:
    assert share_difference(ratio_sums(np.zeros(1000, np.int64), np.full(1000, 3))).half_width > 1e-3


def test_the_difference_in_time_counts_a_report_that_never_came_as_late() -> None:
    """Two launches with deadlines 10 and 20 µs: +1 + 0, then 0 − 1, then none."""
    x = np.array([[10, 21], [11, NEVER], [NEVER, NEVER]])
    y = np.array([[NEVER, 21], [12, 20], [NEVER, 30]])
    text = """
title: t
launches: [{name: one, deadline: {name: d, after: 10 us}}, {name: two, deadline: {name: d, after: 20 us}, at: 1 us}]
stages: {s: {delay: 1 us, evidence: assumed}}
arrangements: {x: s, y: s}
compare: [x, y]
"""
    found = tally(load_text(text, "t"), Reports(AT_TYPICAL, {"x": x, "y": y})).sums[
        Key(AT_TYPICAL, "in time", "x", "y")
    ]
    assert found == RatioSums(3, 3, 0, 6, 2, 0, 12)


def test_independent_draws_need_as_many_as_the_variances_of_both_arms_say() -> None:
    """Arms of variance 1 and 4 with correlation 1 differ with variance 1, so 5 times as many."""
    values = np.array([-1, 1] * 500) * 10**6
    ones = np.ones(1000, np.int64)
    sums = {
        Key(AT_TYPICAL, "latency", "a"): ratio_sums(values, ones),
        Key(AT_TYPICAL, "latency", "b"): ratio_sums(2 * values, ones),
        Key(AT_TYPICAL, "difference", "a", "b"): ratio_sums(-values, ones),
    }
    assert n_independent(Tally(sums, {}, {}), ("a", "b"), Measure.MEAN, 1000) == pytest.approx(5000)
    assert n_independent(Tally(sums, {}, {}), ("a", "b"), Measure.P95, 1000) is None


def test_what_is_reached_is_said_with_what_it_took() -> None:
    assert reached_words(SCENARIO, TEN_SECONDS, Reached(17_000, 3, 9.4e6, 10e6, 71_234)) == (
        "mean difference of direct and via Washington ± 9.4 s, where ± 10 s was asked for: "
        "17,000 replications; if each arm had draws of its own, about 71,000"
    )


def test_what_is_not_reached_is_said_to_be_so_first() -> None:
    words = reached_words(
        SCENARIO, Precision(Measure.IN_TIME, 0.001, False, 2_000), Reached(2_000, 2, 0.0173, 0.001, None)
    )
    assert words == (
        "not reached: difference of the shares in time of direct and via Washington ± 1.7 points with 2,000 "
        "replications, the most allowed, where ± 0.1 points was asked for — --at-most allows more"
    )
    nothing = reached_words(SCENARIO, TEN_SECONDS, Reached(2_000, 2, math.inf, math.nan, None))
    assert nothing == (
        "not reached: 2,000 replications, the most allowed, tell nothing of the mean difference of direct and via "
        "Washington"
    )
