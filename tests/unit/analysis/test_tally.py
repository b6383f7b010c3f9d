"""Tallies: the same to the last bit however blocks are cut and added, and exact once refined."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.analysis import refine
from sim.analysis.analyse import analyse, median_band
from sim.analysis.branch import StageSums
from sim.analysis.histogram import RELATIVE_ERROR
from sim.analysis.intervals import Interval
from sim.analysis.launches import launch_medians
from sim.analysis.refine import DIFFERENCE_QUANTILES, QUANTILES, refined
from sim.analysis.results import Results
from sim.analysis.tally import AT_TYPICAL, Key, Reports, Tally, reports, tally
from sim.engines.contract import NEVER
from sim.experiment import run as experiment
from sim.experiment.run import simulate_scenario
from sim.model.scenario import Scenario
from sim.scenario.loader import load_text
from sim.store.parquet import read_tally, tally_bytes
from tests.arrays import mean_of, quantile_of, share_of
from tests.benchmarks import stream

TEXT = """
title: pairs
launches: LAUNCHES
stages: {a: {delay: 1 s, evidence: assumed}, b: {delay: 1 s, evidence: assumed}}
arrangements: {x: [a], y: [b]}
compare: [x, y]
"""
SALVO = load_text(TEXT.replace("LAUNCHES", "[{name: salvo, offsets: [0 s, 0 s, 0 s], flight_time: 20 min}]"), "salvo")
ONE = load_text(TEXT.replace("LAUNCHES", "[{name: one, flight_time: 20 min}]"), "one")
NO_STAGES = Tally({}, {}, dict.fromkeys(("x", "y"), StageSums(0, (0,), (0,), (0,), 0)))
quick = settings(max_examples=40, deadline=None, derandomize=True)


def latencies(rng: np.random.Generator, n: int, per: int) -> dict[str, np.ndarray]:
    """Around 20 minutes, alike within replications, some missing, some tied to the microsecond."""
    shared = rng.normal(size=(n, 1))
    found = {}
    for arm in ("x", "y"):
        values = (1.2e9 * np.exp(0.3 * shared + 0.3 * rng.normal(size=(n, per)))).astype(np.int64)
        values[rng.random(values.shape) < 0.1] = 1_200_000_000
        values[rng.random(values.shape) < 0.15] = NEVER
        found[arm] = values
    return found


def whole(scenario: Scenario, latency: dict[str, np.ndarray]) -> Tally:
    first = {arm: values[:20] for arm, values in latency.items()}
    return tally(scenario, Reports(AT_TYPICAL, latency)) + tally(scenario, Reports(0, first)) + NO_STAGES


def test_in_time_includes_the_deadline_and_never_a_report_that_does_not_come() -> None:
    """Deadline 20 minutes, 1.2e9 µs: two in time and one at the deadline; one late, one missing, one in time."""
    x = np.array([[0, 1_199_999_999, 1_200_000_000], [1_200_000_001, NEVER, 5]])
    found = tally(SALVO, Reports(AT_TYPICAL, {"x": x, "y": np.full((2, 3), NEVER)}))
    assert found.sums[Key(AT_TYPICAL, "in time", "x")].total == 4
    assert found.sums[Key(AT_TYPICAL, "in time", "y")].total == 0
    assert found.sums[Key(AT_TYPICAL, "only in time", "x", "y")].total == 4


def test_ahead_is_who_comes_before_the_baseline_of_the_same_product() -> None:
    """By launch: sooner, at once, later, alone, not at all; the baseline alone. Without a baseline nobody is ahead."""
    x, y = np.array([[4, 5, 6], [7, NEVER, NEVER]]), np.array([[5, 5, 5], [NEVER, NEVER, 3]])
    key = Key(AT_TYPICAL, "ahead", "x")
    found = tally(replace(SALVO, baseline="y"), Reports(AT_TYPICAL, {"x": x, "y": y})).sums
    assert (found[key].total, found[key].count, found[key].total_squares) == (2, 6, 2)
    assert key._replace(arm="y") not in found
    assert not any(one.measure == "ahead" for one in tally(SALVO, Reports(AT_TYPICAL, {"x": x, "y": y})).sums)
    apart = replace(SALVO, arms=(replace(SALVO.arms[0], product="a warning"), SALVO.arms[1]), baseline="y")
    assert key not in tally(apart, Reports(AT_TYPICAL, {"x": x, "y": y})).sums


@pytest.mark.parametrize(("draws", "n"), [("sobol", 64 // 32), ("philox", 1)])
def test_replications_that_are_drawn_together_are_a_unit_at_the_typical_setting_alone(draws: str, n: int) -> None:
    """64 replications in 32 randomisations."""
    scenario = load_text(TEXT.replace("LAUNCHES", "[{name: one}]") + "deadline: none\nreplications: 64\n", "drawn")
    scenario = replace(scenario, draws=draws)
    latency = {"x": np.zeros((4, 1), np.int64)}
    assert [reports(scenario, setting, latency).n_together for setting in (AT_TYPICAL, 0, 1)] == [n, 1, 1]


def test_margins_of_one_deadline_are_those_launch_by_launch() -> None:
    """Σ (D − t) and Σ (Σ D − t)² over replications, written out; two deadlines go launch by launch."""
    two = load_text(TEXT.replace("LAUNCHES", "[{name: a, flight_time: 20 min}, {name: b, flight_time: 25 min}]"), "two")
    latency = latencies(np.random.default_rng(6), 50, 3)
    for scenario, deadlines in ((SALVO, [1.2e9] * 3), (two, [1.2e9, 1.5e9])):
        blocks = {arm: values[:, : len(deadlines)] for arm, values in latency.items()}
        found = tally(scenario, Reports(AT_TYPICAL, blocks)).sums[Key(AT_TYPICAL, "margin", "x")]
        margins = [
            [int(limit) - t for limit, t in zip(deadlines, row, strict=True) if t != NEVER]
            for row in blocks["x"].tolist()
        ]
        assert found.total == sum(map(sum, margins))
        assert found.total_squares == sum(sum(row) ** 2 for row in margins)
        assert found.total_counts == sum(sum(row) * len(row) for row in margins)


def test_settings_that_are_summed_up_together_have_the_sums_of_each_alone() -> None:
    """Two deadlines, missing reports and more replications than are added up at a time."""
    two = load_text(TEXT.replace("LAUNCHES", "[{name: a, flight_time: 20 min}, {name: b, flight_time: 25 min}]"), "two")
    rng = np.random.default_rng(8)
    for n in (1, 7, 9_000):
        every = [Reports(setting, latencies(rng, n, 2)) for setting in (1, 2, 5)]
        apart = sum((tally(two, one) for one in every), NO_STAGES)
        assert tally_bytes(tally(two, *every) + NO_STAGES) == tally_bytes(apart)


@pytest.mark.parametrize(("scenario", "per", "kinds"), [(ONE, 1, 1), (SALVO, 3, 3)])
def test_weights_of_clusters_are_kept_where_a_replication_has_several_launches(
    scenario: Scenario, per: int, kinds: int
) -> None:
    latency = latencies(np.random.default_rng(3), 9, per)
    found = tally(scenario, Reports(AT_TYPICAL, latency)) + tally(scenario, Reports(0, latency))
    assert found.spreads[Key(AT_TYPICAL, "latency", "x")].weights.shape[0] == kinds
    assert found.spreads[Key(0, "latency", "x")].weights.shape[0] == 1
    of_launches = {key.launch: spread.weights.shape[0] for key, spread in found.spreads.items() if key.launch >= 0}
    assert of_launches == ({0: 1, 1: 1, 2: 1} if per > 1 else {})


def test_the_difference_in_time_is_of_the_same_launches() -> None:
    """Two replications of three launches: in time are 1 and 2 less as many, and less 3 and 0."""
    x = np.array([[5, NEVER, NEVER], [5, 5, NEVER]])
    for y, total, squares in ((x, 0, 0), (np.array([[5, 5, 5], [NEVER] * 3]), 0, 8)):
        found = tally(SALVO, Reports(AT_TYPICAL, {"x": x, "y": y})).sums[Key(AT_TYPICAL, "in time", "x", "y")]
        assert (found.total, found.total_squares, found.count) == (total, squares, 6)


def test_medians_of_launches_are_exact_where_replications_go_together() -> None:
    latency = latencies(np.random.default_rng(8), 600, 3)
    blocks = [Reports(AT_TYPICAL, latency, n_together=2), Reports(0, latency)]
    exact = refined(tally(SALVO, blocks[0]) + tally(SALVO, blocks[1]), lambda: blocks)
    for median in launch_medians(SALVO, exact):
        values = latency[median.arm][:, median.launch]
        assert median.p50_us == np.sort(values[values != NEVER])[((values != NEVER).sum() - 1) // 2]


ANY = arrays(np.int64, (12, 3), elements=st.one_of(st.just(NEVER), st.integers(0, 2 * 10**9), st.integers(0, 3)))


@given(ANY, ANY, st.lists(st.integers(0, 12), max_size=5), st.randoms())
@quick
def test_blocks_add_up_to_the_bytes_of_the_whole_in_any_grouping(
    x: np.ndarray, y: np.ndarray, cuts: list[int], order: Random
) -> None:
    edges = sorted({0, 12, *cuts})
    blocks = [
        tally(SALVO, Reports(AT_TYPICAL, {"x": x[start:stop], "y": y[start:stop]})) for start, stop in pairwise(edges)
    ]
    order.shuffle(blocks)
    while len(blocks) > 1:
        place = order.randrange(len(blocks) - 1)
        blocks[place : place + 2] = [blocks[place] + blocks[place + 1]]
    assert tally_bytes(blocks[0]) == tally_bytes(tally(SALVO, Reports(AT_TYPICAL, {"x": x, "y": y})))


@pytest.mark.parametrize("most_parts", [2, 16, 256])
@pytest.mark.parametrize(("scenario", "per"), [(ONE, 1), (SALVO, 3)])
def test_refined_quantiles_medians_and_their_intervals_are_those_of_the_arrays(
    scenario: Scenario, per: int, most_parts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often the cells must be split: into 2 parts at a time, 16, or as shipped."""
    monkeypatch.setattr(refine, "MOST_PARTS", most_parts)
    latency = latencies(np.random.default_rng(3), 3000, per)
    blocks = [
        Reports(AT_TYPICAL, {arm: values[i : i + 700] for arm, values in latency.items()}) for i in range(0, 3000, 700)
    ]
    blocks.append(Reports(0, {arm: values[:20] for arm, values in latency.items()}))
    exact = refined(whole(scenario, latency), lambda: blocks)
    results = analyse(scenario, exact)
    assert results.quantile_error == 0
    assert_is_of_arrays(results, exact, latency)
    for median in launch_medians(scenario, exact):
        values = latency[median.arm][:, median.launch]
        known = np.sort(values[values != NEVER])
        assert median.p50_us == known[(len(known) - 1) // 2]


def assert_is_of_arrays(results: Results, tally: Tally, latency: dict[str, np.ndarray]) -> None:
    x, y = latency.values()
    for arm in results.arms:
        values, is_known = latency[arm.name], latency[arm.name] != NEVER
        assert arm.mean == mean_of(np.where(is_known, values, 0).sum(axis=1), is_known.sum(axis=1))
        assert arm.arrives == share_of(is_known)
        assert arm.in_time == share_of(is_known & (values <= 1_200_000_000))
        assert arm.quantiles == tuple(quantile_of(values, is_known, q) for q in QUANTILES)
        few = np.sort(values[:20][is_known[:20]])
        assert median_band(tally, Key(AT_TYPICAL, "latency", arm.name)).low == few[(len(few) - 1) // 2]
    has_both = (x != NEVER) & (y != NEVER)
    expected = tuple(quantile_of(x - y, has_both, q) for q in DIFFERENCE_QUANTILES)
    assert results.contrasts[0].quantiles == expected


def test_what_was_refined_in_passing_is_joined_again() -> None:
    """At most three cells more for each value that a quantile or an end of its interval meets."""
    latency = latencies(np.random.default_rng(3), 3000, 3)
    coarse = whole(SALVO, latency)
    blocks = [Reports(AT_TYPICAL, latency), Reports(0, {arm: values[:20] for arm, values in latency.items()})]
    exact = refined(coarse, lambda: blocks)
    for key, spread in exact.spreads.items():
        assert spread.n == coarse.spreads[key].n
        assert len(spread.low) <= len(coarse.spreads[key].low) + 2 * 3 * len(QUANTILES)


@pytest.mark.parametrize(("scenario", "per"), [(ONE, 1), (SALVO, 3)])
def test_without_the_latencies_quantiles_are_within_the_stated_error(scenario: Scenario, per: int) -> None:
    latency = latencies(np.random.default_rng(4), 3000, per)
    results = analyse(scenario, whole(scenario, latency))
    assert results.quantile_error == RELATIVE_ERROR
    for arm in results.arms:
        values, is_known = latency[arm.name], latency[arm.name] != NEVER
        for found, q in zip(arm.quantiles, QUANTILES, strict=True):
            assert_near(found, quantile_of(values, is_known, q))


def assert_near(found: Interval, exact: Interval) -> None:
    """The estimate to the error of a cell; ends of its interval to two, as they count from a cell's end."""
    assert found.estimate == pytest.approx(exact.estimate, rel=RELATIVE_ERROR)
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high), rel=3 * RELATIVE_ERROR)


