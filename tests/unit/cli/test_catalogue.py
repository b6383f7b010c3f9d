"""``sim run catalogue:…``: every launch of a year, a class, or all, beside each other."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sim.asking.scenarios import find_scenario, left_out, names_of
from sim.errors import SimError
from sim.scenario.catalogue import load_catalogue
from sim.scenario.folders import shipped_folder
from tests.examples import examples
from tests.unit.cli.test_commands import call

QUICK = ["--replications", "20", "--settings", "2", "--workers", "1", "--arms", "direct,via_washington"]
CATALOGUE = load_catalogue(shipped_folder())
FLOWN = names_of("catalogue:all")


def test_a_year_a_class_or_all_stand_for_their_launches_that_the_record_tells_of() -> None:
    flown = [record for record in CATALOGUE if record.is_flown and not record.lacks_times]
    assert names_of("catalogue:2020") == [record.id for record in flown if record.date.startswith("2020")]
    assert names_of("catalogue:icbm") == [record.id for record in flown if record.kind == "ICBM"]
    assert names_of("catalogue:all") == [record.id for record in flown]
    assert names_of("first-look") == ["first-look"]


def test_who_is_left_out_is_said() -> None:
    said = left_out("catalogue:2019")
    of_2019 = [record for record in CATALOGUE if record.date.startswith("2019")]
    unflown = ", ".join(record.id for record in of_2019 if not record.is_flown)
    untimed = ", ".join(record.id for record in of_2019 if record.lacks_times)
    assert said == (
        "catalogue:2019: 10 of 13 launches; left out, since where from, where to, how far or how high is not on "
        f"record: {unflown}; left out, since when each of several missiles was launched is not on record: {untimed}"
    )
    assert untimed == "2019-09-10, 2019-11-28"


def test_a_year_without_launches_is_answered_with_those_that_have_some() -> None:
    with pytest.raises(SimError, match="catalogue:1999  no launch of the catalogue has it — write one of all, 2012"):
        names_of("catalogue:1999")


def test_a_year_of_which_nothing_can_be_run_is_a_fault_and_not_silence() -> None:
    """Of the two launchers of 2012 no range and apogee is on record."""
    with pytest.raises(SimError, match=r"of none of its launches is on record .* — write 2012-04-13, which is run"):
        names_of("catalogue:2012")


@pytest.mark.parametrize("name", examples(FLOWN, FLOWN[::12]))
def test_every_flown_launch_of_the_catalogue_is_a_sound_scenario_with_sensors(name: str) -> None:
    scenario = find_scenario(name, {})
    assert scenario.sensors
    assert all(entry.flight is not None and entry.deadline is not None for entry in scenario.launches)


def test_a_salvo_that_the_record_does_not_time_is_refused_and_never_run_as_one() -> None:
    """30 May 2024: eighteen missiles, one time."""
    with pytest.raises(SimError, match="18 missiles and not the time of each") as caught:
        find_scenario("2024-05-30", {})
    assert '--set launches[0].offsets="[0 s, 30 s, …]"' in str(caught.value)
    for sets, n in (
        ({"launches[0].offsets": "[0 s, 10 s, 20 s]"}, 3),
        ({"launches[0].count": "18", "launches[0].gap": "10 s"}, 18),
        ({"launches[0].count": "1"}, 1),
    ):
        assert len(find_scenario("2024-05-30", sets).launch_keys()) == n


def test_a_class_is_one_table_one_sheet_and_one_figure(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "64")
    text = call("run", "catalogue:MLRS", *QUICK).output
    named = text[text.index("(1) US early warning") : text.index("Together")]
    assert 55 < max(map(len, named.splitlines())) <= 64
    rows = [line for line in text.splitlines() if line.startswith("2019-08-02")]
    assert "Seoul sees" in text
    assert "(1) US early warning; (2) direct; (3) via Washington" in " ".join(text.split())
    assert rows
    (sheet,) = (here / "results").glob("launches-*.csv")
    assert sheet.with_suffix(".png").exists()
    lines = list(csv.DictReader(sheet.read_text(encoding="utf-8").splitlines()))
    assert {line["scenario"] for line in lines} == set(names_of("catalogue:MLRS"))
    for line in lines:  # Seoul stands closer, so it sees first; both see before the flight is over
        assert 0 < float(line["seoul_sees_min"]) < float(line["tokyo_sees_min"]) < float(line["impact_min"])


def test_quiet_prints_where_the_results_are(here: Path) -> None:
    lines = call("run", "catalogue:HGV", "first-look", *QUICK, "--quiet").output.splitlines()
    assert [Path(line).parent.name for line in lines[:2]] == [*names_of("catalogue:HGV"), "first-look"]


@pytest.mark.slow
def test_runs_of_other_arms_stand_in_one_table(here: Path) -> None:
    """The first scenario has no baseline: a dash stands for it."""
    lines = call("run", "catalogue:MLRS", "first-look", *QUICK).output.splitlines()
    cells = next(line for line in lines if line.startswith("one missile")).split()
    assert cells[-3] == "–"
    assert float(cells[-2]) > 0
