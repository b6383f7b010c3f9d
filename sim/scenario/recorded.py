"""Launches that name a record of the catalogue: they take its fields, and what it leaves open must be written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sim.scenario.catalogue import CATALOGUE, Record, day_hint, find_records, load_catalogue
from sim.scenario.document import Document, Mark, TreePath, path_text
from sim.units import LONGEST_US, TIME_US

MOST_DAYS_APART = LONGEST_US // TIME_US["d"]
IN_ITS_PLACE = ("azimuth", "range")  # of an impact point


def expand_catalogue(document: Document, root: Path) -> None:
    """Give each launch that names a record the record's fields, where it has not its own."""
    named = [
        (path, launch)
        for path, launch in document.launched()
        if isinstance(launch.get("catalogue"), str) and "false_report" not in launch
    ]
    catalogue = load_catalogue(root) if named else ()
    for path, launch in named:
        if record := _meant(document, path, launch, catalogue):
            _expand_launch(document, path, launch, record, Mark(str(root / CATALOGUE), record.line))


def _meant(
    document: Document, path: TreePath, launch: dict[str, object], catalogue: tuple[Record, ...]
) -> Record | None:
    """The record that a launch names; none or several are a fault."""
    wanted = str(launch["catalogue"])
    records = find_records(catalogue, wanted)
    if len(records) != 1:
        known = [record.id for record in catalogue]
        which = ", ".join(f"{record.id} ({record.missile}, {record.time_local})" for record in records)
        message = f"several launches that day — write one of {which}" if records else f'no launch "{wanted[:40]}"'
        hint = "" if records else day_hint(catalogue, wanted) or document.suggestion(wanted, known)
        document.fault((*path, "catalogue"), f"{message}{hint}")
        return None
    return records[0]


def _expand_launch(document: Document, path: TreePath, launch: dict[str, object], record: Record, mark: Mark) -> None:
    """Give a launch what it has not of its own; what is wrong with that is at its line of the catalogue."""
    if record.lacks_times and "offsets" not in launch and "count" not in launch:
        document.fault((*path, "catalogue"), _untimed(record, path))
    own = {*launch, *(["offsets"] if "count" in launch else []), *(IN_ITS_PLACE if "impact_point" in launch else [])}
    for field, value in record.fields().items():
        if field not in own:
            launch[field] = value
            document.values[*path, field] = mark
    del launch["catalogue"]


def _untimed(record: Record, path: TreePath) -> str:
    """A salvo is never run as one missile in silence."""
    offsets, n = path_text((*path, "offsets")), record.n_missiles
    return (
        f"the record has {n} missiles and not the time of each ({record.offsets_basis}) — add offsets: [0 s, 30 s, …] "
        f'(--set {offsets}="[0 s, 30 s, …]"), or count: {n} and gap: 30 s; count: 1 runs one of them'
    )


def check_dates(document: Document) -> None:
    """Note every launch of another day than the first of which neither `at` nor their clocks say how long after it."""
    launches = document.tree.get("launches")
    dates = [_date(launch) for launch in launches] if isinstance(launches, list) else []
    first = dates[0] if dates else None
    for index, day in enumerate(dates):
        if not first or not day or day == first or "at" in launches[index]:
            continue
        has_clocks = "time" in launches[0] and "time" in launches[index]
        if not (has_clocks and abs((day - first).days) <= MOST_DAYS_APART):
            document.fault(("launches", index), _apart(first, day))


def _date(launch: object) -> date | None:
    try:
        return date.fromisoformat(str(launch["date"])) if isinstance(launch, dict) else None
    except (KeyError, ValueError):
        return None


def _apart(first: date, day: date) -> str:
    days = (day - first).days
    place = f"add at: {days} d, or " if 0 < days <= MOST_DAYS_APART else ""
    return (
        f"is of {day} and the first launch of {first}, so they would queue for each other — {place}run each by "
        "itself; at: 0 s says that they are meant to be launched together"
    )
