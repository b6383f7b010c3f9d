"""Which is faster, and whether zero lies inside what is not known."""

from __future__ import annotations

import math
from itertools import accumulate
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.results import Contrast
from sim.plots.colours import GRID, INK, MUTED, QUIET
from sim.plots.measure import inches, lines
from sim.plots.style import BODY, PLATE, SMALL, STRAIGHT_MIN, finish, new_figure, page_width, plain, warp
from sim.say.findings import NOT_A_PROBABILITY, has_band, headline, size_text
from sim.say.numbers import band_text
from sim.studies.run.view import View, colours, small_print
from sim.units import minutes

NOTE = (
    "Mark: mean of paired differences at working values; thick: the noise of the simulation. Grey: lowest to "
    f"highest found over the ranges of what is not known; dots: settings drawn within them. {NOT_A_PROBABILITY}"
)
LEFT_OUT = "The first {} of {} pairs, in the order of the scenario; all stand in the table of pairs, table.md."
ROW_ROOM = 0.91  # of the width
LINEAR = 5  # minutes: a tick where the axis is straight
DIGITS, MOST_POWER = (1, 2, 5), 5  # of the ticks beyond
LEAST_MIN = 0.5  # minutes that the axis shows at least: less is no difference to anybody
TICK_ROOM = 0.55  # inches between two ticks
ROW, NAME = 0.74, 0.17  # inches: a row, and each line of its name
MOST_HIGH = 13.0  # inches of rows: with title and small print a page, where a column is 8 cm wide
HEIGHT, UP = 0.24, 0.16  # inches: the band, and from its middle to the words above and below


def draw(view: View) -> Figure | None:
    """A row a pair, as many as a page has room for: settings as dots, their band, the typical difference."""
    every = [pair for pair in view.results.contrasts if pair.counts.both]
    if not every:
        return None
    said = [words(view, pair) for pair in every]
    n_lines = [text.count("\n") + 1 for text in said]
    heights = list(accumulate(ROW + NAME * n for n in n_lines))
    pairs = every[: max(1, sum(height <= MOST_HIGH for height in heights))]
    high = heights[len(pairs) - 1]
    figure = new_figure(0.85 + high)
    axes = figure.subplots()
    top = 0.0
    for pair, text, n in zip(pairs, said, n_lines, strict=False):
        draw_pair(axes, view, pair, text, top - NAME * n - UP - 0.1)
        top -= ROW + NAME * n
    axes.axvline(0, color=INK, linewidth=1.3, zorder=1.5)
    axes.set_ylim(-high, 0)
    axes.set_yticks([])
    scale(axes, pairs)
    plain(axes)
    left_out = [LEFT_OUT.format(len(pairs), len(every))] if len(pairs) < len(every) else []
    return finish(figure, headline(view.scenario, view.results), NOTE, *left_out, small_print(view))


def draw_pair(axes: Axes, view: View, pair: Contrast, said: str, y: float) -> Axes:
    """One row, about a height in inches."""
    known = np.array([minutes(d) for d in pair.by_setting if not math.isnan(d)])
    low, high = minutes(pair.band.low), minutes(pair.band.high)
    axes.barh(y, high - low, left=low, height=HEIGHT, color=GRID, zorder=1)
    if len(known) > 1:
        jitter = 0.08 * np.sin(np.arange(len(known)) * 2.4)
        axes.plot(known, y + jitter, ".", color=MUTED, markersize=3.5, zorder=2)
    colour, estimate = colours(view)[pair.a], minutes(pair.mean.estimate)
    if math.isfinite(pair.mean.half_width):
        axes.plot(
            [minutes(pair.mean.low), minutes(pair.mean.high)],
            [y, y],
            color=colour,
            linewidth=6,
            zorder=4,
            solid_capstyle="butt",
        )
    axes.plot([estimate], [y], "|", color=colour, markersize=18, markeredgewidth=1.8, zorder=4)
    write(axes, y + UP, said, BODY, INK, is_above=True)
    if has_band(pair):
        write(axes, y - UP, f"{band_text(pair.band)} over the ranges", SMALL, QUIET, is_above=False)
    return axes


