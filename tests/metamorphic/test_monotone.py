"""What must move an answer, and in which direction."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engines.contract import NEVER
from sim.experiment.run import simulate_scenario
from sim.scenario.loader import load_text

TEXT = """
title: nested, without desks
deadline: none
launches: [{name: one}]
stages:
  s: {delay: 5 s, evidence: assumed}
  a: {delay: {exponential: {mean: 30 s}}, evidence: assumed}
  b: {delay: {lognormal: {median: 20 s, p90: 70 s}}, evidence: assumed, refusal: {probability: 20 %, evidence: assumed}}
  c: {delay: {gamma: {mean: 40 s, sd: 20 s}}, evidence: assumed}
arrangements: {x: [s, FLOW]}
compare: [x]
replications: 400
settings: 1
"""
FLOWS = [
    "[a, b, c]",
    "{all: [a, c]}",
    "{first: [a, b, c]}",
    "{at_least: 2, of: [a, b, c]}",
    "{try: b, for: 15 s, else: [a, c]}",
]


def latency(flow: str, old: str = "", new: str = "") -> np.ndarray:
    assert old in TEXT
    return simulate_scenario(load_text(TEXT.replace(old, new).replace("FLOW", flow), "m")).typical["x"][:, 0]


@pytest.mark.parametrize("flow", FLOWS)
def test_a_constant_added_to_the_first_stage_moves_every_latency_by_exactly_it(flow: str) -> None:
    before, after = latency(flow), latency(flow, "delay: 5 s", "delay: 12.000001 s")
    assert np.array_equal(after, np.where(before == NEVER, NEVER, before + 7_000_001))


@pytest.mark.parametrize("flow", FLOWS)
def test_a_faster_stage_makes_no_launch_later_where_nobody_queues(flow: str) -> None:
    before, after = latency(flow), latency(flow, "mean: 30 s", "mean: 10 s")
    assert np.array_equal(before == NEVER, after == NEVER)
    assert (after <= before).all()
    assert (after < before).any()


@pytest.mark.parametrize("flow", FLOWS)
def test_another_seed_gives_other_latencies(flow: str) -> None:
    assert (latency(flow) != latency(flow, "settings: 1", "settings: 1\nseed: 2")).mean() > 0.7


def test_a_refusal_more_likely_takes_alerts_away_and_moves_no_other() -> None:
    """Common random numbers: the launches that still arrive arrive when they did."""
    before, after = latency("[a, b, c]"), latency("[a, b, c]", "probability: 20 %", "probability: 40 %")
    assert (before[after != NEVER] == after[after != NEVER]).all()
    assert (after == NEVER).sum() > (before == NEVER).sum()
