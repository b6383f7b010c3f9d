"""A desk that keeps hours, over many days: against a closed form without a queue, against a recursion with one.

The statistical tolerance is that of ``test_queues``: Student's t at a false-alarm rate of 6e-5.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

from sim.draws.block import Block
from sim.draws.table import draw
from sim.experiment.engines import engine_of
from sim.model.network import compile_network
from sim.scenario.loader import load_text

HOUR, DAY = 3_600_000_000, 24 * 3_600_000_000
OPEN, SHUT = 9 * HOUR, 17 * HOUR  # of a day in Tokyo, whose days are all alike
FALSE_ALARM = 2 * stats.norm.sf(4)
N, N_LAUNCHES = 48, 400
TEXT = """
title: q
deadline: none
settings: 1
replications: {n}
launches:
  - {{name: q, count: {launches}, gap: {{exponential: {{mean: {gap}}}}}, date: 2019-07-01, time: "00:00",
     zone: Asia/Tokyo}}
desks:
  d:
    at: tokyo
    capacity: {capacity}
    hours: {{days: [Mon, Tue, Wed, Thu, Fri, Sat, Sun], from: "09:00", until: "17:00", evidence: assumed}}
    evidence: assumed
stages: {{x: {{desk: d, delay: {{exponential: {{mean: 30 min}}}}, evidence: assumed}}}}
arrangements: {{x: x}}
compare: [x]
horizon: 30 d
"""


def drawn_and_run(gap, capacity):
    text = TEXT.format(n=N, launches=N_LAUNCHES, gap=gap, capacity=capacity)
    scenario = load_text(text, "q")
    arm = scenario.arms[0]
    network = compile_network(arm)
    drawn = draw(Block(scenario, 0, N), arm, network, {})
    return drawn, engine_of("columns").prepare(network).paths(drawn)


def next_opening(instant):
    """From midnight in Tokyo on: the first instant at which somebody is there."""
    day, of_day = divmod(instant, DAY)
    if of_day < OPEN:
        return day * DAY + OPEN
    return instant if of_day < SHUT else (day + 1) * DAY + OPEN


def test_one_who_never_queues_waits_half_the_square_of_the_night_by_the_day():
    """Poisson arrivals see time averages: c² / 2d = 16² / 48 h, for a night of c = 16 h in a day of d = 24 h.

    All of a night begin at once where there are servers for all.
    """
    drawn, paths = drawn_and_run("5 h", capacity=N_LAUNCHES)
    waits = (paths.started - paths.queued)[:, 20:, 0].mean(axis=1) / HOUR  # the first do not see the average yet
    error = waits.std(ddof=1) / math.sqrt(N)
    assert abs(waits.mean() - 16**2 / 48) < stats.t.isf(FALSE_ALARM / 2, N - 1) * error
    assert error < 0.1
    assert (drawn.launch[:, -1] > 60 * DAY).all()


def test_a_queue_at_a_desk_with_hours_is_lindleys_recursion_with_nights():
    """Start of the next: when it arrived or the last one was done, whichever is later, or then the next opening.

    Eight of 24 hours with two jobs an hour are 16 a day, and one arrives every two hours: three quarters of them wait.
    """
    drawn, paths = drawn_and_run("2 h", capacity=1)
    for replication in range(4):
        free, expected = 0, []
        arrivals, holds = (table[replication].ravel().tolist() for table in (drawn.launch, drawn.hold))
        for arrival, hold in zip(arrivals, holds, strict=True):
            expected.append(next_opening(max(arrival, free)))
            free = expected[-1] + hold
        assert paths.started[replication].ravel().tolist() == expected
    assert np.mean(paths.started > paths.queued) > 0.6
