"""A sensor that is down sees nothing: it sees once it is up, if there is enough of the flight left, or never."""

from __future__ import annotations

import numpy as np
import pytest

from sim.draws.block import Block
from sim.draws.nouns import Periods
from sim.draws.sights import _first_up, seen_by
from sim.draws.table import draw
from sim.engines import columns
from sim.engines.contract import State
from sim.kernels.rows import FAR
from sim.model.network import compile_network
from sim.scenario.loader import load_text
from sim.units import to_the_millisecond

SECOND = 1_000_000
PIECES = [(10, 20), (40, 60)]  # seconds after a launch in which it is in sight


def first_up(down, in_sight=0, launch=0):
    spans = np.array([*down, (FAR // SECOND, FAR // SECOND)], np.int64).reshape(1, -1, 2) * SECOND
    pieces = [(start * SECOND, end * SECOND) for start, end in PIECES]
    found = _first_up(pieces, np.array([launch * SECOND]), Periods(spans[..., 0], spans[..., 1]), in_sight * SECOND)[0]
    return None if found == FAR else found / SECOND


@pytest.mark.parametrize(
    ("down", "in_sight", "expected"),
    [
        ([], 0, 10),
        ([(0, 10)], 0, 10),  # up at the very instant
        ([(10, 11)], 0, 11),
        ([(0, 15)], 0, 15),
        ([(0, 20)], 0, 20),  # in sight for an instant more
        ([(0, 21)], 0, 40),  # the second time
        ([(0, 61)], 0, None),
        ([(0, 12), (14, 15)], 4, 15),  # two seconds up are not enough
        ([(0, 12), (16, 17)], 4, 12),
        ([(12, 13)], 4, 13),  # it begins to see, and goes down too soon
        ([(0, 17)], 4, 40),  # three seconds are left the first time
        ([(0, 57)], 4, None),
    ],
)
def test_it_sees_from_the_first_instant_on_from_which_it_is_up_for_long_enough(down, in_sight, expected):
    assert first_up(down, in_sight) == expected


def test_outages_go_by_the_clock_and_what_is_seen_by_the_launch():
    assert first_up([(100, 115)], launch=100) == 15


TEXT = """
title: s
deadline: none
launches:
  - {name: one, date: 2019-10-02, time: "07:10", flight_time: 9 min, range: 450 km, apogee: 910 km,
     place: {lat: 39.2 deg, lon: 127.6 deg}, azimuth: 90 deg}
  - {name: false, at: 30 s, false_report: radar}
sensors:
  radar: {owner: seoul, field: land, place: {lat: 36.8 deg, lon: 127.7 deg}, range: 900 km, delay: 0 s,
          outages: {OUTAGES, evidence: assumed}, evidence: assumed}
arrangements: {x: radar}
compare: [x]
replications: 400
settings: 1
"""


def run(outages, n=400):
    scenario = load_text(TEXT.replace("OUTAGES", outages), "s")
    arm = scenario.arms[0]
    network = compile_network(arm)
    drawn = draw(Block(scenario, 0, n), arm, network, {})
    stage, flight = arm.stages["radar"], scenario.launches[0].flight
    seen = seen_by(stage.sensor, flight, 900_000.0)
    return columns.prepare(network).paths(drawn), to_the_millisecond(seen.first_s)


def test_a_dated_outage_puts_sight_off_and_one_of_the_whole_flight_ends_it():
    later, first_us = run("dated: [{from: 2019-10-02 07:00, until: 2019-10-02 07:12}]")
    assert first_us < 120 * SECOND
    assert (later.ended[:, 0, 0] == 120 * SECOND).all()
    never, _ = run("dated: [{from: 2019-10-02 07:00, until: 2019-10-02 08:00}]")
    assert (never.state[:, 0, 0] == State.REFUSED).all()
    assert (never.ended[:, 0, 0] == 9 * 60 * SECOND).all()  # what it never sees, it has not seen when it is over


def test_a_false_report_comes_whatever_its_outages():
    paths, _ = run("dated: [{from: 2019-10-02 07:00, until: 2019-10-02 08:00}]")
    assert (paths.state[:, 1, 0] == State.DONE).all()


def test_of_long_outages_the_share_that_is_seen_at_once_is_that_of_being_up():
    """70 %, ± 4 × √(0.7 × 0.3 / 400) = 9 points."""
    paths, first_us = run("availability: 70 %, down: 10 d")
    is_at_once = paths.ended[:, 0, 0] == first_us
    assert abs(is_at_once.mean() - 0.7) < 0.09
    assert (paths.state[~is_at_once, 0, 0] == State.REFUSED).all()
