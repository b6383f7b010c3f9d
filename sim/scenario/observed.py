"""Observed durations from a CSV file, as people write it and as spreadsheets save it: a column, one a line.

A header, semicolons, decimal commas, a unit for the whole column: all are read. What is no duration is a fault at its
own line of that file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from typing import NamedTuple

from sim.units import parse_duration, with_unit

_DECIMAL = re.compile(r"(\d+),(\d+)(\D*)")
_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}\D*")  # or a decimal comma: without semicolons nobody can tell
_UNIT_OF_HEADER = re.compile(r".*[(\[,]\s*([A-Za-z]+\.?)\s*[)\]]?\s*|([A-Za-z]+\.?)")
MOST_FAULTS = 5  # of one file: the rest is most often the same


class Row(NamedTuple):
    """A cell that is not empty, and its line."""

    line: int
    text: str


def read_observed(text: str, unit: str, fault: Callable[[int, str], None]) -> list[str]:
    """The durations of a CSV file as text, each with its unit; faults are told with their line.

    Parameters
    ----------
    unit : of the numbers that have none; empty where the scenario names none, and then the header may.
    """
    rows, faults = _cells(text)
    if rows and not rows[0].text[:1].isdigit() and not rows[0].text.startswith((".", "-", "+")):
        unit = unit or _unit_of_header(rows[0].text)
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
            faults.append(Row(reader.line_num, f"has {len(filled)} columns — keep the one with the durations"))
        rows += [Row(reader.line_num, cell) for cell in filled[:1]]
    return rows, faults


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
