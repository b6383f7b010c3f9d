"""Observed durations from a CSV file, as people write it and as spreadsheets save it: a column, one a line.

A header, semicolons, decimal commas, a unit for the whole column: all are read. What is no duration is a fault at its
own line of that file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from typing import NamedTuple

from sim.scenario.document import suggestion
from sim.units import parse_duration, with_unit

_DECIMAL = re.compile(r"(\d+),(\d+)(\D*)")
_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}\D*")  # or a decimal comma: without semicolons nobody can tell
_UNIT_OF_HEADER = re.compile(r".*[(\[,]\s*([A-Za-z]+\.?)\s*[)\]]?\s*|(?:.*_)?([A-Za-z]+\.?)")
MOST_FAULTS = 5  # of one file: the rest is most often the same


class Row(NamedTuple):
    """A cell that is not empty, and its line."""

    line: int
    text: str


def read_observed(text: str, unit: str, fault: Callable[[int, str], None], column: str = "") -> list[str]:
    """The durations of a CSV file as text, each with its unit; faults are told with their line.

    Parameters
    ----------
    unit : of the numbers that have none; empty where the scenario names none, and then the header may.
    column : which one is read, by its header; empty where the file has but one.
    """
    rows, faults = _of_column(text, column) if column else _cells(text)
    if rows and (column or (not rows[0].text[:1].isdigit() and not rows[0].text.startswith((".", "-", "+")))):
        of_header = _unit_of_header(rows[0].text)
        if unit and of_header and parse_duration(f"1 {unit}") != parse_duration(f"1 {of_header}"):
            faults.append(Row(rows[0].line, f"says {of_header}, and unit: {unit} stands beside file — keep one"))
        unit = unit or of_header
        rows = rows[1:]
    if not rows and not faults:
        faults.append(Row(1, "holds no durations — write one a line, such as 90 s"))
    is_decimal = ";" in text or not all(_THOUSANDS.fullmatch(row.text) for row in rows if "," in row.text)
    found = []
    for row in rows:
        value = with_unit(_DECIMAL.sub(r"\1.\2\3", row.text) if is_decimal else row.text, unit)
        try:
            parse_duration(value)
        except ValueError as error:
            hint = "" if unit else "; or unit: min beside file, for the whole column"
            faults.append(Row(row.line, f"{error}{hint if 'needs a unit' in str(error) else ''}"))
        found.append(value)
    for number, row in enumerate(sorted(faults)[:MOST_FAULTS], 1):
        n_more = len(faults) - MOST_FAULTS if number == MOST_FAULTS else 0
        said = f"{row.text} ({n_more} more of this file)" if n_more > 0 else row.text
        fault(row.line, said)
    return [] if faults else found


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
        known = suggestion(column, header) or f" — the first line has {len(header)}"
        return [], [Row(1, f'has no column "{column[:60]}"{known}')]
    at, nothing = header.index(column), f"has nothing in {column[:60]} — remove the line, or write its duration"
    rows = [Row(line, cells[at] if at < len(cells) else "") for line, cells in lines]
    empty = [Row(row.line, nothing) for row in rows if not row.text]
    return [row for row in rows if row.text], empty


def _delimiter(text: str) -> str:
    """What parts columns: a semicolon or a tab if there is one, a comma only if it is not that of decimals."""
    for delimiter in ";\t":
        if delimiter in text:
            return delimiter
    with_comma = [line.strip() for line in text.splitlines() if "," in line and '"' not in line]
    is_decimal = with_comma and all(_DECIMAL.fullmatch(line) for line in with_comma)
    return ";" if is_decimal else ","


def _unit_of_header(header: str) -> str:
    """The unit that a header names: delay (min), minutes."""
    match = _UNIT_OF_HEADER.fullmatch(header)
    word = (match[1] or match[2]) if match else ""
    try:
        parse_duration(f"1 {word}")
    except ValueError:
        return ""
    return word
