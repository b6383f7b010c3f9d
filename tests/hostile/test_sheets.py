"""No cell of the catalogue makes a traceback: it is read, and the record holds it, or its fault is told."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import SimError
from sim.scenario.catalogue import Record, load_catalogue, names_of
from sim.scenario.facts import Facts, load_facts
from sim.scenario.folders import shipped_folder
from sim.scenario.loader import load_text
from sim.studies.record.eras import era_forecasts
from sim.studies.record.flights import flight_rows
from sim.studies.record.named import check_places
from sim.studies.record.notices import CHAIN, chains, forecasts
from sim.studies.record.say import coverage_sentences, flights_sentences, headline
from sim.studies.record.watch import flights_of

SHEETS = ("launches", "figures", "contacts", "tracked", "alerts", "eras", "rules", "exchanges")
CHAINS = chains(load_text(CHAIN, "chain"))
CELLS = st.sampled_from(
    ["", "0", "-1", "1e9", "nan", "inf", "about 1", "above 99999", "clock 60", "about 00", "9" * 400, "2019-10-02"]
) | st.text(st.characters(codec="utf-8"), max_size=12)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(shipped_folder() / "catalogue", tmp_path / "catalogue")
    return tmp_path


def _read(folder: Path) -> tuple[tuple[Record, ...], Facts]:
    launches = load_catalogue(folder)
    check_places(launches, folder)
    return launches, load_facts(folder, names_of(launches))


@settings(max_examples=50, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(SHEETS), row=st.integers(0, 40), column=st.integers(0, 12), cell=CELLS)
def test_a_cell_that_is_off_is_read_or_told(name: str, row: int, column: int, cell: str, folder: Path) -> None:
    path = folder / "catalogue" / f"{name}.csv"
    shipped = path.read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(shipped)))
    of_row = rows[row % len(rows)]
    of_row[column % len(of_row)] = cell
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    try:
        launches, facts = _read(folder)
    except SimError as error:
        str(error).encode()
        return
    finally:
        path.write_text(shipped, encoding="utf-8")
    told, by_era = forecasts(facts.notices, CHAINS), era_forecasts(facts.notices, facts.eras, CHAINS)
    flights = flight_rows(launches)
    assert headline(flights, told)
    assert flights_sentences(flights)
    assert coverage_sentences(told, by_era, len(facts.notices), 0)
    for launch in launches:
        flights_of(launch)
