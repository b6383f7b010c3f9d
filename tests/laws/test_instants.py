"""Instants as they are written, of stages that wait and of deadlines: any text is taken at its worth, or answered."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from sim.errors import ScenarioError
from sim.model.scenario import Scenario
from sim.scenario.loader import load_mapping
from sim.units import TIME_US
from tests.examples import of_many

MANY = 150
FLIGHT_US = 10 * TIME_US["min"]
PLACES = ("stages.a.earliest", "deadline", "deadline.after", "deadline.needs", "launches[0].deadline")

units = st.sampled_from(sorted(TIME_US))
numbers = st.decimals(0, 500, allow_nan=False, places=2)
spaces = st.sampled_from(("", " ", "  "))
known = st.sampled_from(
    ("impact", "none", "Impact", " impact", "", "-1 s", "10", "1e99 s", "5 min later", "1 to 2 min")
)


def told(place: str, text: object) -> Scenario:
    """A launch that flies for 10 min and one stage, with a text at a place."""
    tree: dict[str, Any] = {
        "title": "t",
        "launches": [{"name": "one", "flight_time": "10 min"}],
        "stages": {"a": {"delay": "1 min", "evidence": "assumed"}},
        "arrangements": {"x": "a"},
        "compare": ["x"],
    }
    match place.rpartition("."):
        case ("stages.a", _, name):
            tree["stages"]["a"][name] = text
        case ("launches[0]", _, name):
            tree["launches"][0][name] = text
        case ("deadline", _, name):
            tree["deadline"] = {"name": "splash", "after": "9 min", name: text}
        case _:
            tree["deadline"] = text
    return load_mapping(tree, "t")


def found_us(place: str, scenario: Scenario) -> int | str | None:
    """The instant, or the time, that a place has given."""
    if place == "stages.a.earliest":
        return scenario.arms[0].stages["a"].earliest
    deadline = scenario.launches[0].deadline
    if deadline is None:
        return "none"
    return deadline.needs_us if place == "deadline.needs" else deadline.event_us


def answer(place: str, text: str) -> int | str | ScenarioError | None:
    """The instant, or the report of what is wrong with it."""
    try:
        return found_us(place, told(place, text))
    except ScenarioError as error:
        return error


@of_many(MANY, st.sampled_from(PLACES), known | st.text(max_size=20))
def test_any_text_is_an_instant_or_a_fault_at_its_place(place: str, text: str) -> None:
    found = answer(place, text)
    if isinstance(found, ScenarioError):
        assert all(fault.path.startswith(place) for fault in found.faults)
        assert str(found).replace("\n", "").isprintable()
    elif text not in ("impact", "none"):
        assert text.strip()[-1].isalpha()  # nothing without a unit is taken
        assert isinstance(found, int)


@of_many(MANY, st.sampled_from(PLACES), numbers, spaces, units)
def test_a_duration_is_the_number_times_its_unit_to_the_microsecond(
    place: str, number: Decimal, space: str, unit: str
) -> None:
    """By exact fractions. Refused are more than a year, what rounds to nothing, and to need all of the 9 min."""
    us, found = Fraction(number) * TIME_US[unit], answer(place, f"{number}{space}{unit}")
    is_all = place == "deadline.needs" and round(us) >= 9 * TIME_US["min"]
    if isinstance(found, ScenarioError):
        assert us > 366 * TIME_US["d"] or 0 < us <= Fraction(1, 2) or is_all
    else:
        assert not is_all
        assert isinstance(found, int)
        assert abs(found - us) <= Fraction(1, 2)


@of_many(MANY, st.integers(0, FLIGHT_US // 1000 - 1), st.sampled_from(("deadline", "launches[0].deadline")))
def test_what_people_need_before_impact_is_taken_off_the_flight(needs: int, place: str) -> None:
    deadline = told(place, {"needs": f"{needs} ms"}).launches[0].deadline
    assert deadline is not None
    assert deadline.after_us == FLIGHT_US - 1000 * needs
    assert deadline.event_us == FLIGHT_US
    assert told("stages.a.earliest", "impact").arms[0].stages["a"].earliest == "impact"
