"""A sweep: a curve over one parameter, a map over two, a dot a case."""

from __future__ import annotations

import math
import re

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, TwoSlopeNorm
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.analysis.measures import Measure
from sim.analysis.outcomes import Floats, noise
from sim.model.names import in_words
from sim.plots.colours import GRID, INK, MUTED, QUIET, arm_colours
from sim.plots.measure import inches, shortened
from sim.plots.style import BODY, PLATE, SMALL, finish, line_room, new_figure, plain
from sim.say.names import name, short_name
from sim.studies.sweep.axes import Axis, own_number
from sim.studies.sweep.find import Swept, crossings
from sim.units import ON_AXES

CURVE_NOTE = "All else at working values. {mark}: the difference, {about} it the noise at the 95 % level.{own}{band}"
OWN_NOTE = " Dotted: the working value."
BAND_NOTE = " Grey: lowest to highest over {n} settings of what is not known beside it."
MAP_NOTE = (
    "All else at working values. Colour: whose report comes first, and by how much{line}.{own} Colours end at the "
    "size that nine in ten cells do not exceed."
)
LINE_NOTE, CROSS_NOTE = "; white, and the line: the two are equal", " Cross: the working values."
CASES_NOTE = (
    "A row a case, in the order of the file. Line through a dot: the noise at the 95 % level; grey: the band over "
    "settings."
)
MOST_NAMED = 12
MOST_LETTERS = 18  # of a tick
BESIDE = 0.12  # of the axis, beside its first and last dot
MOST_CASES = 40
FULL = 0.9  # the share of cells whose differences are within the colours
TICKS = 6
ACROSS, UP = 0.8, 3.0  # of the page, and inches: the longest names of axes
SIDE = 0.6  # of the page, the longest title within the axes


def draw(title: str, swept: Swept, run: str) -> Figure:
    """The figure of a sweep, whatever was varied."""
    grid = swept.plan.grid
    if grid.names:
        return _cases(swept, title, run)
    return _curve(swept, title, run) if len(grid.axes) == 1 else _map(swept, title, run)


def _curve(swept: Swept, title: str, run: str) -> Figure:
    (axis,) = swept.plan.grid.axes
    figure = new_figure(3.1)
    axes = figure.subplots()
    x, scale = positions(axis), swept.plan.measure.to_axis
    whole, (low, high) = scale * swept.difference[0], noise(swept.difference)
    is_line = axis.is_curve and not is_counted(axis)
    if is_line:
        axes.fill_between(x, scale * swept.low, scale * swept.high, color=GRID, zorder=1)
        axes.fill_between(x, scale * low, scale * high, color=MUTED, zorder=2.5)
        axes.plot(x, whole, color=INK, linewidth=1.6, zorder=3)
        for at in crossings(swept):
            axes.plot([float(_shown(axis, at))], [0], "o", color=INK, markersize=7, zorder=5)
    else:
        axes.vlines(x, scale * swept.low, scale * swept.high, color=GRID, linewidth=16, zorder=1)
        axes.errorbar(x, whole, [whole - scale * low, scale * high - whole], fmt="o", color=INK, zorder=3)
    axes.axhline(0, color=INK, linewidth=1.3, zorder=2)
    own = own_number(swept.plan.scenario, axis)
    has_own = axis.is_curve and own is not None and axis.numbers[0] <= own <= axis.numbers[-1]
    if has_own and own is not None:
        axes.axvline(float(_shown(axis, own)), color=QUIET, linewidth=1.2, linestyle=":", zorder=2)
    _scale_axis(axes, axis, "x")
    if not is_line:
        axes.set_xlim(x[0] - BESIDE * (x[-1] - x[0] or 1), x[-1] + BESIDE * (x[-1] - x[0] or 1))
    axes.margins(y=0.15)
    axes.set_xlabel(_label(swept, axis, ACROSS * line_room()), fontsize=BODY)
    axes.set_ylabel(_difference_label(swept.plan.measure), fontsize=BODY)
    plain(axes, keep=("bottom", "left"))
    _sides(axes, swept)
    band = BAND_NOTE.format(n=swept.plan.n_band_settings) if swept.has_band else ""
    mark, about = ("Line", "about") if is_line else ("Dot", "through")
    note = CURVE_NOTE.format(mark=mark, about=about, own=OWN_NOTE if has_own else "", band=band)
    return finish(figure, title, note, f"{swept.plan.scenario.name}: {run}")


