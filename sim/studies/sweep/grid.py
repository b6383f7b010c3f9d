"""What a sweep is asked for: the axes and the cells on them, all combinations or cases of a file."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from sim.errors import SimError
from sim.scenario.document import parse_path, printable
from sim.scenario.observed import DECIMAL, THOUSANDS
from sim.studies.sweep.axes import Axis, listed
from sim.units import count_text

MOST_CELLS = 100_000
NAMES = ("case", "name")  # of the column of a file of cases that names them
Places = tuple[int, ...]


@dataclass(frozen=True)
class Grid:
    """What was asked for: the axes, and the place of every cell on each; cases have names, and lines of their file.

    columns : of the axes in that file, counted from 1.
    """

    axes: tuple[Axis, ...]
    cells: tuple[Places, ...]
    names: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()

    def texts(self, cell: Places) -> dict[str, str]:
        """The values of a cell by path, as a scenario file has them."""
        return {axis.path: axis.texts[place] for axis, place in zip(self.axes, cell, strict=True)}


def grid_of(axes: Sequence[Axis]) -> Grid:
    """Every combination of one axis or several.

    Raises
    ------
    SimError : there are none or more than two, one is varied twice, or the cells are too many.
    """
    if not 1 <= len(axes) <= 2:
        raise SimError(f"--vary: one or two parameters make a curve or a map, got {len(axes)} — for more, --cases")
    if len({axis.path for axis in axes}) < len(axes):
        raise SimError(f"--vary {axes[0].path}: is varied twice — give it once")
    n = math.prod(len(axis.texts) for axis in axes)
    if n > MOST_CELLS:
        by = " × ".join(f"{len(axis.texts):,}" for axis in axes)
        raise SimError(f"--vary: {by} are {n:,} cells, more than {MOST_CELLS:,} — take fewer values")
    return Grid(tuple(axes), tuple(product(*(range(len(axis.texts)) for axis in axes))))


def cases_of(text: str, shown: str) -> Grid:
    """The cases of a CSV: the header has paths, a row is a case; a column ``case`` or ``name`` names them.

    Semicolons, tabs and decimal commas are read as in a list of observed delays.

    Raises
    ------
    SimError : with the line that is wrong.
    """
    rows = _rows(text)
    if len(rows) < 2:
        raise SimError(f"{shown}: needs a header of paths and a row for every case")
    lines, (header, *body) = zip(*rows, strict=True)
    if len(body) > MOST_CELLS:
        raise SimError(f"{shown}: {len(body):,} cases are more than {MOST_CELLS:,}")
    for line, row in zip(lines[1:], body, strict=True):
        if len(row) != len(header):
            values = count_text(len(header), "value")
            raise SimError(f"{shown}:{line}: needs {values}, one under each path, got {len(row)}")
        if not all(row):
            path = printable(header[row.index("")])
            raise SimError(f'{shown}:{line}: has nothing under "{path}" — write it, or take the row out')
    columns = {path: [row[at] for row in body] for at, path in enumerate(header)}
    of_names = next((name for name in NAMES if name in columns), "")
    names = tuple(columns.pop(of_names, [str(number) for number in range(1, len(body) + 1)]))
    _check_apart(dict(zip(lines[1:], names, strict=True)), shown)
    if len(columns) < len(header) - (of_names in header) or not columns:
        raise SimError(f"{shown}:{lines[0]}: needs one path or several, each once")
    for path in columns:
        try:
            parse_path(path)
        except ValueError as error:
            raise SimError(f"{shown}:{lines[0]}: {error}") from None
    axes = tuple(listed(path, tuple(dict.fromkeys(texts))) for path, texts in columns.items())
    at = [{text: place for place, text in enumerate(axis.texts)} for axis in axes]
    places = zip(*([at[i][text] for text in texts] for i, texts in enumerate(columns.values())), strict=True)
    return Grid(axes, tuple(places), names, lines[1:], tuple(header.index(path) + 1 for path in columns))


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Every row that is not empty, with its line; what ends in semicolons has no cells behind them."""
    header = next(filter(str.strip, text.splitlines()), "")
    delimiter = next((sign for sign in ";\t" if sign in header), ",")
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    rows = [
        (reader.line_num, [_pointed(cell.strip(), delimiter) for cell in row])
        for row in reader
        if any(map(str.strip, row))
    ]
    while rows and all(row[-1] == "" for _, row in rows):
        rows = [(line, row[:-1]) for line, row in rows]
    return rows


def _pointed(text: str, delimiter: str) -> str:
    """A number with a decimal comma, with a point; where commas part columns, one before three digits is left."""
    is_left = delimiter == "," and THOUSANDS.fullmatch(text)
    match = None if is_left else DECIMAL.fullmatch(text)
    return f"{match[1]}.{match[2]}{match[3]}" if match else text


def _check_apart(names: Mapping[int, str], shown: str) -> None:
    """Refuse two cases of one name: nobody could tell their rows apart."""
    seen: dict[str, int] = {}
    for line, name in names.items():
        if seen.setdefault(name, line) != line:
            mend = f"write one that no other has, such as {printable(name)}-second"
            raise SimError(f'{shown}:{line}: "{printable(name)}" is the case of line {seen[name]} too — {mend}')
