"""Queues at a desk: launches as customers, against textbooks and against Lindley's recursion.

Statistical tolerance: the mean over replications is held against the closed form by Student's t at
a false-alarm rate of 6e-5 a test (what 4 standard errors would be with many replications). With the
24 replications of the reference engine t is 4.9, and an error of 6.4 standard errors is found with
90 % power (non-central t); with the 216 of the quick ones these are 4.1 and 5.4. Each test states
the largest standard error that it accepts (`most`) of 24 replications; of 216 a third of it, so 6.4
or 1.8 times `most` is what it surely finds. Seeds are fixed; the first launches of each replication,
which find the desk emptier than it will be, are discarded.

Books: Gross, Shortle, Thompson and Harris, Fundamentals of Queueing Theory, 4th ed. (2008).
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from sim.draws.block import Block
from sim.draws.nouns import Draws
from sim.draws.table import draw
from sim.engines.contract import Paths
from sim.experiment.engines import REFERENCE, Engine
from sim.model.network import compile_network
from sim.scenario.loader import load_text
from tests.engines import latencies

FALSE_ALARM = 2 * stats.norm.sf(4)
FEW, MANY = 24, 216  # replications of the reference engine, of the quick ones
DISCARDED = 500
EXPONENTIAL = "{exponential: {mean: 1 s}}"


def run(engine: Engine, gap: str, stages: str, desks: str, n_launches: int = 3500) -> tuple[Draws, Paths]:
    """Draws and paths of all replications of a route through desks."""
    n = FEW if engine is REFERENCE else MANY
    names = [line.split(":")[0].strip() for line in stages.strip().splitlines()]
    scenario = load_text(
        f"title: q\ndeadline: none\nsettings: 1\nreplications: {n}\ncompare: [x]\nhorizon: 10 min\n"
        f"launches: [{{name: q, count: {n_launches}, gap: {gap}}}]\n"
        f"desks:\n{desks}\nstages:\n{stages}\narrangements: {{x: [{', '.join(names)}]}}\n",
        "q",
    )
    arm = scenario.arm("x")
    network = compile_network(arm)
    draws = draw(Block(scenario, 0, n, engine.maker), arm, network, {})
    return draws, engine.prepare(network).paths(draws)


def one_desk(
    engine: Engine,
    gap: str,
    service: str,
    capacity: int = 1,
    background: str = "",
    precedence: str = "FLASH",
    n: int = 3500,
) -> tuple[Draws, Paths]:
    return run(
        engine,
        gap,
        f"  a: {{desk: d, precedence: {precedence}, delay: {service}, evidence: assumed}}",
        f"  d: {{capacity: {capacity}, evidence: assumed{background}}}",
        n,
    )


def every(mean_ms: int) -> str:
    return f"{{exponential: {{mean: {mean_ms} ms}}}}"


def waits(paths: Paths) -> NDArray[np.float64]:
    """Seconds that each launch waited at the first stage, shape (replication, launch)."""
    return (paths.started - paths.queued)[:, DISCARDED:, 0] / 1e6


def assert_mean(values: NDArray[np.float64], expected: float, most: float) -> None:
    """The mean over replications is the expected one; its standard error of `FEW` at most `most`, for power."""
    of_replications = values.mean(axis=1)
    n = len(of_replications)
    error = of_replications.std(ddof=1) / math.sqrt(n)
    assert error <= most * math.sqrt(FEW / n)
    assert of_replications.mean() == pytest.approx(expected, abs=stats.t.isf(FALSE_ALARM / 2, n - 1) * error)


def test_a_single_server_waits_as_lindley_says_to_the_microsecond(engine: Engine) -> None:
    """W' = max(0, W + S − A) (Lindley, Proc. Camb. Phil. Soc. 48, 1952), on the path's own draws: no tolerance."""
    draws, paths = one_desk(engine, every(1250), EXPONENTIAL, n=1000)
    wait = np.zeros(len(paths.launch), np.int64)
    for launch in range(1000):
        assert np.array_equal((paths.started - paths.queued)[:, launch, 0], wait)
        if launch < 999:
            gap = draws.launch[:, launch + 1] - draws.launch[:, launch]
            wait = np.maximum(0, wait + draws.hold[:, launch, 0] - gap)


@pytest.mark.parametrize("capacity", [2, 3])
def test_several_servers_wait_as_kiefer_and_wolfowitz_say_to_the_microsecond(engine: Engine, capacity: int) -> None:
    """The sorted workloads of the servers (Trans. AMS 78, 1955); a launch waits for the least of them."""
    draws, paths = one_desk(engine, every(1250 // capacity), EXPONENTIAL, capacity, n=1000)
    work = np.zeros((len(paths.launch), capacity), np.int64)
    for launch in range(1000):
        assert np.array_equal((paths.started - paths.queued)[:, launch, 0], work[:, 0])
        if launch < 999:
            gap = draws.launch[:, launch + 1] - draws.launch[:, launch]
            work[:, 0] += draws.hold[:, launch, 0]
            work = np.sort(np.maximum(0, work - gap[:, None]), axis=1)


def test_m_m_1_waits_4_s_and_13_863_s_at_its_p95(engine: Engine) -> None:
    """λ = 0.8, μ = 1: ρ / (μ − λ) = 4; P(W > t) = ρ exp(−(μ − λ) t) = 0.05 at t = 13.863 (Gross et al., 2.2).

    Standard errors found: 0.14 s of 4 s, 0.0055 of 0.05, 0.0033 of 0.8: so a mean wrong by 0.9 s is found.
    """
    assert -math.log(0.05 / 0.8) / 0.2 == pytest.approx(13.863, abs=5e-4)
    found = waits(one_desk(engine, every(1250), EXPONENTIAL, n=4500)[1])
    assert_mean(found, 4, most=0.3)
    assert_mean(found > 13.863, 0.05, most=0.01)
    assert_mean(found > 0, 0.8, most=0.01)


def test_m_m_3_waits_0_4444_s_and_3_794_s_at_its_p99(engine: Engine) -> None:
    """λ = 2, μ = 1, c = 3: Erlang's C is 4/9, the mean wait C / (cμ − λ); P(W > t) = C exp(−t) (Gross et al., 2.3)."""
    assert math.log(4 / 9 / 0.01) == pytest.approx(3.794, abs=5e-4)
    found = waits(one_desk(engine, every(500), EXPONENTIAL, 3)[1])
    assert_mean(found > 0, 4 / 9, most=0.01)
    assert_mean(found, 4 / 9, most=0.03)
    assert_mean(found > 3.794, 0.01, most=0.003)


