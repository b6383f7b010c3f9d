"""Dates, zones and matters become periods of being closed, in microseconds from time 0."""

from __future__ import annotations

import numpy as np
import pytest

from sim.draws.block import Block
from sim.draws.closing import between, closed, dated, unstaffed
from sim.draws.settings import settings_of
from sim.draws.table import draw
from sim.engines import columns
from sim.engines.contract import State
from sim.model.network import compile_network
from sim.scenario.loader import load_text

HOUR, SECOND = 3_600_000_000, 1_000_000
NEVER = 1 << 62  # and before all time, below zero
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


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], [(-NEVER, NEVER)]),
        ([(0, 5), (5, 9)], [(-NEVER, 0), (9, NEVER)]),
        ([(0, 5), (7, 9)], [(-NEVER, 0), (5, 7), (9, NEVER)]),
        ([(0, 9), (3, 5)], [(-NEVER, 0), (9, NEVER)]),
        ([(-NEVER, 4)], [(4, NEVER)]),
        ([(4, NEVER)], [(-NEVER, 4)]),
    ],
)
def test_between_periods_lies_what_none_of_them_holds(spans, expected):
    assert [*between(spans)] == expected


def spans_of(periods):
    return None if periods is None else np.stack([periods.start, periods.end], axis=-1).tolist()


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("until: 2019-11-23", [[[[2 * HOUR, NEVER]]]]),
        ("from: 2019-11-23", [[[[-NEVER, 2 * HOUR]]]]),
        ("from: 2019-11-22 22:00", None),  # what ends as the run begins is long over
        ("from: 2019-11-22 21:00, until: 2019-11-24", None),
        ("until: 2019-11-23 03:00", [[[[5 * HOUR, NEVER]]]]),
    ],
)
def test_a_period_may_have_no_beginning_or_no_end_and_the_last_instant_of_a_run_counts(period, expected):
    """From 22:00 on for five hours."""
    scenario = load_text(text("2019-11-22", "22:00").replace("from: 2016-11-23, until: 2019-11-23", period), "t")
    channel = scenario.arms[0].channels["direct"]
    assert spans_of(closed(scenario, channel, 5 * HOUR)) == expected


def test_launches_that_are_alike_share_a_table_and_of_others_the_shorter_is_filled_up_with_what_never_comes():
    """Open twice, for an hour from the first minute and the third hour on; air patrols it may not carry."""
    open_ = "open: [{from: 2019-10-02 01:00, until: 2019-10-02 02:00}, {from: 2019-10-02 03:00}]"
    one = text("2019-10-02", "00:00").replace("open: [{from: 2016-11-23, until: 2019-11-23}]", open_)
    spans = [[-NEVER, HOUR], [2 * HOUR, 3 * HOUR]]
    two = one.replace("none}", 'none}, {name: two, date: 2019-10-02, time: "00:01", deadline: none}')
    alike = load_text(two, "t")
    assert spans_of(closed(alike, alike.arms[0].channels["direct"], 9 * HOUR)) == [[spans]]
    patrol = two.replace('time: "00:01"', 'time: "00:01", matter: air patrol')
    apart = load_text(patrol.replace("open: [", "carries: [DPRK missile], open: ["), "t")
    found = spans_of(closed(apart, apart.arms[0].channels["direct"], 9 * HOUR))
    assert found == [[spans], [[[-NEVER, NEVER], [NEVER, NEVER]]]]


DESK = """
title: t
launches: [{name: one, date: 2019-07-23, time: "12:00", deadline: none}]
desks:
  d:
    at: us
    capacity: 1
    evidence: assumed
    hours: {from: "08:00", until: "17:00", evidence: assumed}
    outages: {dated: [{from: 2019-07-22 20:00, until: 2019-07-23 01:00}, {from: 2019-07-23 02:00, until: 2019-07-23 03:00}],
              evidence: assumed}
stages: {x: {desk: d, delay: 2 h, evidence: assumed}}
arrangements: {x: x}
compare: [x]
replications: 1
"""  # noqa: E501 - a scenario file


def test_hours_and_dated_outages_are_those_that_reach_into_the_run():
    """12:00 in Seoul is 23:00 of the evening before in Washington: shut for nine hours, open for nine, shut for 15."""
    scenario = load_text(DESK, "t")
    desk = scenario.arms[0].desks["d"]
    for last, n in ((9 * HOUR - 1, 1), (18 * HOUR - 1, 1), (18 * HOUR, 2)):
        spans = [[-6 * HOUR, 9 * HOUR], [18 * HOUR, 33 * HOUR]][:n]
        assert [spans_of(unstaffed(scenario, desk.hours, 0, last))[0][0][1]] == [spans[0][1]]
        assert len(spans_of(unstaffed(scenario, desk.hours, 0, last))[0]) == n
    assert spans_of(unstaffed(scenario, desk.hours, 9 * HOUR, 18 * HOUR - 1)) is None
    outages = desk.outages.periods
    both = [[-3 * HOUR, 2 * HOUR], [3 * HOUR, 4 * HOUR]]
    assert spans_of(dated(scenario, outages, 0, 3 * HOUR)) == [both]
    assert spans_of(dated(scenario, outages, 0, 3 * HOUR - 1)) == [both[:1]]
    assert spans_of(dated(scenario, outages, 2 * HOUR, 9 * HOUR)) == [both[1:]]
    assert spans_of(dated(scenario, outages, 2 * HOUR - 1, 9 * HOUR)) == [both]
    assert dated(scenario, outages, 4 * HOUR, 9 * HOUR) is None


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
