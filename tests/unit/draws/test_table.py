"""What the table of draws does to a variate on its way to the engines."""

from __future__ import annotations

from sim.draws.background import JOBS_AT_ONCE
from sim.draws.block import Block
from sim.draws.table import draw
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


STEADY = NO_TIME.replace(
    "evidence: assumed}}", "evidence: assumed, background: {interarrival: 1 s, service: 2 s, warm_up: 90 s}}}", 1
)


def test_jobs_follow_each_other_however_many_are_made_at_a_time_until_the_horizon_is_passed() -> None:
    """One a second from 89 s before time 0 on."""
    scenario = load_text(STEADY, "steady")
    network = compile_network(scenario.arm("x"))
    draws = draw(Block(scenario, 0, 2), scenario.arm("x"), network, TYPICAL)
    (jobs,) = draws.jobs
    assert jobs is not None
    n = jobs.arrival.shape[1]
    assert n > 3 * JOBS_AT_ONCE
    assert jobs.arrival.tolist() == [[1_000_000 * (number - 89) for number in range(n)]] * 2
    assert (jobs.hold == 2_000_000).all()
    assert jobs.arrival[0, -2] <= draws.horizon[0] < jobs.arrival[0, -1]


def test_work_at_a_desk_takes_a_microsecond_at_least_and_other_work_may_take_no_time() -> None:
    scenario = load_text(NO_TIME, "no time")
    network = compile_network(scenario.arm("x"))
    draws = draw(Block(scenario, 0, 3), scenario.arm("x"), network, TYPICAL)
    held = {step.stage: draws.hold[:, :, node].tolist() for node, step in network.stages}
    assert held == {"free": [[0]] * 3, "desk": [[1]] * 3}
    assert not draws.earliest.any()
