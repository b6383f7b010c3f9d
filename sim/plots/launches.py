"""Several launches in one run: a row a launch, arms as marks, what is not known as lines."""

from __future__ import annotations

import math

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from sim.analysis.launches import LaunchMedian, launch_medians
from sim.plots.latency import TICKS
from sim.plots.style import BODY, INK, colours, finish, new_figure, plain
from sim.plots.view import View
from sim.units import minutes

MOST_ROWS = 20
LEGEND_STEP = 0.4


def draw(view: View) -> Figure | None:
    """Median alert latency of each launch; None for one launch or too many to tell apart."""
    names = view.scenario.launch_names()
    if not 1 < len(names) <= MOST_ROWS:
        return None
    figure = new_figure(1.7 + 0.62 * len(names))
    axes = figure.subplots()
    medians = launch_medians(view.scenario, view.alerts.tally)
    n_arms = len(view.scenario.arms)
    for median in medians:
        row = [arm.name for arm in view.scenario.arms].index(median.arm)
        mark(
            axes,
            median,
            -median.launch + 0.3 - 0.6 * row / max(n_arms - 1, 1),
            colours(view)[median.arm],
            faces(view)[median.arm],
        )
    for launch, (entry, _) in enumerate(view.scenario.launch_keys()):
        if entry.deadline:
            when = minutes(entry.deadline.after_us)
            axes.plot([when, when], [-launch - 0.42, -launch + 0.42], color=INK, linewidth=1.6)
    legend(axes, view)
    axes.set_xscale("log")
    axes.set_yticks([-i for i in range(len(names))], names)
    axes.set_ylim(-len(names) + 0.4, 0.6 + LEGEND_STEP * n_arms)
    low, high = axes.get_xlim()
    axes.set_xticks([tick for tick in TICKS if low <= tick <= high])
    axes.set_xticks([], minor=True)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}"))
    axes.set_xlabel("median minutes from each launch (log scale)", fontsize=BODY)
    axes.grid(axis="x", color="#eeeeee")
    plain(axes).tick_params(axis="y", length=0)
    note = (
        "Mark: placeholder values. Line: lowest to highest over the settings of what is not known (not a probability). "
        "Black tick: deadline."
    )
    return finish(figure, view, title(view, medians), note)


def title(view: View, medians: tuple[LaunchMedian, ...]) -> str:
    """How much later the last launch is reported than the first, in the slowest arm."""
    last = len(view.scenario.launch_names()) - 1
    found = {(m.arm, m.launch): m.p50_us for m in medians}
    growth = {arm.name: found[arm.name, last] - found[arm.name, 0] for arm in view.scenario.arms}
    known = {name: value for name, value in growth.items() if not math.isnan(value)}
    if not known or max(known.values()) < 60_000_000:
        return "Every launch of the salvo is reported about as fast as the first"
    name = max(known, key=lambda arm: known[arm])
    arm = view.scenario.arm(name).title
    return f"Desks queue: {arm}, the last report takes {minutes(known[name]):.0f} min longer than the first"


def mark(axes: Axes, median: LaunchMedian, y: float, colour: str, face: str) -> None:
    """One arm and launch."""
    if math.isnan(median.p50_us):
        return
    axes.plot([minutes(median.band.low), minutes(median.band.high)], [y, y], color=colour, linewidth=1.2, alpha=0.5)
    axes.plot([minutes(median.p50_us)], [y], "o", color=colour, markerfacecolor=face, markersize=5.5)


def faces(view: View) -> dict[str, str]:
    """Full marks, and hollow ones for a colour that an earlier arm has."""
    seen: set[str] = set()
    found = {}
    for name, colour in colours(view).items():
        found[name] = "white" if colour in seen else colour
        seen.add(colour)
    return found


def legend(axes: Axes, view: View) -> None:
    """Arms named above the rows, in the order of their marks."""
    for row, arm in enumerate(view.scenario.arms):
        colour = colours(view)[arm.name]
        y = 0.5 + LEGEND_STEP * (len(view.scenario.arms) - row - 0.5)
        sign = "○" if faces(view)[arm.name] == "white" else "●"
        place = axes.get_yaxis_transform()
        axes.text(
            1.0, y, f"{sign} {arm.title}", transform=place, ha="right", va="center", color=colour, fontsize=BODY - 1
        )
