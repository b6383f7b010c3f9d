"""The dated facts of the public record beside the launches: contacts, what was tracked, when news was
passed on and from when on in another way, what a rule of one source or two let through, and how often reports were
exchanged.

One file a kind in the catalogue's folder, each row with its source. Rows whose only source is a forum or a
copy of another page are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from sim.scenario.cells import day, days, filled, is_yes, number, one_of, whole
from sim.scenario.document import printable, suggestion
from sim.scenario.sheet import CellError, Cells, Noun, check_columns, nouns, read_sheet

Clock = Literal["second", "about", "minute"]
Event = Literal["contact", "identification"]
ClaimKind = Literal["tracked", "not seen", "missed at least", "missed at most", "most missed at or below", "missed a"]
Told = Literal["command post", "minister", "leadership", "ships", "public", "press"]
Outcome = Literal["alert", "no alert", ""]
Owner = Literal["seoul", "tokyo"]

DAY_MIN, DAY_S = 1440.0, 86_400.0
EXCHANGES = ("from", "to", "arm", "rival", "exchanges", "occasions", "tests", "is_anchor")
MOST_HIGH_KM = 100_000.0


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
    rival : another that it could have been under; empty where there is none.
    occasions : how many there were to tell of; None where the catalogue has every launch of those days.
    tests : nuclear tests of those days, which the catalogue has not.
    is_anchor : whether the base case took a value from this row.
    """

    start: str
    stop: str
    arm: str
    rival: str
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


def load_facts(folder: Path, known: Collection[str]) -> Facts:
    """The facts of `catalogue/` in the scenarios folder, in the order of the files.

    known : the launches of the catalogue, and their days: a notice is of one of them.

    Raises ScenarioError, where a file or a column is missing or a cell is not what it should be; each fault at its
    line. SimError, where a file is no CSV.
    """
    begun: set[tuple[str, str]] = set()
    return Facts(
        _facts(folder, "contacts", ("launch", "sensor", "event", "after_s", "clock", "counted_from"), _contact),
        _facts(folder, "tracked", ("from", "to", "who", "claim", "number"), _claim),
        _facts(folder, "alerts", ("launch", "to", "what", "after_min", "is_anchor"), partial(_notice, known=known)),
        _facts(folder, "eras", ("to", "from", "because"), partial(_era, begun=begun)),
        _facts(folder, "rules", ("launch", "scenario", "arm", "happened", "record"), _ruling),
        _facts(folder, "exchanges", EXCHANGES, _use),
    )


def _facts(folder: Path, name: str, columns: Sequence[str], make: Callable[[Cells], Noun]) -> tuple[Noun, ...]:
    sheet = read_sheet(folder, f"catalogue/{name}.csv", "list of facts")
    check_columns(sheet, (*columns, "source", "note"))
    return nouns(sheet, make)


def _contact(row: Cells) -> Contact:
    return Contact(
        _day_of_launch(row),
        filled(row, "sensor"),
        one_of(row, "event", Event),
        number(row, "after_s", "seconds after the launch", DAY_S),
        one_of(row, "clock", Clock),
        row["counted_from"],
        filled(row, "source"),
        row["note"],
    )


def _claim(row: Cells) -> Claim:
    start, stop = days(row)
    claim = one_of(row, "claim", ClaimKind)
    return Claim(
        start, stop, one_of(row, "who", Owner), claim, _of_claim(row, claim), filled(row, "source"), row["note"]
    )


def _of_claim(row: Cells, claim: ClaimKind) -> str:
    """How many launches, how high, or which missile; by the claim."""
    if claim in ("missed at least", "missed at most"):
        whole(row, "number", "how many launches")
    elif claim == "most missed at or below":
        number(row, "number", "a height in kilometres", MOST_HIGH_KM)
    elif claim == "missed a":
        filled(row, "number")
    return row["number"]


def _notice(row: Cells, known: Collection[str]) -> Notice:
    if row["launch"] not in known:
        mend = suggestion(row["launch"][:60], [*known]) or " — write the id of one, or its day"
        raise CellError("launch", f'no launch "{printable(row["launch"][:40])}" in the catalogue{mend}')
    return Notice(
        row["launch"],
        one_of(row, "to", Told),
        filled(row, "what"),
        number(row, "after_min", "minutes after the launch", DAY_MIN),
        is_yes(row, "is_anchor"),
        filled(row, "source"),
        row["note"],
    )


def _era(row: Cells, begun: set[tuple[str, str]]) -> Era:
    to, start = one_of(row, "to", Told), day(row, "from")
    if (to, start) in begun:
        raise CellError("from", f"is the day, {start}, on which another era of {to} begins — keep one of the two")
    begun.add((to, start))
    return Era(to, start, filled(row, "because"), filled(row, "source"), row["note"])


def _ruling(row: Cells) -> Ruling:
    return Ruling(
        _day_of_launch(row),
        filled(row, "scenario"),
        filled(row, "arm"),
        one_of(row, "happened", Outcome),
        filled(row, "record"),
        filled(row, "source"),
        row["note"],
    )


def _use(row: Cells) -> Use:
    start, stop = days(row)
    return Use(
        start,
        stop,
        filled(row, "arm"),
        row["rival"],
        whole(row, "exchanges", "how many exchanges"),
        whole(row, "occasions", "how many occasions, or nothing") if row["occasions"] else None,
        whole(row, "tests", "how many nuclear tests, or nothing") if row["tests"] else 0,
        is_yes(row, "is_anchor"),
        filled(row, "source"),
        row["note"],
    )


def _day_of_launch(row: Cells) -> str:
    """The id of a launch, which begins with its day and need not be in the catalogue."""
    day({**row, "launch": row["launch"][:10]}, "launch")
    return row["launch"]
