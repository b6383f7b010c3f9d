"""Who has been told by when: the share of launches reported, inside what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter
from numpy.typing import NDArray

from sim.analysis.curves import share_by, shares_by, span_us
from sim.analysis.tally import AT_TYPICAL
from sim.model.launch import Deadline
from sim.model.scenario import Arm, Scenario
from sim.plots.style import BODY, deadline_words, finish
from sim.say.deadlines import deadline_name
from sim.say.findings import NOT_A_PROBABILITY
from sim.say.numbers import capital
from sim.say.whose import report_words, where
from sim.studies.run.figures.curves import (
    N_POINTS,
    Mark,
    curves_of,
    dress,
    empty,
    panel_inches,
    share_axis,
    shares_words,
    styles_of,
)
from sim.studies.run.figures.panels import is_first_of_product, panels_of
from sim.studies.run.view import View, colours, leading, small_print
from sim.units import US_PER_MINUTE, minutes

Minutes = NDArray[np.float64]

TICKS = (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
MOST_DEADLINES = 3
NOTE = (
    "Line: working values; it ends at the share that arrives. Shade: lowest to highest over settings drawn "
    f"within the ranges, which the table's bands go beyond. {NOT_A_PROBABILITY}"
)


def draw(view: View) -> Figure | None:
    """Curves end at the share that arrives; shade is the envelope over the settings; None where no arm has a path."""
    if not view.arms:
        return None
    panels = panels_of(view)
    figure, every = empty(len(panels))
    grid = grid_of(view)
    minute_axis(every[0], grid)  # which all share
    above = [
        panel(axes, view, name, arms, grid, is_first=is_first_of_product(panels, number))
        for number, (axes, (name, arms)) in enumerate(zip(every, panels, strict=True))
    ]
    figure.set_figheight(figure.get_figheight() + sum(above))
    every[-1].set_xlabel(f"minutes from {view.scenario.happening} (log scale)", fontsize=BODY)
    figure.supylabel(f"{view.scenario.happenings} reported", fontsize=BODY)
    return finish(figure, title(leading(view)), NOTE, small_print(view))


def title(view: View) -> str:
    """Who is there by the deadline."""
    shares = {arm.name: result.in_time for arm, result in view.pairs() if arm.name != view.scenario.baseline}
    if not view.results.contrasts or any(share is None for share in shares.values()):
        return f"When {report_words(view.scenario)} reaches {where(view.scenario)}"
    said = shares_words(view, {name: share.estimate for name, share in shares.items() if share})
    by = f"{view.scenario.products[0]} by" if view.scenario.products[0] else "by"
    return capital(f"{by} {deadline_name(view.scenario)}, at working values: {said}")


def grid_of(view: View) -> Minutes:
    """Times at which the curves are drawn, minutes, evenly spread in the logarithm."""
    span = span_us(view.tally, tuple(arm.name for arm in view.arms), 0.001, 0.998)
    low, high = (end / US_PER_MINUTE for end in span) if span else (1, 10)
    marks = [minutes(deadline.after_us) for deadline in _after_launch(view.scenario)]
    return np.geomspace(max(min([low, *marks]) * 0.45, 0.05), max([high, *marks]) * 1.6, N_POINTS)


def panel(axes: Axes, view: View, name: str, arms: list[Arm], grid: Minutes, *, is_first: bool) -> float:
    """One panel: curves, envelopes, deadlines, and names; those of baseline and deadlines in the first alone.

    Gives how much room its words take above it, inches.
    """
    baseline, times = view.scenario.baseline, grid * US_PER_MINUTE
    shares = {arm.name: share_by(view.tally, AT_TYPICAL, arm.name, times) for arm in arms}
    styles, colour = styles_of(arms, baseline), colours(view)
    for arm in arms:
        if arm.name != baseline:
            envelope = shares_by(view.tally, arm.name, times)
            axes.fill_between(grid, envelope.min(0), envelope.max(0), color=colour[arm.name], alpha=0.14, linewidth=0)
        axes.plot(grid, shares[arm.name], color=colour[arm.name], label=arm.title, **styles[arm.name])
    share_axis(axes)
    curves = curves_of(view, arms, shares)
    named = [curve for curve in curves if is_first or curve.arm.name != baseline]
    never = {arm.name: 1 - view.results.arm(arm.name).arrives.estimate for arm in arms if arm.name != baseline}
    marks = marks_of(view, arms, grid, is_named=is_first)
    return dress(axes, name, curves, named, marks, panel_inches(len(panels_of(view))), never)


def marks_of(view: View, arms: Sequence[Arm], grid: Minutes, *, is_named: bool) -> list[Mark]:
    """The deadlines of some arms along the axis."""
    marks = []
    for deadline in _after_launch(replace(view.scenario, arms=tuple(arms)))[:MOST_DEADLINES]:
        at = float(np.log(minutes(deadline.after_us) / grid[0]) / np.log(grid[-1] / grid[0]))
        marks.append(Mark(at, minutes(deadline.after_us), deadline_words(deadline) if is_named else ""))
    return marks


def _after_launch(scenario: Scenario) -> list[Deadline]:
    """Those that have a place on a logarithmic axis."""
    return [deadline for deadline in scenario.deadlines() if deadline.after_us > 0]


def minute_axis(axes: Axes, grid: Minutes) -> None:
    """Plain minutes on a log axis."""
    axes.set_xscale("log")
    axes.set_xlim(grid[0], grid[-1])
    minute_ticks(axes, grid[0], grid[-1])


def minute_ticks(axes: Axes, low: float, high: float) -> None:
    """Round minutes on a logarithmic axis."""
    axes.set_xticks([tick for tick in TICKS if low <= tick <= high])
    axes.set_xticks([], minor=True)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}"))
