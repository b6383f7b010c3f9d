"""What each party published of a flight, and which of it a launch is taken to have had.

A cell of `catalogue/figures.csv` is a number as the party gave it: `6040.9` to its last digit, `about 600`, a floor
such as `above 6000`, and of flight times `clock 840`: from one clock to another, both in whole minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, get_args

from sim.errors import Fault, ScenarioError
from sim.scenario.document import printable, suggestion
from sim.scenario.sheet import MANUAL, MOST_FAULTS, Cells, check_columns, read_sheet

Basis = Literal["exact", "clock", "about", "above"]
Quantity = Literal["range_km", "apogee_km", "flight_time_s"]

FIGURES = "catalogue/figures.csv"
COLUMNS = ("launch", "party", "range_km", "apogee_km", "flight_time_s", "source", "note")
MOST_ROUNDED = 0.05  # assumed: "about 1000" is not known to half of a thousand
ABOVE_FLOOR = 0.125  # of nine floors beside an exact figure the farthest lay 12 % below it
MINUTE_S, HALF_A_MINUTE_S = 60.0, 30.0
MOST_KM, MOST_S = 100_000.0, 86_400.0  # no missile flies so far, so high or so long
NEARLY = 0.85  # of the letters of a party's name: two that differ less are one that is misspelt
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
    most = MOST_S if is_time else MOST_KM
    if not found or not 0 < float(found[2]) <= most or (found[1] == "clock" and not is_time):
        words = "4135, about 2400 or clock 840" if is_time else "6040.9, about 600 or above 6000"
        up_to = f"up to {most:,.0f}, alone or with one word before it"
        raise ValueError(f"needs a number above 0 and {up_to}, such as {words}")
    if found[1] == "clock" and float(found[2]) % MINUTE_S:
        raise ValueError("from one clock to another are whole minutes, in seconds such as clock 840")
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
    ScenarioError : a column is missing, a row is of no launch of the catalogue or has a cell that is no figure, or rows
        of one launch cannot stand beside each other; each fault at its line.
    SimError : the file is no CSV.
    """
    if not (folder / FIGURES).exists():
        return {}
    sheet = read_sheet(folder, FIGURES, "list of figures")
    check_columns(sheet, COLUMNS)
    names = tuple(known)
    faults = [Fault(sheet.shown, line, 0, *fault) for line, row in sheet.rows.items() for fault in _of_row(row, names)]
    wrong = {fault.line for fault in faults}
    rows = {line: _statement(row) for line, row in sheet.rows.items() if line not in wrong}
    if faults := sorted([*faults, *(Fault(sheet.shown, line, 0, *fault) for line, fault in _between(rows))]):
        raise ScenarioError(tuple(faults[:MOST_FAULTS]))
    told: dict[str, tuple[Statement, ...]] = {}
    for one in rows.values():
        told[one.launch] = (*told.get(one.launch, ()), one)
    return told


def _of_row(row: Cells, known: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """What is wrong with a row by itself: column and message."""
    if row["launch"] not in known:
        mend = suggestion(row["launch"][:60], list(known)) or " — write the id of one"
        yield "launch", f'no launch "{printable(row["launch"][:40])}" in the catalogue{mend}'
    if not row["party"]:
        yield "party", f"is empty — write who gave the figures: {MANUAL}"
    if not any(row[name] for name in get_args(Quantity)):
        yield "", "has no figure — write one, or take the row out"
    for name in get_args(Quantity):
        try:
            figure_of("", row[name], is_time=name == "flight_time_s")
        except ValueError as error:
            yield name, f'{error}, got "{printable(row[name][:40])}"'


def _between(rows: Mapping[int, Statement]) -> Iterator[tuple[int, tuple[str, str]]]:
    """What is wrong with a row beside those above it: its line, column and message."""
    spelt: dict[str, int] = {}  # parties, and the line of each
    told: dict[str, dict[int, Statement]] = {}  # of each launch
    for line, one in rows.items():
        if one.party not in spelt and (near := _nearly(one.party, spelt)):
            said = f'"{printable(one.party[:40])}" is spelt "{near}" in line {spelt[near]} — spell both alike'
            yield line, ("party", said)
        spelt.setdefault(one.party, line)
        above = told.setdefault(one.launch, {})
        for name in get_args(Quantity):
            yield from ((line, (name, said)) for said in _clashes(one, above, name))
        above[line] = one


def _clashes(one: Statement, above: Mapping[int, Statement], name: Quantity) -> Iterator[str]:
    """Why a figure cannot stand beside those of the same launch above it."""
    for line, other in above.items():
        figure, before = getattr(one, name), getattr(other, name)
        if figure is None or before is None:
            continue
        if one.party == other.party:
            yield f"is the second of {printable(one.party[:40])} for this launch, after line {line} — keep one of them"
        exact, floor = sorted((figure, before), key=lambda found: found.basis == "above")
        if (exact.basis, floor.basis) == ("exact", "above") and floor.low > exact.high:
            said = f"{_whose(floor)} and more, and {_whose(exact)} exactly"
            yield f"contradicts line {line}: {said} — mend one, or take one out and say so in note"


def _whose(figure: Figure) -> str:
    return f"{printable(figure.party[:40])} gave {figure.low if figure.basis == 'above' else figure.value:,.6g}"


def _nearly(party: str, known: Iterable[str]) -> str:
    """The party that differs from this one in a letter or so; empty where none does."""
    by_lower = {name.lower(): name for name in known}
    close = get_close_matches(party.lower()[:60], by_lower, n=1, cutoff=NEARLY)
    return by_lower[close[0]] if close else ""


def _statement(row: Cells) -> Statement:
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
