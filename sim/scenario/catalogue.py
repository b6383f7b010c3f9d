"""The catalogue of launches: the public record as rows, and a row as the fields of a launch."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from sim.errors import SimError


@dataclass(frozen=True)
class Record:
    """One row: what is reported of a launch, as text; empty where the record is silent."""

    id: str
    date: str
    time_local: str
    missile: str
    kind: str
    site: str
    n_missiles: str
    offsets_min: str
    offsets_basis: str
    range_km: str
    apogee_km: str
    flight_time_min: str
    outcome: str
    sources: str
    note: str

    def fields(self) -> dict[str, str | list[str]]:
        """The fields of a launch in a scenario, as text; those the record lacks are left out."""
        found: dict[str, str | list[str]] = {
            "name": f"{self.id} {self.missile}"[:100],
            "date": self.date,
            "missile": self.missile[:100],
            "source": self.sources[:2000],
        }
        for field, value, unit in (
            ("flight_time", self.flight_time_min, "min"),
            ("range", self.range_km, "km"),
            ("apogee", self.apogee_km, "km"),
        ):
            if value:
                found[field] = f"{value} {unit}"
        offsets = self.offsets_min.split(";")
        if len(offsets) > 1:
            found["offsets"] = [f"{offset} min" for offset in offsets]
        return found

    @property
    def is_several(self) -> bool:
        """Whether there was more than one missile."""
        return self.n_missiles not in ("", "1")

    @property
    def lacks_times(self) -> bool:
        """Whether there were several missiles and the record does not tell when each was launched."""
        return self.is_several and not self.offsets_min


def load_catalogue(folder: Path) -> tuple[Record, ...]:
    """Every record of `catalogue/launches.csv` in the scenarios folder, in order of time."""
    path = folder / "catalogue" / "launches.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        raise SimError(f"{path}: the catalogue cannot be read ({error.strerror})") from None
    names = [name for name in Record.__dataclass_fields__ if name != "kind"]
    return tuple(Record(kind=row["class"], **{name: row[name].strip() for name in names}) for row in rows)


def find_records(catalogue: tuple[Record, ...], wanted: str) -> tuple[Record, ...]:
    """The record of this id, or all those of this day."""
    exact = tuple(record for record in catalogue if record.id == wanted)
    return exact or tuple(record for record in catalogue if record.date == wanted)
