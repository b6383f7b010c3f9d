"""Which channels are open on a day, in words, and why there is no path."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sim.model.calendar import Channel, Period
from sim.say.channels import channels_line, no_path_sentence, no_paths, period_text, state_words
from sim.scenario.folders import shipped_folder
from sim.scenario.loader import load_scenario, load_text

SEOUL = ZoneInfo("Asia/Seoul")
SHIPPED = "2019-10-02-pukguksong-3.yaml"


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2020, 1, day, hour, tzinfo=SEOUL)


LINE = Channel(
    "line", "the line", ("seoul", "tokyo"), False, (Period(at(10), at(20, 18), "in force"), Period(at(25), None)), None
)


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        (at(9), "the line not yet: from 10 January 2020"),
        (at(10), "the line open: in force the same day"),
        (at(11, 5), "the line open: in force 1 day before"),
        (at(20, 18), "the line closed: the same day"),
        (at(24), "the line closed: 4 days before"),
        (at(27), "the line open: 2 days before"),
        (datetime(2020, 12, 1, tzinfo=SEOUL), "the line open: since 25 January 2020"),
    ],
)
def test_the_state_of_a_channel_is_told_from_its_period(clock: datetime, said: str) -> None:
    assert state_words(LINE, clock) == said


def test_a_channel_that_is_never_open_says_so() -> None:
    assert state_words(Channel("x", "X", ("seoul", "us"), False, (), None), at(1)) == "X never open"


def test_a_period_is_written_with_its_time_where_that_is_not_midnight() -> None:
    assert period_text(Period(at(10), at(20, 18))) == "10 January 2020 to 20 January 2020, 18:00"
    assert period_text(Period(None, at(20))) == "until 20 January 2020"
    assert period_text(Period(datetime(2020, 1, 10, 0, 0, 5, tzinfo=SEOUL), None)) == "from 10 January 2020, 00:00:05"


def test_the_channels_of_a_shipped_day_are_those_of_the_record() -> None:
    """Notice was given on 23 August 2019, 40 days before 2 October."""
    scenario = load_scenario(shipped_folder() / SHIPPED)
    said = channels_line(scenario)
    assert said == "GSOMIA open: notice given 40 days before; TISA open: in force since 29 December 2014"
    assert no_path_sentence(scenario) == ""


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("launches[0].date", "2015-03-01", "no path: GSOMIA opened on 23 November 2016"),
        ("channels.gsomia.open", "[]", "no path: GSOMIA was never open"),
        ("channels.gsomia.open", "[{until: 2019-09-01}]", "no path: GSOMIA was closed from 1 September 2019"),
        (  # nine hours later in Seoul, its first centre
            "channels.gsomia.open",
            '[{until: "2019-08-31T14:59:59+00:00"}]',
            "no path: GSOMIA was closed from 31 August 2019, 23:59:59",
        ),
    ],
)
def test_no_path_is_a_sentence_with_its_reason(path: str, value: str, said: str) -> None:
    scenario = load_scenario(shipped_folder() / SHIPPED, {path: value})
    assert no_path_sentence(scenario) == f"Direct; direct, cleared and direct, unasked: {said}."
    assert no_paths(scenario, scenario.launches[0]) == dict.fromkeys(
        ("direct", "direct_standing", "direct_pushed"), said
    )


def test_tisa_does_not_carry_an_air_patrol() -> None:
    scenario = load_scenario(shipped_folder() / "2019-07-23-joint-air-patrol.yaml")
    assert no_path_sentence(scenario) == (
        "Via Washington and via Washington, cleared: no path: TISA covers DPRK missile and DPRK nuclear only."
    )
    assert scenario.happenings == "events"


def test_channels_of_no_day_say_nothing() -> None:
    assert channels_line(load_scenario(shipped_folder() / "both-channels.yaml")) == ""


def test_a_channel_that_is_never_open_leaves_no_path_without_a_clock_either() -> None:
    text = """
title: never open
launches: [{name: one, flight_time: 10 min}]
channels: {line: {title: the line, between: [seoul, tokyo], open: []}}
stages:
  sees:  {delay: 1 min, evidence: assumed}
  calls: {at: seoul, channel: line, delay: 1 min, evidence: assumed}
arrangements: {a: [sees, calls]}
compare: [a]
"""
    assert no_path_sentence(load_text(text, "t")) == "A: no path: the line was never open."
