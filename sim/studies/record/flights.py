"""Flight times: what each party said, beside the flight that the figures of range and apogee make.

Both sides are intervals: what a party's clock leaves open, and what rounded figures and floors of range and apogee do
(`sim.scenario.flown`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from sim.flight.trajectory import trajectory
from sim.scenario.catalogue import Record
from sim.scenario.figures import Figure, Statement
from sim.scenario.flown import Flown, flown, is_contradicted, miss
from sim.studies.record.rows import Row, Span, Verdict, of

NOT_TOLD = "not in the catalogue"
NOT_FLOWN = "no missile flies so"

# The launches from which the acceleration and the speed of flat flights were taken.
FITTED_ON = frozenset(
    {
        "2017-05-29",
        "2017-08-29",
        "2019-10-02",
        "2022-03-24",
        "2022-11-18",
        "2023-12-18",
        "2023-06-15",
    }
)


def flight_rows(catalogue: Iterable[Record]) -> tuple[Row, ...]:
    """A row a party that gave a flight time, and one where exact figures have none to be held against."""
    return tuple(row for launch in catalogue for row in _rows(launch))


def _rows(launch: Record) -> Iterator[Row]:
    range_km, apogee_km = launch.range_km, launch.apogee_km
    if range_km is None or apogee_km is None:
        return
    timed = [one for one in launch.statements if one.flight_time_s]
    for one in timed:
        yield _row(launch, one, one.flight_time_s, range_km, apogee_km)
    if not timed and range_km.basis == apogee_km.basis == "exact":
        yield _row(launch, None, None, range_km, apogee_km)


def _row(launch: Record, told: Statement | None, time: Figure | None, range_km: Figure, apogee_km: Figure) -> Row:
    party = told.party if told else apogee_km.party
    row = Row(
        kind="flight times",
        launch=launch.id,
        what=f"{launch.missile.split(' (')[0]}{_ended(launch)}, by {party}",
        recorded=_told(time) if time else NOT_TOLD,
        modelled=NOT_FLOWN,
        use="fitted" if launch.id in FITTED_ON else "held out",
        verdict="undecided",
        source=(told.source if told else "") or launch.sources,
        note=_note(launch, told, range_km, apogee_km),
        record=Span(time.low, time.high) if time else None,
    )
    try:
        made = flown(range_km, apogee_km)
    except ValueError:
        return row
    model, typical = Span(*made), trajectory(1000 * range_km.value, 1000 * apogee_km.value).flight_time_s
    judged: Verdict = "undecided" if time is None else "disagrees" if is_contradicted(time, made) else "agrees"
    return replace(row, modelled=_modelled(model, typical, time), verdict=judged, model=model, typical=typical)


def _ended(launch: Record) -> str:
    """A failure is named as one: its flight need not be that of its range and apogee."""
    return ", failed" if "failure" in launch.outcome else ", failed perhaps" if "failed" in launch.missile else ""


def _note(launch: Record, told: Statement | None, range_km: Figure, apogee_km: Figure) -> str:
    whose = f"range by {range_km.party} ({range_km.basis}), apogee by {apogee_km.party} ({apogee_km.basis})"
    figures = f"{range_km.value:,.6g} km, {apogee_km.value:,.6g} km high: {whose}"
    return "; ".join(filter(None, (figures, told.note if told else "", launch.note)))


def _told(time: Figure) -> str:
    open_ = "" if time.basis == "exact" else f" ± {(time.high - time.low) / 2:.0f}"
    return f"{time.value:,.0f} s{open_}"


def _modelled(model: Span, typical: float, time: Figure | None) -> str:
    off = f" ({100 * (typical / time.value - 1):+.1f} %)" if time else ""
    low, high = round(model.low), round(model.high)
    return f"{typical:,.0f} s{off}" if high - low < 2 else f"{typical:,.0f} s, {low:,} to {high:,}{off}"


def off_by(row: Row) -> float:
    """By which share of the recorded time the working values miss it; nan where none is on record."""
    if row.record is None or row.typical is None:
        return math.nan
    return abs(row.typical / _middle(row.record) - 1)


def beyond(row: Row) -> float:
    """By which share of it the model misses all that clocks and figures leave open; nan where none is on record."""
    if row.record is None or row.model is None:
        return math.nan
    return miss(row.record.low, row.record.high, Flown(row.model.low, row.model.high))


def _middle(span: Span) -> float:
    return (span.low + span.high) / 2


def open_by(row: Row) -> float:
    """Which share of the recorded time its own clock leaves open to either side; nan where none is on record."""
    return math.nan if row.record is None else (row.record.high - row.record.low) / 2 / _middle(row.record)


def typical_miss(rows: Sequence[Row]) -> tuple[float, float]:
    """The median of the miss at working values, and of that beyond what clocks and figures leave open; nan of none."""
    told = [row for row in rows if row.record and row.model]
    return (median(map(off_by, told)), median(map(beyond, told))) if told else (math.nan, math.nan)


def split(rows: Sequence[Row]) -> tuple[tuple[Row, ...], ...]:
    """The rows of each launch of which one party's flight time agrees and another's does not."""
    launches = dict.fromkeys(row.launch for row in rows)
    found = (tuple(row for row in of(rows) if row.launch == launch) for launch in launches)
    return tuple(ones for ones in found if {"agrees", "disagrees"} <= {row.verdict for row in ones})
