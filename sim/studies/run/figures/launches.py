"""Several launches, of one scenario or of many: a row a launch, arms as marks, what is not known as lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.launches import LaunchMedian, launch_medians
from sim.model.launch import LaunchEntry
from sim.model.scenario import Arm
from sim.plots.colours import GRID, INK, colours_of
from sim.plots.style import BODY, WIDTH, finish, new_figure, plain
from sim.say.findings import NOT_A_PROBABILITY
from sim.studies.run.figures.latency import minute_ticks
from sim.studies.run.titles import title_of_all, title_of_one
from sim.studies.run.view import View, small_print, small_print_of_all
from sim.studies.sight.find import first_sights
from sim.units import minutes

MOST_ROWS = 40
ARM, GAP = 0.13, 0.3  # inches: an arm of a row, and the name of the row
LEAST_ARM, LEAST_GAP = 0.085, 0.2  # where there are many rows
MOST_HEIGHT = 1.4 * WIDTH  # of the figure, if rows need not be thinner for it than that
ABOVE_AND_BELOW = 1.6
BELOW_NAME = 0.03  # inches, the sights
KEY = 0.2  # inches, a line of the key
NOTE = (
    "Mark: median at placeholder values. Line: lowest to highest over the settings of what is not known. Black tick: "
    f"deadline. {NOT_A_PROBABILITY}"
)
MARKS = (("o", True), ("o", False), ("D", True), ("s", False))
SIDES = {"seoul": ("Seoul sees it first (geometry)", "^"), "tokyo": ("Tokyo sees it first (geometry)", "v")}


@dataclass(frozen=True)
class Look:
    """How an arm is drawn: its place in a row, colour, mark, and whether the mark is filled."""

    place: int
    title: str
    colour: str
    mark: str
    is_filled: bool


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
    looks = looks_of(views, first=1 if sides else 0)
    n_lines, n_in_row = math.ceil((len(looks) + len(sides)) / 2), len(looks) + bool(sides)
    around = ABOVE_AND_BELOW + KEY * n_lines
    spacing = spacing_of(n_in_row, len(rows), MOST_HEIGHT - around)
    step = spacing.step(n_in_row)
    figure = new_figure(around + step * len(rows))
    key_axes, axes = figure.subplots(2, 1, height_ratios=[KEY * n_lines, step * len(rows)])
    key(key_axes, list(looks.values()), sides, n_lines)
    medians = {view: launch_medians(view.scenario, view.tally) for view in views}
    for number, row in enumerate(rows):
        draw_row(axes, row, -number * step, spacing, medians[row.view], looks)
        draw_sights(axes, sights[number], -number * step - spacing.gap - BELOW_NAME)
    axes.set_xscale("log")
    axes.set_ylim(-len(rows) * step, 0.06)
    minute_ticks(axes, *axes.get_xlim())
    axes.set_yticks([])
    axes.set_xlabel("median minutes from each launch (log scale)", fontsize=BODY)
    plain(axes)
    runs = [(view.scenario, view.results) for view in views]
    said = title_of_one(views[0].scenario, medians[views[0]]) if len(views) == 1 else title_of_all(runs)
    small = map(small_print, views) if len(views) == 1 else small_print_of_all(views)
    return finish(figure, said, NOTE, *small)


def spacing_of(n_arms: int, n_rows: int, room: float) -> Spacing:
    """Wide rows where so many fit into the room, inches; else as thin as that takes, within limits."""
    wide, thin = Spacing(ARM, GAP), Spacing(LEAST_ARM, LEAST_GAP)
    least, most = thin.step(n_arms), wide.step(n_arms)
    share = min(max((room / n_rows - least) / (most - least), 0.0), 1.0)
    return Spacing(*(low + share * (high - low) for low, high in ((thin.arm, wide.arm), (thin.gap, wide.gap))))


def rows_of(view: View, *, is_alone: bool) -> list[DrawnRow]:
    """The launches of a run, named so that they can be told apart among all."""
    names, scenario = view.scenario.real.launch_names(), view.scenario.name
    if is_alone or names[0].startswith(scenario):
        return [DrawnRow(name, view, launch) for launch, name in enumerate(names)]
    if len(names) == 1:
        return [DrawnRow(scenario, view, 0)]
    return [DrawnRow(f"{scenario}: {name}", view, launch) for launch, name in enumerate(names)]


def looks_of(views: Sequence[View], first: int) -> dict[tuple[str, str], Look]:
    """A look for every arm of any run, by its name and title, the first at a place in its row; one colour more than
    once has different marks."""
    arms: dict[tuple[str, str], Arm] = {}
    for view in views:
        for arm in view.scenario.arms:
            arms.setdefault((arm.name, arm.title), arm)
    colours = colours_of(list(arms.values()), [view.scenario.baseline for view in views])
    looks = {}
    for place, ((name, title), colour) in enumerate(zip(arms, colours, strict=True)):
        mark, is_filled = MARKS[colours[:place].count(colour) % len(MARKS)]
        looks[name, title] = Look(first + place, title, colour, mark, is_filled)
    return looks


def key(axes: Axes, looks: Sequence[Look], sides: Sequence[str], n_lines: int) -> Axes:
    """Who sees it and the arms by name, with their marks, in two columns."""
    for place, look in enumerate([*(side_look(side) for side in sides), *looks]):
        column, line = divmod(place, n_lines)
        x, y = 0.02 + 0.5 * column, -line
        dot(axes, x, y, look)
        axes.text(x + 0.025, y, look.title, va="center", ha="left", fontsize=BODY, color=look.colour)
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
) -> None:
    """The name of a launch, its deadline, and a line for each arm that its run has; y in inches."""
    place = axes.get_yaxis_transform()
    axes.text(0, top, row.name, transform=place, va="top", ha="left", fontsize=BODY, color=INK)
    first = top - spacing.gap
    bottom = first - spacing.arm * (max(look.place for look in looks.values()) + 0.5)
    axes.axhline(bottom - 0.03, color=GRID, linewidth=0.8)
    deadline = row.entry.deadline
    if deadline:
        axes.plot([minutes(deadline.after_us)] * 2, [first + 0.06, bottom], color=INK, linewidth=1.6, zorder=1.5)
    for median in medians:
        if median.launch == row.launch and not math.isnan(median.p50_us):
            look = looks[median.arm, row.view.scenario.arm(median.arm).title]
            draw_median(axes, median, first - spacing.arm * look.place, look)


def side_look(side: str) -> Look:
    """How the first sight of a side is drawn."""
    said, mark = SIDES[side]
    return Look(0, said, INK, mark, is_filled=False)


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
    face = look.colour if look.is_filled else "white"
    axes.plot([x], [y], look.mark, color=look.colour, markerfacecolor=face, markersize=5, zorder=3)
