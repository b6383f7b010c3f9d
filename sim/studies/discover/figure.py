"""Where a condition holds: the limits of a box on the ranges, and the settings over the two that limit most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.analysis.outcomes import Floats
from sim.model.scenario import Scenario
from sim.plots.colours import DIRECT, GRID, INK, MUTED
from sim.plots.style import BODY, SMALL, finish, new_figure, plain
from sim.say.measures import names
from sim.say.numbers import capital, grade_text, list_text, share_text, unbroken
from sim.say.values import Value
from sim.studies.discover.condition import Bools, Condition
from sim.studies.discover.find import Box, Discovery
from sim.studies.discover.say import limit_text, said_in

HEIGHT = 0.3
MOST_ROWS = 6
MOST_NAMED = 2
TICKS = (1.0, 0.75, 0.5, 0.25, 0.0)  # the first place of a value comes last, and so is kept
NOTE = (
    "Coverage is the share of the settings in which it holds that lie in the box, density the share of the settings in "
    "the box in which it holds. Box by the patient rule induction method. Bars and axes: positions in the range of a "
    "value, evenly in the logarithm where that is possible, all treated alike: a share of settings is no probability."
)


def draw(
    scenario: Scenario,
    condition: Condition,
    found: Discovery,
    paths: Sequence[str],
    positions: Floats,
    holds: Bools,
    run: str,
) -> Figure:
    """The chosen box; there must be one.

    Parameters
    ----------
    positions : float64 (setting, range), 0 to 1, in the order of the paths; holds : bool (setting,).
    """
    assert found.box is not None  # noqa: S101  (a caller's fault, not an input's)
    box, known = found.box, names(scenario)
    n_rows = min(len(box.limits), MOST_ROWS)
    figure = new_figure(4.9 + 0.5 * n_rows)
    bars, cloud = figure.subplots(2, 1, height_ratios=(0.5 * n_rows + 0.3, 3.0))
    _bars(bars, box, known)
    first = box.limits[0].range.path
    second = box.limits[1].range.path if len(box.limits) > 1 else next(path for path in paths if path != first)
    _cloud(cloud, known, (first, second), positions[:, [paths.index(first), paths.index(second)]], holds)
    _outline(cloud, box, (first, second))
    shares = f"coverage {share_text(box.coverage)}, density {share_text(box.density)}"
    counts = f"{found.n_of_interest:,} of {found.n_settings:,} settings"
    said = unbroken(f'"{said_in(scenario, condition)}" holds in {counts}; box: {shares}.')
    return finish(figure, title(scenario, condition, box, known), said, NOTE, f"{scenario.name}: {run}")


def title(scenario: Scenario, condition: Condition, box: Box, known: Mapping[str, Value]) -> str:
    """The condition, and the values that limit it most."""
    named = [
        f"{known[one.range.path].short} is {limit_text(known[one.range.path], one)}" for one in box.limits[:MOST_NAMED]
    ]
    more = f", and {len(box.limits) - MOST_NAMED} more limits" if len(box.limits) > MOST_NAMED else ""
    return f"{capital(said_in(scenario, condition))}: mostly where {list_text(named)}{more}"


def _bars(axes: Axes, box: Box, known: Mapping[str, Value]) -> None:
    """A row a limit: the whole range in grey, what the box leaves of it in colour."""
    for row, limit in enumerate(box.limits[:MOST_ROWS]):
        value = known[limit.range.path]
        axes.barh(-row, 1, height=HEIGHT, color=GRID, zorder=1)
        axes.barh(-row, limit.high - limit.low, left=limit.low, height=HEIGHT, color=DIRECT, zorder=2)
        grade = f" ({grade_text(value.grade)})" if value.grade else ""
        axes.text(0, -row + 0.2, f"{value.short}{grade}: {value.ends}", ha="left", va="bottom", fontsize=BODY - 1)
        axes.text(
            1,
            -row + 0.2,
            limit_text(value, limit),
            ha="right",
            va="bottom",
            fontsize=BODY - 1,
            color=DIRECT,
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
    axes.scatter(x[holds], y[holds], s=9, marker="o", color=DIRECT, linewidths=0, label="holds", zorder=3)
    plain(axes, keep=("bottom", "left"))
    axes.set_xlim(-0.01, 1.01)
    axes.set_ylim(-0.01, 1.01)
    for value, ticks, label in (
        (known[paths[0]], axes.set_xticks, axes.set_xlabel),
        (known[paths[1]], axes.set_yticks, axes.set_ylabel),
    ):
        texts = {value.text(value.range.at(at)): at for at in TICKS}  # a whole number has several places
        ticks([*texts.values()], [*texts])
        label(value.name, fontsize=BODY)
    axes.tick_params(labelsize=SMALL + 0.5)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, fontsize=BODY - 0.5, frameon=False, markerscale=2)


def _outline(axes: Axes, box: Box, paths: tuple[str, str]) -> None:
    ends = {limit.range.path: (limit.low, limit.high) for limit in box.limits}
    (left, right), (bottom, top) = (ends.get(path, (0.0, 1.0)) for path in paths)
    axes.add_patch(
        Rectangle((left, bottom), right - left, top - bottom, fill=False, edgecolor=INK, linewidth=2, zorder=5)
    )
