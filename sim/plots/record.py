"""The model beside the public record, a row a fact: a bar is what the model allows, a mark is the record.

Hollow marks were used to fit the model, filled ones were held out. A round mark lies on its bar, an angular one
does not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.analysis.record.rows import Row, Span
from sim.analysis.record.words import contacts_title, flights_title, notices_title
from sim.plots.style import BODY, INK, QUIET, SMALL, finish, new_figure, plain

MODEL, MISS = "#56B4E9", "#D55E00"
LEFT_OUT = "No mark: the model has no such step, or the record no flight. "
NOTE = "Bar: what the model allows. Mark: the record, with what its clocks leave open. Hollow: used to fit the model."
ROW, BAR = 0.25, 0.62
LABEL = SMALL + 0.5

Scale = Callable[[Row], tuple[Span, Span]]  # record and model on the axis


def draw_flights(rows: Sequence[Row]) -> Figure:
    """Flight times: the record's distance from the model as a share of the record, on a bar of what still agrees."""
    figure, axes = _panel(rows, _relative, [f"{_name(row)}  {_minutes(row)}" for row in rows])
    axes.axvline(0, color=INK, linewidth=0.9, zorder=3)
    axes.set_xlabel("recorded minus modelled flight time, % of the record", fontsize=BODY)
    note = (
        f"Bar: what agrees, 5 % or 30 s, whichever is more. Mark: the record. Hollow: used to fit the model. {CLOCKS}"
    )
    return finish(figure, flights_title(rows), note)


CLOCKS = "Most clocks are whole minutes; 5 April 2017 failed, 4 July 2017 is “about 40 minutes”, 4 May 2022 a newspaper’s estimate."


def draw_contacts(rows: Sequence[Row]) -> Figure:
    """When Seoul first had a launch, or knew what it was."""
    shown = [row for row in rows if row.record]
    figure, axes = _panel(shown, _seconds, [f"{row.launch}  {row.what}" for row in shown])
    axes.set_xlabel("seconds after launch", fontsize=BODY)
    axes.set_xlim(left=0)
    note = f"{NOTE} From first sight of Seoul's first sensor to report it takes 5 s to a minute, set on these contacts."
    return finish(
        figure,
        contacts_title(rows),
        note,
        "No bar: its flight is not on record. Launchers fly with an assumed height of 200 to 1,000 km.",
    )


def draw_notices(rows: Sequence[Row]) -> Figure:
    """When Tokyo told whom."""
    shown = [row for row in rows if row.model]
    figure, axes = _panel(shown, _as_minutes, [f"{row.launch}  {row.what}" for row in shown])
    axes.set_xlabel("minutes after launch", fontsize=BODY)
    axes.set_xlim(left=0)
    left = len(rows) - len(shown)
    return finish(
        figure,
        notices_title(rows),
        f"{NOTE} {left} announcements to the press are no step of the model. No row speaks of a relay from Seoul.",
    )


def _panel(rows: Sequence[Row], scale: Scale, labels: Sequence[str]) -> tuple[Figure, Axes]:
    figure = new_figure(1.75 + ROW * len(rows))
    axes = figure.subplots()
    for y, row in enumerate(rows):
        _draw_row(axes, -y, row, *scale(row))
    axes.set_yticks([-y for y in range(len(rows))], labels, fontsize=LABEL)
    axes.set_ylim(0.6 - len(rows), 0.6)
    plain(axes)
    axes.tick_params(axis="y", length=0, labelsize=LABEL)
    _legend(axes, rows)
    return figure, axes


def _draw_row(axes: Axes, y: int, row: Row, record: Span, model: Span) -> None:
    if row.model:
        axes.barh(y, model.high - model.low, BAR, left=model.low, color=MODEL, alpha=0.45, zorder=2)
    colour = MISS if row.verdict == "disagrees" else INK
    axes.plot([record.low, record.high], [y, y], color=colour, linewidth=1.0, zorder=4)
    axes.plot([(record.low + record.high) / 2], [y], linestyle="none", zorder=5, **_mark(row.verdict, row.use))


def _mark(verdict: str, use: str) -> dict[str, Any]:
    colour = MISS if verdict == "disagrees" else INK
    face = "white" if use == "fitted" else colour
    shape = "D" if verdict == "disagrees" else "o"
    return {"marker": shape, "markersize": 5.5, "markerfacecolor": face, "markeredgecolor": colour, "color": colour}


def _legend(axes: Axes, rows: Sequence[Row]) -> None:
    words = {"fitted": "fitted", "held out": "held out"}
    used = dict.fromkeys((row.verdict, row.use) for row in rows if row.verdict != "undecided")
    marks = [
        Line2D([], [], linestyle="none", label=f"{words[use]}, {verdict}", **_mark(verdict, use))
        for verdict, use in sorted(used)
        if use in words
    ]
    axes.legend(
        handles=[Patch(facecolor=MODEL, alpha=0.45, label="model"), *marks],
        frameon=False,
        fontsize=SMALL,
        ncols=3,
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        handletextpad=0.4,
        columnspacing=1.0,
        labelcolor=QUIET,
    )


def _relative(row: Row) -> tuple[Span, Span]:
    """In per cent of the recorded time; the model's bar is as wide as the tolerance."""
    assert row.record is not None
    assert row.typical is not None
    middle = (row.record.low + row.record.high) / 2
    off, tolerance = 100 * (middle - row.typical) / middle, 50 * (row.record.high - row.record.low) / middle
    return Span(off, off), Span(-tolerance, tolerance)


def _seconds(row: Row) -> tuple[Span, Span]:
    assert row.record is not None
    return row.record, row.model or row.record


def _as_minutes(row: Row) -> tuple[Span, Span]:
    record, model = _seconds(row)
    return Span(record.low / 60, record.high / 60), Span(model.low / 60, model.high / 60)


def _name(row: Row) -> str:
    return f"{row.launch}  {row.what.split(' (')[0]}"


def _minutes(row: Row) -> str:
    assert row.record is not None
    return f"{(row.record.low + row.record.high) / 120:.0f} min"
