"""Deadlines: impact, a time, and what people need before it."""

from __future__ import annotations

import pytest

from sim.model.launch import Deadline
from sim.scenario.loader import load_scenario, load_text, shipped_folder
from sim.units import US_PER_MINUTE


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("impact", Deadline("impact", 10 * US_PER_MINUTE)),
        ("7 min", Deadline("deadline", 7 * US_PER_MINUTE)),
        ("{needs: 3 min}", Deadline("impact", 7 * US_PER_MINUTE, 3 * US_PER_MINUTE)),
        (
            "{name: splash, after: 8 min, needs: 90 s}",
            Deadline("splash", 390_000_000, 90_000_000),
        ),
    ],
)
def test_a_deadline_lies_so_long_before_its_event_as_people_need(given: str, expected: Deadline) -> None:
    """The missile of first-look flies for 10 min."""
    entry = load_scenario(shipped_folder() / "first-look.yaml", {"deadline": given}).launches[0]
    assert entry.deadline == expected


def test_a_deadline_is_called_by_its_event_and_what_people_need_before_it() -> None:
    assert Deadline("impact", 7).name == "impact"
    assert Deadline("an hour before dawn", 390_000_000, 90_000_000).name == "90 s before an hour before dawn"
    assert Deadline("impact", 7, 3).event_us == 10


def test_a_launch_without_flight_time_has_that_of_its_range_and_apogee() -> None:
    """Every launch that flies alike falls alike, whatever else is written of it."""
    text = (shipped_folder() / "first-look.yaml").read_text(encoding="utf-8")
    computed = load_text(text.replace("flight_time: 10 min", "range: 450 km, apogee: 910 km"), "computed").launches[0]
    assert computed.deadline is not None
    assert computed.deadline.after_us == computed.flight_time_us
