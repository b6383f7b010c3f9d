"""Closed forms through scenario files.

Tolerance: 4 standard errors over replications, so a right program fails one of a thousand runs of a
test about 0.06 times; an error of 5.3 standard errors is found with 90 % power. Of an exponential mean
that is 8 % with the 4,000 replications of the reference engine, 0.8 % with the 400,000 of the quick
ones. Seeds are fixed.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.engines.contract import NEVER
from sim.experiment.engines import REFERENCE, Engine
from sim.scenario.loader import load_text
from tests.engines import latencies

HEAD = "title: t\ndeadline: none\nsettings: 1\nlaunches: [{name: one}]\ncompare: [x]\n"
STAGES = """stages:
  a: {delay: {exponential: {mean: 30 s}}, evidence: assumed}
  b: {delay: {exponential: {mean: 45 s}}, evidence: assumed}
  c: {delay: {exponential: {mean: 60 s}}, evidence: assumed}
"""


def seconds(engine: Engine, text: str) -> np.ndarray:
    """Alert latencies in seconds, nan where none came, shape (replication,)."""
    n = 4_000 if engine is REFERENCE else 400_000
    latency = latencies(load_text(f"{HEAD}replications: {n}\n{text}", "t"), engine)[:, 0]
    return np.where(latency == NEVER, np.nan, latency / 1e6)


def assert_mean(values: np.ndarray, expected: float) -> None:
    assert values.mean() == pytest.approx(expected, abs=4 * values.std(ddof=1) / math.sqrt(len(values)))


RATES = (1 / 30, 1 / 45, 1 / 60)
FIRST_OF_3 = 1 / sum(RATES)
ALL_OF_2 = 30 + 45 - 1 / (RATES[0] + RATES[1])  # inclusion and exclusion
SECOND_OF_3 = sum(1 / (sum(RATES) - rate) for rate in RATES) - 2 * FIRST_OF_3


@pytest.mark.parametrize(
    ("flow", "expected"),
    [
        ("[a, b]", 75),
        ("[{first: [a, b]}]", 1 / (RATES[0] + RATES[1])),
        ("[{first: [a, b, c]}]", FIRST_OF_3),
        ("[{all: [a, b]}]", ALL_OF_2),
        ("[{at_least: 2, of: [a, b, c]}]", SECOND_OF_3),
        # a within 20 s, else the first of what is left of a (no memory) and b
        ("[{try: a, for: 20 s, else: b}]", 30 * (1 - math.exp(-20 / 30)) + math.exp(-20 / 30) / (RATES[0] + RATES[1])),
    ],
)
def test_exponential_flows_have_their_mean(engine: Engine, flow: str, expected: float) -> None:
    assert_mean(seconds(engine, f"{STAGES}arrangements: {{x: {flow}}}"), expected)


def test_the_p95_of_a_route_of_two_exponentials_is_179_99_s(engine: Engine) -> None:
    """Hypoexponential: 1 - F(t) = (45 exp(-t/45) - 30 exp(-t/30)) / 15 = 0.05 at t = 179.99."""
    t = 179.99
    assert (45 * math.exp(-t / 45) - 30 * math.exp(-t / 30)) / 15 == pytest.approx(0.05, abs=1e-5)
    values = seconds(engine, f"{STAGES}arrangements: {{x: [a, b]}}")
    assert np.mean(values > t) == pytest.approx(0.05, abs=4 * math.sqrt(0.05 * 0.95 / len(values)))


def test_lost_attempts_cost_their_time_out_a_geometric_number_of_times(engine: Engine) -> None:
    """Mean 2 s + 10 s · 0.2 / 0.8 = 4.5 s; of 3 attempts all are lost with 0.2³ = 0.8 %."""
    stage = "a: {delay: 2 s, loss: {probability: 20 %, retry_after: 10 s, attempts: N}, evidence: assumed}"
    text = f"stages: {{{stage}}}\narrangements: {{x: [a]}}"
    assert_mean(seconds(engine, text.replace("N", "60")), 4.5)
    few = seconds(engine, text.replace("N", "3"))
    assert np.isnan(few).mean() == pytest.approx(0.008, abs=4 * math.sqrt(0.008 * 0.992 / len(few)))


def test_a_fallback_of_fixed_length_caps_the_latency(engine: Engine) -> None:
    """a within 20 s, else 15 s more or a itself: min(a, 35 s), so the mean is 30 (1 − exp(−35/30))."""
    text = STAGES + "  d: {delay: 15 s, evidence: assumed}\n"
    values = seconds(engine, f"{text}arrangements: {{x: [{{try: a, for: 20 s, else: d}}]}}")
    assert values.max() == 35
    assert_mean(values, 30 * (1 - math.exp(-35 / 30)))
    assert_share(values == 35, math.exp(-35 / 30))


def test_a_refused_try_falls_back_at_the_refusal(engine: Engine) -> None:
    """By hand: 10 s, refused with 30 %: then 15 s more at once, though 60 s were allowed: 10 + 0.3 · 15 = 14.5 s."""
    stages = (
        "stages:\n  a: {delay: 10 s, refusal: {probability: 30 %, evidence: assumed}, evidence: assumed}\n"
        "  b: {delay: 15 s, evidence: assumed}\n"
    )
    values = seconds(engine, f"{stages}arrangements: {{x: [{{try: a, for: 60 s, else: b}}]}}")
    assert set(values.tolist()) == {10.0, 25.0}
    assert_mean(values, 14.5)


def test_a_route_arrives_with_the_product_of_what_is_not_refused(engine: Engine) -> None:
    """0.7 · 0.9 in a route; both refused 0.3 · 0.1 in `first`, so 0.97 arrive."""
    stages = (
        "stages:\n  a: {delay: 1 s, refusal: {probability: 30 %, evidence: assumed}, evidence: assumed}\n"
        "  b: {delay: 2 s, refusal: {probability: 0.1, evidence: assumed}, evidence: assumed}\n"
    )
    for flow, share in (("[a, b]", 0.63), ("{all: [a, b]}", 0.63), ("{first: [a, b]}", 0.97)):
        assert_share(~np.isnan(seconds(engine, f"{stages}arrangements: {{x: {flow}}}")), share)


def assert_share(hits: np.ndarray, expected: float) -> None:
    assert hits.mean() == pytest.approx(expected, abs=4 * math.sqrt(expected * (1 - expected) / len(hits)))
