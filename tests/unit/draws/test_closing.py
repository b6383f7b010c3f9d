"""Dates, zones and matters become periods of being closed, in microseconds from time 0."""

from __future__ import annotations

import pytest

from sim.draws.block import Block
from sim.draws.settings import settings_of
from sim.draws.table import draw
from sim.engines import columns
from sim.engines.contract import State
from sim.model.network import compile_network
from sim.scenario.loader import load_text

HOUR, SECOND = 3_600_000_000, 1_000_000
TEXT = """
title: t
launches: [{name: one, date: DATE, time: "TIME", deadline: none}]
channels:
  direct: {between: [seoul, tokyo], open: [{from: 2016-11-23, until: 2019-11-23}]}
stages:
  before: {delay: 0 s, evidence: assumed}
  call: {at: seoul, channel: direct, delay: 1 s, evidence: assumed}
arrangements: {x: [before, call]}
compare: [x]
replications: 1
"""


def text(date, time):
    return TEXT.replace("DATE", date).replace("TIME", time)


def closed_spans(scenario, channel):
    arm = scenario.arms[0]
    drawn = draw(Block(scenario, 0, 1), arm, compile_network(arm), settings_of(scenario)[0])
    found = drawn.closed[arm.used_channels().index(channel)]
    return [] if found is None else [*zip(found.start.ravel().tolist(), found.end.ravel().tolist(), strict=True)]


def state(scenario):
    arm = scenario.arms[0]
    network = compile_network(arm)
    paths = columns.prepare(network).paths(draw(Block(scenario, 0, 1), arm, network, settings_of(scenario)[0]))
    return State(paths.state[0, 0, network.root])


@pytest.mark.parametrize(
    ("date", "time", "expected"),
    [
        ("2019-11-22", "23:59:59", State.DONE),
        ("2019-11-23", "00:00:00", State.REFUSED),
        ("2016-11-22", "23:59:59", State.REFUSED),
        ("2016-11-23", "00:00:00", State.DONE),
        ("2015-03-01", "12:00", State.REFUSED),
    ],
)
def test_a_period_holds_its_first_instant_and_not_its_last(date, time, expected):
    assert state(load_text(text(date, time), "t")) == expected


def test_what_is_ready_as_the_channel_closes_is_refused():
    late = load_text(text("2019-11-22", "23:59:59"), "t", sets={"stages.before.delay": "1 s"})
    assert state(late) == State.REFUSED
    assert state(load_text(text("2019-11-22", "23:59:58"), "t", sets={"stages.before.delay": "1 s"})) == State.DONE


def test_a_day_begins_in_the_zone_of_the_first_centre():
    """Midnight in Washington in November is 14 h after that of Seoul."""
    there = text("2019-11-23", "13:59:59").replace("[seoul, tokyo]", "[us, seoul]")
    assert state(load_text(there, "t")) == State.DONE
    assert state(load_text(there.replace("13:59:59", "14:00:00"), "t")) == State.REFUSED


def test_a_time_may_carry_its_own_offset():
    offset = text("2019-11-23", "08:59:59").replace("until: 2019-11-23", "until: 2019-11-23 00:00Z")
    assert state(load_text(offset, "t")) == State.DONE
    assert state(load_text(offset.replace("08:59:59", "09:00:00"), "t")) == State.REFUSED


def test_a_launch_may_be_told_in_another_zone():
    launch = text("2019-11-22", "09:59:59").replace('time: "', 'zone: America/New_York, time: "')
    assert state(load_text(launch, "t")) == State.DONE
    assert state(load_text(launch.replace("09:59:59", "10:00:00"), "t")) == State.REFUSED


def test_periods_far_from_the_run_make_no_tables():
    assert closed_spans(load_text(text("2018-05-01", "12:00"), "t"), "direct") == []


def test_closed_from_an_instant_of_the_run_on():
    assert closed_spans(load_text(text("2019-11-22", "22:00"), "t"), "direct") == [(2 * HOUR, 1 << 62)]


def test_never_open_is_closed_to_everything():
    never = load_text(text("2018-05-01", "12:00"), "t", sets={"channels.direct.open": "[]"})
    assert state(never) == State.REFUSED


def test_a_leap_day_is_a_day():
    leap = text("2020-02-29", "23:59:59").replace("until: 2019-11-23", "until: 2020-03-01")
    assert state(load_text(leap, "t")) == State.DONE
    assert state(load_text(leap.replace("2020-02-29", "2020-03-01").replace("23:59:59", "00:00"), "t")) == State.REFUSED


def test_an_hour_that_comes_twice_is_two_hours():
    """On 3 November 2019 clocks in Washington went back at 02:00: from 00:30 to 03:30 are four hours."""
    there = text("2019-11-03", "00:30").replace('time: "', 'zone: America/New_York, time: "')
    there = there.replace("[seoul, tokyo]", "[us, seoul]").replace("until: 2019-11-23", "until: 2019-11-03 03:30")
    assert closed_spans(load_text(there, "t"), "direct") == [(4 * HOUR, 1 << 62)]


def test_a_matter_that_the_channel_may_not_carry_closes_it_to_that_launch_alone():
    two = text("2019-10-02", "07:10").replace(
        "deadline: none}",
        'deadline: none}, {name: two, date: 2019-10-02, time: "07:12", matter: air patrol, deadline: none}',
    )
    scenario = load_text(two.replace("open:", "carries: [DPRK missile], open:"), "t")
    arm = scenario.arms[0]
    drawn = draw(Block(scenario, 0, 1), arm, compile_network(arm), settings_of(scenario)[0])
    assert drawn.launch.tolist() == [[0, 120 * SECOND]]  # by their clocks
    paths = columns.prepare(compile_network(arm)).paths(drawn)
    assert paths.state[0, :, -1].tolist() == [State.DONE, State.REFUSED]
