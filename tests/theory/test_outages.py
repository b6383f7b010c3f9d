"""What goes down at times: against the share of time u / (u + d), channels in parallel, and a queue by a recursion.

The statistical tolerance is that of ``test_queues``: Student's t, or the normal, at a false-alarm rate of 6e-5.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from sim.draws.block import Block
from sim.draws.periods import within
from sim.draws.table import draw
from sim.engines import columns
from sim.engines.contract import State
from sim.model.network import compile_network
from sim.scenario.loader import load_text

SECOND, MINUTE = 1_000_000, 60_000_000
FALSE_ALARM = 2 * stats.norm.sf(4)
N = 20_000
TEXT = """
title: o
deadline: none
settings: 1
replications: {n}
launches: [{{name: o, flight_time: 10 min}}]
channels:
  first: {{between: [seoul, tokyo], outages: {{{first}, evidence: assumed}}}}
  second: {{between: [us, tokyo], outages: {{{second}, evidence: assumed}}}}
stages:
  waits: {{delay: 0 s, earliest: {ready}, evidence: assumed}}
  one: {{at: seoul, channel: first, delay: 1 s, evidence: assumed}}
  other: {{at: us, channel: second, delay: 1 s, evidence: assumed}}
arrangements: {{alone: [waits, one], other_alone: [waits, other], both: [waits, {{first: [one, other]}}]}}
compare: [both, alone, other_alone]
horizon: 1 h
"""
SHARE = "availability: 80 %, down: {exponential: {mean: 3 min}}"
WAYS = {  # up and down, and their share of time up
    "exponential": ("up: {exponential: {mean: 6 min}}, down: {exponential: {mean: 2 min}}", 0.75),
    "constant": ("up: 3 min, down: 1 min", 0.75),
    "lognormal": ("up: {lognormal: {mean: 4 min, sd: 8 min}}, down: {lognormal: {mean: 1 min, sd: 1 min}}", 0.8),
    "gamma": ("up: {gamma: {mean: 4 min, sd: 5 min}}, down: {erlang: {shape: 2, mean: 1 min}}", 0.8),
    "weibull": ("up: {weibull: {mean: 3 min, sd: 5 min}}, down: {uniform: {low: 0 s, high: 2 min}}", 0.75),
    "observed": ("up: {empirical: {values: [1 min, 5 min], interpolation: step}}, down: 60 s", 0.75),
    "a share": (SHARE, 0.8),
}


def scenario_of(first=SHARE, second=SHARE, ready="0 s", n=N):
    return load_text(TEXT.format(n=n, first=first, second=second, ready=ready), "o")


def drawn_of(scenario, name="alone", n=N):
    arm = scenario.arm(name)
    network = compile_network(arm)
    return network, draw(Block(scenario, 0, n), arm, network, {})


def share_done(scenario, name):
    network, drawn = drawn_of(scenario, name)
    paths = columns.prepare(network).paths(drawn)
    return float((paths.state[:, 0, network.root] == State.DONE).mean())


def is_near(found, share, n=N):
    return abs(found - share) < 4 * math.sqrt(share * (1 - share) / n)


@pytest.mark.parametrize("way", WAYS)
def test_it_is_up_for_u_over_u_plus_d_of_the_time_from_the_first_instant_on(way):
    """A stationary start: no instant is unlike another, the first, one in the first cycle, one after several."""
    told, share = WAYS[way]
    _, drawn = drawn_of(scenario_of(told))
    for at in (0, 40 * SECOND, 7 * MINUTE, 31 * MINUTE):
        is_down = within(drawn.closed[0], np.full((1, N), at))
        assert is_near(1 - is_down.mean(), share), at


@pytest.mark.parametrize("way", WAYS)
def test_outages_begin_once_in_u_plus_d_in_the_first_two_minutes_as_in_any_later_two(way):
    """So it is of a renewal process in equilibrium, and of no other start (Cox, Renewal Theory, 1962, 4.1)."""
    scenario = scenario_of(WAYS[way][0])
    outages = scenario.arm("alone").channels["first"].outages
    _, drawn = drawn_of(scenario)
    starts = drawn.closed[0].start[0]
    for first in (0, 2 * MINUTE, 20 * MINUTE):
        n_begun = ((starts > first) & (starts <= first + 2 * MINUTE)).sum(axis=1)
        expected = 2 * MINUTE / outages.cycle_us({})
        assert abs(n_begun.mean() - expected) < 4 * n_begun.std() / math.sqrt(N), first


def test_two_channels_in_parallel_are_up_for_one_minus_the_product_of_what_each_is_down():
    scenario = scenario_of("availability: 70 %, down: 4 min", SHARE, "9 min")
    assert is_near(share_done(scenario, "alone"), 0.7)
    assert is_near(share_done(scenario, "other_alone"), 0.8)
    assert is_near(share_done(scenario, "both"), 1 - 0.3 * 0.2)


@pytest.mark.parametrize(
    ("ready", "expected"),
    [("59 s", State.DONE), ("60 s", State.REFUSED), ("119 s", State.REFUSED), ("120 s", State.DONE)],
)
def test_a_stage_ready_as_a_channel_goes_down_is_refused_and_as_it_comes_up_is_not(ready, expected):
    dated = "dated: [{from: 2019-10-02 07:01, until: 2019-10-02 07:02}]"
    text = TEXT.format(n=1, first=dated, second=SHARE, ready=ready)
    scenario = load_text(text.replace("flight_time: 10 min", "date: 2019-10-02, time: 07:00"), "o")
    network, drawn = drawn_of(scenario, n=1)
    paths = columns.prepare(network).paths(drawn)
    assert paths.state[0, 0, network.root] == expected


DESK = """
title: q
deadline: none
settings: 1
replications: {n}
launches: [{{name: q, count: {launches}, gap: {{exponential: {{mean: {gap}}}}}}}]
desks:
  d:
    capacity: {capacity}
    outages: {{up: {{exponential: {{mean: 20 min}}}}, down: {{exponential: {{mean: 5 min}}}}, evidence: assumed}}
    evidence: assumed