@pytest.mark.parametrize("size", [40, 700, 10**9])
def test_results_do_not_depend_on_the_size_of_blocks(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    text = TEXT.replace("LAUNCHES", "[{name: salvo, count: 3, gap: 5 s, flight_time: 3 min}]")
    random = text.replace("{delay: 1 s", "{delay: {exponential: {mean: {low: 1 min, typical: 3 min, high: 9 min}}}")
    scenario = load_text(f"{random}replications: 200\nsettings: {{count: 3, replications: 50}}\n", "blocks")
    expected = simulate_scenario(scenario)
    monkeypatch.setattr(experiment, "BLOCK_WORK", size)
    found = simulate_scenario(scenario)
    assert tally_bytes(found.tally) == tally_bytes(expected.tally)
    assert analyse(scenario, found.tally) == analyse(scenario, expected.tally)
    for arm in expected.typical:
        assert np.array_equal(found.typical[arm], expected.typical[arm])
        assert np.array_equal(found.by_setting[arm], expected.by_setting[arm])


def test_a_tally_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    found = whole(SALVO, latencies(np.random.default_rng(5), 50, 3))
    path = tmp_path / "tally.parquet"
    path.write_bytes(tally_bytes(found))
    again = read_tally(path)
    assert tally_bytes(again) == tally_bytes(found)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["2019-10-02-pukguksong-3", "salvo-of-eight-2022-06-05"])
def test_memory_does_not_grow_with_the_number_of_launches(name: str) -> None:
    """What NumPy and Python hold at most, by tracemalloc: 10⁷ launches against 10⁶, and made exact."""
    few, many = (stream.traced_peak_mb(name, n) for n in (10**6, 10**7))
    assert many < few + 10
    assert many < 100
