"""What the table of draws does to a variate on its way to the engines."""

from __future__ import annotations

from sim.draws.table import Block, draw
from sim.model.network import compile_network
from sim.model.ranges import TYPICAL
from sim.scenario.loader import load_text

NO_TIME = """
title: no time
deadline: none
launches: [{name: l}]
desks: {d: {capacity: 1, evidence: assumed}}
stages: {free: {delay: 0 s, evidence: assumed}, desk: {delay: 0 s, desk: d, evidence: assumed}}
arrangements: {x: [free, desk], y: free}
compare: [x, y]
replications: 3
settings: 1
"""


def test_work_at_a_desk_takes_a_microsecond_at_least_and_other_work_may_take_no_time() -> None:
    scenario = load_text(NO_TIME, "no time")
    network = compile_network(scenario.arm("x"))
    draws = draw(Block(scenario, 0, 3), scenario.arm("x"), network, TYPICAL)
    held = {step.stage: draws.hold[:, :, node].tolist() for node, step in network.stages}
    assert held == {"free": [[0]] * 3, "desk": [[1]] * 3}
