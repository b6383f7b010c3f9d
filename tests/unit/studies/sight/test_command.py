"""``sim sight`` and ``sim map`` from the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from sim.studies.sight.find import sighting
from tests.looking import TEXT, looking
from tests.unit.cli.test_commands import call, refusal

QUICK = ["--replications", "4", "--engine", "reference", "--workers", "1"]


@pytest.fixture
def file(here: Path) -> str:
    return written(here)


def written(here: Path) -> str:
    (here / "looking.yaml").write_text(TEXT, encoding="utf-8")
    return "looking.yaml"


def folder_of(here: Path, kind: str) -> Path:
    (found,) = (here / "results" / "looking").glob(f"{kind}-*")
    return found


def test_sight_says_who_sees_it_and_what_the_flight_rests_on(here: Path, file: str) -> None:
    text = " ".join(call("sight", file, "--launch", "lofted").output.split())
    assert "Seoul's first sight is" in text
    assert "Geometry alone" in text
    assert "range 450 km, apogee 910 km, as the scenario has it" in text
    assert "as free flight on an ellipse" in text
    assert "(the scenario has 17.0 min, which is what deadlines go by)" in text
    low = " ".join(call("sight", file, "--launch", "low", "--set", "sensors.sado.range=100 km").output.split())
    assert "as a flat flight inside the air" in low
    assert "Sado 100 km never never" in low


def test_its_sheet_and_json_have_the_numbers(drawn_here: Path) -> None:
    document = json.loads(call("sight", written(drawn_here), "--launch", "lofted", "--json").output)
    found = sighting(looking(), "lofted")
    assert [one["sensor"] for one in document["sensors"]] == [seen.stage.name for seen in found.sensors]
    assert document["flight"]["written_flight_time_s"] == 1_020
    assert document["flight"]["flight_time_s"] == pytest.approx(found.flight_time_s)
    rows = list(csv.DictReader((folder_of(drawn_here, "sight") / "sight.csv").read_text(encoding="utf-8").splitlines()))
    for row, seen in zip(rows, found.sensors, strict=True):
        assert float(row["first_s"]) == pytest.approx(seen.sight.first_s, abs=5.1e-4)
        assert bool(row["first_s_at_high_range"]) == seen.is_spread
    assert (folder_of(drawn_here, "sight") / "sight.png").stat().st_size > 10_000


def test_it_is_found_again_and_draws_of_a_run_do_not_matter(here: Path, file: str) -> None:
    first = call("sight", file, "--launch", "low", "--quiet").output
    assert "nothing was run" in call("sight", file, "--launch", "low").output
    assert call("sight", file, "--launch", "low", "--quiet", "--set", "draws=sobol").output == first


def test_a_launch_of_the_catalogue_takes_the_sensors_of_the_base_case(here: Path) -> None:
    assert "J/FPS-5 Sado" in call("sight", "2019-10-02").output


def test_what_cannot_be_seen_is_refused_with_its_mend(here: Path, file: str) -> None:
    assert 'name one: --launch "lofted"' in refusal("sight", file)
    assert "nobody has written its place, azimuth, apogee" in refusal("map", file, "--launch", "dark", *QUICK)
    assert "nobody has written its" in refusal("sight", "first-look")
    assert "has no sensors" in refusal("map", file, "--launch", "low", "--set", "sensors={}", *QUICK)
    assert "a map needs two — name them: --arms A,B" in refusal(
        "map", file, "--launch", "low", "--arms", "direct", *QUICK
    )


def test_the_map_says_when_the_reports_leave_and_arrive(drawn_here: Path) -> None:
    """By hand: 1 + 8 + 2 min in Seoul and 3 in Tokyo; 1 + 8 in Seoul and 7 in the US."""
    text = call("map", written(drawn_here), "--launch", "low", *QUICK).output
    assert "Direct: Seoul is done after 11 min, arrives after 14 min." in text
    assert "n = 4 replications at working values" in text
    rows = list(csv.DictReader((folder_of(drawn_here, "map") / "map.csv").read_text(encoding="utf-8").splitlines()))
    found = {(row["arm"], row["centre"]): float(row["p50_min"]) for row in rows}
    assert found == {
        ("direct", "seoul"): 11,
        ("direct", "tokyo"): 14,
        ("direct", "arrival"): 14,
        ("via_washington", "seoul"): 9,
        ("via_washington", "us"): 16,
        ("via_washington", "arrival"): 16,
    }
    assert (folder_of(drawn_here, "map") / "map.png").stat().st_size > 10_000


@pytest.mark.slow
def test_the_map_is_the_same_on_every_engine_and_with_any_workers(here: Path, file: str) -> None:
    asked = ["map", file, "--launch", "lofted", "--json", "--replications", "40", "--workers", "1"]
    one = call(*asked, "--engine", "reference").stdout
    assert call(*asked[:-2], "--workers", "2", "--out", "spread").stdout == one
    assert call(*asked, "--engine", "columns", "--out", "other").stdout == one
    assert json.loads(one)["routes"][0]["p50_min"] == 14
