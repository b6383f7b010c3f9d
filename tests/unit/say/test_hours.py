"""The hours of desks in words."""

from __future__ import annotations

import pytest

from sim.say.hours import days_text, hours_of, staffed_notes, what_if_sentence
from sim.say.names import desk_name
from sim.scenario.loader import load_text
from tests.unit.studies.hours.one_desk import TEXT, world


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (range(5), "Mon–Fri"),
        (range(7), "Mon–Sun"),
        ([5, 6], "Sat, Sun"),
        ([0, 2, 3, 4, 6], "Mon, Wed–Fri, Sun"),
        ([1], "Tue"),
    ],
)
def test_days_in_a_row_are_from_one_to_another(days, text) -> None:
    assert days_text([*days]) == text


def test_a_desk_without_a_call_and_with_holidays() -> None:
    scenario = world(**{"desks.us_desk.hours": HOLIDAYS})
    assert staffed_notes(scenario) == (
        "the US desk is staffed Sat, Sun 20:00–04:00 (America/New_York), but on 2 holidays; outside, work waits for "
        "the next shift (inferred, estimated); at the launch it is Wed 16:34 there, outside these hours, which "
        "count when the report reaches the desk",
    )


HOLIDAYS = (
    '{days: [Sun, Sat], from: "20:00", until: "04:00", holidays: [2019-07-04, 2019-12-25], '
    "evidence: {step: inferred, value: estimated, source: S}}"
)


def test_an_arm_with_hours_of_its_own_is_told_by_its_title() -> None:
    early = '{from: "06:00", until: "15:00", evidence: assumed}'
    arms = f"arms:\n  early: {{arrangement: via_us, title: early shift, set: {{desks.us_desk.hours: {early}}}}}\n"
    scenario = load_text(TEXT.replace("compare: [direct, via_us]", f"{arms}compare: [via_us, early]"), "t")
    assert {name: hours.start.hour for name, hours in hours_of(scenario.arms).items()} == {
        "us_desk": 8,
        "us_desk (early shift)": 6,
    }


def test_a_desk_is_called_as_people_say_it() -> None:
    assert desk_name("us_desk") == "the US desk"
    assert desk_name("translators") == "the translators desk"
    assert desk_name("us_desk (early_shift)") == "the US desk (early_shift)"


def test_hours_that_are_hypothetical_are_a_what_if_and_others_are_not() -> None:
    assert what_if_sentence(hours_of(world().arms)) == "The hours of the US desk are hypothetical, a what-if."
    assert what_if_sentence(hours_of(world(**{"desks.us_desk.hours": HOLIDAYS}).arms)) == ""


def test_without_hours_there_is_nothing_to_say() -> None:
    assert staffed_notes(world(**{"desks.us_desk": "{at: us, capacity: 1, evidence: assumed}"})) == ()
