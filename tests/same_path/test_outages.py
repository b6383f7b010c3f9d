"""Outages drawn for each replication reach every engine, and the equations without a clock, as the same periods."""

from __future__ import annotations

import numpy as np
import pytest

from sim.draws.block import Block
from sim.draws.table import draw
from sim.engines import columns
from sim.engines.compare import first_difference
from sim.engines.compiled import prepare
from sim.engines.reference import simulate
from sim.model.network import compile_network
from sim.model.ranges import Exactly
from sim.scenario.loader import load_text
from tests.oracle import solve

TEXT = """
title: o
deadline: none
launches: [{name: o, count: 4, gap: 2 min, date: 2019-10-02, time: "07:10"}]
channels:
  k: {between: [us, tokyo], open: [{until: 2019-10-02 07:25}],
      outages: {availability: {low: 50 %, high: 90 %}, down: {exponential: {mean: 90 s}}, evidence: assumed}}
desks:
  d: {at: us, capacity: 1, evidence: assumed, outages: {up: {erlang: {shape: 2, mean: 3 min}}, down: 1 min, evidence: assumed},
      hours: {days: [Tue], from: "08:00", until: "18:20", on_call: {uniform: {low: 10 s, high: 30 s}}, evidence: assumed},
      background: {interarrival: {exponential: {mean: 3 min}}, service: {exponential: {mean: 30 s}}, surge: {times: 3, from: 1 min, until: 5 min}}}
  e: {at: us, capacity: 2, evidence: assumed, outages: {up: {exponential: {mean: 3 min}}, down: 1 min, evidence: assumed},
      hours: {days: [Tue], from: "08:00", until: "18:14", on_call: {exponential: {mean: 20 s}}, evidence: assumed}}
stages:
  a: {desk: d, delay: {uniform: {low: 20 s, high: 60 s}}, evidence: assumed}
  b: {at: us, channel: k, delay: 1 s, evidence: assumed}
  c: {desk: e, delay: {exponential: {mean: 3 min}}, evidence: assumed}
arrangements: {x: {try: [a, b], for: 2 min, else: c}}
compare: [x]
horizon: 30 min
"""  # noqa: E501 - a scenario file
N = 30
SETTINGS = [{"channels.k.outages.availability": Exactly(share)} for share in (0.5, 0.9)]


@pytest.mark.parametrize("by", ["columns", "compiled", "events", "equations"])
def test_every_execution_has_the_same_outages(by):
    scenario = load_text(TEXT, "o")
    arm = scenario.arms[0]
    network = compile_network(arm)
    drawn = draw(Block(scenario, 0, N), arm, network, *SETTINGS)
    expected = simulate(network, drawn)
    runs = {
        "columns": lambda: columns.prepare(network).paths(drawn),
        "compiled": lambda: prepare(network).paths(drawn),
        "events": lambda: prepare(network, is_by_events=True).paths(drawn),
        "equations": lambda: solve(network, drawn),
    }
    assert not first_difference(runs[by](), expected)
    assert drawn.shut[0].start.shape[0] == drawn.closed[0].start.shape[1] == len(SETTINGS) * N
    assert len(np.unique(expected.state[:, :, network.root - 1])) > 1
