"""A sheet of the catalogue: a CSV file as rows, each with its line, so that every fault is told where it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sim.errors import Fault, ScenarioError, SimError
from sim.scenario.reader import inside, read_text

MOST_BYTES = 256 * 1024
MOST_FAULTS = 20  # of one sheet: the rest is most often the same
RESTORE = "restore the one that was shipped"
MANUAL = "the columns are listed in scenarios/README.md"

Cells = Mapping[str, str]  # of a row, by column; empty where the file has nothing
Noun = TypeVar("Noun")


class CellError(ValueError):
    """What is wrong with the cell of a column, in words for the user."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(column, message)
        self.column, self.message = column, message


@dataclass(frozen=True)
class Sheet:
    """A file as people call it, its columns, and its rows by line."""

    shown: str
    header: tuple[str, ...]
    rows: Mapping[int, Cells]


def read_sheet(folder: Path, name: str, what: str) -> Sheet:
    """A CSV file of the scenarios folder; ``what`` it should be, such as a catalogue.

    Raises
    ------
    ScenarioError : there is no such file, or a row has cells beyond the last column.
    SimError : it is no CSV.
    """
    shown = str(folder / name)
    try:
        path = inside(folder, folder, name)
        if not path.exists():
            raise ScenarioError((Fault(shown, 0, 0, "", f"there is no such file — {RESTORE}"),))
        rows = csv.DictReader(io.StringIO(read_text(path, shown, MOST_BYTES)))
        read = dict(_numbered(rows))
    except (ValueError, csv.Error) as error:
        raise SimError(f"{shown}: is no {what} ({error}) — {RESTORE}") from None
    if faults := tuple(_beyond(shown, read)):
        raise ScenarioError(faults[:MOST_FAULTS])
    header = tuple(rows.fieldnames or ())
    return Sheet(
        shown, header, {line: {name: (row[name] or "").strip() for name in header} for line, row in read.items()}
    )


def _numbered(rows: csv.DictReader[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for row in rows:
        yield rows.line_num, row


def _beyond(shown: str, rows: Mapping[int, Mapping[str, object]]) -> Iterator[Fault]:
    for line, row in rows.items():
        if None in row:
            mend = "write a cell with a comma in it between quotes"
            yield Fault(shown, line, 0, "", f"has more cells than there are columns — {mend}")


def check_columns(sheet: Sheet, columns: Sequence[str]) -> None:
    """A column that is missing makes every row wrong, and is told once."""
    if missing := [column for column in columns if column not in sheet.header]:
        mend = f"has no column {', '.join(missing)} — add it, its cells may be empty: {MANUAL}"
        raise ScenarioError((Fault(sheet.shown, 1, 0, "", mend),))


def nouns(sheet: Sheet, make: Callable[[Cells], Noun]) -> tuple[Noun, ...]:
    """What each row says; ``make`` raises `CellError`, and all of them are told at their lines."""
    found, faults = [], []
    for line, row in sheet.rows.items():
        try:
            found.append(make(row))
        except CellError as error:
            faults.append(Fault(sheet.shown, line, 0, error.column, error.message))
    if faults:
        raise ScenarioError(tuple(faults[:MOST_FAULTS]))
    return tuple(found)