def _map(swept: Swept, title: str, run: str) -> Figure:
    across, up = swept.plan.grid.axes
    figure = new_figure(4.3)
    axes = figure.subplots()
    values = swept.plan.measure.to_axis * swept.difference[0].reshape(len(across.texts), len(up.texts)).T
    known = np.abs(values[~np.isnan(values)])
    most = float(np.quantile(known, FULL)) if len(known) else 0.0
    (below, left), (above, right) = _by_side(swept)
    shades = LinearSegmentedColormap.from_list("arms", [left, "white", right])
    norm = TwoSlopeNorm(0, -(most or 1.0), most or 1.0)
    x, y = positions(across), positions(up)
    image = axes.pcolormesh(_edges(x, across.is_log), _edges(y, up.is_log), values, cmap=shades, norm=norm, zorder=1)
    has_line = across.is_curve and up.is_curve and np.nanmin(values, initial=0) < 0 < np.nanmax(values, initial=0)
    if has_line:
        axes.contour(x, y, values, levels=[0], colors=[INK], linewidths=2, zorder=3)
    own = [own_number(swept.plan.scenario, axis) for axis in (across, up)]
    has_cross = None not in own and across.is_curve and up.is_curve
    if has_cross and own[0] is not None and own[1] is not None:
        axes.plot([_shown(across, own[0])], [_shown(up, own[1])], "+", color=INK, markersize=14, markeredgewidth=2.5)
    for axis, which in ((across, "x"), (up, "y")):
        _scale_axis(axes, axis, which)
    axes.set_xlabel(_label(swept, across, ACROSS * line_room()), fontsize=BODY)
    axes.set_ylabel(_label(swept, up, UP), fontsize=BODY)
    bar = figure.colorbar(image, ax=axes, location="top", shrink=0.9, aspect=32, extend="both")
    better, unit = ("more", "percentage points in time") if swept.plan.measure.is_share else ("faster", "minutes")
    bar.set_label(f"◄ {below} {better}    {unit}    {above} {better} ►", fontsize=BODY)
    bar.ax.tick_params(labelsize=SMALL)
    plain(axes, keep=("bottom", "left"))
    axes.grid(visible=False)
    note = MAP_NOTE.format(line=LINE_NOTE if has_line else "", own=CROSS_NOTE if has_cross else "")
    return finish(figure, title, note, f"{swept.plan.scenario.name}: {run}")


def _cases(swept: Swept, title: str, run: str) -> Figure:
    names = swept.plan.grid.names[:MOST_CASES]
    n, scale = len(names), swept.plan.measure.to_axis
    figure = new_figure(0.75 + 0.22 * n)
    axes = figure.subplots()
    whole, (low, high) = scale * swept.difference[0], noise(swept.difference)
    (_, left), (_, right) = _by_side(swept)
    for row in range(n):
        axes.plot([scale * swept.low[row], scale * swept.high[row]], [-row, -row], color=GRID, linewidth=8, zorder=1)
        colour = left if whole[row] < 0 else right
        axes.plot([scale * low[row], scale * high[row]], [-row, -row], color=colour, linewidth=2.5, zorder=3)
        axes.plot([whole[row]], [-row], "o", color=colour, markersize=6, zorder=4)
    axes.axvline(0, color=INK, linewidth=1.3, zorder=2)
    axes.set_yticks([-row for row in range(n)], list(names))
    axes.set_ylim(-n + 0.4, 0.6)
    axes.set_xlabel(_difference_label(swept.plan.measure), fontsize=BODY)
    plain(axes)
    n_left = len(swept.plan.grid.names) - n
    note = f"{CASES_NOTE}{f' {n_left} further cases are in the sheet.' if n_left else ''}"
    return finish(figure, title, note, f"{swept.plan.scenario.name}: {run}")


def positions(axis: Axis) -> NDArray[np.float64]:
    """Where the values of an axis are drawn: as numbers in readable units, or one beside the other."""
    if axis.is_curve:
        return _shown(axis, axis.numbers)
    return np.arange(len(axis.texts), dtype=float)


