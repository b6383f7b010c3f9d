"""The dated facts of the public record beside the launches: contacts, what was tracked, when news was
passed on and from when on in another way, what a rule of one source or two let through, and how often reports were
exchanged.

One file a kind in the catalogue's folder, each row with its source. Rows whose only source is a forum or a
copy of another page are left out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from sim.errors import SimError
from sim.scenario.catalogue import MOST_CATALOGUE_BYTES
from sim.scenario.reader import inside, read_text

Clock = Literal["second", "about", "minute"]
Event = Literal["contact", "identification"]
ClaimKind = Literal["tracked", "not seen", "missed at least", "missed at most", "most missed at or below", "missed a"]
Told = Literal["command post", "minister", "leadership", "ships", "public", "press"]
Outcome = Literal["alert", "no alert", ""]

Fact = TypeVar("Fact")
Row = Mapping[str, str]


@dataclass(frozen=True)
class Contact:
    """When a South Korean sensor first had a launch, or when it was identified, seconds after launch.

    clock : to the second, about so many seconds, or with a launch time known to the minute.
    """

    launch: str
    sensor: str
    event: Event
    after_s: float
    clock: Clock
    counted_from: str
    source: str
    note: str


@dataclass(frozen=True)
class Claim:
    """What is reported of who tracked or missed launches from one day to another.

    number : how many launches, a height in kilometres, or the name of a missile; by the claim.
    """

    start: str
    stop: str
    who: str
    claim: ClaimKind
    number: str
    source: str
    note: str


@dataclass(frozen=True)
class Notice:
    """When somebody in Japan was told of a launch, minutes after it; clocks are whole minutes.

    is_anchor : whether the base case took its delays from this row.
    """

    launch: str
    to: Told
    what: str
    after_min: float
    is_anchor: bool
    source: str
    note: str


@dataclass(frozen=True)
class Era:
    """From when on, `start`, somebody in Japan was told in another way, and because of what."""

    to: Told
    start: str
    because: str
    source: str
    note: str


@dataclass(frozen=True)
class Ruling:
    """Whether there was an alert on a day on which a rule of one source or two decided.

    scenario, arm : the file, in the scenarios folder, and the arm that follow that rule.
    happened : empty where it was not the rule of that day.
    """

    launch: str
    scenario: str
    arm: str
    happened: Outcome
    record: str
    source: str
    note: str


@dataclass(frozen=True)
class Use:
    """How many exchanges under an arrangement are on record from one day to another.

    arm : of the base case, whose requests and refusals are held against the number.
    occasions : how many there were to tell of; None where the catalogue has every launch of those days.
    tests : nuclear tests of those days, which the catalogue has not.
    is_anchor : whether the base case took a value from this row.
    """

    start: str
    stop: str
    arm: str
    exchanges: int
    occasions: int | None
    tests: int
    is_anchor: bool
    source: str
    note: str


@dataclass(frozen=True)
class Facts:
    """All of them."""

    contacts: tuple[Contact, ...]
    claims: tuple[Claim, ...]
    notices: tuple[Notice, ...]
    eras: tuple[Era, ...]
    rulings: tuple[Ruling, ...]
    uses: tuple[Use, ...]


def load_facts(folder: Path) -> Facts:
    """The facts of `catalogue/` in the scenarios folder, in the order of the files."""
    return Facts(
        _rows(folder, "contacts", _contact),
        _rows(folder, "tracked", _claim),
        _rows(folder, "alerts", _notice),
        _rows(folder, "eras", _era),
        _rows(folder, "rules", _ruling),
        _rows(folder, "exchanges", _use),
    )


def _rows(folder: Path, name: str, make: Callable[[Row], Fact]) -> tuple[Fact, ...]:
    path = f"catalogue/{name}.csv"
    try:
        found = inside(folder, folder, path)
        rows = csv.DictReader(io.StringIO(read_text(found, str(found), MOST_CATALOGUE_BYTES)))
        return tuple(make({field: (value or "").strip() for field, value in row.items()}) for row in rows)
    except (KeyError, ValueError, AttributeError, csv.Error) as error:
        raise SimError(f"{folder / path}: is no list of facts ({error}) — restore the one that was shipped") from None


def _contact(row: Row) -> Contact:
    return Contact(
        row["launch"],
        row["sensor"],
        _one_of(Event, row["event"]),
        float(row["after_s"]),
        _one_of(Clock, row["clock"]),
        row["counted_from"],
        row["source"],
        row["note"],
    )


def _claim(row: Row) -> Claim:
    claim = _one_of(ClaimKind, row["claim"])
    return Claim(row["from"], row["to"], row["who"], claim, row["number"], row["source"], row["note"])


def _notice(row: Row) -> Notice:
    to, is_anchor = _one_of(Told, row["to"]), bool(row["is_anchor"])
    return Notice(row["launch"], to, row["what"], float(row["after_min"]), is_anchor, row["source"], row["note"])


def _era(row: Row) -> Era:
    start = date.fromisoformat(row["from"]).isoformat()
    return Era(_one_of(Told, row["to"]), start, row["because"], row["source"], row["note"])


def _ruling(row: Row) -> Ruling:
    happened = _one_of(Outcome, row["happened"])
    return Ruling(row["launch"], row["scenario"], row["arm"], happened, row["record"], row["source"], row["note"])


def _use(row: Row) -> Use:
    return Use(
        row["from"],
        row["to"],
        row["arm"],
        int(row["exchanges"]),
        int(row["occasions"]) if row["occasions"] else None,
        int(row["tests"] or 0),
        bool(row["is_anchor"]),
        row["source"],
        row["note"],
    )


def _one_of(kind: object, given: str) -> Any:
    if given not in get_args(kind):
        raise ValueError(f'"{given}" is none of {", ".join(get_args(kind))}')
    return given
