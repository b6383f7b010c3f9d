"""Several launches, of one scenario or of many: a row a launch, arms as marks, what is not known as lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import blended_transform_factory

from sim.analysis.launches import LaunchMedian, launch_medians
from sim.model.launch import LaunchEntry
from sim.model.scenario import Arm
from sim.plots.colours import GRID, INK, colours_of
from sim.plots.measure import inches, shortened
from sim.plots.style import BODY, SMALL, finish, line_room, new_figure, plain
from sim.say.findings import NOT_A_PROBABILITY
from sim.studies.run.figures.latency import minute_ticks
from sim.studies.run.titles import title_of_all, title_of_one
from sim.studies.run.view import View, small_print, small_print_of_all
from sim.studies.sight.find import first_sights
from sim.units import minutes

MOST_ROWS = 40
FEW_ROWS = 10  # with the name above each; where there are more it stands beside
ARM, GAP = 0.105, 0.26  # inches: an arm of a row, and the name of the row
LEAST_ARM, LEAST_GAP, LOW_GAP = 0.055, 0.09, 0.22  # where there are many rows, with names beside or above
MOST_NAME = 1.6  # inches, a name beside its row
BELOW = 0.62  # inches: the axis
BELOW_NAME = 0.03  # inches, the sights
KEY, MARK = 0.2, 0.3  # inches: a line of the key, a mark with what is beside it
NOTE = (
    "Mark: median at working values. Line: lowest to highest over settings drawn within the ranges, which the table's "
    f"bands go beyond. Black tick: deadline. {NOT_A_PROBABILITY}"
)
MARKS = (("o", True), ("o", False), ("D", True), ("s", False))
SIDES = {"seoul": ("Seoul sees it first (geometry)", "^"), "tokyo": ("Tokyo sees it first (geometry)", "v")}


@dataclass(frozen=True)
class Look:
    """How an arm is drawn: colour, mark, and whether the mark is filled."""

    title: str
    colour: str
    mark: str
    is_filled: bool

    @property
    def face(self) -> str:
        return self.colour if self.is_filled else "white"


@dataclass(frozen=True)
class Spacing:
    """How much of a row an arm and the name take, inches."""

    arm: float
    gap: float

    def step(self, n_arms: int) -> float:
        """The height of a row."""
        return n_arms * self.arm + self.gap


@dataclass(frozen=True)
class DrawnRow:
    """A launch of a run."""

    name: str
    view: View
    launch: int

    @property
    def entry(self) -> LaunchEntry:
        return self.view.scenario.real.launch_keys()[self.launch][0]

    @property
    def sights(self) -> dict[str, float]:
        """When Seoul and Tokyo can first see it, minutes."""
        found = first_sights(self.view.scenario, self.entry)
        return {owner: minutes(us) for owner, us in found.items() if owner in SIDES}


def draw(view: View) -> Figure | None:
    """The launches of one run; None for a single launch."""
    return draw_all((view,))


def draw_all(views: Sequence[View]) -> Figure | None:
    """The launches of several runs; None for one launch, or for more than can be told apart."""
    rows = [row for view in views for row in rows_of(view, is_alone=len(views) == 1)]
    if not 1 < len(rows) <= MOST_ROWS:
        return None
    sights = [row.sights for row in rows]
    sides = [side for side in SIDES if any(side in found for found in sights)]
    looks = looks_of(views)
    every = [*map(side_look, sides), *looks.values()]
    n_lines = lines_of_key(every)
    is_beside = len(rows) > FEW_ROWS and max(inches(row.name, SMALL) for row in rows) < MOST_NAME
    spacing = spacing_of(len(rows), is_beside=is_beside)
    steps = [spacing.step(len(row.view.arms) + bool(sides)) for row in rows]
    tops = [0.0, *(-float(end) for end in np.cumsum(steps))]
    figure = new_figure(BELOW + KEY * n_lines - tops[-1])
    key_axes, axes = figure.subplots(2, 1, height_ratios=[KEY * n_lines, -tops[-1]])
    key(key_axes, every, n_lines)
    medians = {view: launch_medians(view.scenario, view.tally) for view in views}
    for number, row in enumerate(rows):
        draw_row(axes, row, tops[number], spacing, medians[row.view], looks, first=bool(sides))
        draw_sights(axes, sights[number], tops[number] - spacing.gap - BELOW_NAME)
    axes.set_xscale("log")
    axes.set_ylim(tops[-1], 0.06)
    minute_ticks(axes, *axes.get_xlim())
    name_rows(axes, rows, tops, is_beside=is_beside)
    axes.set_xlabel(f"median minutes from each {views[0].scenario.happening} (log scale)", fontsize=BODY)
    plain(axes)
    runs = [(view.scenario, view.results) for view in views]
    said = title_of_one(views[0].scenario, medians[views[0]]) if len(views) == 1 else title_of_all(runs)
    small = map(small_print, views) if len(views) == 1 else small_print_of_all(views)
    return finish(figure, said, NOTE, *small)


def spacing_of(n_rows: int, *, is_beside: bool) -> Spacing:
    """Wide rows where there are few of them, else thin ones."""
    return Spacing(ARM, GAP) if n_rows <= FEW_ROWS else Spacing(LEAST_ARM, LEAST_GAP if is_beside else LOW_GAP)


def name_rows(axes: Axes, rows: Sequence[DrawnRow], tops: Sequence[float], *, is_beside: bool) -> None:
    """Names above the rows, or beside them."""
    axes.set_yticks([])
    if is_beside:
        axes.set_yticks([(top + end) / 2 for top, end in pairwise(tops)], [row.name for row in rows])
        axes.tick_params(axis="y", length=0)
        return
    place = axes.get_yaxis_transform()
    for row, top in zip(rows, tops, strict=False):
        said = shortened(row.name, BODY, line_room())
        axes.text(0, top - 0.02, said, transform=place, va="top", ha="left", fontsize=BODY, color=INK)


def rows_of(view: View, *, is_alone: bool) -> list[DrawnRow]:
    """The launches of a run, named so that they can be told apart among all."""
    names, scenario = view.scenario.real.launch_names(), view.scenario.name
    if is_alone or names[0].startswith(scenario):
        return [DrawnRow(name, view, launch) for launch, name in enumerate(names)]
    if len(names) == 1:
        return [DrawnRow(scenario, view, 0)]
    return [DrawnRow(f"{scenario}: {name}", view, launch) for launch, name in enumerate(names)]


def looks_of(views: Sequence[View]) -> dict[tuple[str, str], Look]:
    """A look for every arm of any run, by its name and title; one colour more than once has different marks."""
    arms: dict[tuple[str, str], Arm] = {}
    for view in views:
        for arm in view.arms:
            arms.setdefault((arm.name, arm.title), arm)
    colours = colours_of(list(arms.values()), [view.scenario.baseline for view in views])
    looks = {}
    for place, ((name, title), colour) in enumerate(zip(arms, colours, strict=True)):
        mark, is_filled = MARKS[colours[:place].count(colour) % len(MARKS)]
        looks[name, title] = Look(shortened(title, BODY, line_room() - MARK), colour, mark, is_filled)
    return looks


def lines_of_key(looks: Sequence[Look]) -> int:
    """Half as many as there are names, if two stand beside each other."""
    half = math.ceil(len(looks) / 2)
    widest = [max((inches(look.title, BODY) for look in part), default=0.0) for part in (looks[:half], looks[half:])]
    return half if sum(widest) + 2 * MARK < line_room() else len(looks)


def key(axes: Axes, looks: Sequence[Look], n_lines: int) -> Axes:
    """Who sees it and the arms by name, with their marks, in two columns if there is room."""
    place_of = blended_transform_factory(axes.figure.transFigure, axes.transData)
    second = max(inches(look.title, BODY) for look in looks[:n_lines]) + MARK
    for place, look in enumerate(looks):
        column, line = divmod(place, n_lines)
        x, y = 0.02 + column * max(second / line_room(), 0.5 if second < line_room() / 2 else 0.0), -line
        look_of: dict[str, Any] = {"transform": place_of, "color": look.colour}
        axes.plot([x], [y], look.mark, markerfacecolor=look.face, markersize=5, clip_on=False, **look_of)
        axes.text(x + 0.025, y, look.title, va="center", ha="left", fontsize=BODY, **look_of)
    axes.set_xlim(0, 1)
    axes.set_ylim(-n_lines + 0.5, 0.5)
    axes.set_axis_off()
    return axes


def draw_row(
    axes: Axes,
    row: DrawnRow,
    top: float,
    spacing: Spacing,
    medians: Sequence[LaunchMedian],
    looks: dict[tuple[str, str], Look],
    *,
    first: int,
) -> None:
    """The deadlines of a launch, and a line for each arm that its run has, from that place on; y in inches."""
    places = {arm.name: first + place for place, arm in enumerate(row.view.arms)}
    begin = top - spacing.gap
    bottom = begin - spacing.arm * (max(places.values(), default=first) + 0.5)
    axes.axhline(bottom - 0.03, color=GRID, linewidth=0.8)
    for at in sorted({deadline.after_us for arm in row.view.scenario.arms if (deadline := arm.deadline_of(row.entry))}):
        axes.plot([minutes(at)] * 2, [begin + 0.06, bottom], color=INK, linewidth=1.6, zorder=1.5)
    for median in medians:
        if median.launch == row.launch and not math.isnan(median.p50_us):
            look = looks[median.arm, row.view.scenario.arm(median.arm).title]
            draw_median(axes, median, begin - spacing.arm * places[median.arm], look)


def side_look(side: str) -> Look:
    """How the first sight of a side is drawn."""
    said, mark = SIDES[side]
    return Look(said, INK, mark, is_filled=False)


def draw_sights(axes: Axes, sights: dict[str, float], y: float) -> None:
    """When each side can first see a launch."""
    for side, at in sights.items():
        dot(axes, at, y, side_look(side))


def draw_median(axes: Axes, median: LaunchMedian, y: float, look: Look) -> None:
    """One arm and launch."""
    band = [minutes(median.band.low), minutes(median.band.high)]
    axes.plot(band, [y, y], color=look.colour, linewidth=2, alpha=0.35, solid_capstyle="butt")
    dot(axes, minutes(median.p50_us), y, look)


def dot(axes: Axes, x: float, y: float, look: Look) -> None:
    """The mark of an arm."""
    axes.plot([x], [y], look.mark, color=look.colour, markerfacecolor=look.face, markersize=5, zorder=3)
