"""Where two arms are equal: a row a value, or the curve of the difference over one of them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.measures import Measure
from sim.model.ranges import Range
from sim.model.scenario import Scenario
from sim.plots.colours import GRID, INK, QUIET, arm_colours
from sim.plots.measure import inches, shortened, side_by_side
from sim.plots.style import BODY, PLATE, SMALL, finish, line_room, new_figure, plain
from sim.say.measures import is_told_apart, names, side_words
from sim.say.numbers import grade_text, list_text
from sim.say.values import Value
from sim.studies.breakeven.crossings import BreakEven, BreakEvens
from sim.studies.breakeven.curves import Curve
from sim.studies.breakeven.say import range_text, turned_text
from sim.units import ON_AXES

MOST_ROWS = 10
ROW, HEIGHT, NAME = 0.68, 0.2, 0.22  # inches: a row, its bar, its name above that
KEY = 0.32  # inches
MOST_LISTED = 3
SIDE = 0.6  # of the page, the longest title within the axes
ROWS_NOTE = (
    "A bar: the range of one value, evenly in the logarithm where possible, the others at working values (▼). "
    "Upright: where the two are equal, about it the noise at the 95 % level. A range is no distribution."
)
CURVE_NOTE = (
    "All else at working values, dotted. Grey about the curve: the noise at the 95 % level; upright grey: what it "
    "makes of the break-even. A range is no distribution."
)


def draw(title: str, scenario: Scenario, every: BreakEvens, run: str) -> Figure:
    """A row a value that turns the answer, most easily turned first; if none does, those that come nearest."""
    shown = (every.turning or every.found)[:MOST_ROWS]
    figure = new_figure(KEY + ROW * len(shown))
    axes = figure.subplots()
    known, colours = names(scenario), _colours(scenario, every)
    edges = _edges([known[one.range.path] for one in shown])
    for row, one in enumerate(shown):
        _row(axes, known[one.range.path], one, every.measure, colours, -row * ROW, edges)
    axes.set_ylim(-len(shown) * ROW + 0.1, 0.1)
    axes.set_xlim(*edges)
    axes.set_xticks([])
    axes.set_yticks([])
    plain(axes, keep=())
    _legend(axes, scenario, every, colours)
    notes = (_others(scenario, every, len(shown)), ROWS_NOTE, f"{scenario.name}: {run}")
    return finish(figure, title, *filter(None, notes))


def _colours(scenario: Scenario, every: BreakEvens) -> tuple[str, str]:
    found = arm_colours(scenario)
    return found[every.a], found[every.b]


def _others(scenario: Scenario, every: BreakEvens, n_shown: int) -> str:
    known = names(scenario)
    rest = [known[one.range.path].name for one in every.found[n_shown:]]
    if not rest:
        return ""
    if len(rest) > MOST_LISTED:
        return f"Within their ranges {len(rest)} other values alone turn nothing." if every.turning else ""
    return f"{'Within their ranges these alone turn nothing' if every.turning else 'Nor do these'}: {list_text(rest)}."


def _edges(values: Sequence[Value]) -> tuple[float, float]:
    """Where the axes end, in lengths of a bar, so that the ends of all ranges stand beside the bars."""
    left, right = (
        max(inches(value.text(getattr(value.range, end)), SMALL) for value in values) + 0.1 for end in ("low", "high")
    )
    bar = line_room() - left - right
    return -left / bar, 1 + right / bar


def _row(
    axes: Axes,
    value: Value,
    one: BreakEven,
    measure: Measure,
    colours: tuple[str, str],
    top: float,
    edges: tuple[float, float],
) -> None:
    """A row from a height in inches down: name and break-even, below them the bar between the ends of the range."""
    y = top - NAME - HEIGHT / 2 - 0.1
    for left, right, colour in _pieces(one, measure, colours):
        axes.barh(y, right - left, left=left, height=HEIGHT, color=colour, zorder=2)
    for crossing in one.crossings:
        low, high = (_position(one.range, end) for end in (crossing.at.low, crossing.at.high))
        axes.barh(y, high - low, left=low, height=HEIGHT, color=GRID, zorder=3)
        at = _position(one.range, crossing.at.estimate)
        axes.plot([at, at], [y - 0.16, y + 0.16], color=INK, linewidth=2.2, zorder=5, solid_capstyle="butt")
    typical = _position(one.range, one.range.typical)
    axes.plot([typical], [y + HEIGHT / 2 + 0.045], "v", color=INK, markersize=5, zorder=6)
    said = turned_text(value, one) if one.crossings else f"never: {range_text(measure, one)}"
    _write(axes, edges[1], top, said, "right", is_name=True)
    grade = f" ({grade_text(value.grade)})" if value.grade else ""
    least, middle, most = (value.text(end) for end in (one.range.low, one.range.typical, one.range.high))
    room = line_room() - inches(said, BODY) - 0.15
    heads = (f"{value.short}{grade}, ▼ {middle}", f"{value.short}, ▼ {middle}", f"{value.short}{grade}")
    head = next((head for head in heads if inches(head, BODY) < room), shortened(value.short, BODY, room))
    _write(axes, edges[0], top, head, "left", is_name=True)
    _write(axes, edges[0], y, least, "left", is_name=False)
    _write(axes, edges[1], y, most, "right", is_name=False)


def _pieces(one: BreakEven, measure: Measure, colours: tuple[str, str]) -> list[tuple[float, float, str]]:
    """The range in pieces: from, to, and the colour of the arm that is better there; quiet where noise hides it."""
    if not one.crossings:
        at = one.at_typical
        return [(0.0, 1.0, colours[not measure.favours_first(at.estimate)] if is_told_apart(at) else GRID)]
    found, left = [], 0.0
    sides = [-1 if crossing.is_rising else 1 for crossing in one.crossings]
    ends = [*(_position(one.range, crossing.at.estimate) for crossing in one.crossings), 1.0]
    for side, right in zip([*sides, -sides[-1]], ends, strict=True):
        found.append((left, right, colours[not measure.favours_first(side)]))
        left = right
    return found


def _position(found: Range, value: float) -> float:
    """Where a value lies in its range, 0 to 1."""
    inside = min(max(value, found.low), found.high)
    if found.is_log:
        return math.log(inside / found.low) / math.log(found.high / found.low)
    return (inside - found.low) / (found.high - found.low)


def _write(axes: Axes, x: float, y: float, said: str, side: str, *, is_name: bool) -> None:
    size, colour, va = (BODY, INK, "top") if is_name else (SMALL, QUIET, "center")
    axes.text(x, y, said, ha=side, va=va, fontsize=size, color=colour, zorder=4)


def _legend(axes: Axes, scenario: Scenario, every: BreakEvens, colours: tuple[str, str]) -> None:
    """Which colour is which arm's, above the rows."""
    better = side_words(every.measure, every.measure.better)
    titles = [f"■ {scenario.arm(arm).title}" for arm in (every.a, every.b)]
    both = side_by_side(titles, better, BODY, line_room())
    for said, colour, at, side in zip(both, colours, (0.0, 1.0), ("left", "right"), strict=True):
        axes.text(at, 1.0, said, transform=axes.transAxes, ha=side, va="bottom", fontsize=BODY, color=colour)


