"""The model beside the public record, a row a fact: a bar is what the model allows, a mark is the record.

Rows held out stand first; those used to fit the model stand below, hollow and muted. A round mark lies on its bar, an
angular one does not, a square one has no bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.plots.colours import GRID, INK, MODELLED, MUTED, OWNERS, QUIET
from sim.plots.style import BODY, SMALL, finish, new_figure, plain
from sim.scenario.flown import TOLERANCE
from sim.studies.record.rows import Row, Span, Use, Verdict

MINUTE_S = 60.0
MODEL, SIGHT, MISS = MODELLED, OWNERS["seoul"], INK
ROW, BAR, ALPHA = 0.2, 0.62, 1.0
SIZES: dict[Verdict, float] = {"agrees": 5.0, "disagrees": 7.0, "undecided": 5.0}
LABEL = SMALL
KEY = 0.45  # inches, the legend
USES: dict[Use, str] = {"held out": "Held out", "fitted": "Used to fit", "given": "Given"}
SHAPES: dict[Verdict, tuple[str, str]] = {"agrees": ("o", INK), "disagrees": ("D", MISS), "undecided": ("s", MUTED)}
REMARK: dict[str, Any] = {"fontsize": LABEL, "color": QUIET}
FAILED = ("failed perhaps", "failed")  # in what a row is about
NOTE = "Bar: what the model allows. Mark: the record, with what its clocks leave open. Hollow and muted: used to fit."


@dataclass(frozen=True)
class Shown:
    """A row as it is drawn: its label, under which heading, its spans in the unit of the axis, a word beside them."""

    heading: str
    label: str
    row: Row
    record: Span
    model: Span | None
    sight: Span | None = None
    core: Span | None = None
    remark: str = ""


def draw_flights(title: str, rows: Sequence[Row]) -> Figure:
    """Flight times: by which share of the record the model misses it, on a bar of what still agrees."""
    shown = [_relative(row, row.record, row.model, row.typical) for row in _sorted(rows) if row.record and row.model]
    figure, axes = _panel(shown)
    axes.axvline(0, color=INK, linewidth=0.9, zorder=3)
    axes.set_xlabel("modelled minus recorded, %", fontsize=BODY)
    return finish(
        figure,
        title,
        f"n = {len(shown)}. Bar: what rounded figures of range and apogee leave open, and 3 %. Mark: by how much "
        "the model misses what a party said, with what its clock leaves open. Hollow and muted: used to fit the model.",
    )


def draw_contacts(title: str, rows: Sequence[Row]) -> Figure:
    """When Seoul first had a launch, or knew what it was."""
    shown = [_scaled(row, row.record, 1) for row in _sorted(rows) if row.record]
    figure, axes = _panel(shown)
    axes.set_xlabel("seconds after launch", fontsize=BODY)
    axes.set_xlim(left=0)
    return finish(
        figure,
        title,
        f"{NOTE} Dark: when the first of Seoul's sensors has it in sight; from there to a report it takes 5 s to a "
        "minute, set with these contacts in view. Launchers fly with an assumed height of 200 to 1,000 km. No bar: the "
        "flight is not on record.",
    )


def draw_notices(title: str, rows: Sequence[Row]) -> Figure:
    """When Tokyo told whom."""
    shown = [_scaled(row, row.record, MINUTE_S) for row in _sorted(rows) if row.record and row.model]
    figure, axes = _panel(shown)
    axes.locator_params(axis="x", integer=True)
    axes.set_xlabel("minutes after launch", fontsize=BODY)
    axes.set_xlim(left=0)
    left_out = f"{len(rows) - len(shown)} announcements to the press are no step of the model."
    bars = "Light bar: the 90 % interval predicted at working values, to whole minutes; dark: the 50 % one."
    marks = "Mark: the record, clocks to the minute. Hollow and muted: used to fit."
    return finish(figure, title, f"{bars} {marks} {left_out} No row speaks of a relay from Seoul.")


def _panel(shown: Sequence[Shown]) -> tuple[Figure, Axes]:
    headings = list(dict.fromkeys(one.heading for one in shown))
    n_lines = len(shown) + sum(map(bool, headings))
    figure = new_figure(0.7 + KEY + ROW * n_lines)
    axes = figure.subplots()
    axes.use_sticky_edges = False  # a bar at the edge is drawn whole
    axes.margins(x=0.03)
    y, labels = 0, {}
    for heading in headings:
        if heading:
            place = axes.get_yaxis_transform()
            axes.text(0, -y, heading, transform=place, va="center", fontsize=LABEL, fontweight="bold", color=INK)
            y += 1
        for one in (one for one in shown if one.heading == heading):
            _draw_row(axes, -y, one)
            labels[-y] = one.label
            y += 1
    axes.set_yticks([*labels], [*labels.values()])
    axes.set_ylim(0.4 - n_lines, 0.6)
    plain(axes)
    axes.tick_params(axis="y", length=0, labelsize=LABEL)
    _legend(axes, shown)
    return figure, axes


def _draw_row(axes: Axes, y: int, one: Shown) -> None:
    _bar(axes, y, one.model, GRID if one.core else MODEL, ALPHA)
    _bar(axes, y, one.core, MODEL, ALPHA)
    _bar(axes, y, one.sight, SIGHT, 1.0, edge=1.5)  # a moment has an edge alone
    colour = _mark(one.row.verdict, one.row.use)["color"]
    axes.plot([one.record.low, one.record.high], [y, y], color=colour, linewidth=1.0, zorder=4)
    middle = (one.record.low + one.record.high) / 2
    axes.plot([middle], [y], linestyle="none", zorder=5, **_mark(one.row.verdict, one.row.use))
    if one.remark:
        right = max(span.high for span in (one.record, one.model) if span)
        axes.annotate(one.remark, (right, y), (4, 0), textcoords="offset points", va="center", **REMARK)


def _bar(axes: Axes, y: int, span: Span | None, colour: str, alpha: float, edge: float = 0.0) -> None:
    if span is not None:
        look: dict[str, Any] = {"facecolor": colour, "edgecolor": colour, "linewidth": edge, "alpha": alpha}
        axes.barh(y, span.high - span.low, BAR, left=span.low, zorder=2, **look)


def _mark(verdict: Verdict, use: Use) -> dict[str, Any]:
    shape, colour = SHAPES[verdict]
    colour = MUTED if use == "fitted" else colour
    face = "white" if use == "fitted" else colour
    return {
        "marker": shape,
        "markersize": SIZES[verdict],
        "markerfacecolor": face,
        "markeredgecolor": colour,
        "color": colour,
    }


def _legend(axes: Axes, shown: Sequence[Shown]) -> None:
    used = sorted({(one.row.use, one.row.verdict) for one in shown})
    handles: list[Patch | Line2D] = [Patch(facecolor=MODEL, alpha=ALPHA, label="model")]
    if any(one.sight for one in shown):
        handles.append(Patch(facecolor=SIGHT, label="first sight"))
    handles += [Line2D([], [], linestyle="none", label=f"{use}, {v}", **_mark(v, use)) for use, v in used]
    axes.legend(
        handles=handles,
        frameon=False,
        fontsize=SMALL,
        ncols=3,
        loc="lower right",
        borderaxespad=0.2,
        bbox_to_anchor=(1.0, 1.0),
        handletextpad=0.4,
        columnspacing=1.0,
        labelcolor=QUIET,
    )


def _sorted(rows: Sequence[Row]) -> list[Row]:
    """Those held out before those that were not."""
    return sorted(rows, key=lambda row: row.use != "held out")


def _relative(row: Row, record: Span, model: Span, modelled_s: float | None) -> Shown:
    """The flight at working values less what is recorded, in per cent of that; the bar has the tolerance as well."""
    recorded_s = (record.low + record.high) / 2
    middle_s = (model.low + model.high) / 2 if modelled_s is None else modelled_s
    off, bar = (
        Span(*(100 * (middle_s - end) / recorded_s for end in (span.high, span.low))) for span in (record, model)
    )
    label = f"{row.launch}, {row.what.rpartition('by ')[2]}"
    allowed = 100 * TOLERANCE
    remark = next((words for words in FAILED if f", {words}, " in row.what), "")
    return Shown(USES[row.use], label, row, off, Span(bar.low - allowed, bar.high + allowed), remark=remark)


def _scaled(row: Row, record: Span, unit_s: float) -> Shown:
    ranges = (row.model, row.sight, row.core)
    model, sight, core = (None if span is None else Span(span.low / unit_s, span.high / unit_s) for span in ranges)
    what, _, which = row.what.partition(", " if ", " in row.what and "missile" in row.what else "\n")
    label = f"{row.launch}, {which}" if which else row.launch
    heading = f"{what}, used to fit" if row.use == "fitted" else what
    return Shown(heading, label, row, Span(record.low / unit_s, record.high / unit_s), model, sight, core)
