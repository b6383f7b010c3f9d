"""The model beside the public record, as a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from sim.asking.study import Plan
from sim.pages.page import Drawing, Page, Section, Table
from sim.pages.sheets import number
from sim.studies.record.figures import panels, sight
from sim.studies.record.find import Compared
from sim.studies.record.rows import KINDS, USES, VERDICTS, Row, RowKind, Span, counts, of
from sim.studies.record.say import (
    contacts_title,
    counted,
    exchanges_sentence,
    flights_title,
    meaning,
    notices_title,
    sight_title,
)
from sim.studies.record.tracked import InSight

TITLE = "The model beside the public record"
IN_WORDS: tuple[RowKind, ...] = ("tracking", "rules")  # the others are numbers
USE_NOTE = (
    "Fitted: a value of the model was taken from this row. Held out: none was. Given: what happened is put in, and "
    "only the rule is asked. A flight time agrees within 5 % or 30 s, whichever is more; a notice if it lies, to a "
    "minute, within the range of its chain's median: no spread from launch to launch is allowed for; a count "
    "of exchanges if it is within the expected one, to whole numbers. The chains are known as wholes and were "
    "set on the fitted rows. A public notice says nothing of how long a relay took."
)
HEADER = ("kind", "launch", "what", "recorded", "modelled", "use", "verdict")
SPANS = ("record", "model", "sight")
NUMBERS_IN: tuple[RowKind, ...] = ("flight times", "contacts", "notices")
NUMBERS = ("record_low_s", "record_high_s", "model_low_s", "model_typical_s", "model_high_s")


def page(plan: Plan, found: Compared) -> Page:
    """The counts, what they mean, and every row."""
    rows = found.rows
    flights, contacts, notices = (of(rows, kind=kind) for kind in NUMBERS_IN)
    return Page(
        study=plan.study,
        scenario=plan.scenario.name,
        digest=plan.digest,
        title=TITLE,
        question="",
        headline=counted(rows),
        findings=(meaning(rows),),
        sections=(
            Section(table=counts_table(rows)),
            *(_section(rows, kind) for kind in KINDS),
            Section(notes=(USE_NOTE,)),
        ),
        repeat=plan.digest,
        sheet=Table.of(sheet(rows)),
        data=_data(found),
        drawings=(
            Drawing("flights", flights_title(flights), partial(panels.draw_flights, rows=flights)),
            Drawing("contacts", contacts_title(contacts), partial(panels.draw_contacts, rows=contacts)),
            Drawing("notices", notices_title(notices), partial(panels.draw_notices, rows=notices)),
            Drawing("sight", sight_title(found.launches, found.n_missed), partial(sight.draw, launches=found.launches)),
        ),
    )


def _section(rows: Sequence[Row], kind: RowKind) -> Section:
    """The rows of a kind: as a table where they are numbers, else as sentences."""
    shown = of(rows, kind=kind)
    if kind in IN_WORDS:
        return Section(KINDS[kind], sentences=tuple(map(_told, shown)))
    said = (exchanges_sentence(shown),) if kind == "exchanges" and shown else ()
    return Section(KINDS[kind], sentences=said, table=table(shown))


def _told(row: Row) -> str:
    """A row that is words."""
    head = f"{row.launch}  {row.what} ({row.use}, {row.verdict})"
    return f"{head}: on record, {row.recorded}; by the model, {row.modelled}."


def counts_table(rows: Sequence[Row]) -> Table:
    """How many agree, disagree and are undecided, by use."""
    cells = [["rows", *VERDICTS]]
    for use in USES:
        found = counts(of(rows, use=use))
        cells.append([use, str(found.agrees), str(found.disagrees), str(found.undecided)])
    return Table.of(cells)


def table(rows: Sequence[Row]) -> Table:
    """A row each."""
    cells = [[f"{row.launch}  {row.what}", row.recorded, row.modelled, row.use, row.verdict] for row in rows]
    return Table.of([["", "record", "model", "use", "verdict"], *cells])


def sheet(rows: Sequence[Row]) -> list[list[str]]:
    """A row each with its numbers in seconds, header first."""
    body = [[*(getattr(row, name) for name in HEADER), *_numbers(row), row.note, row.source] for row in rows]
    return [[*HEADER, *NUMBERS, "note", "source"], *body]


def _numbers(row: Row) -> list[str]:
    low, high = _cells(row.model)
    return [*_cells(row.record), low, "" if row.typical is None else number(row.typical), high]


def _cells(span: Span | None) -> tuple[str, str]:
    return ("", "") if span is None else (number(span.low), number(span.high))


def _data(found: Compared) -> dict[str, Any]:
    """All of it as plain JSON; times in seconds, to the millisecond."""
    by_use = {use: asdict(counts(of(found.rows, use=use))) for use in USES}
    return {
        "counts": {"all": asdict(counts(found.rows)), **by_use},
        "rows": [_plain(row) for row in found.rows],
        "in_sight": [_plain_in_sight(one) for one in found.launches],
    }


def _plain(row: Row) -> dict[str, Any]:
    spans = {f"{name}_s": _ends(getattr(row, name)) for name in SPANS}
    words = {name: value for name, value in asdict(row).items() if name not in (*SPANS, "typical")}
    return {**words, **spans, "typical_s": None if row.typical is None else round(row.typical, 3)}


def _plain_in_sight(one: InSight) -> dict[str, Any]:
    spans = {"seoul_s": one.seoul, "tokyo_s": one.tokyo, "tokyo_on_land_s": one.land}
    return {
        "launch": one.launch.id,
        "missile": one.launch.missile,
        "apogee_km": float(one.launch.apogee_km),
        "flight_s": round(one.flight_s, 3),
        **{name: _ends(span) for name, span in spans.items()},
    }


def _ends(span: Span | None) -> list[float] | None:
    return None if span is None else [round(span.low, 3), round(span.high, 3)]
