"""What a sweep is asked for: the axes and the cells on them, all combinations or cases of a file."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from sim.errors import SimError
from sim.scenario.document import parse_path
from sim.studies.sweep.axes import Axis, listed

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

    Raises
    ------
    SimError : with the line that is wrong.
    """
    reader = csv.reader(io.StringIO(text))
    rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(map(str.strip, row))]
    if len(rows) < 2:
        raise SimError(f"{shown}: needs a header of paths and a row for every case")
    lines, (header, *body) = zip(*rows, strict=True)
    if len(body) > MOST_CELLS:
        raise SimError(f"{shown}: {len(body):,} cases are more than {MOST_CELLS:,}")
    for line, row in zip(lines[1:], body, strict=True):
        if len(row) != len(header) or not all(row):
            raise SimError(f"{shown}:{line}: needs {len(header)} values, one under each path, none empty")
    columns = {path: [row[at] for row in body] for at, path in enumerate(header)}
    of_names = next((name for name in NAMES if name in columns), "")
    names = tuple(columns.pop(of_names, [str(number) for number in range(1, len(body) + 1)]))
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
