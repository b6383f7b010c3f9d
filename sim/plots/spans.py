"""Values with their bands, a row each: a dot at working values on a line from the lowest to the highest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plots.colours import INK
from sim.plots.measure import shortened
from sim.plots.style import BODY, PLATE, SMALL, line_room, new_figure, plain

ROW, TITLE, AXIS = 0.44, 0.24, 0.5  # inches: a row, the name of a group, the axis


@dataclass(frozen=True)
class Span:
    """A row: its words, the value and both ends, which are nan where there is no band; its colour, whether hollow."""

    words: str
    at: float
    low: float
    high: float
    colour: str
    is_hollow: bool = False


@dataclass(frozen=True)
class Group:
    """Rows under a name, which may be empty."""

    name: str
    spans: tuple[Span, ...]


def draw_spans(groups: Sequence[Group], label: str, *, middle: float | None = 0.0, is_log: bool = False) -> Figure:
    """A figure of groups one below the other; ``middle`` is where the two sides of the axis meet."""
    n = sum(len(group.spans) for group in groups)
    n_names = sum(bool(group.name) for group in groups)
    figure = new_figure(ROW * n + TITLE * n_names + AXIS)
    axes = figure.subplots()
    y = 0.0
    for group in groups:
        if group.name:
            y -= TITLE
            _write(axes, y + 0.02, group.name, is_bold=True)
        for span in group.spans:
            y -= ROW
            _row(axes, y, span)
    axes.set_ylim(y, 0.02)
    axes.set_yticks([])
    if is_log:
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter("{x:g}")
    if middle is not None:
        axes.axvline(middle, color=INK, linewidth=0.9, zorder=1)
    axes.set_xlabel(label, fontsize=BODY)
    plain(axes)
    return figure


def _row(axes: Axes, bottom: float, span: Span) -> None:
    """The words, and below them the line with its dot."""
    _write(axes, bottom + 0.2, span.words)
    y = bottom + 0.11
    if not math.isnan(span.low):
        axes.plot([span.low, span.high], [y, y], color=span.colour, linewidth=3, alpha=0.5, solid_capstyle="butt")
    if not math.isnan(span.at):
        fill = "white" if span.is_hollow else span.colour
        axes.plot([span.at], [y], "o", color=span.colour, markerfacecolor=fill, markersize=7, zorder=4)


def _write(axes: Axes, y: float, words: str, *, is_bold: bool = False) -> None:
    said = shortened(words, BODY if is_bold else SMALL, line_room())
    axes.text(
        *(0, y, said),
        transform=axes.get_yaxis_transform(),
        va="bottom",
        fontsize=BODY if is_bold else SMALL,
        fontweight="bold" if is_bold else "normal",
        color=INK,
        bbox=PLATE,
        zorder=5,
    )
