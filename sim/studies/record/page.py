"""The model beside the public record as a text for the terminal, a sheet, JSON and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from textwrap import fill
from typing import Any

from sim.pages.tables import aligned
from sim.pages.texts import CAVEAT, WIDTH, csv_text, filled, number
from sim.plots.render import figure_files
from sim.store.run import json_text
from sim.store.study import Answer
from sim.studies.record import figure as panels
from sim.studies.record import figure_sight as sight_panel
from sim.studies.record.rows import KINDS, USES, VERDICTS, Kind, Row, Span, counts, of
from sim.studies.record.say import counted, meaning
from sim.studies.record.tracked import InSight

TITLE = "The model beside the public record"
IN_WORDS: tuple[Kind, ...] = ("tracking", "rules")  # the others are numbers
USE_NOTE = (
    "Fitted: a value of the model was taken from this row. Held out: none was. Given: what happened is put in, and "
    "only the rule is asked. A flight time agrees within 5 % or 30 s, whichever is more; a notice if it lies, to a "
    "minute, within the range of its chain's median: no spread from launch to launch is allowed for. The chains are "
    "known as wholes and were set on the fitted rows. Notices stand for no relay."
)
HEADER = ("kind", "launch", "what", "recorded", "modelled", "use", "verdict")
NUMBERS = ("record_low_s", "record_high_s", "model_low_s", "model_typical_s", "model_high_s")


@dataclass(frozen=True)
class Compared:
    """What is reported: every row, and who has which launch in sight in the days of a count of missed ones."""

    rows: tuple[Row, ...]
    launches: tuple[InSight, ...]
    n_missed: int


def answer(found: Compared) -> Answer:
    """The text and the files."""
    files = {
        "record.csv": csv_text(sheet(found.rows)).encode(),
        "record.json": json_text(document(found)).encode(),
        **figure_files("flights", panels.draw_flights(of(found.rows, kind="flight times"))),
        **figure_files("contacts", panels.draw_contacts(of(found.rows, kind="contacts"))),
        **figure_files("notices", panels.draw_notices(of(found.rows, kind="notices"))),
        **figure_files("sight", sight_panel.draw(found.launches, found.n_missed)),
    }
    return Answer(text(found.rows), files)


def text(rows: Sequence[Row]) -> str:
    """For the terminal: the counts, what they mean, and every row."""
    lines = [TITLE, CAVEAT, "", filled(counted(rows)), filled(meaning(rows)), "", aligned(counts_table(rows)), ""]
    for kind, title in KINDS.items():
        ones = of(rows, kind=kind)
        lines += [title, *(map(_told, ones) if kind in IN_WORDS else [aligned(table(ones))]), ""]
    return "\n".join([*lines, filled(USE_NOTE)]) + "\n"


def counts_table(rows: Sequence[Row]) -> list[list[str]]:
    """How many agree, disagree and are undecided, by use."""
    cells = [["rows", *VERDICTS]]
    for use in USES:
        found = counts(of(rows, use=use))
        cells.append([use, str(found.agrees), str(found.disagrees), str(found.undecided)])
    return cells


def table(rows: Sequence[Row]) -> list[list[str]]:
    """A row each, as text cells, header first."""
    cells = [[f"{row.launch}  {row.what}", row.recorded, row.modelled, row.use, row.verdict] for row in rows]
    return [["", "record", "model", "use", "verdict"], *cells]


def _told(row: Row) -> str:
    """A row that is words."""
    head = f"{row.launch}  {row.what}: {row.use}, {row.verdict}"
    said = (_indented("record: ", row.recorded), _indented("model:  ", row.modelled))
    return "\n".join([head, *said])


def _indented(label: str, said: str) -> str:
    return fill(said, WIDTH, initial_indent=f"  {label}", subsequent_indent=" " * (2 + len(label)))


def sheet(rows: Sequence[Row]) -> list[list[str]]:
    """A row each with its numbers in seconds, header first."""
    body = [[*(getattr(row, name) for name in HEADER), *_numbers(row), row.note, row.source] for row in rows]
    return [[*HEADER, *NUMBERS, "note", "source"], *body]


def _numbers(row: Row) -> list[str]:
    low, high = _cells(row.model)
    return [*_cells(row.record), low, "" if row.typical is None else number(row.typical), high]


def _cells(span: Span | None) -> tuple[str, str]:
    return ("", "") if span is None else (number(span.low), number(span.high))


def document(found: Compared) -> dict[str, Any]:
    """All of it as plain JSON; times in seconds, to the millisecond."""
    by_use = {use: asdict(counts(of(found.rows, use=use))) for use in USES}
    return {
        "counts": {"all": asdict(counts(found.rows)), **by_use},
        "says": [counted(found.rows), meaning(found.rows)],
        "rows": [_plain(row) for row in found.rows],
        "in_sight": [_plain_in_sight(one) for one in found.launches],
    }


def _plain(row: Row) -> dict[str, Any]:
    spans = {name: _ends(getattr(row, name)) for name in ("record", "model", "sight")}
    return {**asdict(row), **spans, "typical": None if row.typical is None else round(row.typical, 3)}


def _plain_in_sight(one: InSight) -> dict[str, Any]:
    spans = {"seoul": one.seoul, "tokyo": one.tokyo, "tokyo_on_land": one.land}
    return {
        "launch": one.launch.id,
        "missile": one.launch.missile,
        "apogee_km": float(one.launch.apogee_km),
        "flight_s": round(one.flight_s, 3),
        **{name: _ends(span) for name, span in spans.items()},
    }


def _ends(span: Span | None) -> list[float] | None:
    return None if span is None else [round(span.low, 3), round(span.high, 3)]
