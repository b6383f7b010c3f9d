"""Where the launches of the catalogue went, and what a catalogue of one's own is told."""

from __future__ import annotations

import csv
import re
import statistics
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.flight.geodesy import azimuth_and_range
from sim.model.sensor import Place
from sim.scenario.catalogue import CATALOGUE, COLUMNS, Record, day_hint, load_catalogue
from sim.scenario.figures import COLUMNS as OF_FIGURES
from sim.scenario.figures import FIGURES
from sim.scenario.folders import shipped_folder
from sim.scenario.loader import load_scenario

RECORDS = load_catalogue(shipped_folder())
TOWARDS = re.compile(r"towards (-?[\d.]+) N (-?[\d.]+) E, \S")
LED = [record for record in RECORDS if TOWARDS.match(record.azimuth_basis)]
HEADER = ",".join(OF_FIGURES)
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
            assert led(record)[1] / 1000 == pytest.approx(record.range_km.value, rel=0.11), record.id


def test_the_assumed_direction_is_the_median_of_those_that_are_reported() -> None:
    """Of the missiles that flew east over the sea; satellite launchers went south."""
    reported = [float(record.azimuth_deg) for record in LED if record.kind != "SLV"]
    assert round(statistics.median(reported)) == 76
    assert {record.azimuth_deg for record in RECORDS if record.azimuth_basis == COMMON} == {"76"}


def own(folder: Path, *rows: dict[str, str], without: str = "") -> Path:
    """A scenarios folder with a catalogue of its own, and a scenario of its first launch."""
    columns = [column for column in COLUMNS if column != without]
    usual = dict.fromkeys(columns, "") | {"id": "2030-01-01", "date": "2030-01-01", "missile": "X", "class": "SRBM"}
    usual |= {"n_missiles": "1", "sources": "an agency, 1 January 2030"}
    (folder / "catalogue").mkdir(parents=True)
    with (folder / CATALOGUE).open("w", newline="", encoding="utf-8") as file:
        sheet = csv.DictWriter(file, columns)
        sheet.writeheader()
        sheet.writerows({**usual, **row} for row in rows)
    (folder / FIGURES).write_text(f"{HEADER}\n2030-01-01,an agency,,,600,,\n", encoding="utf-8")
    (folder / "one.yaml").write_text(ONE, encoding="utf-8")
    return folder / "one.yaml"


ONE = """title: A launch of my own
launches: [{catalogue: 2030-01-01}]
stages: {seen: {delay: 1 min, evidence: assumed}}
arrangements: {direct: [seen]}
compare: [direct]
"""


def test_a_launch_of_one_s_own_catalogue_is_taken(tmp_path: Path) -> None:
    (launch,) = load_scenario(own(tmp_path / "scenarios", {})).launches
    assert (launch.name, launch.flight_time_us) == ("2030-01-01 X", 600_000_000)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"sources": ""}], ":2  sources: is empty — write who reported it"),
        ([{"lat": "north", "lon": "127.5"}], ':2  launches[0].place.lat: needs an angle, got "north deg"'),
        ([{"date": "2030-13-01"}], ":2  launches[0].date: is a day that no calendar has"),
        ([{"n_missiles": "2", "offsets_min": "0;soon"}], ":2  launches[0].offsets[1]: needs a number and a unit"),
        ([{}, {"date": "2030-02-01"}], ":3  id: is that of line 2 too — write one that no other has"),
        ([{}, {"id": " "}], ":3  id: is empty — write what a scenario names the launch by"),
    ],
)
def test_a_fault_of_a_catalogue_is_told_at_its_line(rows: list[dict[str, str]], words: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(own(tmp_path / "scenarios", *rows))
    assert f"{tmp_path / 'scenarios' / CATALOGUE}{words}" in str(caught.value)


def test_a_catalogue_without_a_column_is_told_once(tmp_path: Path) -> None:
    path = own(tmp_path / "scenarios", {}, {}, without="azimuth_deg")
    with pytest.raises(ScenarioError, match=r":1  has no column azimuth_deg — add it.*\n1 fault"):
        load_scenario(path)


def test_a_catalogue_that_has_figures_of_its_own_is_told_where_they_go(tmp_path: Path) -> None:
    path = own(tmp_path / "scenarios", {})
    told = path.parent / CATALOGUE
    lines = told.read_text(encoding="utf-8").splitlines()
    told.write_text(f"{lines[0]},range_km\n{lines[1]},600\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r":1  has a column range_km — write them into catalogue/figures\.csv"):
        load_scenario(path)


def test_a_catalogue_needs_no_figures(tmp_path: Path) -> None:
    path = own(tmp_path / "scenarios", {})
    (path.parent / FIGURES).unlink()
    (record,) = load_catalogue(path.parent)
    assert (record.range_km, record.flight_time_s, record.is_flown) == (None, None, False)


@pytest.mark.parametrize(
    ("wanted", "hint"),
    [
        ("2019-13-45", " — no calendar has that day"),
        ("2019-02-29", " — no calendar has that day"),
        ("2019-10-03", " — the nearest is 2019-10-02"),
        ("2019-10-02-9", " — the nearest is 2019-10-02"),
        ("2019-10", ""),
    ],
)
def test_a_day_without_a_launch_is_answered_by_the_calendar(wanted: str, hint: str) -> None:
    assert day_hint(RECORDS, wanted) == hint
