"""Desks outside their hours, by hand: a call is added, or work waits for the next shift; work begun is finished."""

from __future__ import annotations

import pytest

from sim.draws.block import Block
from sim.draws.settings import settings_of
from sim.draws.table import draw
from sim.experiment.engines import engine_of
from sim.model.network import compile_network
from sim.scenario.loader import load_text

MINUTE, HOUR = 60_000_000, 3_600_000_000
TEXT = """
title: t
launches: [{name: one, date: DATE, time: "TIME", deadline: none}]
desks:
  d: {at: us, capacity: 1, hours: {from: "08:00", until: "17:00", evidence: assumedCALL}, evidence: assumed}
stages:
  x: {desk: d, delay: 2 h, evidence: assumed}
arrangements: {x: x}
compare: [x]
replications: 4
horizon: 5 d
"""
CALLED = ", on_call: {lognormal: {median: 10 min, p90_over_median: 2.5}}"
ENGINES = pytest.mark.parametrize("engine", ["reference", "columns"])


def times(engine, date, time, call="", **sets):
    """Start and end of the stage in minutes from the launch, by replication, and what the call adds."""
    text = TEXT.replace("DATE", date).replace("TIME", time).replace("CALL", call)
    scenario = load_text(text, "t", sets=sets)
    arm = scenario.arms[0]
    network = compile_network(arm)
    drawn = draw(Block(scenario, 0, 4), arm, network, settings_of(scenario)[0])
    paths = engine_of(engine).prepare(network).paths(drawn)
    ends = [(one - drawn.launch[:, :1, None]).ravel().tolist() for one in (paths.started, paths.ended)]
    return (*ends, drawn.on_call[:, 0, 0].tolist())


@ENGINES
def test_a_call_is_added_outside_of_the_hours_alone(engine):
    """05:34 in Seoul is 16:34 in Washington in summer, within; 15 minutes after 17:00 there it is 06:15."""
    within = times(engine, "2019-07-25", "05:34", CALLED)
    assert within[:2] == ([0] * 4, [120 * MINUTE] * 4)
    started, ended, call = times(engine, "2019-07-25", "06:15", CALLED)
    assert started == [0] * 4
    assert ended == [120 * MINUTE + one for one in call]
    assert len(set(call)) == 4
    assert min(call) > 0


@ENGINES
def test_a_shift_begins_in_the_last_minutes_of_a_run_in_which_an_hour_is_left_out(engine):
    """From Saturday 23:45 to Monday 00:30 are 23 h 45 min, since clocks go on by an hour; the run ends after 24 h."""
    launch = {"launches[0].zone": "America/New_York", "horizon": "24 h"}
    shift = {"desks.d.hours": '{days: [Mon], from: "00:30", until: "05:00", evidence: assumed}'}
    assert times(engine, "2019-03-09", "23:45", **launch, **shift)[0] == [23 * HOUR + 45 * MINUTE] * 4


@ENGINES
def test_without_a_call_work_waits_for_the_next_shift(engine):
    """Wednesday 17:15 there: until Thursday 08:00 are 14 h 45 min."""
    started, ended, _ = times(engine, "2019-07-25", "06:15")
    assert (started[0], ended[0]) == (14 * HOUR + 45 * MINUTE, 16 * HOUR + 45 * MINUTE)


@ENGINES
def test_over_a_weekend_it_waits_for_monday_and_over_a_holiday_for_the_day_after(engine):
    """Friday 17:15 there: until Monday 08:00 are 62 h 45 min."""
    assert times(engine, "2019-07-27", "06:15")[0][0] == 62 * HOUR + 45 * MINUTE
    later = times(engine, "2019-07-27", "06:15", ", holidays: [2019-07-29]")
    assert later[0][0] == 86 * HOUR + 45 * MINUTE


@ENGINES
def test_work_begun_is_finished(engine):
    """16:34 and two hours of work: until 18:34, though the shift ends at 17:00; with a call or without."""
    for call in ("", CALLED):
        assert times(engine, "2019-07-25", "05:34", call)[1] == [120 * MINUTE] * 4


@ENGINES
def test_in_winter_the_same_launch_comes_an_hour_earlier_there(engine):
    """06:15 in Seoul is 17:15 in Washington in July and 16:15 in December."""
    assert times(engine, "2019-12-12", "06:15")[0] == [0] * 4


@ENGINES
def test_the_night_on_which_clocks_change_is_an_hour_shorter_or_longer(engine):
    """Saturday 18:00 there to Sunday 08:00: 14 hours by the clock, 13 in March and 15 in November."""
    days = {"desks.d.hours.days": "[Sun]"}
    assert times(engine, "2019-03-10", "08:00", **days)[0][0] == 13 * HOUR
    assert times(engine, "2019-11-03", "07:00", **days)[0][0] == 15 * HOUR
