"""What every study shares when it is written: lines of the terminal, numbers of the sheet."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from textwrap import fill

from sim.analysis.outcomes import Measure
from sim.say.numbers import unbroken
from sim.say.values import Value
from sim.units import ON_AXES, Kind, minutes

WIDTH, LABEL_WIDTH = 88, 10
CAVEAT = "A comparison under stated assumptions, not a reconstruction of any day."
UNITS: Mapping[Kind, str] = {"time": "min", "share": "share", "length": "km", "number": ""}  # of the sheet


def filled(said: str, width: int = WIDTH) -> str:
    """A paragraph for the terminal; no line ends between a number and its unit."""
    return fill(unbroken(said), width).replace("\N{NO-BREAK SPACE}", " ")


def labelled(label: str, said: str, width: int = WIDTH) -> str:
    """A paragraph for the terminal, under its label."""
    said = " ".join(said.split())
    return fill(said, width, initial_indent=f"{label:<{LABEL_WIDTH}}", subsequent_indent=" " * LABEL_WIDTH)


def assumed_line(grades: Sequence[str]) -> str:
    """How many of the values that are ranges nobody has grounds for."""
    return labelled("Rests on", f"{grades.count('assumed')} of {len(grades)} values are ASSUMED")


def unit(value: Value) -> str:
    """In which unit the sheet has a value."""
    return UNITS[value.kind]


def numbers(value: Value, *found: float) -> list[str]:
    """Values of one range as the sheet has them."""
    factor = 1.0 if value.kind == "share" else ON_AXES[value.kind][0]
    return [number(one * factor) for one in found]


def plain_difference(measure: Measure, difference: float) -> float:
    """A difference in minutes, or as a share."""
    return difference if measure == "in-time" else minutes(difference)


def number(value: float) -> str:
    """A number of the sheet; empty where there is none."""
    return f"{value:.6g}" if math.isfinite(value) else ""


def csv_text(rows: Sequence[Sequence[str]]) -> str:
    """A sheet, header first."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