stages: {{x: {{desk: d, delay: {{exponential: {{mean: 1 min}}}}, evidence: assumed}}}}
arrangements: {{x: x}}
compare: [x]
horizon: 10 h
"""
N_DESKS, N_LAUNCHES = 60, 200


def desk_run(gap, capacity):
    scenario = load_text(DESK.format(n=N_DESKS, launches=N_LAUNCHES, gap=gap, capacity=capacity), "q")
    arm = scenario.arms[0]
    network = compile_network(arm)
    drawn = draw(Block(scenario, 0, N_DESKS), arm, network, {})
    paths = columns.prepare(network).paths(drawn)
    return drawn, (paths.started - paths.queued)[:, :, 0] / MINUTE


def test_one_who_never_queues_waits_for_a_desk_that_is_down_for_what_is_left_of_its_outage():
    """Poisson arrivals see time averages: d / (u + d) times d, since an exponential outage forgets: 5 / 25 of 5 min."""
    _, waits = desk_run("5 min", capacity=N_LAUNCHES)
    means = waits.mean(axis=1)
    error = means.std(ddof=1) / math.sqrt(N_DESKS)
    assert abs(means.mean() - 1.0) < stats.t.isf(FALSE_ALARM / 2, N_DESKS - 1) * error
    assert error < 0.1


def test_a_queue_at_a_desk_that_goes_down_is_that_of_a_recursion_and_of_its_long_average():
    """Lindley's recursion with outages: a piece begins when the one before it is done, it is there, and the desk is up.

    On the same draws it is the same wait; on numbers of its own, over 400,000 pieces, the same mean.
    """
    drawn, waits = desk_run("2 min", capacity=1)
    shut = drawn.shut[0]
    for r in range(3):
        spans = [*zip(shut.start[r].tolist(), shut.end[r].tolist(), strict=True)]
        free = 0
        for launch in range(N_LAUNCHES):
            ready = int(drawn.launch[r, launch])
            start = next((end for begin, end in spans if begin <= max(free, ready) < end), max(free, ready))
            assert waits[r, launch] * MINUTE == pytest.approx(start - ready, abs=1)
            free = start + int(drawn.hold[r, launch, 0])
    means = waits[:, 50:].mean(axis=1)  # the first do not see the average yet
    error = means.std(ddof=1) / math.sqrt(N_DESKS)
    assert abs(means.mean() - _long_average(400_000)) < stats.t.isf(FALSE_ALARM / 2, N_DESKS - 1) * error + 0.15


def _long_average(n):
    """The mean wait of an M/M/1 queue with outages, minutes, by a recursion on NumPy's own generator."""
    random = np.random.default_rng(7)
    arrivals = np.cumsum(random.exponential(2.0, n))
    holds = random.exponential(1.0, n)
    cycles = int(arrivals[-1] / 25 * 1.2) + 100
    ups, downs = random.exponential(20.0, cycles), random.exponential(5.0, cycles)
    ends = np.cumsum(ups + downs)
    begins, place, free, total = ends - downs, 0, 0.0, 0.0
    for arrival, hold in zip(arrivals.tolist(), holds.tolist(), strict=True):
        start = max(arrival, free)
        while ends[place] <= start:
            place += 1
        start = float(ends[place]) if begins[place] <= start else start
        total += start - arrival
        free = start + hold
    return total / n
