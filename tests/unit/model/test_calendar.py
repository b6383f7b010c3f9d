"""When desks are staffed, by calendars that anybody can look up."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from sim.model.calendar import Hours
from sim.model.evidence import ASSUMED

NEW_YORK, SEOUL = ZoneInfo("America/New_York"), ZoneInfo("Asia/Seoul")
WEEKDAYS, EVERY_DAY = tuple(range(5)), tuple(range(7))


def hours(zone=NEW_YORK, days=WEEKDAYS, start=time(8), stop=time(17), holidays=()):
    return Hours(zone, days, start, stop, holidays, None, ASSUMED)


def in_utc(found, first, last):
    """Starts and stops of the shifts that touch the time between two instants."""
    ends = datetime(*first, tzinfo=UTC), datetime(*last, tzinfo=UTC)
    spans = (span for span in found.shifts(*ends) if span[1] > ends[0])
    return [tuple(end.astimezone(UTC).strftime("%m-%d %H:%M") for end in span) for span in spans]


def test_a_shift_in_washington_moves_by_an_hour_as_summer_time_begins() -> None:
    """On Sunday, 10 March 2019, 08:00 went from UTC-5 to UTC-4."""
    assert in_utc(hours(), (2019, 3, 8, 14), (2019, 3, 11, 14)) == [
        ("03-08 13:00", "03-08 22:00"),
        ("03-11 12:00", "03-11 21:00"),
    ]


def test_it_moves_back_as_summer_time_ends() -> None:
    """On Sunday, 3 November 2019."""
    assert in_utc(hours(), (2019, 11, 1, 14), (2019, 11, 4, 14)) == [
        ("11-01 12:00", "11-01 21:00"),
        ("11-04 13:00", "11-04 22:00"),
    ]


@pytest.mark.parametrize("month", [3, 7, 11])
def test_seoul_has_no_summer_time(month: int) -> None:
    every = hours(SEOUL, EVERY_DAY)
    found = in_utc(every, (2019, month, 2), (2019, month, 20))
    assert {(start[6:], stop[6:]) for start, stop in found} == {("23:00", "08:00")}


def test_a_night_shift_is_as_long_as_the_night_of_the_change() -> None:
    """From 22:00 to 06:00 are seven hours in the night to 10 March 2019, nine in that to 3 November."""
    night = hours(days=EVERY_DAY, start=time(22), stop=time(6))
    for day, n_hours in (((2019, 3, 10, 6), 7), ((2019, 11, 3, 6), 9), ((2019, 7, 10, 6), 8)):
        instant = datetime(*day, tzinfo=UTC)
        (shift,) = (shift for shift in night.shifts(instant, instant) if shift[0] <= instant < shift[1])
        assert (shift[1].astimezone(UTC) - shift[0].astimezone(UTC)).total_seconds() == n_hours * 3600


def test_a_shift_over_midnight_belongs_to_the_day_on_which_it_begins() -> None:
    """Friday's goes on into Saturday; Saturday has none, and Monday's early hours are nobody's."""
    night = hours(SEOUL, start=time(22), stop=time(6))
    at = [(2019, 7, 26, 23), (2019, 7, 27, 5), (2019, 7, 27, 6), (2019, 7, 27, 23), (2019, 7, 29, 5), (2019, 7, 29, 22)]
    assert [night.is_staffed(datetime(*one, tzinfo=SEOUL)) for one in at] == [True, True, False, False, False, True]


def test_a_shift_holds_its_first_instant_and_not_its_last() -> None:
    ends = [datetime(2019, 7, 24, hour, tzinfo=NEW_YORK) for hour in (8, 17)]
    assert [hours().is_staffed(end) for end in ends] == [True, False]


def test_an_hour_that_comes_twice_is_two_hours() -> None:
    """On 3 November 2019 it was 01:15 twice in Washington, and the shift ends at the first 01:30."""
    night = hours(days=EVERY_DAY, start=time(20), stop=time(1, 30))
    at = [datetime(2019, 11, 3, 1, 15, tzinfo=NEW_YORK, fold=fold) for fold in (0, 1)]
    assert [night.is_staffed(one) for one in at] == [True, False]


def test_a_leap_day_is_a_working_day() -> None:
    """29 February 2024 was a Thursday."""
    assert hours().is_staffed(datetime(2024, 2, 29, 12, tzinfo=NEW_YORK))
    assert [start[:5] for start, _ in in_utc(hours(), (2024, 2, 28, 14), (2024, 3, 1, 14))] == [
        "02-28",
        "02-29",
        "03-01",
    ]


def test_on_a_holiday_no_shift_begins_and_that_of_the_day_before_ends() -> None:
    """Thanksgiving, 28 November 2019."""
    night = hours(start=time(22), stop=time(6), holidays=(date(2019, 11, 28),))
    at = [(2019, 11, 28, 5), (2019, 11, 28, 23), (2019, 11, 29, 5), (2019, 11, 29, 23)]
    assert [night.is_staffed(datetime(*one, tzinfo=NEW_YORK)) for one in at] == [True, False, False, True]
