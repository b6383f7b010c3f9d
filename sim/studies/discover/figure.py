"""Where a condition holds: the limits of a box on the ranges, and the settings over the two that limit most."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.transforms import blended_transform_factory

from sim.analysis.outcomes import Floats
from sim.model.scenario import Scenario
from sim.plots.colours import GRID, HOLDS, INK, MUTED
from sim.plots.measure import inches, shortened
from sim.plots.style import BODY, SMALL, finish, line_room, new_figure, plain
from sim.say.measures import names
from sim.say.numbers import grade_text, unbroken
from sim.say.values import Value
from sim.studies.discover.boxes import Box
from sim.studies.discover.condition import Bools
from sim.studies.discover.find import Found
from sim.studies.discover.say import limit_text

HEIGHT = 0.3
MOST_ROWS = 6
ACROSS, UP = 0.8, 2.6  # of the page, and inches: the longest names of axes
APART = 0.15  # inches between what is said above a bar
TICKS = (1.0, 0.75, 0.5, 0.25, 0.0)  # the first place of a value comes last, and so is kept
NOTE = (
    "Coverage: of the settings in which it holds, those in the box; density: of those in the box, where it holds. Box "
    "by the patient rule induction method. A share of settings is no probability."
)


def draw(title: str, scenario: Scenario, found: Found, said: str, run: str) -> Figure:
    """The chosen box, which there must be; ``said`` is the condition in words and how often it holds."""
    box, known = found.discovery.box, names(scenario)
    assert box is not None  # noqa: S101  (a caller's fault, not an input's)
    n_rows = min(len(box.limits), MOST_ROWS)
    figure = new_figure(4.0 + 0.5 * n_rows)
    bars, cloud = figure.subplots(2, 1, height_ratios=(0.5 * n_rows + 0.3, 3.0))
    _bars(bars, box, known)
    paths = [vary.path for vary in found.ranges]
    first = box.limits[0].range.path
    second = box.limits[1].range.path if len(box.limits) > 1 else next(path for path in paths if path != first)
    places = [paths.index(first), paths.index(second)]
    _cloud(cloud, known, (first, second), found.positions[:, places], found.holds)
    _outline(cloud, box, (first, second))
    return finish(figure, title, unbroken(said), NOTE, f"{scenario.name}: {run}")


def _bars(axes: Axes, box: Box, known: Mapping[str, Value]) -> None:
    """A row a limit: the whole range in grey, what the box leaves of it in colour."""
    place = blended_transform_factory(axes.figure.transFigure, axes.transData)
    for row, limit in enumerate(box.limits[:MOST_ROWS]):
        value = known[limit.range.path]
        axes.barh(-row, 1, height=HEIGHT, color=GRID, zorder=1)
        axes.barh(-row, limit.high - limit.low, left=limit.low, height=HEIGHT, color=HOLDS, zorder=2)
        grade = f" ({grade_text(value.grade)})" if value.grade else ""
        said = limit_text(value, limit)
        room = line_room() - APART - inches(said, SMALL, is_bold=True)
        heads = (f"{value.short}{grade}: {value.ends}", f"{value.short}: {value.ends}", f"{value.short}{grade}")
        head = next((head for head in heads if inches(head, SMALL) < room), shortened(value.short, SMALL, room))
        axes.text(0.01, -row + 0.2, head, transform=place, ha="left", va="bottom", fontsize=SMALL).set_in_layout(False)
        axes.text(
            1,
            -row + 0.2,
            said,
            ha="right",
            va="bottom",
            fontsize=SMALL,
            color=HOLDS,
            weight="bold",
        )
    axes.set_xlim(0, 1)
    axes.set_ylim(-min(len(box.limits), MOST_ROWS) + 0.7, 0.65)
    axes.set_xticks([])
    axes.set_yticks([])
    plain(axes, keep=())


def _cloud(axes: Axes, known: Mapping[str, Value], paths: tuple[str, str], positions: Floats, holds: Bools) -> None:
    """Every setting by the two values, coloured and marked by whether the condition holds."""
    x, y = positions.T
    axes.scatter(x[~holds], y[~holds], s=7, marker="x", color=MUTED, linewidths=0.6, label="does not hold", zorder=2)
    axes.scatter(x[holds], y[holds], s=9, marker="o", color=HOLDS, linewidths=0, label="holds", zorder=3)
    plain(axes, keep=("bottom", "left"))
    axes.set_xlim(-0.01, 1.01)
    axes.set_ylim(-0.01, 1.01)
    for value, ticks, label, room in (
        (known[paths[0]], axes.set_xticks, axes.set_xlabel, ACROSS * line_room()),
        (known[paths[1]], axes.set_yticks, axes.set_ylabel, UP),
    ):
        texts = {value.text(value.range.at(at)): at for at in TICKS}  # a whole number has several places
        ticks([*texts.values()], [*texts])
        label(shortened(value.name, BODY, room), fontsize=BODY)
    axes.tick_params(labelsize=SMALL)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, fontsize=SMALL, frameon=False, markerscale=2)


def _outline(axes: Axes, box: Box, paths: tuple[str, str]) -> None:
    ends = {limit.range.path: (limit.low, limit.high) for limit in box.limits}
    (left, right), (bottom, top) = (ends.get(path, (0.0, 1.0)) for path in paths)
    axes.add_patch(
        Rectangle((left, bottom), right - left, top - bottom, fill=False, edgecolor=INK, linewidth=2, zorder=5)
    )
