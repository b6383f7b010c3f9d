"""A row of the comparison, and how many rows agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

RowKind = Literal["flight times", "tracking", "contacts", "notices", "rules", "exchanges"]
Use = Literal["fitted", "held out", "given"]
Verdict = Literal["agrees", "disagrees", "undecided"]

KINDS: Mapping[RowKind, str] = {
    "flight times": "Flight times",
    "tracking": "What was tracked and what was missed",
    "contacts": "Seoul's first contacts and identifications",
    "notices": "When Tokyo told whom",
    "rules": "One source or two",
    "exchanges": "How often reports were exchanged",
}
USES: tuple[Use, ...] = ("held out", "fitted", "given")
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True)
class Span:
    """From the lowest to the highest value, in the unit of the row; a single value is both."""

    low: float
    high: float

    def meets(self, other: Span) -> bool:
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, kw_only=True)
class Row:
    """One fact of the record beside what the model gives for it.

    launch : its name in the catalogue, or the days the fact is about.
    recorded, modelled : in words, as tables show them.
    record, model : the same as numbers, in seconds, where there are any: what clocks and tolerance leave
        open, and the lowest to the highest that the model gives.
    typical : what the model gives at working values.
    core : where half of what the model predicts lies, of what is predicted.
    sight : when the missile is first in sight, by geometry alone.
    rival : what another arrangement or rule gives for the same fact, in words: told beside it, and not counted.
    """

    kind: RowKind
    launch: str
    what: str
    recorded: str
    modelled: str
    use: Use
    verdict: Verdict
    source: str
    note: str = ""
    record: Span | None = None
    model: Span | None = None
    typical: float | None = None
    core: Span | None = None
    sight: Span | None = None
    rival: str = ""


@dataclass(frozen=True)
class Counts:
    """How many rows agree, disagree, and cannot be decided."""

    agrees: int
    disagrees: int
    undecided: int

    @property
    def decided(self) -> int:
        return self.agrees + self.disagrees


def verdict(record: Span, model: Span | None) -> Verdict:
    """Whether the two have a value in common; undecided where the model gives none."""
    if model is None:
        return "undecided"
    return "agrees" if record.meets(model) else "disagrees"


def counts(rows: Iterable[Row]) -> Counts:
    """Counts of some rows."""
    found = [row.verdict for row in rows]
    return Counts(*(found.count(one) for one in VERDICTS))


def of(rows: Iterable[Row], *, kind: RowKind | None = None, use: Use | None = None) -> tuple[Row, ...]:
    """Those of a kind, those of a use."""
    return tuple(row for row in rows if kind in (None, row.kind) and use in (None, row.use))
