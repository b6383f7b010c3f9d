"""Latency by hour of the week, worked out by hand from constants."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from sim.analysis.measures import Measure
from sim.errors import SimError
from sim.studies.hours.find import plan
from sim.studies.hours.week import Stretch, hour_of, instant, is_staffed, launched_at, shifts, stretches
from tests.unit.studies.hours.one_desk import MINUTE, in_summer, week_of, world

SEOUL = ZoneInfo("Asia/Seoul")


def test_a_report_by_the_desk_takes_six_minutes_within_its_hours_and_sixteen_outside() -> None:
    week, staffed = week_of(world()), in_summer()
    assert (week.of_arm("direct")[0] == 9 * MINUTE).all()
    assert np.array_equal(week.of_arm("via_us")[0], np.where(staffed, 6, 16) * MINUTE)
    assert np.array_equal(week.of_arm("via_us", Measure.IN_TIME)[0], staffed)


def test_the_band_is_of_the_call_where_there_is_one_and_nothing_within_the_hours() -> None:
    week, staffed = week_of(world()), in_summer()
    assert np.array_equal(week.low["via_us"], np.where(staffed, 6, 11) * MINUTE)
    assert np.array_equal(week.high["via_us"], np.where(staffed, 6, 26) * MINUTE)
    assert np.array_equal(week.low["direct"], week.high["direct"])


def test_the_hour_of_the_launch_is_as_a_run_of_it_and_its_own_time_does_not_matter() -> None:
    """Any launch of the week has the same week."""
    week, other = week_of(world()), week_of(world("2019-07-22", "23:59"))
    assert np.array_equal(week.of_arm("via_us"), other.of_arm("via_us"))


def test_in_winter_the_desk_is_there_an_hour_later_by_the_clock_of_seoul() -> None:
    week = week_of(world("2019-12-12"))
    assert np.array_equal(week.of_arm("via_us")[0], np.where(np.roll(in_summer(), 1), 6, 16) * MINUTE)


def test_in_the_week_in_which_clocks_change_there_the_shifts_move_within_it() -> None:
    """Sunday, 10 March 2019: the shift of Saturday begins at 22:00 in Seoul, that of Sunday at 21:00."""
    days = {"desks.us_desk.hours.days": "[Mon, Tue, Wed, Thu, Fri, Sat, Sun]"}
    scenario = world("2019-03-07", **days)
    hours = scenario.arms[1].desks["us_desk"].hours
    assert [one.start % 24 for one in shifts(scenario, hours)] == [22] * 7 + [21]
    assert not is_staffed(scenario, hours)[5 * 24 + 21]
    assert is_staffed(scenario, hours)[6 * 24 + 21]


def test_another_hour_moves_every_clock_alike() -> None:
    two = "launches"
    entries = (
        '[{name: one, date: 2019-07-25, time: "05:34", deadline: none}, '
        '{name: two, date: 2019-07-25, time: "05:57", deadline: none}]'
    )
    scenario = world(**{two: entries})
    moved = launched_at(scenario, 26)
    assert moved.zero == datetime(2019, 7, 23, 2, tzinfo=SEOUL)
    clocks = [moved.clock_of(entry) for entry in moved.launches]
    assert clocks == [moved.zero, datetime(2019, 7, 23, 2, 23, tzinfo=SEOUL)]
    assert [entry.at_us for entry in moved.launches] == [entry.at_us for entry in scenario.launches]
    assert hour_of(scenario) == pytest.approx(3 * 24 + 5 + 34 / 60)
    assert instant(scenario, 0) == datetime(2019, 7, 22, tzinfo=SEOUL)


def test_hours_in_a_row_go_round_the_week() -> None:
    chosen = [True, True, False, True, False, True]
    assert stretches(chosen) == (Stretch(3, 4), Stretch(5, 8))
    assert stretches([True] * 6) == (Stretch(0, 6),)
    assert stretches([False] * 6) == ()


def test_without_hours_nothing_is_asked() -> None:
    always = world(**{"desks.us_desk": "{at: us, capacity: 1, evidence: assumed}"})
    with pytest.raises(
        SimError, match="no desk has hours, so the hour of the launch changes nothing — give one: hours: "
    ):
        plan(always)
