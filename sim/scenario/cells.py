"""What a cell of a sheet may be: a word of a few, a number of something, a day, yes or nothing."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

from sim.scenario.document import printable, suggestion
from sim.scenario.sheet import CellError, Cells

MOST_DIGITS = 6


def filled(row: Cells, column: str) -> str:
    """A text that may not be missing."""
    if not row[column]:
        raise CellError(column, "is empty, and every row needs it — write it")
    return row[column]


def one_of(row: Cells, column: str, kind: object) -> Any:
    """One of the words of a Literal."""
    known, given = list(get_args(kind)), row[column]
    if given not in known:
        words, near = ", ".join(word or "nothing" for word in known), suggestion(given[:60], known)
        mend = near if given and "did you mean" in near else ""
        raise CellError(column, f"needs one of {words}, got {_got(given)}{mend}")
    return given


def number(row: Cells, column: str, what: str, most: float) -> float:
    """A number of something, from 0 on."""
    try:
        found = float(row[column])
    except ValueError:
        found = -1.0
    if not 0 <= found <= most:  # what is not a number is not in between either
        raise CellError(column, f"needs {what}, a number from 0 to {most:,.0f} such as 5, got {_got(row[column])}")
    return found


def degrees(row: Cells, column: str, least: float, most: float) -> None:
    """Degrees, or nothing."""
    try:
        is_so = not row[column] or least <= float(row[column]) <= most
    except ValueError:
        is_so = False
    if not is_so:
        raise CellError(column, f"needs degrees from {least:g} to {most:g}, or nothing, got {_got(row[column])}")


def whole(row: Cells, column: str, what: str) -> int:
    """A whole number of something."""
    if not row[column].isdecimal() or len(row[column]) > MOST_DIGITS:
        raise CellError(column, f"needs {what}, a whole number from 0 such as 5, got {_got(row[column])}")
    return int(row[column])


def day(row: Cells, column: str) -> str:
    """A date."""
    try:
        return date.fromisoformat(row[column]).isoformat()
    except ValueError:
        raise CellError(column, f"needs a day such as 2019-01-01, got {_got(row[column])}") from None


def days(row: Cells) -> tuple[str, str]:
    """From one day to another, or the same."""
    start, stop = day(row, "from"), day(row, "to")
    if stop < start:
        raise CellError("to", f"lies before {start}, where it begins, got {_got(stop)} — swap the two")
    return start, stop


def is_yes(row: Cells, column: str) -> bool:
    """Yes, or nothing."""
    if row[column] not in ("yes", ""):
        raise CellError(column, f'needs "yes", or nothing, got {_got(row[column])}')
    return bool(row[column])


def _got(given: str) -> str:
    return f'"{printable(given[:40])}"' if given else "nothing"
