"""Deadlines and times on the page: each says what it is of, and a change of it is in force."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

import sim
from sim.asking.scenarios import load, shipped_names
from sim.live.entries import FOR_ALL, Entry, entries
from sim.model.scenario import Scenario
from tests.examples import examples

TWO = {
    "launches": [{"name": "far", "flight_time": "10 min"}, {"name": "near", "at": "1 h", "flight_time": "240 s"}],
}
OWN = {
    "launches": [
        {
            "name": "far",
            "flight_time": "10 min",
            "deadline": {"name": "overflight", "after": "6 min", "needs": "1 min"},
        },
        {"name": "near", "at": "1 h", "flight_time": "4 min", "deadline": "3 min"},
    ],
}
DUE = {
    "deadline": {"name": "splash"},
    "arrangements": {
        "direct": {"flow": ["seoul_sees"], "deadline": {"name": "word due", "after": "2 h"}},
        "via_washington": ["seoul_sees", "us_to_tokyo"],
    },
}


def with_sections(sections: Mapping[str, object]) -> Scenario:
    return sim.check({**load("first-look", {}).document, **sections})


def deadlines(scenario: Scenario) -> list[Entry]:
    return [one for one in entries(scenario) if "deadline" in one.path]


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ({}, [Entry("deadline", "Impact, after launch", "10 min")]),
        (TWO, [Entry("deadline", f"Impact, after launch{FOR_ALL}", "4 min and 10 min")]),
        ({"deadline": {"needs": "3 min"}}, [Entry("deadline", "3 min before impact, after launch", "7 min")]),
        ({"deadline": "none"}, []),
        (
            OWN,
            [
                Entry("launches[0].deadline.after", "Far: overflight, after launch", "6 min"),
                Entry("launches[1].deadline", "Near: deadline, after launch", "3 min"),
            ],
        ),
        (
            DUE,
            [
                Entry("deadline.after", "Splash, after launch", "10 min"),
                Entry("arrangements.direct.deadline.after", "Direct: word due, after launch", "2 h"),
            ],
        ),
    ],
)
def test_a_deadline_is_moved_where_it_is_written(sections: Mapping[str, object], expected: list[Entry]) -> None:
    assert deadlines(with_sections(sections)) == expected


def test_a_time_is_told_as_people_say_it() -> None:
    texts = {one.path: one.text for one in entries(with_sections(TWO))}
    assert (texts["launches[0].flight_time"], texts["launches[1].flight_time"]) == ("10 min", "4 min")


@pytest.mark.parametrize("name", examples(shipped_names(), ["2019-07-23-joint-air-patrol"]))
def test_no_deadline_on_the_page_is_without_effect(name: str) -> None:
    """With all of them moved there is none of before; what is needed before an event is left."""
    scenario = load(name, {})
    moved = sim.check(scenario.document, sets={one.path: "83 min" for one in deadlines(scenario)})
    assert {one.event_us for one in moved.deadlines()} == {83 * 60_000_000}
