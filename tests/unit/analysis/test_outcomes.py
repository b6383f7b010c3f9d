"""What studies know of many settings: the same numbers as a run has of each, and honest noise."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.analysis.analyse import analyse
from sim.analysis.measures import Measure
from sim.analysis.outcomes import Outcomes, Quantity, interval, joined, outcomes, work_outcomes
from sim.engines.contract import NEVER
from sim.experiment.batch import Batch, comparing, run_part
from sim.experiment.run import simulate_scenario
from sim.model.ranges import TYPICAL, Exactly
from sim.scenario.loader import load_scenario, load_text, shipped_folder
from tests.examples import SHIPPED, examples

EVALUATES = "stages.us_evaluates.delay.lognormal.median"


@pytest.mark.parametrize("name", examples((*SHIPPED, "washington-as-fallback"), SHIPPED[::2]))
def test_a_setting_says_what_a_run_says_of_it(name: str) -> None:
    scenario = load_scenario(shipped_folder() / f"{name}.yaml", {"replications": "301", "settings": "1"})
    results = analyse(scenario, simulate_scenario(scenario).tally)
    found = run_part(Batch(scenario, (TYPICAL,), 301), "reference").values
    for arm in results.arms:
        p50, _, p95 = arm.quantiles[:3]
        assert found[Quantity(Measure.MEAN, arm.name)][0, 0] == arm.mean.estimate
        assert found[Quantity(Measure.ARRIVES, arm.name)][0, 0] == arm.arrives.estimate
        assert found[Quantity(Measure.P50, arm.name)][0, 0] == p50.estimate
        assert found[Quantity(Measure.P95, arm.name)][0, 0] == p95.estimate
        if arm.in_time is not None:
            assert found[Quantity(Measure.IN_TIME, arm.name)][0, 0] == arm.in_time.estimate
    for pair in results.contrasts:
        assert found[Quantity(Measure.MEAN, pair.a, pair.b)][0, 0] == pair.mean.estimate


def test_an_exact_value_gives_the_run_that_has_it_in_its_file() -> None:
    path = shipped_folder() / "first-look.yaml"
    scenario = load_scenario(path, {"settings": "1"})
    cells = tuple({EVALUATES: Exactly(minutes * 60_000_000)} for minutes in (1, 7, 55))
    found = run_part(Batch(scenario, cells, 100), "reference")
    for place, minutes in enumerate((1, 7, 55)):
        alone = load_scenario(path, {"settings": "1", EVALUATES: f"{minutes} min"})
        same = run_part(Batch(alone, (TYPICAL,), 100), "reference")
        for quantity, values in same.values.items():
            assert values[:, 0].tolist() == found.values[quantity][:, place].tolist()


def test_arms_that_are_not_compared_are_not_simulated_and_change_nothing() -> None:
    scenario = load_scenario(shipped_folder() / "2019-10-02-pukguksong-3.yaml")
    a, b = scenario.contrasts[1]
    alone = run_part(Batch(comparing(scenario, (a, b)), (TYPICAL,), 60), "reference")
    assert {quantity.arm for quantity in alone.values} == {a, b}
    every = run_part(Batch(scenario, (TYPICAL,), 60), "reference")
    assert alone.difference(Measure.MEAN, a, b).tolist() == every.difference(Measure.MEAN, a, b).tolist()


def test_what_never_comes_is_left_out_and_what_is_not_there_is_nan() -> None:
    scenario = load_scenario(shipped_folder() / "first-look.yaml")
    never = np.full((1, 4, 1), NEVER)
    some = np.array([[[60], [NEVER], [20], [40]]])
    found = outcomes(scenario, {"direct": some, "via_washington": never}, 2)
    assert found.values[Quantity(Measure.MEAN, "direct")][:, 0].tolist() == [40, 60, 30]
    assert found.values[Quantity(Measure.P50, "direct")][:, 0].tolist() == [40, 60, 20]
    assert found.values[Quantity(Measure.ARRIVES, "direct")][:, 0].tolist() == [0.75, 0.5, 1]
    assert np.isnan(found.difference(Measure.MEAN, "direct", "via_washington")).all()
    assert found.difference(Measure.ARRIVES, "direct", "via_washington")[0].tolist() == [0.75]


IN_TIME = """
title: in time
launches: [{name: one, flight_time: 10 us}, {name: other, flight_time: 20 us}]
stages: {a: {delay: 1 s, evidence: assumed}, b: {delay: 1 s, evidence: assumed}}
arrangements: {x: [a], y: [b]}
compare: [x, y]
"""


def test_in_time_is_up_to_the_deadline_of_each_launch() -> None:
    times = np.array([[[10, 20], [11, 20], [9, 21], [NEVER, NEVER]]])
    found = outcomes(load_text(IN_TIME, "in time"), {"x": times, "y": times}, 0)
    assert found.values[Quantity(Measure.IN_TIME, "x")].tolist() == [[0.5]]


def test_false_alerts_are_a_share_of_false_reports() -> None:
    """Of two replications of two false reports each, three alerts; the launch is no part of it."""
    path = shipped_folder() / "confirmation.yaml"
    launches = "[{name: l}, {name: f, false_report: SOURCE}, {name: g, false_report: SOURCE}]"
    scenario = load_scenario(path)
    source = next(name for name, stage in scenario.arms[0].stages.items() if stage.is_source)
    scenario = load_scenario(path, {"launches": launches.replace("SOURCE", source), "deadline": "none"})
    times = np.array([[[5, 1, 2], [NEVER, NEVER, 3]]])
    found = outcomes(scenario, dict.fromkeys((arm.name for arm in scenario.arms), times), 2)
    name = scenario.arms[0].name
    assert found.values[Quantity(Measure.FALSE_ALERT, name)][:, 0].tolist() == [0.75, 1, 0.5]
    assert found.values[Quantity(Measure.ARRIVES, name)][:, 0].tolist() == [0.5, 1, 0]


def test_noise_is_that_of_the_sections() -> None:
    """Students's t with 3 degrees of freedom on 4 sections that lie 2 from their mean."""
    found = interval(np.array([10.0, 8, 12, 8, 12]))
    half = 3.182446305 * math.sqrt(16 / 3 / 4)
    assert (found.estimate, found.low, found.high) == pytest.approx((10, 10 - half, 10 + half))
    two = interval(np.array([10.0, 8, 12]))
    assert (two.low, two.high) == pytest.approx((10 - 12.7062047 * 2, 10 + 12.7062047 * 2))
    assert math.isnan(interval(np.array([10.0])).low)
    assert math.isnan(interval(np.array([10.0, 9])).low)


