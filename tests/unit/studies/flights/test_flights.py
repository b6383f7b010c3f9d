"""The flight time that an arrangement needs, by hand: constants, a range, launches of known flight time."""

from __future__ import annotations

import math

import pytest

import sim
from sim.api import Answer
from sim.errors import SimError
from sim.scenario.loader import load_text
from sim.studies.flights.find import Flights

MINUTE = 60e6
TEXT = """
title: by hand
campaign:
  - {name: short, flight_time: 4 min, date: 2017-05-29, time: "05:40"}
  - {name: even, flight_time: 5 min, date: 2017-07-04, time: "09:39"}
  - {name: longer, flight_time: 10 min, date: 2019-08-24, time: "06:45"}
  - {name: longest, flight_time: 20 min, date: 2019-10-02, time: "07:10"}
  - {name: unknown, deadline: none, date: 2019-11-28, time: "16:59"}
stages:
  tells:   {at: us, delay: 1 min, evidence: assumed}
  calls:   {at: seoul, delay: 5 min, evidence: assumed}
  relays:  {at: us, delay: {constant: {low: 8 min, typical: 12 min, high: 30 min}}, evidence: assumed}
  refuses: {at: us, delay: 1 min, refusal: {probability: 100 %, evidence: assumed}, evidence: assumed}
arrangements:
  warning: [tells]
  direct: [calls]
  via_washington: [relays]
  never: [refuses]
compare: [direct, via_washington]
baseline: warning
replications: 20
settings: 3
"""


def asked(text: str = TEXT) -> Answer:
    return sim.flights(load_text(text, "by-hand"), replications=20, engine="columns")


def found(text: str = TEXT) -> Flights:
    flights: Flights = asked(text).found
    return flights


def test_the_flight_needed_is_how_long_a_report_takes_and_its_band_the_ends_of_its_range() -> None:
    """By hand: 1, 5 and 12 min; of the relay from 8 to 30 min."""
    needed = {one.arm: one.flight for one in found().needed}
    assert {arm: one.typical.estimate / MINUTE for arm, one in needed.items()} == {
        "warning": 1,
        "direct": 5,
        "via_washington": 12,
    }
    assert (needed["via_washington"].band.low, needed["via_washington"].band.high) == (8 * MINUTE, 30 * MINUTE)
    assert (needed["direct"].band.low, needed["direct"].band.high) == (5 * MINUTE, 5 * MINUTE)


def test_a_launch_is_in_time_from_the_flight_that_is_needed_on() -> None:
    """By hand: a report of 5 min is there when a flight of 5 min ends, and not when one of 4 does."""
    flights = found()
    assert [launch.in_time["direct"].typical.estimate for launch in flights.launches] == [0, 1, 1, 1]
    assert [launch.in_time["via_washington"].typical.estimate for launch in flights.launches] == [0, 0, 0, 1]
    assert flights.launches[2].in_time["via_washington"].band.high == 1  # 8 of 10 min
    assert (flights.n_long(5 * MINUTE), flights.n_long(5 * MINUTE, 2017), flights.n_long(12 * MINUTE)) == (3, 1, 1)


def test_a_launch_without_a_flight_time_is_left_out_and_counted() -> None:
    answer = asked()
    assert len(answer.found.launches) == 4
    assert "Left out, without a flight time on record, or range and apogee: 1 launch, of " in str(answer)


def test_what_it_says_has_bands_counts_and_years() -> None:
    headline = asked().headline
    assert "5.0 min by direct; 12 min by via Washington (8.0 to 30)" in headline
    assert "so long flew 4 by warning, 3 by direct and 1 (0 to 2) by via Washington" in headline
    assert "Median flight times: 4.5 min in 2017 (of 2) and 15 min in 2019 (of 2)." in headline


def test_an_arm_whose_report_never_comes_needs_no_flight_at_all() -> None:
    answer = asked(TEXT.replace("compare: [direct, via_washington]", "compare: [direct, never]"))
    never = next(one for one in answer.found.needed if one.arm == "never")
    assert math.isnan(never.flight.typical.estimate)
    assert "however long, by never none arrives" in answer.headline
    title = answer.figure().get_suptitle().replace("\n", " ")
    assert title.startswith("For half of the reports to be in time takes a flight of 5.0 min by direct; half")


def test_the_figure_has_a_row_a_year_and_a_row_an_arm() -> None:
    (axes,) = asked().figure().axes
    said = [text.get_text() for text in axes.texts]
    assert [words for words in said if words.startswith("20")] == ["2017 (2)", "2019 (2)"]
    assert "via Washington: 12 min (8.0 to 30)" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("flight_time: ", "deadline: none, missile: ", "no launch has a deadline"),
        ('date: 2017-05-29, time: "05:40"', "range: 300 km", "short has no day"),
    ],
)
def test_what_has_no_flight_or_no_day_is_refused(old: str, new: str, said: str) -> None:
    text = TEXT.replace(old, new)
    if "missile" in new:
        text = text.replace("missile: 4 min", "missile: a").replace("missile: 5 min", "missile: a")
    with pytest.raises(SimError, match=said):
        asked(text)


def test_a_launch_of_which_no_report_comes_is_no_part_of_what_is_needed() -> None:
    """By hand: 5 min of the launches after the first, for which the line was not there yet."""
    line = "channels:\n  line: {between: [seoul, tokyo], open: [{from: 2017-06-01}]}\nstages:"
    later = TEXT.replace("stages:", line).replace("at: seoul, delay", "at: seoul, channel: line, delay")
    answer = asked(later)
    (needed,) = (one.flight for one in answer.found.needed if one.arm == "direct")
    assert needed.typical.estimate == 5 * MINUTE
    assert "none arrives" not in answer.headline


def test_arms_whose_needs_noise_does_not_tell_apart_are_named_together() -> None:
    """Nobody is the quickest where two are."""
    alike = TEXT.replace("{constant: {low: 8 min, typical: 12 min, high: 30 min}}", "5 min")
    title = asked(alike).figure().get_suptitle().replace("\n", " ")
    assert "takes a flight of 5.0 min by direct, or by via Washington; half" in title
