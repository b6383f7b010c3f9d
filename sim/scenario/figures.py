"""What each party published of a flight, and which of it a launch is taken to have had.

A cell of `catalogue/figures.csv` is a number as the party gave it: `6040.9` to its last digit, `about 600`, a floor
such as `above 6000`, and of flight times `clock 840`: from one clock to another, both in whole minutes.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from sim.errors import Fault, ScenarioError, SimError
from sim.scenario.document import printable, suggestion
from sim.scenario.reader import inside, read_text

Basis = Literal["exact", "clock", "about", "above"]
Quantity = Literal["range_km", "apogee_km", "flight_time_s"]

FIGURES = "catalogue/figures.csv"
MANUAL = "the columns are listed in scenarios/README.md"
MOST_BYTES, MOST_FAULTS = 256 * 1024, 20
COLUMNS = ("launch", "party", "range_km", "apogee_km", "flight_time_s", "source", "note")
MOST_ROUNDED = 0.05  # assumed: "about 1000" is not known to half of a thousand
ABOVE_FLOOR = 0.125  # of nine floors beside an exact figure the farthest lay 12 % below it
MINUTE_S, HALF_A_MINUTE_S = 60.0, 30.0
_CELL = re.compile(r"(?:(clock|about|above) )?(\d+(?:\.\d+)?)")


@dataclass(frozen=True)
class Figure:
    """A number that a party gave, in the unit of its column, and from where to where it leaves open what was."""

    party: str
    basis: Basis
    low: float
    high: float

    @property
    def value(self) -> float:
        """The middle: what was said, but for a floor, which is no value."""
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class Statement:
    """A row: what a party gave of a launch; `source` is empty where it is among those of the launch."""

    launch: str
    party: str
    range_km: Figure | None
    apogee_km: Figure | None
    flight_time_s: Figure | None
    source: str
    note: str


def chosen(statements: Iterable[Statement], quantity: Quantity) -> Figure | None:
    """The figure that a launch is taken to have had: exact before whole minutes, then about, then a floor.

    Among equals the first of the file. None where no party gave it.
    """
    told = [figure for one in statements if (figure := getattr(one, quantity)) is not None]
    return min(told, key=lambda figure: get_args(Basis).index(figure.basis), default=None)


def figure_of(party: str, cell: str, *, is_time: bool) -> Figure | None:
    """What a cell says; None if it is empty.

    Raises ValueError, in words for the user, where it is no figure.
    """
    if not cell:
        return None
    found = _CELL.fullmatch(cell)
    if not found or not float(found[2]) or (found[1] == "clock" and not is_time):
        words = "4135, about 2400 or clock 840" if is_time else "6040.9, about 600 or above 6000"
        raise ValueError(f"needs a number above 0, alone or with one word before it, such as {words}")
    basis: Basis = found[1] or "exact"  # type: ignore[assignment]  # one of the words of the pattern
    value = float(found[2])
    if basis == "above":
        return Figure(party, basis, value, value * (1 + ABOVE_FLOOR))
    open_ = _left_open(found[2], basis, is_time=is_time)
    return Figure(party, basis, value - open_, value + open_)


def _left_open(digits: str, basis: Basis, *, is_time: bool) -> float:
    """By how much a figure may be off: half of its last digit, or of that which is not zero if it is rounded."""
    if basis == "clock":
        return MINUTE_S
    if basis == "about":
        value = float(digits)
        return HALF_A_MINUTE_S if is_time else min(_last_digit(digits.rstrip("0"), digits) / 2, MOST_ROUNDED * value)
    return _last_digit(digits, digits) / 2


def _last_digit(kept: str, digits: str) -> float:
    """What one of the last digit that is kept is worth."""
    if "." in digits:
        return 10.0 ** -len(digits.partition(".")[2])
    return 10.0 ** (len(digits) - len(kept))


def load_figures(folder: Path, known: Iterable[str]) -> Mapping[str, tuple[Statement, ...]]:
    """What parties gave of each launch, from `catalogue/figures.csv`; nothing where a catalogue has no such file.

    known : the launches of the catalogue.

    Raises
    ------
    ScenarioError : a column is missing, or a row is of no launch of the catalogue or has a cell that is no figure;
        each fault at its line.
    SimError : the file is no CSV.
    """
    if not (folder / FIGURES).exists():
        return {}
    try:
        path = inside(folder, folder, FIGURES)
        rows = csv.DictReader(io.StringIO(read_text(path, str(path), MOST_BYTES)))
        cells = [(rows.line_num, {name: (row.get(name) or "").strip() for name in COLUMNS}) for row in rows]
    except (ValueError, csv.Error) as error:
        raise SimError(
            f"{folder / FIGURES}: is no list of figures ({error}) — restore the one that was shipped"
        ) from None
    shown = str(folder / FIGURES)
    if missing := [column for column in COLUMNS if column not in (rows.fieldnames or ())]:
        mend = f"has no column {', '.join(missing)} — add it, its cells may be empty: {MANUAL}"
        raise ScenarioError((Fault(shown, 1, 0, "", mend),))
    if faults := tuple(_faults(shown, cells, tuple(known))):
        raise ScenarioError(faults[:MOST_FAULTS])
    found: dict[str, tuple[Statement, ...]] = {}
    for _, row in cells:
        found[row["launch"]] = (*found.get(row["launch"], ()), _statement(row))
    return found


def _faults(shown: str, rows: Iterable[tuple[int, Mapping[str, str]]], known: tuple[str, ...]) -> Iterator[Fault]:
    for line, row in rows:
        if row["launch"] not in known:
            mend = suggestion(row["launch"][:60], list(known)) or " — write the id of one"
            yield Fault(shown, line, 0, "launch", f'no launch "{printable(row["launch"][:40])}" in the catalogue{mend}')
        if not row["party"]:
            yield Fault(shown, line, 0, "party", f"is empty — write who gave the figures: {MANUAL}")
        for name in get_args(Quantity):
            try:
                figure_of("", row[name], is_time=name == "flight_time_s")
            except ValueError as error:
                yield Fault(shown, line, 0, name, f'{error}, got "{printable(row[name][:40])}"')


def _statement(row: Mapping[str, str]) -> Statement:
    party = row["party"]
    range_km, apogee_km = (figure_of(party, row[name], is_time=False) for name in ("range_km", "apogee_km"))
    time_s = figure_of(party, row["flight_time_s"], is_time=True)
    return Statement(row["launch"], party, range_km, apogee_km, time_s, row["source"], row["note"])


def words(figure: Figure, unit: str) -> str:
    """Whose figure it is and how sure: 6,041 km by KCNA; 6,000 to 6,750 km by Japan MoD, who gave a floor."""
    if figure.basis == "above":
        return f"{figure.low:,.6g} to {figure.high:,.6g} {unit} by {figure.party}, who gave a floor"
    about = "about " if figure.basis == "about" else ""
    return f"{about}{figure.value:,.6g} {unit} by {figure.party}"
