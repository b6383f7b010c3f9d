"""Which is sooner, and whether zero lies inside what is not known."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.results import Contrast
from sim.plots.colours import GRID, INK, MUTED, QUIET
from sim.plots.measure import inches
from sim.plots.style import BODY, PLATE, SMALL, WIDTH, finish, new_figure, plain
from sim.say.findings import NOT_A_PROBABILITY, has_band, headline, size_text
from sim.say.numbers import band_text
from sim.studies.run.view import View, colours, small_print
from sim.units import minutes

NOTE = (
    "Mark: mean of paired differences at placeholder values, its width the noise of the simulation. Grey: lowest to "
    f"highest over the settings of what is not known; dots: one setting each. {NOT_A_PROBABILITY}"
)
ROW_ROOM = 0.95 * WIDTH  # inches
STRAIGHT_MIN, TICKS = 10, (5, 20, 100, 500, 2000)


def draw(view: View) -> Figure | None:
    """A row a pair: settings as dots, their band, the typical difference with its noise."""
    pairs = [pair for pair in view.results.contrasts if pair.counts.both]
    if not pairs:
        return None
    figure = new_figure(1.75 + 0.92 * len(pairs))
    axes = figure.subplots()
    for row, pair in enumerate(pairs):
        draw_pair(axes, view, pair, -row)
    axes.axvline(0, color=INK, linewidth=1.3, zorder=1.5)
    axes.set_ylim(-len(pairs) + 0.45, 0.72)
    axes.set_yticks([])
    axes.set_xlabel("difference in alert latency, minutes", fontsize=BODY)
    scale(axes, pairs)
    plain(axes)
    return finish(figure, headline(view.scenario, view.results), NOTE, small_print(view))


def draw_pair(axes: Axes, view: View, pair: Contrast, y: float) -> Axes:
    """One row."""
    known = np.array([minutes(d) for d in pair.by_setting if not math.isnan(d)])
    if len(known) > 1:
        axes.barh(y, known.max() - known.min(), left=known.min(), height=0.28, color=GRID, zorder=1)
        jitter = 0.1 * np.sin(np.arange(len(known)) * 2.4)
        axes.plot(known, y + jitter, ".", color=MUTED, markersize=3.5, zorder=2)
    colour, estimate = colours(view)[pair.a], minutes(pair.mean.estimate)
    if math.isfinite(pair.mean.half_width):
        axes.plot([minutes(pair.mean.low), minutes(pair.mean.high)], [y, y], color=colour, linewidth=4, zorder=4)
    axes.plot([estimate], [y], "|", color=colour, markersize=18, markeredgewidth=3, zorder=4)
    write(axes, y + 0.2, words(view, pair), BODY, INK, is_above=True)
    if has_band(pair):
        write(axes, y - 0.17, f"{band_text(pair.band)} over {len(known)} settings", SMALL, QUIET, is_above=False)
    return axes


def write(axes: Axes, y: float, text: str, size: float, colour: str, *, is_above: bool) -> None:
    """Text of a row from the left edge, smaller where it would not fit; it leaves the axes as wide as they are."""
    widest = max(inches(line, size) for line in text.split("\n"))
    axes.text(
        0.0,
        y,
        text,
        transform=axes.get_yaxis_transform(),
        ha="left",
        va="bottom" if is_above else "top",
        fontsize=size * min(1, ROW_ROOM / widest),
        color=colour,
        linespacing=1.0,
        zorder=3,
        bbox=PLATE,
    ).set_in_layout(False)


def words(view: View, pair: Contrast) -> str:
    """Which arm against which, and the difference."""
    a, b, size = view.scenario.arm(pair.a).title, view.scenario.arm(pair.b).title, size_text(pair)
    whole = f"{a} against {b}: {size}"
    return whole if inches(whole, BODY) < ROW_ROOM else f"{a}\nagainst {b}: {size}"


def scale(axes: Axes, pairs: list[Contrast]) -> None:
    """Straight near zero, logarithmic far from it, so that minutes and hours both show."""
    ends = [minutes(end) for pair in pairs for end in (pair.band.low, pair.band.high, pair.mean.estimate)]
    known = [end for end in ends if not math.isnan(end)]
    most = max(map(abs, known))
    if most > 3 * STRAIGHT_MIN:
        axes.set_xscale("symlog", linthresh=STRAIGHT_MIN, linscale=1)
        ticks = [tick for tick in TICKS if tick <= most * 1.3]
        every = [*(-tick for tick in reversed(ticks)), 0, *ticks]
        axes.set_xticks(every, [f"{tick:g}".replace("-", "−") for tick in every])
        axes.set_xticks([], minor=True)
    low, high = min([0, *known]) * 1.25 - 0.06 * most, max([0, *known]) * 1.25 + 0.06 * most
    axes.set_xlim(low or -1, high or 1)
    for at, side, said in ((0.0, "left", "◄ first named is sooner"), (1.0, "right", "it is later ►")):
        axes.text(at, 1.0, said, transform=axes.transAxes, ha=side, va="bottom", fontsize=BODY, color=QUIET)