def write(axes: Axes, y: float, text: str, size: float, colour: str, *, is_above: bool) -> None:
    """Text of a row from the left edge; it leaves the axes as wide as they are."""
    side: dict[str, Any] = {"ha": "left", "va": "bottom" if is_above else "top", "fontsize": size, "color": colour}
    place = axes.get_yaxis_transform()
    axes.text(0.0, y, text, transform=place, linespacing=1.0, zorder=3, bbox=PLATE, **side).set_in_layout(False)


def words(view: View, pair: Contrast) -> str:
    """Which arm against which, and the difference, on as many lines as that takes."""
    a, b = (view.scenario.arm(name).title for name in (pair.a, pair.b))
    size = size_text(view.scenario, pair)
    whole = f"{a} against {b}: {size}"
    two = f"{a}\nagainst {b}: {size}"
    room = ROW_ROOM * page_width()
    fits = next((said for said in (whole, two) if max(map(_inches, said.split("\n"))) < room), "")
    return fits or "\n".join(line for part in (a, f"against {b}:", size) for line in lines(part, BODY, room))


def _inches(line: str) -> float:
    return inches(line, BODY)


def scale(axes: Axes, pairs: list[Contrast]) -> None:
    """Straight near zero, logarithmic far from it, so that minutes and hours both show; from tick to tick."""
    ends = [minutes(end) for pair in pairs for end in (pair.band.low, pair.band.high, pair.mean.estimate)]
    known = [end for end in ends if not math.isnan(end)]
    low, high = min([0, *known]), max([0, *known])
    most = max(-low, high, LEAST_MIN)
    beyond = ""
    if warp(axes.set_xscale, most):
        low, high = (math.copysign(_tick_beyond(abs(end)), end) if end else 0.0 for end in (low, high))
        beyond = f"\nevenly to {STRAIGHT_MIN} min, logarithmic beyond"
    room = 0.07 * most if not beyond else 0.0
    low, high = (low - room - 0.1 * (high - low), high + room + 0.1 * (high - low)) if not beyond else (low, high)
    axes.set_xlim(min(low, -LEAST_MIN), max(high, LEAST_MIN))
    if beyond:
        _ticks(axes)
    axes.set_xlabel(f"difference in alert latency, minutes{beyond}", fontsize=BODY)
    for at, side, said in ((0.0, "left", "◄ first named is faster"), (1.0, "right", "it is slower ►")):
        axes.text(at, 1.0, said, transform=axes.transAxes, ha=side, va="bottom", fontsize=BODY, color=QUIET)


def _tick_beyond(size: float) -> float:
    """The first round number at or beyond it."""
    return next((tick for tick in _round_numbers() if tick >= size), size)


def _round_numbers() -> list[float]:
    beyond = [digit * 10.0**power for power in range(1, MOST_POWER) for digit in DIGITS]
    return [LINEAR, *beyond]


def _ticks(axes: Axes) -> None:
    """Round numbers from both ends of the axis to zero, as many as have room."""
    low, high = axes.get_xlim()
    along = axes.get_xaxis().get_transform().transform
    wide = page_width() * 0.93 / float(along([high])[0] - along([low])[0])
    shown = [0.0]
    for sign, end in ((-1, low), (1, high)):
        for size in reversed([size for size in _round_numbers() if size <= abs(end) * 1.0001 and end * sign > 0]):
            at = float(along([sign * size])[0])
            if all(abs(float(along([other])[0]) - at) * wide > TICK_ROOM for other in shown):
                shown.append(sign * size)
    axes.set_xticks(shown, [f"{tick:g}".replace("-", "−") for tick in shown])
    axes.set_xticks([], minor=True)
