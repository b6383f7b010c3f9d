"""Intervals, branches and counts."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from scipy import stats

from sim.analysis.analyse import analyse, contrast_kind
from sim.analysis.bands import Band, band_of
from sim.analysis.box import End, Extent
from sim.analysis.branch import delivering, stage_sums
from sim.analysis.intervals import UNKNOWN, Interval, exact_dots, wilson
from sim.analysis.measures import Measure
from sim.analysis.outcomes import Quantity
from sim.engines.contract import NEVER
from sim.experiment.run import replay, simulate_scenario
from sim.model.flow import Join, Sequence, Step, Try, never_before
from sim.model.ranges import Range
from sim.say.numbers import minutes_text, share_text
from sim.scenario.loader import load_scenario, load_text, shipped_folder
from tests.arrays import mean_of, quantile_of, share_of

RNG = np.random.default_rng(1)
SETS = {"replications": "60", "settings": "{count: 8, replications: 20}"}


def test_sums_of_products_are_exact_where_64_bits_overflow() -> None:
    a, b = (RNG.integers(-(10**13), 10**13, 10_000) for _ in range(2))
    assert exact_dots(a[None], b[None])[0] == sum(x * y for x, y in zip(a.tolist(), b.tolist(), strict=True))


def test_sums_of_products_of_a_large_and_a_small_array_are_exact() -> None:
    """By halves of 20 bits the rows of 4,096 upper halves times lower ones would be 2**74."""
    a, b = np.full(5000, 2**62 - 1), np.full(5000, 2**31 - 1)
    assert exact_dots(a[None], b[None])[0] == exact_dots(b[None], a[None])[0] == 5000 * (2**62 - 1) * (2**31 - 1)


def test_with_one_value_a_replication_the_interval_is_students() -> None:
    values = RNG.integers(0, 10**9, 50)
    found = mean_of(values, np.ones(50, np.int64))
    expected = stats.t.interval(0.95, 49, values.mean(), values.std(ddof=1) / math.sqrt(50))
    assert (found.low, found.high) == pytest.approx(expected)


def test_one_replication_has_no_interval_and_no_value_no_estimate() -> None:
    assert math.isinf(mean_of(np.array([5]), np.array([1])).high)
    assert math.isnan(mean_of(np.array([0]), np.array([0])).estimate)


def test_the_wilson_interval_of_2_in_10() -> None:
    """Newcombe, Statistics in Medicine 17 (1998): score interval of 2/10 is 0.0567 to 0.5098."""
    found = wilson(0.2, 10)
    assert (found.low, found.high) == pytest.approx((0.0567, 0.5098), abs=1e-4)


@pytest.mark.parametrize("n", [*range(1, 60), 0.5, 17.3, 1e6])
def test_a_wilson_interval_that_has_seen_none_begins_at_zero_and_one_that_has_seen_all_ends_at_one(n: float) -> None:
    """With z² / n = c the other end is c / (1 + c); no rounding shows."""
    none, every = wilson(0.0, n), wilson(1.0, n)
    c = stats.norm.isf(0.025) ** 2 / n
    assert (none.low, every.high) == (0.0, 1.0)
    assert (none.high, every.low) == pytest.approx((c / (1 + c), 1 / (1 + c)), rel=1e-9)


def test_launches_that_always_go_together_count_once() -> None:
    together = np.repeat(RNG.random((400, 1)) < 0.3, 5, axis=1)
    found, alone = share_of(together), share_of(together[:, :1])
    assert found.half_width == pytest.approx(alone.half_width, rel=0.01)


def test_a_quantile_is_the_smallest_value_with_enough_at_or_below_it() -> None:
    values = np.array([[3], [1], [2], [4], [NEVER]])
    assert quantile_of(values, values != NEVER, 0.5).estimate == 2


@pytest.mark.parametrize("q", [0.5, 0.95])
def test_the_quantile_interval_covers_as_often_as_it_says(q: float) -> None:
    """2,000 repetitions of n = 400: 95 % ± 4 · 0.49 % is attained by a right interval in all but 0.006 % of seeds."""
    true = stats.expon.ppf(q) * 1e6
    hits = 0
    for _ in range(2000):
        found = quantile_of((RNG.exponential(1e6, (400, 1))).astype(np.int64), np.ones((400, 1), bool), q)
        hits += found.low <= true <= found.high
    assert hits / 2000 == pytest.approx(0.95, abs=0.0195)


@pytest.mark.parametrize("name", ["2019-08-24-super-large-rocket", "washington-as-fallback", "confirmation"])
def test_waits_holds_and_fallbacks_of_the_branch_add_up_to_the_latencies(name: str) -> None:
    scenario = load_scenario(shipped_folder() / f"{name}.yaml", SETS)
    for arm in scenario.arms:
        for replication in range(20):
            paths = replay(scenario, arm, replication)
            sums = stage_sums(paths)
            latency = paths.latency[paths.latency != NEVER]
            assert sum(sums.wait_us) + sum(sums.hold_us) + sums.fallback_us == latency.sum()
            assert delivering(paths)[:, :, -1].sum() == len(latency)


def test_the_stages_of_an_arm_and_its_fallbacks_add_up_to_its_mean() -> None:
    scenario = load_scenario(shipped_folder() / "washington-as-fallback.yaml", SETS)
    results = analyse(scenario, simulate_scenario(scenario).tally)
    assert any(arm.fallback_us for arm in results.arms)
    for arm in results.arms:
        parts = sum(stage.wait_us + stage.hold_us for stage in arm.stages) + arm.fallback_us
        assert parts == pytest.approx(arm.mean.estimate)


def test_a_band_goes_from_the_lowest_to_the_highest_of_its_ends_and_the_typical_value() -> None:
    ends = [Interval(5.0, 4.0, 6.0), Interval(1.0, 0.5, 1.5), Interval(7.0, 7.0, 7.0), UNKNOWN]
    quantity = Quantity(Measure.MEAN, "x")
    for typical, low, high in permutations(ends[:3]):
        extent = Extent(End(low, {}), End(high, {}))
        assert band_of({quantity: extent}, quantity, typical) == Band(1, 7, 0.5, 0)
    assert band_of({quantity: Extent(End(ends[0], {}), End(ends[1], {}))}, quantity, UNKNOWN) == Band(1, 5, 0.5, 1)
    assert band_of({}, quantity, ends[0]) == Band(5, 5, 1, 1)
    assert math.isnan(band_of({}, quantity, UNKNOWN).low)


def test_the_base_case_says_what_its_pairs_differ_in() -> None:
    scenario = load_scenario(shipped_folder() / "2019-10-02-pukguksong-3.yaml", SETS)
    kinds = [contrast_kind(scenario.arm(a), scenario.arm(b)) for a, b in scenario.contrasts]
    assert kinds == ["route", "route", "route", "mode", "mode", "mixed"]


@pytest.mark.parametrize("lacking", ["route", "mode"])
def test_arms_of_which_one_does_not_state_its_route_or_mode_differ_in_something_else(lacking: str) -> None:
    scenario = load_scenario(shipped_folder() / "2019-10-02-pukguksong-3.yaml", SETS)
    a, b = (scenario.arm(name) for name in scenario.contrasts[-1])
    for pair in ((a, replace(b, **{lacking: ""})), (replace(a, **{lacking: ""}), b)):
        assert contrast_kind(*pair) == "other"


NESTED = """
title: nested
LAUNCHES
stages: {a: {delay: 60 s, evidence: assumed}, b: {delay: {uniform: {low: 30 s, high: 90 s}}, evidence: assumed}}
arrangements: {one: a, both: {first: [a, b]}, other: b}
compare: [both, one, other]
replications: 20
settings: 1
"""


@pytest.mark.parametrize(("first", "rest", "expected"), [("both", "one", True), ("one", "both", False)])
def test_an_arm_adds_to_what_it_holds_within_itself(first: str, rest: str, expected: bool) -> None:
    text = NESTED.replace("[both, one, other]", f"[{first}, {rest}, other]")
    scenario = load_text(text.replace("LAUNCHES", "deadline: none\nlaunches: [{name: l}]"), "nested")
    results = analyse(scenario, simulate_scenario(scenario).tally)
    found = {(pair.a, pair.b): pair.adds for pair in results.contrasts}
    assert found == {(first, rest): expected, (first, "other"): expected}
    assert all(arm.margin is arm.in_time is arm.in_time_band is None for arm in results.arms)
    assert all(pair.in_time is pair.in_time_band is None for pair in results.contrasts)


def test_margins_and_shares_in_time_are_told_where_there_is_a_deadline() -> None:
    """An arm of one minute, and two minutes until impact."""
    scenario = load_text(NESTED.replace("LAUNCHES", "launches: [{name: l, flight_time: 2 min}]"), "nested")
    results = analyse(scenario, simulate_scenario(scenario).tally)
    assert repr(simulate_scenario(scenario)) == "<Alerts of both, one, other>"
    arm = results.arm("one")
    assert arm.margin is not None
    assert arm.margin.estimate == 60e6
    assert arm.in_time_band is not None
    assert (arm.in_time_band.low, arm.in_time_band.high) == (1, 1)
    for pair in results.contrasts:
        assert pair.in_time_band is not None
        assert (pair.in_time_band.low, pair.in_time_band.high) == (0, 0)


def test_the_four_counts_add_up_to_the_launches() -> None:
    scenario = load_scenario(shipped_folder() / "2019-10-02-pukguksong-3.yaml", SETS)
    results = analyse(scenario, simulate_scenario(scenario).tally)
    for pair in results.contrasts:
        counts = pair.counts
        assert counts.both + counts.only_a + counts.only_b + counts.neither == 60


A, B, C = (Step(name) for name in "abc")


@pytest.mark.parametrize(
    ("flow", "other", "expected"),
    [
        (A, A, True),
        (A, B, False),
        (Sequence((A, B)), A, True),
        (Sequence((Join((A, B), 1, "first"), C)), Join((A, B), 1, "first"), True),
        (A, Join((A, B), 1, "first"), True),
        (Join((A, B), 1, "first"), A, False),
        (Join((A, B), 2, "all"), A, True),
        (Join((A, B, C), 2, "at_least"), Join((A, B), 1, "first"), True),
        (Join((A, B, C), 2, "at_least"), A, False),
        (Try(A, 5, Sequence((A, B))), A, True),
        (Try(A, 5, B), A, False),
        (Try(A, 5, B), Try(A, 6, B), False),
    ],
)
def test_a_flow_is_never_before_what_it_waits_for(flow: object, other: object, expected: bool) -> None:
    assert never_before(flow, other) is expected  # type: ignore[arg-type]


def test_a_range_is_even_in_its_logarithm_or_from_zero_straight() -> None:
    assert Range("p", 1, 5, 100, is_whole=True).at(0.5) == 10
    assert Range("p", 0, 0.1, 0.5, is_whole=False).at(0.5) == 0.25
    assert Range("p", 1, 5, 100, is_whole=True).at(None) == 5


def test_numbers_are_written_with_the_digits_that_matter() -> None:
    assert [minutes_text(x * 60e6) for x in (0, 0.001, 0.044, 5.63, 61.2)] == ["0", "under 0.01", "0.04", "5.6", "61"]
    assert [share_text(x) for x in (0, 0.004, 0.5, 0.996, 1)] == ["0 %", "<1 %", "50 %", ">99 %", "100 %"]
