"""Numbers of sheets and of JSON, each in one unit that is named."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Mapping, Sequence

from sim.analysis.intervals import Interval
from sim.analysis.measures import Measure
from sim.say.values import Value
from sim.units import ON_AXES, QuantityKind

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with which a spreadsheet begins one
PLAIN = re.compile(r"[+-]?[0-9.]+(e[+-]?[0-9]+)?|--set .*")  # a number, and what is copied to a command line
UNITS: Mapping[QuantityKind, str] = {"time": "min", "share": "share", "length": "km", "number": ""}  # of the sheet


def unit(value: Value) -> str:
    """In which unit the sheet has a value."""
    return UNITS[value.kind]


def column(path: str, kind: QuantityKind | None) -> str:
    """The header of values at a path, with their unit; of choices and plain numbers the path alone."""
    of = UNITS[kind] if kind else ""
    return f"{path} ({of})" if of else path


def scaled(value: Value, number: float) -> float:
    """A value of a range in the unit of the sheet."""
    return number * (1.0 if value.kind == "share" else ON_AXES[value.kind][0])


def numbers(value: Value, *found: float) -> list[str]:
    """Values of one range as the sheet has them."""
    return [number(scaled(value, one)) for one in found]


def plain_interval(measure: Measure, interval: Interval) -> dict[str, float]:
    """A difference with its interval, in its `sheet_unit`."""
    ends = {"estimate": interval.estimate, "low": interval.low, "high": interval.high}
    return {name: measure.in_sheet(end) for name, end in ends.items()}


def number(value: float) -> str:
    """A number of the sheet; empty where there is none."""
    return f"{value:.6g}" if math.isfinite(value) else ""


def csv_text(rows: Sequence[Sequence[str]]) -> str:
    """A sheet, header first; an apostrophe stands before a text that a spreadsheet would take for a formula."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[_no_formula(cell) for cell in row] for row in rows])
    return out.getvalue()


def _no_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) and not PLAIN.fullmatch(cell) else cell
