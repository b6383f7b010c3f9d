"""Means without bias, and intervals that cover what they say, where replications are Sobol points.

A route of two exponentials, 30 s and 45 s: everything in closed form. Each repetition is a whole run
with a seed of its own, by columns. Tolerances as in `tests.coverage.test_coverage`. Where
an interval is meant to be rather too wide only the lower side is held.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.optimize import brentq

from sim.analysis.analyse import analyse
from sim.analysis.results import ArmResult
from sim.experiment.execution import Execution
from sim.experiment.run import simulate_scenario
from sim.scenario.loader import load_text
from tests.coverage.test_coverage import LEVEL

TEXT = """
title: two exponentials
launches: [LAUNCHES]
deadline: {name: late, after: 100 s}
stages:
  a: {delay: {exponential: {mean: 30 s}}, evidence: assumed}
  b: {delay: {exponential: {mean: 45 s}}, evidence: assumed}
  r: {delay: 0 s, refusal: {probability: 10 %}, evidence: assumed}
arrangements: {x: [a, b], z: [r, a, b]}
compare: [x, z]
settings: 1
"""
ONE, THREE = "{name: one}", "{name: three, offsets: [0 s, 0 s, 0 s]}"
N = 1_024  # 32 randomisations of as many points


def within(t: float) -> float:
    """The share at or below t seconds: hypoexponential."""
    return 1 - (45 * math.exp(-t / 45) - 30 * math.exp(-t / 30)) / 15


P50, P95 = (brentq(lambda t, q=q: within(t) - q, 1, 1_000) for q in (0.5, 0.95))


@cache
def runs(launches: str, n_repetitions: int) -> tuple[ArmResult, ...]:
    """The second arm of many runs, of which 10 % of reports never arrive."""
    sets = {"draws": "sobol", "replications": str(N)}
    scenario = load_text(TEXT.replace("LAUNCHES", launches), "two", sets=sets)
    seeds = range(1, n_repetitions + 1)
    found = (simulate_scenario(replace(scenario, seed=seed), Execution("columns")).tally for seed in seeds)
    return tuple(analyse(scenario, tally).arm("z") for tally in found)


def covered(launches: str, n_repetitions: int) -> dict[str, float]:
    """How often each interval has the truth inside."""
    found = runs(launches, n_repetitions)
    truths = {
        "mean": (75e6, [arm.mean for arm in found]),
        "p50": (P50 * 1e6, [arm.quantiles[0] for arm in found]),
        "p95": (P95 * 1e6, [arm.quantiles[2] for arm in found]),
        "arrives": (0.9, [arm.arrives for arm in found]),
        "in time": (0.9 * within(100), [arm.in_time for arm in found if arm.in_time]),
    }
    return {
        name: float(np.mean([one.low <= truth <= one.high for one in intervals]))
        for name, (truth, intervals) in truths.items()
    }


def assert_honest(found: dict[str, float], n_repetitions: int, points: float) -> None:
    noise = 4 * math.sqrt(LEVEL * (1 - LEVEL) / n_repetitions)
    assert found["mean"] == pytest.approx(LEVEL, abs=noise + points / 100)
    assert min(found.values()) > LEVEL - noise - points / 100, found


@pytest.mark.slow
def test_means_are_those_of_the_closed_form() -> None:
    """Over runs with seeds of their own, 4 standard errors: false alarms 6e-5; a mean 1 % off is found."""
    means = np.array([arm.mean.estimate for arm in runs(ONE, 100)])
    assert means.mean() == pytest.approx(75e6, abs=4 * means.std(ddof=1) / math.sqrt(len(means)))
    shares = np.array([arm.in_time.estimate for arm in runs(ONE, 100) if arm.in_time])
    assert shares.mean() == pytest.approx(0.9 * within(100), abs=4 * shares.std(ddof=1) / math.sqrt(len(shares)))


@pytest.mark.slow
def test_means_vary_less_than_those_of_replications_drawn_alone() -> None:
    """Variance of a hypoexponential over 0.9 n reports: (30² + 45²) s² / 0.9 n; 100 runs tell 30 % of it."""
    means = np.array([arm.mean.estimate / 1e6 for arm in runs(ONE, 100)])
    assert (30**2 + 45**2) / (0.9 * N) / means.var(ddof=1) > 5


@pytest.mark.slow
def test_intervals_are_as_narrow_as_the_runs_lie_together() -> None:
    """Mean half-width over t · sd of the estimates: 1 but for noise, a tenth for 100 runs."""
    found = runs(ONE, 100)
    spread = np.std([arm.mean.estimate for arm in found], ddof=1)
    half = np.mean([arm.mean.half_width for arm in found])
    t = 2.04  # of 31 degrees of freedom
    assert half / t / spread == pytest.approx(1, abs=0.3)


@pytest.mark.slow
@pytest.mark.parametrize("launches", [ONE, THREE], ids=["one", "three"])
def test_intervals_cover(launches: str) -> None:
    assert_honest(covered(launches, 1_500), 1_500, points=1.0)
