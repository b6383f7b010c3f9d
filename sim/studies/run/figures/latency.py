"""Who has been told by when: the share of launches reported, inside what is not known."""

from __future__ import annotations

from itertools import combinations, cycle
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, PercentFormatter
from numpy.typing import NDArray

from sim.analysis.curves import share_by, shares_by, span_us
from sim.analysis.tally import AT_TYPICAL
from sim.model.scenario import Arm
from sim.plots.colours import QUIET
from sim.plots.labels import Box, DrawnCurve, best_box, box_beside
from sim.plots.measure import inches, lines
from sim.plots.style import BODY, PLATE, SMALL, WIDTH, deadline_line, deadline_words, finish, new_figure, plain
from sim.say.findings import NOT_A_PROBABILITY, deadline_name
from sim.say.numbers import share_text
from sim.studies.run.view import View, colours, deadlines, small_print
from sim.units import US_PER_MINUTE, minutes

Minutes = NDArray[np.float64]

TICKS = (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
N_POINTS = 400
MOST_PANELS, MOST_DEADLINES = 4, 3
PANEL = 1.6  # inches
LINE = 0.23  # inches of a panel that a line of a label takes
TOP = 1.06
PAD = 0.02
LABEL = 1.75  # inches, the longest line of a label
AXES = 0.86  # of the figure's width, a panel
DASHES: tuple[Any, ...] = ("-", (0, (4, 1)), (0, (1.2, 0.8)), (0, (5, 1, 1, 1)))  # so that equal curves both show
MOST_ARRIVE = 0.995
AS_ONE = 0.01  # of the height, two curves that look like one
MOST_IN_KEY = 24  # letters of a name, on average, where two stand in a row
OFF_CURVE = 0.08
NOTE = (
    "Line: placeholder values; it ends at the share that arrives. Shade: lowest to highest over the settings of what "
    f"is not known. {NOT_A_PROBABILITY}"
)


def draw(view: View) -> Figure:
    """Curves end at the share that arrives; shade is the envelope over the settings."""
    panels = panels_of(view)
    figure = new_figure(1.5 + len(panels) * panel_inches(view, panels))
    every = np.atleast_1d(figure.subplots(len(panels), 1, sharex=True))
    grid = grid_of(view)
    for number, (axes, (name, arms)) in enumerate(zip(every, panels, strict=True)):
        panel(axes, view, arms, grid, is_first=number == 0)
        axes.set_title(name, loc="left", fontsize=BODY)
    every[-1].set_xlabel("minutes from launch (log scale)", fontsize=BODY)
    figure.supylabel("share of launches reported", fontsize=BODY)
    return finish(figure, title(view), NOTE, small_print(view))


def title(view: View) -> str:
    """Who is there by the deadline: the first pair, and the best of the others."""
    shares = {arm.name: result.in_time for arm, result in view.pairs() if arm.name != view.scenario.baseline}
    names = list(view.results.contrasts[0:1] and (view.results.contrasts[0].a, view.results.contrasts[0].b))
    if not names or any(share is None for share in shares.values()):
        return "When Seoul's report reaches Tokyo"
    estimates = {name: share.estimate for name, share in shares.items() if share}
    best = max(estimates, key=lambda name: estimates[name])
    shown = [name for name in (*names, *([] if best in names else [best])) if name in estimates]
    said = [f"{view.scenario.arm(name).title} {share_text(estimates[name])}" for name in shown]
    return f"By {deadline_name(view.scenario)}, at placeholder values: {'; '.join(said)}"


def panels_of(view: View) -> list[tuple[str, list[Arm]]]:
    """The arms by mode, the baseline in every panel; one panel where modes are not stated."""
    baseline = [arm for arm in view.scenario.arms if arm.name == view.scenario.baseline]
    others = [arm for arm in view.scenario.arms if arm.name != view.scenario.baseline]
    modes = list(dict.fromkeys(arm.mode for arm in others))
    if len(modes) == 1 or len(modes) > MOST_PANELS or "" in modes:
        return [("", [*baseline, *others])]
    return [(mode, [*baseline, *(arm for arm in others if arm.mode == mode)]) for mode in modes]


def panel_inches(view: View, panels: list[tuple[str, list[Arm]]]) -> float:
    """How high a panel is, with its name: one alone, or one with many arms, has more room for their names."""
    return PANEL * max(len(panels), 1.4, len(view.scenario.arms) / len(panels) / 2.5) / len(panels)


def grid_of(view: View) -> Minutes:
    """Times at which the curves are drawn, minutes, evenly spread in the logarithm."""
    span = span_us(view.tally, tuple(arm.name for arm in view.scenario.arms), 0.001, 0.998)
    low, high = (end / US_PER_MINUTE for end in span) if span else (1, 10)
    marks = [minutes(deadline.after_us) for deadline in deadlines(view)]
    return np.geomspace(max(min([low, *marks]) * 0.45, 0.05), max([high, *marks]) * 1.6, N_POINTS)


def panel(axes: Axes, view: View, arms: list[Arm], grid: Minutes, *, is_first: bool) -> Axes:
    """One panel: curves, envelopes, deadlines, and names; those of baseline and deadlines in the first alone."""
    colour, baseline, times = colours(view), view.scenario.baseline, grid * US_PER_MINUTE
    curves = {arm.name: share_by(view.tally, AT_TYPICAL, arm.name, times) for arm in arms}
    styles = dict(zip((arm.name for arm in arms if arm.name != baseline), cycle(DASHES), strict=False))
    for arm in arms:
        if arm.name != baseline:
            envelope = shares_by(view.tally, arm.name, times)
            axes.fill_between(grid, envelope.min(0), envelope.max(0), color=colour[arm.name], alpha=0.14, linewidth=0)
        width = 1.6 if arm.name == baseline else 2.3
        style = styles.get(arm.name, "-")
        axes.plot(grid, curves[arm.name], linestyle=style, color=colour[arm.name], linewidth=width, label=arm.title)
    places = {name: DrawnCurve(np.linspace(0, 1, N_POINTS), curve / TOP) for name, curve in curves.items()}
    line = LINE / panel_inches(view, panels_of(view))
    taken = mark_deadlines(axes, view, grid, list(places.values()), line, is_named=is_first)
    named = [(arm.title, places[arm.name], colour[arm.name]) for arm in arms if is_first or arm.name != baseline]
    label_curves(axes, named, list(places.values()), taken, line)
    note_missing(axes, view, arms)
    return decorate(axes, grid)


def mark_deadlines(
    axes: Axes, view: View, grid: Minutes, curves: list[DrawnCurve], line: float, *, is_named: bool
) -> list[Box]:
    """The deadlines as lines; where their names stand, a line so high a share of the axes."""
    taken: list[Box] = []
    for deadline in deadlines(view)[:MOST_DEADLINES]:
        at = float(np.log(minutes(deadline.after_us) / grid[0]) / np.log(grid[-1] / grid[0]))
        size = inches(deadline_words(deadline), BODY) / (WIDTH * AXES), line
        box = box_beside(at, size, curves, taken)
        deadline_line(axes, deadline, box.bottom, is_left=box.left < at, is_named=is_named)
        taken += [box] if is_named else []
    return taken


def label_curves(
    axes: Axes, named: list[tuple[str, DrawnCurve, str]], curves: list[DrawnCurve], taken: list[Box], line: float
) -> None:
    """The names of curves beside them, where they hide least; in a key where they would hide each other, or where two
    curves are one. A line is so high a share of the axes."""
    boxes: list[tuple[list[str], Box]] = []
    for title, curve, _ in named:
        ways = ways_to_break(title)
        others = [other for other in curves if other is not curve]
        written = [*taken, *(box for _, box in boxes)]
        chosen, box = best_box(curve, [size_of(way, line) for way in ways], others, written)
        boxes.append((ways[chosen], box))
    is_crowded = any(a.overlaps(b) for (_, a), (_, b) in combinations(boxes, 2))
    if is_crowded or any(np.abs(a.y - b.y).max() < AS_ONE for (_, a, _), (_, b, _) in combinations(named, 2)):
        key(axes, [title for title, _, _ in named])
        return
    for (said, box), (_, _, colour) in zip(boxes, named, strict=True):
        axes.text(
            box.left + box.width / 2,
            box.bottom + box.height / 2,
            "\n".join(said),
            transform=axes.transAxes,
            color=colour,
            ha="center",
            va="center",
            fontsize=BODY,
            fontweight="bold",
            linespacing=1.0,
            bbox=PLATE,
            zorder=7,
        )


def key(axes: Axes, titles: list[str]) -> None:
    """The names of curves with their lines, above them: beside curves that coincide there is no room."""
    lines = {str(line.get_label()): line for line in axes.get_lines()}
    axes.legend(
        [lines[title] for title in titles],
        titles,
        loc="lower left",
        bbox_to_anchor=(0, 1.1 if axes.get_title("left") else 1.02),
        ncols=2 if sum(map(len, titles)) < MOST_IN_KEY * len(titles) else 1,
        fontsize=BODY - 0.5,
        frameon=False,
        borderpad=0,
        columnspacing=1.0,
    )


def ways_to_break(title: str) -> list[list[str]]:
    """A name on as few lines as it may be, and on one more."""
    few = lines(title, BODY, LABEL, is_bold=True)
    room = 1.3 * inches(title, BODY, is_bold=True) / (len(few) + 1)
    return [few, lines(title, BODY, room, is_bold=True)]


def size_of(said: list[str], line: float) -> tuple[float, float]:
    """Width and height of a name, in shares of the axes."""
    return max(inches(words, BODY, is_bold=True) for words in said) / (WIDTH * AXES) + PAD, line * len(said)


def note_missing(axes: Axes, view: View, arms: list[Arm]) -> None:
    """The share of launches that is never reported, below the end of its curve; above it where that is the axis."""
    others = [arm for arm in arms if arm.name != view.scenario.baseline]
    ends = dict.fromkeys(view.results.arm(arm.name).arrives.estimate for arm in others)
    for end in ends:
        if end < MOST_ARRIVE:
            said = f"{share_text(1 - end)} never"
            is_low = end < 2 * OFF_CURVE
            axes.text(
                0.995,
                (end + (2 * OFF_CURVE if is_low else -OFF_CURVE)) / TOP,
                said,
                transform=axes.transAxes,
                ha="right",
                va="bottom" if is_low else "top",
                fontsize=SMALL,
                color=QUIET,
                bbox=PLATE,
                zorder=6,
            )


def decorate(axes: Axes, grid: Minutes) -> Axes:
    """Plain minutes on a log axis, shares on the other."""
    axes.set_xscale("log")
    axes.set_xlim(grid[0], grid[-1])
    minute_ticks(axes, grid[0], grid[-1])
    axes.set_ylim(0, TOP)
    axes.set_yticks([0, 0.5, 1])
    axes.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    return plain(axes, keep=("bottom", "left"))


def minute_ticks(axes: Axes, low: float, high: float) -> None:
    """Round minutes on a logarithmic axis."""
    axes.set_xticks([tick for tick in TICKS if low <= tick <= high])
    axes.set_xticks([], minor=True)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}"))
