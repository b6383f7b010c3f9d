"""What moves a difference: a tornado of one value at a time, and beside it the Sobol' indices of the same rows."""

from __future__ import annotations

import math

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.transforms import ScaledTranslation

from sim.model.scenario import Scenario
from sim.plots.colours import AT_HIGH, AT_LOW, INK, QUIET, arm_colours
from sim.plots.measure import inches, shortened, side_by_side
from sim.plots.style import BODY, PLATE, SMALL, finish, line_room, new_figure, plain
from sim.say.measures import names, side_words
from sim.say.numbers import capital, grade_text, list_text
from sim.say.values import Value
from sim.studies.sensitivity.indices import Finding, Index, Sensitivity
from sim.studies.sensitivity.say import is_shown, noise_sentence, values_in_order

MOST_ROWS, MOST_LISTED = 10, 3
HEIGHT = 0.3
LABEL = 0.92  # of the page, a label
SIDES = 0.52  # of the page, who is better on either side of zero
NOTE = (
    "Left: one value at either end of its range, all others at working values, which give the thin line. Right: "
    "Sobol' indices, the share of the variance over the settings that a value makes alone and together with others, "
    "with 95 % intervals; no probability."
)


def draw(title: str, scenario: Scenario, every: Sensitivity, run: str) -> Figure:
    """A row a value, the largest swing first; what hardly moves the difference is told in words."""
    main, known = every.findings[0], names(scenario)
    order = values_in_order(every)
    shown = ([place for place in order if is_shown(main, place)] or [*order])[:MOST_ROWS]
    figure = new_figure(1.15 + 0.46 * len(shown))
    left, right = figure.subplots(1, 2, sharey=True, width_ratios=(1.75, 1))
    for row, place in enumerate(shown):
        _swing(left, main, place, -row)
        _indices(right, main, place, -row)
        _label(left, known[every.ranges[place].path], -row)
    _difference_axis(left, scenario, every)
    _index_axis(right)
    left.set_ylim(-len(shown) + 0.55, 0.75)
    rest = [known[every.ranges[place].path].name for place in order if place not in shown]
    notes = (
        _rest_words(rest),
        f"{NOTE} {capital(noise_sentence(main))}".strip(),
        f"{scenario.name}: {run}; at the ends {every.n_at_ends:,} replications",
    )
    return finish(figure, title, *filter(None, notes))


def _rest_words(rest: list[str]) -> str:
    """What hardly moves the difference, by name if it is little."""
    if not rest:
        return ""
    told = list_text(rest) if len(rest) <= MOST_LISTED else f"{len(rest)} other values"
    return f"The difference is moved less, or not at all, by {told}."


def _label(axes: Axes, value: Value, y: float) -> None:
    """Above the row, from the left edge: name, what its range rests on, the range."""
    grade = f" ({grade_text(value.grade)})" if value.grade else ""
    at = axes.get_yaxis_transform()
    ends = f"{grade}: {value.ends}"
    short = shortened(value.short, SMALL, LABEL * line_room() - inches(ends, SMALL))
    label = axes.text(0, y + 0.2, f"{short}{ends}", transform=at, va="bottom", fontsize=SMALL, bbox=PLATE, zorder=4)
    label.set_in_layout(short == value.short)  # one as wide as the page would press the axes together


def _swing(axes: Axes, found: Finding, place: int, y: float) -> None:
    scale, typical = found.measure.to_axis, found.typical.estimate
    swing = found.swings[place]
    ends = [(swing.at_low.estimate, AT_LOW), (swing.at_high.estimate, AT_HIGH)]
    # the longer bar first, so that two on one side both show
    for end, colour in sorted(ends, key=lambda one: -abs(one[0] - typical)):
        if not math.isnan(end - typical):
            axes.barh(y, scale * (end - typical), left=scale * typical, height=HEIGHT, color=colour, zorder=2)


def _indices(axes: Axes, found: Finding, place: int, y: float) -> None:
    for index, offset, face in (
        (found.indices.total[place], -0.1, "white"),
        (found.indices.first[place], 0.1, INK),
    ):
        _dot(axes, index, y + offset, face)


def _dot(axes: Axes, index: Index, y: float, face: str) -> None:
    ends = [100 * max(index.value - index.half_width, 0.0), 100 * min(index.value + index.half_width, 1.0)]
    axes.plot(ends, [y, y], color=QUIET, linewidth=1.3, zorder=2)
    at = 100 * min(max(index.value, 0.0), 1.0)
    axes.plot([at], [y], "o", markersize=5.5, markerfacecolor=face, markeredgecolor=INK, zorder=3, clip_on=False)


def _difference_axis(axes: Axes, scenario: Scenario, every: Sensitivity) -> None:
    """Zero, the working value, whose side is which, and the colours of the ends."""
    main = every.findings[0]
    plain(axes)
    axes.set_yticks([])
    axes.axvline(0, color=INK, linewidth=1.6, zorder=1.5)
    if not math.isnan(main.typical.estimate):
        axes.axvline(main.measure.to_axis * main.typical.estimate, color=QUIET, linewidth=0.9, zorder=1.5)
    axes.margins(x=0.06)
    low, high = axes.get_xlim()
    axes.set_xlim(min(low, 0.12 * (low - high)), max(high, 0.12 * (high - low)))
    axes.set_xlabel(f"difference, {main.measure.axis_unit}", fontsize=BODY)
    keys = [
        Patch(color=colour, label=said) for said, colour in (("value at low end", AT_LOW), ("at high end", AT_HIGH))
    ]
    axes.legend(
        handles=keys,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        bbox_transform=axes.transAxes + ScaledTranslation(0, 1.5 * SMALL / 72, axes.figure.dpi_scale_trans),
        ncols=2,
        fontsize=SMALL,
        frameon=False,
        handlelength=0.8,
        columnspacing=1,
        borderpad=0,
    )
    _sides(axes, scenario, every)


def _sides(axes: Axes, scenario: Scenario, every: Sensitivity) -> None:
    """Who is better on which side of zero, in the colour of the arm."""
    measure = every.findings[0].measure
    colours = arm_colours(scenario)
    better = "more often" if measure.is_share else side_words(measure, measure.better)
    arms = [every.a if measure.favours_first(side) else every.b for side in (-1, 1)]
    titles = [scenario.arm(arm).title for arm in arms]
    both = side_by_side(titles, better, SMALL, SIDES * line_room())
    for side, at, where, arm, said in zip((-1, 1), (0.0, 1.0), ("left", "right"), arms, both, strict=True):
        said = f"◂ {said}" if side < 0 else f"{said} ▸"
        style = {"fontsize": SMALL, "color": colours[arm]}
        axes.text(at, 1.0, said, style, transform=axes.transAxes, ha=where, va="bottom")


def _index_axis(axes: Axes) -> None:
    plain(axes)
    axes.tick_params(left=False)
    axes.set_xlim(0, 100)
    axes.set_xticks([0, 50, 100], ["0", "50", "100 %"])
    axes.set_xlabel("of the variance", fontsize=BODY)
    axes.text(1.0, 1.0, "● alone\n○ in all", transform=axes.transAxes, ha="right", va="bottom", fontsize=SMALL)
