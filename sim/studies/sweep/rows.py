"""In which rows of a file of cases the values are that the format does not take."""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import Fault, ScenarioError
from sim.studies.sweep.axes import Axis
from sim.studies.sweep.grid import Grid
from sim.studies.sweep.worlds import Load

MOST_TRIED = 2_000  # values that are loaded one by one to find the faulty ones
MOST_TOLD = 5


def in_rows(grid: Grid, load: Load, file: str, error: ScenarioError) -> ScenarioError:
    """The same faults at the row and column of each; what only a whole row shows, at the first such row."""
    found = sorted(_of_values(grid, load, file))
    more = f" ({len(found) - MOST_TOLD} more of this file)" if len(found) > MOST_TOLD else ""
    told = found[:MOST_TOLD]
    if told:
        last = told[-1]
        told[-1] = Fault(last.file, last.line, last.column, last.path, f"{last.message}{more}")
    return ScenarioError(tuple(told or _of_rows(grid, load, file)) or error.faults)


def _of_values(grid: Grid, load: Load, file: str) -> Iterator[Fault]:
    for at, axis in enumerate(grid.axes):
        for place, text in enumerate(axis.texts[:MOST_TRIED]):
            line = next(line for line, cell in zip(grid.lines, grid.cells, strict=True) if cell[at] == place)
            yield from _faults(load, {axis.path: text}, file, (line, grid.columns[at]), axis)


def _of_rows(grid: Grid, load: Load, file: str) -> tuple[Fault, ...]:
    for line, cell in zip(grid.lines[:MOST_TRIED], grid.cells, strict=False):
        if found := tuple(_faults(load, grid.texts(cell), file, (line, 1), None)):
            return found
    return ()


def _faults(
    load: Load, texts: dict[str, str], file: str, place: tuple[int, int], axis: Axis | None
) -> tuple[Fault, ...]:
    try:
        load(texts)
    except ScenarioError as error:
        return tuple(
            Fault(file, *place, fault.path or (axis.path if axis else ""), fault.message) for fault in error.faults
        )
    return ()
