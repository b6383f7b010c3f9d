"""When launches are, by their clocks and as written."""

from __future__ import annotations

import pytest

from sim.scenario.loader import load_text
from sim.units import TIME_US

TEXT = """
title: t
launches:
  - {name: one, deadline: none, date: 2019-03-09, time: "23:59", zone: America/New_York}
  - {name: other, deadline: none, WHEN}
stages: {a: {delay: 1 s, evidence: assumed}}
arrangements: {x: a}
compare: [x]
"""


@pytest.mark.parametrize(
    ("when", "after"),
    [
        ('date: 2019-03-09, time: "23:59", zone: America/New_York', "0 s"),
        ('date: 2019-03-11, time: "23:59", zone: America/New_York', "47 h"),  # the clock was put forward between
        ('date: 2019-03-10, time: "13:59", zone: Asia/Seoul', "0 s"),
        ('date: 2019-03-09, time: "19:59", zone: Pacific/Honolulu', "1 h"),
        ('date: 2019-03-10, time: "14:09", zone: Asia/Seoul, at: 630 s', "630 s"),  # clocks have minutes
        ('date: 2019-06-10, time: "14:09", zone: Asia/Seoul, at: 0 s', "0 s"),  # meant to be launched together
        ("date: 2019-03-11, at: 2 d", "2 d"),
    ],
)
def test_a_launch_follows_the_first_by_their_clocks_or_as_written(when: str, after: str) -> None:
    number, unit = after.split()
    scenario = load_text(TEXT.replace("WHEN", when), "t")
    assert scenario.launches[1].at_us == int(number) * TIME_US[unit]


def test_of_an_hour_that_comes_twice_a_time_is_the_first() -> None:
    """On 3 November 2019 clocks in Washington went back at 02:00: from 00:30 to the first 01:30 is one hour."""
    twice = TEXT.replace('2019-03-09, time: "23:59"', '2019-11-03, time: "00:30"')
    scenario = load_text(twice.replace("WHEN", 'date: 2019-11-03, time: "01:30", zone: America/New_York'), "t")
    assert scenario.launches[1].at_us == TIME_US["h"]


def test_a_day_before_by_the_calendar_may_be_after_by_the_clock() -> None:
    """At 13:59 on the tenth in Seoul it is 18:59 on the ninth in Honolulu."""
    there = TEXT.replace('2019-03-09, time: "23:59", zone: America/New_York', '2019-03-10, time: "13:59"')
    scenario = load_text(there.replace("WHEN", 'date: 2019-03-09, time: "19:59", zone: Pacific/Honolulu'), "t")
    assert scenario.launches[1].at_us == TIME_US["h"]
