"""Where the launches of the catalogue went."""

from __future__ import annotations

import re
import statistics

import pytest

from sim.flight.geodesy import azimuth_and_range
from sim.model.sensor import Place
from sim.scenario.catalogue import Record, load_catalogue
from sim.scenario.folders import shipped_folder

RECORDS = load_catalogue(shipped_folder())
TOWARDS = re.compile(r"towards (-?[\d.]+) N (-?[\d.]+) E, \S")
LED = [record for record in RECORDS if TOWARDS.match(record.azimuth_basis)]
COMMON = "assumed: 76 degrees, the median of the launches whose place of fall is reported"


def led(record: Record) -> tuple[float, float]:
    """Azimuth and distance from the launch facility to the place its basis names."""
    found = TOWARDS.match(record.azimuth_basis)
    assert found
    place = Place(float(record.lat), float(record.lon))
    return azimuth_and_range(place, Place(float(found[1]), float(found[2])))


def test_a_direction_has_a_basis_and_a_place_to_start_from() -> None:
    for record in RECORDS:
        assert bool(record.azimuth_deg) == bool(record.azimuth_basis), record.id
        assert bool(record.lat) == bool(record.lon), record.id
        assert record.lat or not record.azimuth_deg, record.id
        assert record.azimuth_basis.startswith(("towards ", "assumed: ", "")), record.id


@pytest.mark.parametrize("record", LED, ids=lambda record: record.id)
def test_a_direction_leads_to_the_place_it_names(record: Record) -> None:
    assert float(record.azimuth_deg) == round(led(record)[0])


def test_places_of_fall_are_as_far_away_as_the_reported_range() -> None:
    """To a tenth, where the place is one of fall and not one passed over: the two come from different reports."""
    passed = {"2016-02-07", "2022-10-04", "2022-11-02", "2023-11-21"}
    for record in LED:
        if record.id not in passed:
            assert led(record)[1] / 1000 == pytest.approx(float(record.range_km), rel=0.11), record.id


def test_the_assumed_direction_is_the_median_of_those_that_are_reported() -> None:
    """Of the missiles that flew east over the sea; satellite launchers went south."""
    reported = [float(record.azimuth_deg) for record in LED if record.kind != "SLV"]
    assert round(statistics.median(reported)) == 76
    assert {record.azimuth_deg for record in RECORDS if record.azimuth_basis == COMMON} == {"76"}
