"""The model beside the public record, as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from sim.asking.study import Plan
from sim.pages.page import Drawing, Page, Section, Table
from sim.pages.sheets import number
from sim.studies.record.figures import coverage, holding, panels, sight
from sim.studies.record.find import Compared
from sim.studies.record.forecast import Forecast
from sim.studies.record.holding import LONGEST_S, REACHES, Holding
from sim.studies.record.rows import KINDS, USES, VERDICTS, Row, RowKind, Span, counts, of
from sim.studies.record.say import (
    contacts_sentence,
    contacts_title,
    coverage_sentences,
    coverage_title,
    exchanges_sentence,
    flights_sentences,
    flights_title,
    headline,
    holding_sentence,
    holding_title,
    may_sentence,
    notices_title,
    sight_title,
)
from sim.studies.record.tracked import InSight

TITLE = "The model beside the public record"
IN_WORDS: tuple[RowKind, ...] = ("tracking", "rules")  # the others are numbers
USE_NOTE = (
    "Fitted: a value of the model was taken from this row. Held out: none was. Given: what happened is put in, and "
    "only the rule is asked. A flight time agrees within 3 % of what clocks, rounded figures and floors leave open; "
    "range and apogee are the exact figures of a party before rounded ones, those before a floor, and a flight time "
    "that they contradict stands behind one that they do not. A notice agrees within the 90 % interval predicted at "
    "working values, to whole minutes of the clock, which hold more; set on an era it is one of those above, told "
    "anew, and not counted again. A count of exchanges agrees if it is within the expected one, to whole numbers. "
    "What another arrangement or rule gives for the same fact is told beside it and not counted. What a share leaves "
    "open is its exact 95 % interval (Clopper and Pearson) as if rows were independent; two missiles or messages of "
    "one day are not, so that it is rather too narrow."
)
TABLE_HEAD = ["", "record", "model", "use", "verdict"]
ERAS = "When Tokyo told whom, each era by the one before"
SET_ON = "When Tokyo told whom, where the base case was set on it"
HEADER = ("kind", "launch", "what", "recorded", "modelled", "rival", "use", "verdict")
SPANS = ("record", "model", "core", "sight")
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
        headline=headline(rows, found.forecasts),
        findings=(may_sentence(rows),),
        sections=(
            Section(table=counts_table(rows)),
            *(section for kind in KINDS for section in _sections(found, kind)),
            Section(notes=(USE_NOTE,)),
        ),
        repeat=plan.digest,
        sheet=Table.of(sheet(rows)),
        data=_data(found),
        drawings=(
            Drawing("flights", flights_title(flights), partial(panels.draw_flights, rows=flights)),
            Drawing("contacts", contacts_title(contacts), partial(panels.draw_contacts, rows=contacts)),
            Drawing("notices", notices_title(notices), partial(panels.draw_notices, rows=notices)),
            *_coverage(found.forecasts, found.by_era),
            Drawing("holding", holding_title(found.land, found.n_missed), partial(holding.draw, **_held(found))),
            Drawing("sight", sight_title(found.launches, found.n_missed), partial(sight.draw, launches=found.launches)),
        ),
    )


def _coverage(forecasts: Sequence[Forecast], by_era: Sequence[Forecast]) -> Iterator[Drawing]:
    """Where notices fall within their predictions, where there are any."""
    if forecasts or by_era:
        draw = partial(coverage.draw, forecasts=forecasts, by_era=by_era)
        yield Drawing("coverage", coverage_title(forecasts, by_era), draw)


def _held(found: Compared) -> dict[str, Any]:
    """What the figure of missed launches is drawn from."""
    return {"reaches": REACHES, "n_missed": found.land.n_missed, "n_reported": found.n_missed}


def _sections(found: Compared, kind: RowKind) -> tuple[Section, ...]:
    """The rows of a kind, those held out first: as a table where they are numbers, else as sentences."""
    shown = tuple(sorted(of(found.rows, kind=kind), key=lambda row: row.use != "held out"))
    said = _said(found, kind, shown)
    if kind in IN_WORDS:
        return (Section(KINDS[kind], sentences=(*said, *map(_told, shown))),)
    if kind == "notices":
        held, fitted = of(shown, use="held out"), of(shown, use="fitted")
        parts = (Section(KINDS[kind], sentences=said, table=table(held)), _by_era(found.by_era), _of_fitted(fitted))
        return tuple(filter(None, parts))
    return (Section(KINDS[kind], sentences=said, table=table(shown)),)


def _by_era(forecasts: Sequence[Forecast]) -> Section | None:
    """What each era predicts of the next, notice by notice: none of it was used to fit."""
    cells = [
        [f"{one.launch}  {one.what}, set on {one.label}", f"{one.minutes} min", *_predicted(one)] for one in forecasts
    ]
    return Section(ERAS, table=Table.of([TABLE_HEAD, *cells])) if cells else None


def _predicted(one: Forecast) -> list[str]:
    half, most = (f"{low} to {high}" for low, high in one.within)
    return [f"{half}, 90 %: {most} min", "held out", "agrees" if one.is_within(-1) else "disagrees"]


def _of_fitted(rows: Sequence[Row]) -> Section | None:
    return Section(SET_ON, table=table(rows)) if rows else None


def _said(found: Compared, kind: RowKind, rows: Sequence[Row]) -> tuple[str, ...]:
    """What the rows of a kind come to."""
    if kind == "flight times":
        return flights_sentences(rows)
    if kind == "tracking":
        return (holding_sentence(found.land, found.all, found.n_missed),)
    if kind == "notices":
        return coverage_sentences(found.forecasts, found.by_era, found.n_notices, found.n_after_link)
    say = {"contacts": contacts_sentence, "exchanges": exchanges_sentence}.get(kind)
    return (say(rows),) if say and rows else ()


def _told(row: Row) -> str:
    """A row that is words."""
    head = f"{row.launch}  {row.what} ({row.use}, {row.verdict})"
    modelled = "; ".join(filter(None, (row.modelled, row.rival)))
    return f"{head}: on record, {row.recorded}; by the model, {modelled}."


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
    return Table.of([TABLE_HEAD, *cells])


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
        "forecasts": [_plain_forecast(one) for one in (*found.forecasts, *found.by_era)],
        "missed": _plain_missed(found.land),
        "in_sight": [_plain_in_sight(one) for one in found.launches],
    }


def _plain(row: Row) -> dict[str, Any]:
    spans = {f"{name}_s": _ends(getattr(row, name)) for name in SPANS}
    words = {name: value for name, value in asdict(row).items() if name not in (*SPANS, "typical")}
    return {**words, **spans, "typical_s": None if row.typical is None else round(row.typical, 3)}


def _plain_forecast(one: Forecast) -> dict[str, Any]:
    half, most = ([*minutes] for minutes in one.within)
    return {
        "launch": one.launch,
        "to": one.to,
        "what": one.what,
        "set_on": one.label,
        "came_min": one.minutes,
        "half_min": half,
        "nine_in_ten_min": most,
        "nine_in_ten_over_range_min": [*one.widest],
        "share_below": [round(one.below.low, 4), round(one.below.high, 4)],
    }


def _plain_missed(found: Holding) -> list[dict[str, Any]]:
    """How many launches are missed, for the shares of a range and the times of a track by ten seconds."""
    return [
        {"reach": reach, "track_s": second, "n_missed": int(found.n_missed[place, second])}
        for place, reach in enumerate(REACHES)
        for second in range(0, LONGEST_S + 1, 10)
    ]


def _plain_in_sight(one: InSight) -> dict[str, Any]:
    spans = {"seoul_s": one.seoul, "tokyo_s": one.tokyo, "tokyo_on_land_s": one.land}
    return {
        "launch": one.launch.id,
        "missile": one.launch.missile,
        "apogee_km": one.launch.apogee_km.value if one.launch.apogee_km else None,
        "flight_s": round(one.flight_s, 3),
        **{name: _ends(span) for name, span in spans.items()},
    }


def _ends(span: Span | None) -> list[float] | None:
    return None if span is None else [round(span.low, 3), round(span.high, 3)]