def draw_curve(title: str, scenario: Scenario, every: BreakEvens, curve: Curve, run: str) -> Figure:
    """The difference against one value, with its noise, and where it meets zero."""
    one, value = every.found[0], names(scenario)[curve.range.path]
    figure = new_figure(3.1)
    axes = figure.subplots()
    known, colours = curve.known(), _colours(scenario, every)
    x, scale = _x(value, known.values), every.measure.to_axis
    low, high = (np.where(np.isfinite(end), scale * end, np.nan) for end in known.ends())
    axes.fill_between(x, low, high, color=GRID, zorder=1.5)
    axes.plot(x, scale * known.differences[0], color=INK, linewidth=2, zorder=3)
    axes.axhline(0, color=INK, linewidth=1.3, zorder=2)
    axes.axvline(float(_x(value, one.range.typical)), color=QUIET, linewidth=1.2, linestyle=":", zorder=2)
    for crossing in one.crossings:
        ends = (min(max(end, one.range.low), one.range.high) for end in (crossing.at.low, crossing.at.high))
        axes.axvspan(*(float(_x(value, end)) for end in ends), color=GRID, zorder=1)
        axes.plot([float(_x(value, crossing.at.estimate))], [0], "o", color=INK, markersize=7, zorder=5)
    if curve.range.is_log:
        _logarithmic(axes, value, one.range)
    axes.set_xlim(float(_x(value, one.range.low)), float(_x(value, one.range.high)))
    axes.margins(y=0.15)
    unit = _unit(value)
    label = shortened(value.name, BODY, SIDE * line_room() - inches(unit, BODY))
    axes.set_xlabel(f"{label}{unit}", fontsize=BODY)
    axes.set_ylabel(f"difference, {every.measure.axis_unit}", fontsize=BODY)
    plain(axes, keep=("bottom", "left"))
    _sides(axes, scenario, every, colours)
    return finish(figure, title, CURVE_NOTE, f"{scenario.name}: {run}")


def _sides(axes: Axes, scenario: Scenario, every: BreakEvens, colours: tuple[str, str]) -> None:
    """Whose side is above zero and whose below."""
    better = side_words(every.measure, every.measure.better)
    bottom, top = axes.get_ylim()
    for y, va, side in ((0.985, "top", 1), (0.015, "bottom", -1)):
        if bottom < 0 < top or (side > 0) == (top > 0):
            arm, colour = (every.a, colours[0]) if every.measure.favours_first(side) else (every.b, colours[1])
            said = f"{shortened(scenario.arm(arm).title, BODY, SIDE * line_room())} {better}"
            axes.text(
                0.015, y, said, transform=axes.transAxes, va=va, fontsize=BODY, color=colour, bbox=PLATE, zorder=6
            )


def _logarithmic(axes: Axes, value: Value, found: Range) -> None:
    """A logarithmic axis with ticks that people say."""
    axes.set_xscale("log")
    low, high = float(_x(value, found.low)), float(_x(value, found.high))
    ticks = [digit * 10.0**power for power in range(-6, 7) for digit in (1, 2, 5)]
    shown = [tick for tick in ticks if low <= tick * 1.0001 and tick <= high * 1.0001]
    axes.set_xticks(shown, [f"{tick:g}" for tick in shown])
    axes.set_xticks([], minor=True)


def _x(value: Value, found: np.typing.ArrayLike) -> np.typing.NDArray[np.float64]:
    """Values as the axis has them: minutes, per cent, kilometres, plain numbers."""
    return np.asarray(found, float) * ON_AXES[value.kind][0]


def _unit(value: Value) -> str:
    unit = ON_AXES[value.kind][1]
    return f", {unit}" if unit else ""
