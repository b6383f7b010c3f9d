"""Observed durations from a CSV file, as people write it and as spreadsheets save it: a column, one a line.

A header, semicolons, decimal commas, a unit for the whole column or beside each value: all are read. What is no
duration is a fault at its own line of that file; so is the first line, unless nothing in it looks like a number.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from typing import NamedTuple

from sim.scenario.document import suggestion
from sim.units import parse_duration, unit_of, with_unit

DECIMAL = re.compile(r"(\d+),(\d+)(\D*)")  # with its unit
THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}\D*")  # or a decimal comma: without semicolons nobody can tell
_NO_NAME = re.compile(r"nan|inf|infinity|n/?a|null|none|#(?:n/a|[a-z/]+[!?])", re.I)  # what stands for a number
_OF_UNITS = re.compile(r"(.*?)[ _]?units?", re.I)
_UNIT_OF_HEADER = re.compile(r".*[(\[,]\s*([A-Za-z]+\.?)\s*[)\]]?\s*|(?:.*_)?([A-Za-z]+\.?)")
MOST_FAULTS = 5  # of one file: the rest is most often the same


class Row(NamedTuple):
    """A cell that is not empty, its line, and the unit that stands in a column of its own."""

    line: int
    text: str
    unit: str = ""


def read_observed(
    text: str, unit: str, column: str, fault: Callable[[int, str], None], note: Callable[[int, str], None]
) -> list[str]:
    """The durations of a CSV file as text, each with its unit; faults are told with their line.

    Parameters
    ----------
    unit : of the numbers that have none; empty where the scenario names none, and then the header may.
    column : which one is read, by its header; empty where the file has but one.
    note : is told of a line that is taken as the header though nobody named it.
    """
    rows, faults = _of_column(text, column) if column else _cells(text)
    first = rows[0] if rows else Row(1, "")
    is_headed = bool(column) or _is_header(first.text)
    if rows and is_headed:
        of_header = _unit_of_header(first.text)
        if _differ(unit, of_header):
            faults.append(Row(first.line, f"says {of_header}, and unit: {unit} stands beside file — keep one"))
        if not column:
            note(first.line, f'"{first.text[:60]}" is taken as the header, and as no duration')
        unit = unit or of_header
        rows = rows[1:]
    if not rows and not faults:
        faults.append(Row(1, "holds no durations — write one a line, such as 90 s"))
    is_decimal = ";" in text or not all(THOUSANDS.fullmatch(row.text) for row in rows if "," in row.text)
    found = []
    for row in rows:
        value = DECIMAL.sub(r"\1.\2\3", row.text) if is_decimal else row.text
        try:
            found.append(_duration(value, row.unit, unit))
        except ValueError as error:
            hint = (
                "; or unit: min beside file, for the whole column" if not unit and "needs a unit" in str(error) else ""
            )
            if row == first and any(map(str.isalpha, row.text)):
                hint += f'; or, if that is the header, column: "{row.text[:60]}"'
            faults.append(Row(row.line, f"{error}{hint}"))
    for number, row in enumerate(sorted(faults)[:MOST_FAULTS], 1):
        n_more = len(faults) - MOST_FAULTS if number == MOST_FAULTS else 0
        said = f"{row.text} ({n_more} more of this file)" if n_more > 0 else row.text
        fault(row.line, said)
    return [] if faults else found


def _is_header(text: str) -> bool:
    """Whether a first line can be no duration: it begins as a name does, and nothing in it looks like a number."""
    is_name = text.lstrip("#([{_ ")[:1].isalpha() and not _NO_NAME.fullmatch(text)
    return is_name and not any(map(str.isnumeric, text))


def _duration(text: str, beside: str, unit: str) -> str:
    """A duration with its unit: its own, that beside it, or that of the column.

    Raises
    ------
    ValueError : it is none, or two units are said.
    """
    if _differ(unit_of(text) or "", beside):
        raise ValueError(f"{text} has {beside} beside it — keep one unit")
    if _differ(beside, unit):
        raise ValueError(f"has {beside} beside it, and {unit} is the unit of the whole column — keep one")
    value = with_unit(text, beside or unit)
    parse_duration(value)
    return value


def _cells(text: str) -> tuple[list[Row], list[Row]]:
    """The cells of the one column, and faults of lines that have more."""
    rows, faults = [], []
    reader = csv.reader(text.splitlines(), delimiter=_delimiter(text))
    for cells in reader:
        filled = [cell.strip() for cell in cells if cell.strip()]
        if len(filled) > 1:
            faults.append(
                Row(reader.line_num, f"has {len(filled)} columns — name the one with the durations: column: NAME")
            )
        rows += [Row(reader.line_num, cell) for cell in filled[:1]]
    return rows, faults


def _of_column(text: str, column: str) -> tuple[list[Row], list[Row]]:
    """The cells of a column, its header first, and faults of lines that have none in it."""
    reader = csv.reader(text.splitlines(), delimiter=_delimiter(text))
    lines = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader if any(map(str.strip, cells))]
    header = lines[0][1] if lines else []
    if header.count(column) > 1:
        return [], [Row(1, f'has "{column[:60]}" twice')]
    if column not in header:
        return [], [Row(1, f'has no column "{column[:60]}"{_meant(column, header)}')]
    units = [index for index, name in enumerate(header) if _is_of_units(name, column)]
    at = header.index(column)
    if len(units) > 1 and at + 1 not in units:
        return [], [Row(1, f'has {len(units)} columns of units — put that of "{column[:60]}" behind it')]
    unit_at = at + 1 if at + 1 in units else (*units, -1)[0]
    nothing = f"has nothing in {column[:60]} — remove the line, or write its duration"
    rows = [
        Row(line, *(cells[index] if 0 <= index < len(cells) else "" for index in (at, unit_at)))
        for line, cells in lines
    ]
    empty = [Row(row.line, nothing) for row in rows if not row.text]
    return [row for row in rows if row.text], empty


def _is_of_units(name: str, column: str) -> bool:
    """Whether a column has the units of another: unit, or delay_unit of delay."""
    match = _OF_UNITS.fullmatch(name)
    return match is not None and name != column and match[1].casefold() in ("", column.casefold())


def _meant(column: str, header: list[str]) -> str:
    """What to say of a column that is none: all those that begin so, or the closest."""
    begin = [f'"{name[:60]}"' for name in header if name.casefold().startswith(column.casefold())]
    if begin:
        return f" — did you mean {' or '.join(begin[:MOST_FAULTS])}?"
    return suggestion(column, header) or f" — the first line has {len(header)}"


def _delimiter(text: str) -> str:
    """What parts columns: a semicolon or a tab if there is one, a comma only if it is not that of decimals."""
    for delimiter in ";\t":
        if delimiter in text:
            return delimiter
    with_comma = [line.strip() for line in text.splitlines() if "," in line and '"' not in line]
    is_decimal = with_comma and all(DECIMAL.fullmatch(line) for line in with_comma)
    return ";" if is_decimal else ","


def _unit_of_header(header: str) -> str:
    """The unit that a header names: delay (min), minutes."""
    match = _UNIT_OF_HEADER.fullmatch(header)
    word = (match[1] or match[2]) if match else ""
    return word if _us(word) else ""


def _differ(unit: str, other: str) -> bool:
    """Whether two words are two units of time."""
    times = _us(unit), _us(other)
    return None not in times and times[0] != times[1]


def _us(unit: str) -> int | None:
    """The microseconds of a unit of time; None of another word, or of none."""
    try:
        return parse_duration(f"1 {unit}")
    except ValueError:
        return None
