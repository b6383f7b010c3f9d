"""The catalogue of launches: the public record as rows, and a row as the fields of a launch.

How far, how high and how long a launch flew is told by parties, each for itself: `sim.scenario.figures`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from pathlib import Path

from sim.errors import Fault, ScenarioError
from sim.scenario.document import printable
from sim.scenario.figures import FIGURES, Figure, Statement, chosen, load_figures, words
from sim.scenario.sheet import MANUAL, MOST_FAULTS, Cells, Sheet, check_columns, read_sheet

CATALOGUE = "catalogue/launches.csv"
OF_A_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-\d+)?", re.ASCII)  # and which launch of it
NEEDED = {  # of a row, and what to write
    "id": "what a scenario names the launch by, such as 2030-01-01",
    "date": "the day, such as 2030-01-01",
    "missile": "what was launched, or unknown",
    "class": "its class, such as SRBM",
    "sources": "who reported it",
}


@dataclass(frozen=True)
class Record:
    """One row: what is reported of a launch, as text; empty where the record is silent.

    `lat` and `lon` are of the launch facility, in degrees north and east. `azimuth_deg` is the direction of the
    launch, clockwise from north; `azimuth_basis` says whether it leads to a reported place or is assumed. `line` is
    that of the file; `statements` are what each party gave of the flight.
    """

    id: str
    date: str
    time_local: str
    missile: str
    kind: str
    site: str
    lat: str
    lon: str
    n_missiles: str
    offsets_min: str
    offsets_basis: str
    azimuth_deg: str
    azimuth_basis: str
    outcome: str
    sources: str
    note: str
    line: int = 0
    statements: tuple[Statement, ...] = ()

    @property
    def range_km(self) -> Figure | None:
        """How far, by the rule of `sim.scenario.figures.chosen`."""
        return chosen(self.statements, "range_km")

    @property
    def apogee_km(self) -> Figure | None:
        """How high, by the same rule."""
        return chosen(self.statements, "apogee_km")

    @property
    def flight_time_s(self) -> Figure | None:
        """How long, by the same rule; but what range and apogee contradict stands behind what they do not."""
        kept = [one for one in self.statements if one.flight_time_s not in self.contradicted]
        return chosen(kept, "flight_time_s") or chosen(self.statements, "flight_time_s")

    @cached_property
    def contradicted(self) -> tuple[Figure, ...]:
        """The flight times that range and apogee contradict; none where no missile flies so."""
        times = [one.flight_time_s for one in self.statements if one.flight_time_s]
        if not times or self.range_km is None or self.apogee_km is None:
            return ()
        from sim.scenario.flown import flown, is_contradicted  # few rows have all three

        try:
            made = flown(self.range_km, self.apogee_km)
        except ValueError:
            return ()
        return tuple(time for time in times if is_contradicted(time, made))

    def fields(self) -> dict[str, str | list[str] | dict[str, str]]:
        """The fields of a launch in a scenario, as text; those the record lacks are left out."""
        found: dict[str, str | list[str] | dict[str, str]] = {
            "name": f"{self.id} {self.missile}"[:100],
            "date": self.date,
            "missile": self.missile[:100],
            "source": self._told_by()[:2000],
        }
        for field, figure, unit in self._flight():
            found[field] = f"{figure.value:.10g} {unit}"
        if self.azimuth_deg:
            found["azimuth"] = f"{self.azimuth_deg} deg"
        if self.time_local:
            found["time"] = self.time_local
        if self.lat and self.lon:
            found["place"] = {"lat": f"{self.lat} deg", "lon": f"{self.lon} deg"}
        offsets = self.offsets_min.split(";")
        if len(offsets) > 1:
            found["offsets"] = [f"{offset} min" for offset in offsets]
        return found

    def _flight(self) -> Iterator[tuple[str, Figure, str]]:
        """What is on record of the flight: the field of a scenario, the figure and its unit."""
        of_flight = (self.flight_time_s, "s"), (self.range_km, "km"), (self.apogee_km, "km")
        for field, (figure, unit) in zip(("flight_time", "range", "apogee"), of_flight, strict=True):
            if figure is not None:
                yield field, figure, unit

    def _told_by(self) -> str:
        """The sources, behind whose figures are taken, and whose flight times these contradict."""
        whose = [f"{field.replace('_', ' ')} {words(figure, unit)}" for field, figure, unit in self._flight()]
        if self.contradicted:
            times = " and ".join(words(figure, "s") for figure in self.contradicted)
            whose.append(f"range and apogee contradict a flight time of {times}")
        return f"{'; '.join(whose)} | {self.sources}" if whose else self.sources

    @property
    def is_flown(self) -> bool:
        """Whether all is on record that tells who sees it: place, azimuth, range and apogee."""
        return bool(self.lat and self.lon and self.azimuth_deg and self.is_timed)

    @property
    def is_timed(self) -> bool:
        """Whether its range and apogee are on record, which together tell how long it flew."""
        return self.range_km is not None and self.apogee_km is not None

    @property
    def is_several(self) -> bool:
        """Whether there was more than one missile."""
        return self.n_missiles not in ("", "1")

    @property
    def lacks_times(self) -> bool:
        """Whether there were several missiles and the record does not tell when each was launched."""
        return self.is_several and not self.offsets_min


COLUMNS = tuple(
    "class" if one.name == "kind" else one.name for one in fields(Record) if one.name not in ("line", "statements")
)
MOVED = ("range_km", "apogee_km", "flight_time_min")  # to the figures of parties


def load_catalogue(folder: Path) -> tuple[Record, ...]:
    """Every record of `catalogue/launches.csv` in the scenarios folder, in order of time, with what parties gave of it.

    Raises
    ------
    ScenarioError : a column is missing, or a row lacks what it needs or has the id of another; each fault at its line.
        So are those of `catalogue/figures.csv`.
    SimError : it is no CSV.
    """
    sheet = read_sheet(folder, CATALOGUE, "catalogue")
    check_columns(sheet, COLUMNS)
    if faults := tuple(_faults(sheet)):
        raise ScenarioError(faults[:MOST_FAULTS])
    told = load_figures(folder, [row["id"] for row in sheet.rows.values()])
    return tuple(_record(row, line, told) for line, row in sheet.rows.items())


def _faults(sheet: Sheet) -> Iterator[Fault]:
    """What keeps rows from being records; what a launch cannot have is told by the scenario that takes it."""
    if moved := [column for column in MOVED if column in sheet.header]:
        mend = f"write them into {FIGURES}, a row for each party that gave them: {MANUAL}"
        yield Fault(sheet.shown, 1, 0, "", f"has a column {', '.join(moved)} — {mend}")
    seen: dict[str, int] = {}
    for line, row in sheet.rows.items():
        for column in NEEDED:
            if not row[column]:
                yield Fault(sheet.shown, line, 0, column, f"is empty — write {NEEDED[column]}: {MANUAL}")
        name = row["id"]
        if name and seen.setdefault(name, line) != line:
            mend = f"write one that no other has, such as {printable(name)}-second"
            yield Fault(sheet.shown, line, 0, "id", f"is that of line {seen[name]} too — {mend}")


def _record(row: Cells, line: int, told: Mapping[str, tuple[Statement, ...]]) -> Record:
    cells = {"kind" if column == "class" else column: row[column] for column in COLUMNS}
    return Record(**cells, line=line, statements=told.get(cells["id"], ()))


def names_of(catalogue: Iterable[Record]) -> frozenset[str]:
    """By what a launch may be named: its id, or its day."""
    return frozenset(name for record in catalogue for name in (record.id, record.date))


def records_of(catalogue: tuple[Record, ...], wanted: str) -> tuple[Record, ...]:
    """The records of a year, of a class, or all of them; none if there is no such year or class."""
    return tuple(record for record in catalogue if wanted.lower() in ("all", record.date[:4], record.kind.lower()))


def find_records(catalogue: tuple[Record, ...], wanted: str) -> tuple[Record, ...]:
    """The record of this id, or all those of this day."""
    exact = tuple(record for record in catalogue if record.id == wanted)
    return exact or tuple(record for record in catalogue if record.date == wanted)


def day_hint(catalogue: tuple[Record, ...], wanted: str) -> str:
    """What to say of a day on which nothing of the catalogue was launched; empty of what is no day."""
    match = OF_A_DAY.fullmatch(wanted)
    if match is None:
        return ""
    day = _day(match[1])
    if day is None:
        return " — no calendar has that day"
    apart = {record.id: abs(there - day) for record in catalogue if (there := _day(record.date))}
    return f" — the nearest is {min(apart, key=lambda id_: apart[id_])}" if apart else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