@pytest.mark.parametrize(
    ("service", "second_moment"),
    [
        ("700 ms", 0.49),
        ("{erlang: {shape: 2, mean: 700 ms}}", 0.49 * 1.5),
        ("{lognormal: {mean: 700 ms, sd: 350 ms}}", 0.49 * 1.25),
        ("{uniform: {low: 0 s, high: 1400 ms}}", 0.49 * 4 / 3),
    ],
    ids=["constant", "Erlang", "lognormal", "uniform"],
)
def test_m_g_1_waits_as_pollaczek_and_khinchine_say(engine: Engine, service: str, second_moment: float) -> None:
    """λ E[S²] / (2 (1 − ρ)) with λ = 1, ρ = 0.7 (Gross et al., 5.1)."""
    assert_mean(waits(one_desk(engine, every(1000), service, n=2500)[1]), second_moment / (2 * 0.3), most=0.1)


# Two classes, each with λ = 0.3, served in 1 s on average: exponential above, constant below.
# R = Σ λᵢ E[Sᵢ²] / 2 = (0.3 · 2 + 0.3 · 1) / 2 = 0.45. Cobham, Operations Research 2 (1954).
FIRST_CLASS = 0.45 / (1 - 0.3)
SECOND_CLASS = 0.45 / ((1 - 0.3) * (1 - 0.6))


@pytest.mark.parametrize(
    ("precedence", "service", "other", "of_other", "expected"),
    [
        ("FLASH", EXPONENTIAL, "ROUTINE", "1 s", FIRST_CLASS),
        ("ROUTINE", "1 s", "FLASH", EXPONENTIAL, SECOND_CLASS),
    ],
    ids=["first class", "second class"],
)
def test_two_classes_not_interrupted_wait_as_cobham_says(
    engine: Engine, precedence: str, service: str, other: str, of_other: str, expected: float
) -> None:
    """One class are the launches, the other background work: W₁ = R / (1 − ρ₁), W₂ = R / ((1 − ρ₁)(1 − ρ₁ − ρ₂))."""
    background = (
        f", background: {{interarrival: {every(3333)}, service: {of_other}, precedence: {other}, "
        "warm_up: 10 min, evidence: assumed}"
    )
    paths = one_desk(engine, "{exponential: {mean: 3333 ms}}", service, 1, background, precedence, 2500)[1]
    assert_mean(waits(paths), expected, most=expected / 30)


def test_a_tandem_of_two_m_m_1_takes_the_sum_of_their_sojourns(engine: Engine) -> None:
    """1/(1 − 0.5) + 1/(0.8 − 0.5) = 5.333 s: Burke (Operations Research 4, 1956), the second sees Poisson arrivals."""
    stages = (
        f"  a: {{desk: d, delay: {EXPONENTIAL}, evidence: assumed}}\n"
        f"  b: {{desk: e, delay: {every(1250)}, evidence: assumed}}"
    )
    desks = "  d: {capacity: 1, evidence: assumed}\n  e: {capacity: 1, evidence: assumed}"
    paths = run(engine, every(2000), stages, desks)[1]
    assert_mean(paths.latency[:, DISCARDED:] / 1e6, 2 + 10 / 3, most=0.15)


def test_a_salvo_at_once_at_two_officers_is_served_two_by_two(engine: Engine) -> None:
    """By hand: five launches, 60 s each, two servers: 60, 60, 120, 120, 180 s."""
    scenario = load_text(
        "title: q\ndeadline: none\nreplications: 4\ncompare: [x]\n"
        "launches: [{name: q, offsets: [0 s, 0 s, 0 s, 0 s, 0 s]}]\n"
        "desks: {d: {capacity: 2, evidence: assumed}}\n"
        "stages: {a: {desk: d, delay: 60 s, evidence: assumed}}\narrangements: {x: [a]}\n",
        "q",
    )
    assert (latencies(scenario, engine)[0] / 1e6).tolist() == [60, 60, 120, 120, 180]