def test_sections_cover_the_truth_about_as_often_as_they_say() -> None:
    """The p95 of an exponential delay, 400 times with 400 values: 95 % give or take four standard errors."""
    rng = np.random.default_rng(11)
    scenario = comparing(load_scenario(shipped_folder() / "first-look.yaml"), ("direct", "via_washington"))
    times = np.rint(rng.exponential(1e8, (400, 2000, 1))).astype(np.int64)
    found = outcomes(scenario, {"direct": times, "via_washington": times + 1})
    values = found.values[Quantity(Measure.P95, "direct")]
    hits = [one.low <= 1e8 * math.log(20) <= one.high for one in map(interval, values.T)]
    assert 0.95 - 4 * math.sqrt(0.95 * 0.05 / 400) <= np.mean(hits) <= 0.995


def test_a_difference_is_of_pairs_or_of_two_measures_and_of_work_that_one_does_not_have_all_of_the_other() -> None:
    a, b, pair = np.array([[0.5, 0.7], [0.4, 0.8]]), np.array([[0.1, 0.2], [0.3, 0.4]]), np.array([[3.0, 4], [5, 6]])
    found = Outcomes(
        {
            Quantity(Measure.MEAN, "a", "b"): pair,
            Quantity(Measure.IN_TIME, "a"): a,
            Quantity(Measure.IN_TIME, "b"): b,
            Quantity(Measure.ARRIVES, "a"): a,
            Quantity(Measure.WORK, "a", at="seoul"): pair,
        }
    )
    assert found.difference(Measure.MEAN, "a", "b").tolist() == pair.tolist()
    assert found.difference(Measure.IN_TIME, "a", "b").tolist() == (a - b).tolist()
    assert found.difference(Measure.WORK, "a", "b", "seoul").tolist() == pair.tolist()
    assert found.difference(Measure.WORK, "b", "a", "seoul").tolist() == (-pair).tolist()
    for one, other in (("a", "b"), ("b", "a")):
        with pytest.raises(KeyError, match=f"arrives of {one} or {other}"):
            found.difference(Measure.ARRIVES, one, other)


@pytest.mark.parametrize(
    ("n_sections", "expected"),
    [(0, [21 / 12]), (3, [21 / 12, 3 / 4, 7 / 4, 11 / 4]), (9, [21 / 12, *(n / 2 for n in range(1, 7))])],
)
def test_work_is_told_a_launch_of_all_replications_and_of_sections(n_sections: int, expected: list[float]) -> None:
    """Of six replications of two launches each; of no more sections than replications."""
    found = work_outcomes({"x": {"seoul": np.array([[1, 2, 3, 4, 5, 6]])}}, 2, n_sections)
    assert found.values[Quantity(Measure.WORK, "x", at="seoul")][:, 0].tolist() == expected


def test_parts_join_in_their_order() -> None:
    parts = [Outcomes({Quantity(Measure.MEAN, "a"): np.array([[x]])}) for x in (3.0, 1.0)]
    assert joined(parts).values[Quantity(Measure.MEAN, "a")].tolist() == [[3.0, 1.0]]
    assert (joined(parts).n_settings, joined(parts).n_sections) == (2, 0)
    assert joined(parts).take([1]).values[Quantity(Measure.MEAN, "a")].tolist() == [[1.0]]