def is_counted(axis: Axis) -> bool:
    """Whether its values are a few plain numbers, between which there is nothing."""
    return axis.kind == "number" and len(axis.numbers) <= MOST_NAMED and all(n == int(n) for n in axis.numbers)


def words_of(text: str) -> str:
    """A choice as people say it: what a file writes as names of stages, without its brackets and underscores."""
    plain_text = re.sub(r"\w+", lambda name: in_words(name[0]), re.sub(r"[\[\]{}\"']", "", text))
    return plain_text if len(plain_text) <= MOST_LETTERS else f"{plain_text[:MOST_LETTERS]}…"


def _shown(axis: Axis, numbers: np.typing.ArrayLike) -> NDArray[np.float64]:
    return np.asarray(numbers, float) * ON_AXES[axis.kind or "number"][0]


def _scale_axis(axes: Axes, axis: Axis, which: str) -> None:
    """Logarithmic with ticks that people say, straight, or a name a value."""
    set_ticks = axes.set_xticks if which == "x" else axes.set_yticks
    x = positions(axis)
    if not axis.is_curve:
        step = math.ceil(len(x) / MOST_NAMED)
        set_ticks(x[::step].tolist(), [text if axis.numbers else words_of(text) for text in axis.shown[::step]])
        return
    if axis.is_log:
        (axes.set_xscale if which == "x" else axes.set_yscale)("log")
        every = [digit * 10.0**power for power in range(-6, 7) for digit in (1, 2, 5)]
        ticks = [tick for tick in every if x[0] <= tick * 1.0001 and tick <= x[-1] * 1.0001]
        ticks = ticks[:: math.ceil(len(ticks) / TICKS)] if ticks else [x[0], x[-1]]
        set_ticks(ticks, [f"{tick:g}" for tick in ticks])
        set_ticks([], minor=True)
    elif axis.kind == "number" and len(x) <= MOST_NAMED:  # servers and attempts are whole
        set_ticks(x.tolist(), [f"{value:g}" for value in x])
    (axes.set_xlim if which == "x" else axes.set_ylim)(x[0], x[-1])


def _edges(x: Floats, is_log: bool) -> Floats:
    """The edges of cells about their middles."""
    along = np.log(x) if is_log else x
    if len(along) < 2:
        return np.array([x[0] - 0.5, x[0] + 0.5])
    middle = (along[:-1] + along[1:]) / 2
    edges = np.concatenate([[2 * along[0] - middle[0]], middle, [2 * along[-1] - middle[-1]]])
    return np.exp(edges) if is_log else edges


def _label(swept: Swept, axis: Axis, room: float) -> str:
    unit = ON_AXES[axis.kind][1] if axis.is_curve and axis.kind else ""
    said = name(swept.plan.scenario, axis.path).removeprefix("the ")
    ending = f", {unit}" if unit else ""
    whole = said if len(said) < 45 else short_name(swept.plan.scenario, axis.path)
    return f"{shortened(whole, BODY, room - inches(ending, BODY))}{ending}"


def _difference_label(measure: Measure) -> str:
    what = {Measure.P50: "difference of medians", Measure.P95: "difference at p95"}.get(measure, "difference")
    return f"{what}, {measure.axis_unit}"


def _by_side(swept: Swept) -> tuple[tuple[str, str], tuple[str, str]]:
    """Title and colour of the arm that is better below zero, and of the one that is above."""
    scenario = swept.plan.scenario
    colours = arm_colours(scenario)
    first, second = ((scenario.arm(arm).title, colours[arm]) for arm in swept.plan.pair)
    return (second, first) if swept.plan.measure.favours_first(1) else (first, second)


def _sides(axes: Axes, swept: Swept) -> None:
    """Whose side is above zero and whose below."""
    better = "more often in time" if swept.plan.measure.is_share else "faster"
    below, above = _by_side(swept)
    bottom, top = axes.get_ylim()
    for y, va, side, (said, colour) in ((0.985, "top", 1, above), (0.015, "bottom", -1, below)):
        if bottom < 0 < top or (side > 0) == (top > 0):
            words = f"{shortened(said, BODY, SIDE * line_room())} {better}"
            axes.text(
                0.015, y, words, transform=axes.transAxes, va=va, fontsize=BODY, color=colour, bbox=PLATE, zorder=6
            )
