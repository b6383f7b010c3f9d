"""What rules of confirmation make of launches, and beside it how many false alerts they make a year."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, NullLocator

from sim.model.scenario import Scenario
from sim.plots.colours import HOLDS, INK, NEARLY, QUIET
from sim.plots.measure import inches, shortened
from sim.plots.style import BODY, HATCH, SMALL, finish, line_room, new_figure, page_width, plain
from sim.say.numbers import share_text
from sim.studies.confirm.rules import Rule
from sim.studies.confirm.say import is_tight, number

IN_TIME, LATE, NEVER, FALSE = HOLDS, NEARLY, "#ffffff", INK
LOOKS = (("in time", IN_TIME, "", "white"), ("late", LATE, "", INK), ("never", NEVER, HATCH, QUIET))
ROW, HEIGHT = 0.72, 0.36  # inches; rows
SHARES = (1.55, 1.0)  # of the width: launches, false alerts
DECADES = 2.0  # of the axis, where nothing needs more
NOTE = (
    "At working values; thin line: the share in time across the ranges, lowest to highest found. False alerts: line "
    "from every rate and share at its lowest to all at their highest, which is no distribution; two sources false at "
    "the same time are not counted."
)


def draw(title: str, scenario: Scenario, rules: Sequence[Rule], run: str) -> Figure:
    """A row a rule: shares of launches to the left, false alerts a year to the right."""
    figure = new_figure(1.05 + ROW * len(rules))
    left, right = figure.subplots(1, 2, width_ratios=SHARES, sharey=True)
    ends = limits(rules)
    for row, rule in enumerate(rules):
        said = shortened(rule.title, BODY, line_room(), is_bold=True)
        left.text(0, 0.27 - row, said, ha="left", va="bottom", fontsize=BODY, fontweight="bold", color=INK)
        _shares(left, rule, -row)
        _false(right, rule, -row, ends[0])
    _finish_left(left)
    _finish_right(right, ends)
    left.set_ylim(0.62 - len(rules), 0.62)
    return finish(figure, title, NOTE, f"{scenario.name}: {run}")


def _shares(axes: Axes, rule: Rule, y: float) -> None:
    """In time, late and never, end to end, and the band of the first as a thin line."""
    start = 0.0
    parts = rule.in_time.typical, rule.late, rule.never.typical
    for part, (_, colour, hatch, ink) in zip(parts, LOOKS, strict=True):
        width = 100 * part.estimate
        axes.barh(y, width, left=start, height=HEIGHT, facecolor=colour, edgecolor=QUIET, hatch=hatch, linewidth=0.6)
        share = share_text(part.estimate)
        if inches(share, SMALL) / (page_width() * 0.55) * 100 < width:
            plate = {"facecolor": "white", "edgecolor": "none", "pad": 1} if hatch else None
            axes.text(start + width / 2, y, share, ha="center", va="center", fontsize=SMALL, color=ink, bbox=plate)
        start += width
    band = [100 * rule.in_time.band.low, 100 * rule.in_time.band.high]
    axes.plot(band, [y - 0.27] * 2, color=IN_TIME, linewidth=2, solid_capstyle="butt", zorder=4)


def _false(axes: Axes, rule: Rule, y: float, least: float) -> None:
    """The point and its line; of a rule that lets nothing through, the word for that."""
    if is_tight(rule):
        axes.text(least, y, " none", ha="left", va="center", fontsize=BODY, fontweight="bold", color=INK)
        return
    band = [max(end, least) for end in (rule.false_per_year_band.low, rule.false_per_year_band.high)]
    axes.plot(band, [y, y], color=FALSE, linewidth=3, alpha=0.45, solid_capstyle="butt")
    at = max(rule.false_per_year, least)
    axes.plot([at], [y], "o", color=FALSE, markersize=7, zorder=4)
    axes.text(at, y + 0.16, number(rule.false_per_year), ha="center", va="bottom", fontsize=BODY, color=INK)


def limits(rules: Sequence[Rule]) -> tuple[float, float]:
    """Whole decades around all that is above zero."""
    above_zero = [
        value
        for rule in rules
        for value in (rule.false_per_year, rule.false_per_year_band.low, rule.false_per_year_band.high)
        if value > 0
    ] or [1.0]
    high = 10.0 ** math.ceil(math.log10(max(above_zero)))
    return min(10.0 ** math.floor(math.log10(min(above_zero))), high / 10**DECADES), high


def _finish_left(axes: Axes) -> None:
    axes.set_xlim(0, 100)
    axes.set_yticks([])
    axes.set_xlabel("% of launches", fontsize=BODY)
    plain(axes)
    patches = [
        Patch(facecolor=colour, edgecolor=QUIET, hatch=hatch, label=name, linewidth=0.6)
        for name, colour, hatch, _ in LOOKS
    ]
    place: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0, 1.0), "ncols": 3, "borderaxespad": 0.2}
    axes.legend(handles=patches, frameon=False, fontsize=BODY, handlelength=1.2, columnspacing=1.0, **place)


def _finish_right(axes: Axes, ends: tuple[float, float]) -> None:
    axes.set_xscale("log")
    axes.set_xlim(*ends)
    n = round(math.log10(ends[1] / ends[0]))
    ticks = [ends[0] * 10**power for power in range(0, n + 1, max(1, n // 3))]
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels([f"{tick:g}" for tick in ticks])
    axes.set_xlabel("false alerts a year\n(log scale)", fontsize=BODY)
    plain(axes)
    axes.tick_params(labelsize=SMALL)
