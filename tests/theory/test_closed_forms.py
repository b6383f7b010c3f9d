"""Closed forms through scenario files.

Tolerance: 4 standard errors over replications, so a right program fails one of a thousand runs of a
test about 0.06 times; an error of 5.3 standard errors is found with 90 % power. Seeds are fixed.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.engines.contract import NEVER
from sim.experiment.run import replay, simulate_scenario
from sim.model.scenario import Scenario
from sim.scenario.loader import load_text

HEAD = "title: t\ndeadline: none\nsettings: 1\nlaunches: [{name: one}]\ncompare: [x]\nreplications: 4000\n"
STAGES = """stages:
  a: {delay: {exponential: {mean: 30 s}}, evidence: assumed}
  b: {delay: {exponential: {mean: 45 s}}, evidence: assumed}
  c: {delay: {exponential: {mean: 60 s}}, evidence: assumed}
"""


def seconds(text: str) -> np.ndarray:
    """Alert latencies in seconds, nan where none came, shape (replication, launch)."""
    latency = simulate_scenario(load_text(text, "t")).typical["x"]
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
def test_exponential_flows_have_their_mean(flow: str, expected: float) -> None:
    assert_mean(seconds(f"{HEAD}{STAGES}arrangements: {{x: {flow}}}")[:, 0], expected)


def test_the_p95_of_a_route_of_two_exponentials_is_179_99_s() -> None:
    """Hypoexponential: 1 - F(t) = (45 exp(-t/45) - 30 exp(-t/30)) / 15 = 0.05 at t = 179.99."""
    t = 179.99
    assert (45 * math.exp(-t / 45) - 30 * math.exp(-t / 30)) / 15 == pytest.approx(0.05, abs=1e-5)
    values = seconds(f"{HEAD}{STAGES}arrangements: {{x: [a, b]}}")[:, 0]
    assert np.mean(values > t) == pytest.approx(0.05, abs=4 * math.sqrt(0.05 * 0.95 / len(values)))


def test_lost_attempts_cost_their_time_out_a_geometric_number_of_times() -> None:
    """Mean 2 s + 10 s · 0.2 / 0.8 = 4.5 s; of 3 attempts all are lost with 0.2³ = 0.8 %."""
    stage = "a: {delay: 2 s, loss: {probability: 20 %, retry_after: 10 s, attempts: N}, evidence: assumed}"
    text = f"{HEAD}stages: {{{stage}}}\narrangements: {{x: [a]}}"
    assert_mean(seconds(text.replace("N", "60"))[:, 0], 4.5)
    few = seconds(text.replace("N", "3"))[:, 0]
    assert np.isnan(few).mean() == pytest.approx(0.008, abs=4 * math.sqrt(0.008 * 0.992 / len(few)))


def queue(capacity: int, gap_ms: int, service: str, n_launches: int = 4000, extra: str = "") -> Scenario:
    """Launches as customers of one desk; 12 replications."""
    return load_text(
        f"title: q\ndeadline: none\nsettings: 1\nreplications: 12\ncompare: [x]\n"
        f"launches: [{{name: q, count: {n_launches}, gap: {{exponential: {{mean: {gap_ms} ms}}}}}}]\n"
        f"desks: {{d: {{capacity: {capacity}, evidence: assumed}}}}\n"
        f"stages: {{a: {{desk: d, delay: {service}, evidence: assumed}}}}\narrangements: {{x: [a]}}\n{extra}",
        "q",
    )


DISCARDED = 500  # the first launches of a replication find the desk emptier than it will be


def waits(scenario: Scenario) -> np.ndarray:
    """Seconds that each launch waited, shape (replication, launch), the first discarded."""
    found = []
    for replication in range(scenario.replications):
        paths = replay(scenario, scenario.arm("x"), replication)
        found.append((paths.started - paths.queued)[0, DISCARDED:, 0] / 1e6)
    return np.array(found)


def test_m_m_1_waits_4_s_and_13_863_s_at_its_p95() -> None:
    """λ = 0.8, μ = 1: ρ / (μ − λ) = 4; P(W > t) = 0.8 exp(−0.2 t) (Gross and Harris, 4th ed., 2.2)."""
    found = waits(queue(1, 1250, "{exponential: {mean: 1 s}}"))
    assert_mean(found.mean(axis=1), 4)
    assert 0.8 * math.exp(-0.2 * 13.863) == pytest.approx(0.05, abs=1e-5)
    assert_mean((found > 13.863).mean(axis=1), 0.05)


def test_m_m_3_waits_0_4444_s() -> None:
    """λ = 2, μ = 1, c = 3: Erlang's C is 4/9, the mean wait C / (cμ − λ) = 4/9."""
    found = waits(queue(3, 500, "{exponential: {mean: 1 s}}"))
    assert_mean(found.mean(axis=1), 4 / 9)
    assert_mean((found > 3.794).mean(axis=1), 4 / 9 * math.exp(-3.794))


def test_m_g_1_waits_as_pollaczek_and_khinchine_say() -> None:
    """λ E[S²] / (2 (1 − ρ)) with Erlang-2 service of mean 0.7 s, λ = 1: E[S²] = 1.5 · 0.49."""
    found = waits(queue(1, 1000, "{erlang: {shape: 2, mean: 700 ms}}"))
    assert_mean(found.mean(axis=1), 1.5 * 0.49 / (2 * 0.3))


def test_two_classes_at_one_desk_wait_as_cobham_says() -> None:
    """FLASH launches and ROUTINE background, each λ = 0.4, both served in 1 s on average, not interrupted.

    Cobham (Operations Research 2, 1954): W₁ = R / (1 − ρ₁), R = Σ λᵢ E[Sᵢ²] / 2 = 0.8: 4/3 s.
    """
    background = "{interarrival: {exponential: {mean: 2500 ms}}, service: {exponential: {mean: 1 s}}, warm_up: 10 min}"
    scenario = queue(1, 2500, "{exponential: {mean: 1 s}}", 2000, "horizon: 1 min\n")
    text = dict(scenario.document)
    text["desks"] = {"d": {"capacity": "1", "evidence": "assumed", "background": "BACKGROUND"}}
    import json

    loaded = load_text(json.dumps(text).replace('"BACKGROUND"', background), "q")
    assert_mean(waits(loaded).mean(axis=1), 0.8 / 0.6)
