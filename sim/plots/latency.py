"""Who has been told by when: the share of launches reported, inside what is not known."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, PercentFormatter
from numpy.typing import NDArray

from sim.analysis.curves import share_by, shares_by, span_us
from sim.analysis.findings import share_text
from sim.analysis.tally import TYPICAL
from sim.model.scenario import Arm
from sim.plots.style import BODY, SMALL, colours, deadline_line, deadlines, finish, new_figure, plain
from sim.plots.view import View
from sim.units import US_PER_MINUTE

Minutes = NDArray[np.float64]

TICKS = (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
N_POINTS = 400
MOST_PANELS = 4


def draw(view: View) -> Figure:
    """Curves end at the share that arrives; shade is the envelope over the settings."""
    panels = panels_of(view)
    figure = new_figure(1.6 + 2.1 * len(panels))
    every = np.atleast_1d(figure.subplots(len(panels), 1, sharex=True))
    grid = grid_of(view)
    for axes, (name, arms) in zip(every, panels, strict=True):
        panel(axes, view, arms, grid)
        if len(panels) > 1:
            axes.set_title(name, loc="left", fontsize=BODY)
    every[-1].set_xlabel("minutes from launch (log scale)", fontsize=BODY)
    figure.supylabel("share of launches reported", fontsize=BODY)
    note = (
        "Line: placeholder values. Shade: lowest to highest over the settings of what is not known (not a probability)."
    )
    return finish(figure, view, title(view), note)


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
    return f"Reported by {deadlines(view)[0][1]}: {'; '.join(said)}"


def panels_of(view: View) -> list[tuple[str, list[Arm]]]:
    """The arms by mode, the baseline in every panel; one panel where modes are not stated."""
    baseline = [arm for arm in view.scenario.arms if arm.name == view.scenario.baseline]
    others = [arm for arm in view.scenario.arms if arm.name != view.scenario.baseline]
    modes = list(dict.fromkeys(arm.mode for arm in others))
    if len(modes) == 1 or len(modes) > MOST_PANELS or "" in modes:
        return [("", [*baseline, *others])]
    return [(mode, [*baseline, *(arm for arm in others if arm.mode == mode)]) for mode in modes]


def grid_of(view: View) -> Minutes:
    """Times at which the curves are drawn, minutes, evenly spread in the logarithm."""
    span = span_us(view.alerts.tally, tuple(arm.name for arm in view.scenario.arms), 0.001, 0.998)
    low, high = (end / US_PER_MINUTE for end in span) if span else (1, 10)
    marks = [minutes for minutes, _ in deadlines(view)]
    return np.geomspace(max(min([low, *marks]) * 0.45, 0.05), max([high, *marks]) * 1.6, N_POINTS)


def panel(axes: Axes, view: View, arms: list[Arm], grid: Minutes) -> Axes:
    """One panel: curves, envelopes, labels, deadlines."""
    colour = colours(view)
    heights = iter((0.62, 0.38, 0.2, 0.78, 0.5, 0.28))
    for arm in arms:
        is_baseline = arm.name == view.scenario.baseline
        curve = share_by(view.alerts.tally, TYPICAL, arm.name, grid * US_PER_MINUTE)
        if not is_baseline:
            envelope = shares_by(view.alerts.tally, arm.name, grid * US_PER_MINUTE)
            axes.fill_between(grid, envelope.min(0), envelope.max(0), color=colour[arm.name], alpha=0.14, linewidth=0)
        axes.plot(grid, curve, color=colour[arm.name], linewidth=1.8 if is_baseline else 2.6, label=arm.title)
        height = 0.5 if is_baseline else next(heights, 0.5)
        label(axes, grid, curve, height, arm.title, colour[arm.name], is_left=is_baseline)
    note_missing(axes, view, arms)
    for minutes, name in deadlines(view)[:1]:
        deadline_line(axes, minutes, name, 0.12)
    return decorate(axes, grid)


def note_missing(axes: Axes, view: View, arms: list[Arm]) -> None:
    """The share of launches that is never reported, where the curves end."""
    others = [arm for arm in arms if arm.name != view.scenario.baseline]
    missing = [1 - view.results.arm(arm.name).arrives.estimate for arm in others]
    said = [f"{share_text(share)} never" for share in missing if share >= 0.005]
    if said:
        text = f"{', '.join(dict.fromkeys(said))} reported"
        axes.text(
            1.0, 1.03, text, transform=axes.transAxes, ha="right", va="bottom", fontsize=SMALL + 1, color="#555555"
        )


def label(axes: Axes, grid: Minutes, curve: Minutes, height: float, text: str, colour: str, *, is_left: bool) -> None:
    """The name of a curve beside it: right of it, or left of it where there is no room."""
    at = min(int(np.searchsorted(curve, height * curve[-1])), len(grid) - 1)
    is_left = is_left or at > 0.68 * len(grid)
    axes.text(
        grid[at] * (0.92 if is_left else 1.08),
        height * curve[-1],
        text.replace(" ", "\n", 1) if is_left and at < 0.4 * len(grid) else text,
        color=colour,
        ha="right" if is_left else "left",
        va="center",
        fontsize=BODY,
        fontweight="bold",
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 1},
        zorder=7,
    )


def decorate(axes: Axes, grid: Minutes) -> Axes:
    """Plain minutes on a log axis, shares on the other."""
    axes.set_xscale("log")
    axes.set_xlim(grid[0], grid[-1])
    ticks = [tick for tick in TICKS if grid[0] <= tick <= grid[-1]]
    axes.set_xticks(ticks)
    axes.set_xticks([], minor=True)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}"))
    axes.set_ylim(0, 1.04)
    axes.set_yticks([0, 0.5, 1])
    axes.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    axes.grid(axis="x", color="#eeeeee")
    axes.set_axisbelow(True)
    return plain(axes, keep=("bottom", "left"))
