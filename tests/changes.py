"""What a version answers beside what is committed: every number of summaries and sheets, and why it moved.

A number that is not the same is a change; each is named, or those of a file that moved most, with a reason, in
results/reference/changes.md. Words, figures and files that are new are no answers that moved.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sim.scenario.document import path_text, pieces

MOST_NAMED = 3  # of one file
HEAD = """# Answers that changed

What `make reference` found to differ from the answers before, and why: of each file what moved most, the newest last.

| scenario | quantity | was | is | because |
| --- | --- | ---: | ---: | --- |
"""
NOTHING = ""  # in place of a number that there was not, or is no longer


class Change(NamedTuple):
    """A quantity of a file, and its number before and after, as written."""

    file: str
    quantity: str
    was: str
    now: str

    @property
    def size(self) -> float:
        """How much it moved, as a share of the greater; infinite if it appeared or went."""
        if NOTHING in (self.was, self.now):
            return math.inf
        was, now = float(self.was), float(self.now)
        return abs(now - was) / (max(abs(now), abs(was)) or 1.0)


def changes(old: Path, new: Path) -> list[Change]:
    """Every number that differs, or is no longer there, of the old answers to which there are new ones."""
    return [
        change
        for path in _sheets(old)
        if (new / path.parts[0]).exists()
        for change in _of_file(path, numbers(old / path), numbers(new / path) if (new / path).exists() else {})
    ]


def _sheets(folder: Path) -> list[Path]:
    """What holds the numbers: JSON, and tables that have no JSON beside them."""
    sheets = [path for path in sorted(folder.rglob("*.json")) if path.name in ("summary.json", "record.json")]
    tables = [path for path in sorted(folder.rglob("*.csv")) if path.with_suffix(".json") not in sheets]
    return [path.relative_to(folder) for path in sheets + tables]


def _of_file(path: Path, was: dict[str, str], now: dict[str, str]) -> Iterator[Change]:
    for quantity in dict.fromkeys((*was, *now)):
        pair = was.get(quantity, NOTHING), now.get(quantity, NOTHING)
        if pair[0] != pair[1]:
            yield Change(path.as_posix(), quantity, *pair)


def numbers(path: Path) -> dict[str, str]:
    """The numbers of a summary or of a sheet, as written, by what they are the number of."""
    with path.open(encoding="utf-8", newline="") as file:
        if path.suffix == ".json":
            tree = json.load(file, parse_float=str, parse_int=str)
            found = [(path_text(place), value) for place, value in pieces(tree)]
        else:
            header, *rows = csv.reader(file)
            found = [
                (f"{name}, row {number}", cell)
                for number, row in enumerate(rows, 1)
                for name, cell in zip(header, row, strict=True)
            ]
    return {name: value for name, value in found if isinstance(value, str) and _is_number(value)}


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def rows(found: list[Change], because: str) -> str:
    """The changes as rows of the table: of each file those that moved most, and how many more."""
    by_file: dict[str, list[Change]] = {}
    for change in sorted(found, key=lambda change: -change.size):
        by_file.setdefault(change.file, []).append(change)
    return "".join(_row(change, because) for every in by_file.values() for change in _named(every))


def _named(every: list[Change]) -> list[Change]:
    """What is named of the changes of a file, and a row for the rest."""
    n_more = len(every) - MOST_NAMED
    rest = [Change(every[0].file, f"{n_more:,} more", NOTHING, NOTHING)] if n_more > 0 else []
    return [*every[:MOST_NAMED], *rest]


def _row(change: Change, because: str) -> str:
    scenario, _, sheet = change.file.partition("/")
    cells = (scenario, f"{sheet}: {change.quantity}", change.was or "–", change.now or "–", because)
    return f"| {' | '.join(' '.join(cell.replace('|', '/').split()) for cell in cells)} |\n"


def check(old: Path, new: Path, because: str, told: Path) -> None:
    """Note what changed and why; refuse where no reason is given.

    Raises
    ------
    SystemExit : answers changed, and nobody says why.
    """
    found = changes(old, new)
    if found and not because.strip():
        named = rows(found, "?")
        raise SystemExit(
            f'{named}numbers that changed: {len(found):,}; nothing was written — make reference BECAUSE="why"'
        )
    if found:
        before = told.read_text(encoding="utf-8") if told.exists() else HEAD
        told.write_text(before + rows(found, because), encoding="utf-8")
