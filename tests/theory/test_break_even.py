"""Break-evens against closed forms, through scenario files.

The interval is at the 95 % level and seeds are fixed: what a test holds is that the true value lies within twice
its half-width of the estimate, which fails a right program once in ten thousand.
"""

from __future__ import annotations

import math

import pytest

from sim.analysis.measures import Measure
from sim.experiment.batch import Batch, run_part
from sim.model.scenario import Scenario
from sim.scenario.loader import load_text
from sim.studies.breakeven.crossings import BreakEven, break_evens
from sim.studies.breakeven.curves import Search, curves_of

MINUTE = 60_000_000
RANGE = "{low: 1 min, typical: 2 min, high: 20 min}"


def found(stages: str, flows: str, measure: Measure = Measure.MEAN, n: int = 4_000, seed: int = 1) -> BreakEven:
    """The break-even of the one range of a scenario."""
    text = (
        f"title: t\nseed: {seed}\ndeadline: {{name: splash, after: 6 min}}\nsettings: 1\nlaunches: [{{name: one}}]\n"
        f"stages: {{{stages}}}\narrangements: {{{flows}}}\ncompare: [direct, via]\nreplications: {n}\n"
    )
    return break_even_of(load_text(text, "t"), measure, n)


def break_even_of(scenario: Scenario, measure: Measure, n: int) -> BreakEven:
    def ask(settings):
        return run_part(Batch(scenario, settings, n), "columns")

    (one,) = break_evens(scenario, measure, n, curves_of(scenario, scenario.ranges(), measure, Search(), ask)).found
    return one


def stage(name: str, delay: str) -> str:
    return f"{name}: {{delay: {delay}, evidence: assumed}}"


def exponential(name: str, mean: str) -> str:
    return stage(name, f"{{exponential: {{mean: {mean}}}}}")


@pytest.mark.parametrize("measure", [Measure.MEAN, Measure.P50, Measure.P95, Measure.IN_TIME])
def test_two_exponential_routes_are_equal_where_their_means_are(measure: Measure) -> None:
    one = found(f"{exponential('a', RANGE)}, {exponential('b', '5 min')}", "direct: [a], via: [b]", measure)
    (crossing,) = one.crossings
    half = crossing.at.half_width
    assert abs(crossing.at.estimate - 5 * MINUTE) < 2 * half < MINUTE
    assert one.is_monotone
    assert crossing.is_rising == (measure != Measure.IN_TIME)


@pytest.mark.parametrize(
    ("measure", "factor"), [(Measure.MEAN, 1.0), (Measure.P50, math.log(2)), (Measure.P95, math.log(20))]
)
def test_an_exponential_route_against_a_constant_one(measure: Measure, factor: float) -> None:
    """Its mean is m, its median m log 2, its 95 % quantile m log 20."""
    one = found(f"{exponential('a', RANGE)}, {stage('b', '5 min')}", "direct: [a], via: [b]", measure)
    (crossing,) = one.crossings
    assert abs(crossing.at.estimate - 5 * MINUTE / factor) < 2 * crossing.at.half_width < MINUTE


def test_constants_have_a_break_even_without_noise() -> None:
    """1 min and x against 4 min: 3 min to the microsecond."""
    one = found(
        f"{stage('a', f'{{constant: {RANGE}}}')}, {stage('c', '1 min')}, {stage('b', '4 min')}",
        "direct: [c, a], via: [b]",
        n=20,
    )
    (crossing,) = one.crossings
    assert crossing.at.estimate == crossing.at.low == crossing.at.high == 3 * MINUTE


def test_a_queue_turns_the_difference_back_and_both_crossings_are_found() -> None:
    """A fallback begun at x holds the desk to x + 6 min; from 3 min on the first try has it, and is done at 7.

    Against 8 min the two are equal at 2 min and again at 3.
    """
    text = f"""
title: t
deadline: none
settings: 1
launches: [{{name: one}}]
desks: {{d: {{capacity: 1, evidence: assumed}}}}
stages:
  a: {{delay: 3 min, evidence: assumed}}
  at_desk: {{desk: d, delay: 4 min, evidence: assumed}}
  c: {{desk: d, delay: 6 min, evidence: assumed}}
  b: {{delay: 8 min, evidence: assumed}}
arrangements:
  direct: [{{try: [a, at_desk], for: {RANGE}, else: c}}]
  via: [b]
compare: [direct, via]
"""
    one = break_even_of(load_text(text, "t"), Measure.MEAN, 20)
    first, second = one.crossings
    assert first.at.estimate == pytest.approx(2 * MINUTE, rel=1e-6)
    assert second.at.estimate == pytest.approx(3 * MINUTE, rel=0.05)
    assert (first.is_rising, second.is_rising, one.is_monotone) == (True, False, False)


def test_what_never_crosses_says_so_with_both_ends() -> None:
    one = found(f"{stage('a', f'{{constant: {RANGE}}}')}, {stage('b', '30 min')}", "direct: [a], via: [b]", n=20)
    assert (one.crossings, one.ease) == ((), math.inf)
    assert (one.at_low.estimate, one.at_high.estimate) == (-29 * MINUTE, -10 * MINUTE)


def test_servers_are_counted_in_whole_numbers() -> None:
    """Three launches at once of 4 min each: 8 min on the mean with one server, 16/3 with two, 4 with three."""
    text = """
title: t
deadline: none
settings: 1
launches: [{name: three, offsets: [0 s, 0 s, 0 s]}]
desks: {d: {capacity: {low: 1, typical: 1, high: 3}, evidence: assumed}}
stages: {a: {desk: d, delay: 4 min, evidence: assumed}, b: {delay: 5 min, evidence: assumed}}
arrangements: {direct: [a], via: [b]}
compare: [direct, via]
replications: 4
"""
    (crossing,) = break_even_of(load_text(text, "t"), Measure.MEAN, 4).crossings
    assert 2 < crossing.at.estimate < 3


@pytest.mark.slow
def test_the_interval_covers_the_true_break_even_about_as_often_as_it_says() -> None:
    """200 seeds of two exponential routes: 95 %, give or take four standard errors."""
    stages, flows = f"{exponential('a', RANGE)}, {exponential('b', '5 min')}", "direct: [a], via: [b]"
    every = [found(stages, flows, n=400, seed=seed).crossings for seed in range(200)]
    hits = sum(any(crossing.at.low <= 5 * MINUTE <= crossing.at.high for crossing in one) for one in every)
    assert 0.95 - 4 * math.sqrt(0.95 * 0.05 / 200) <= hits / 200 < 1
