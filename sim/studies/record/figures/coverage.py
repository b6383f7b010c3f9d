"""Where each notice falls within what was predicted of it: even from 0 to 100 % if predictions are right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plots.colours import GRID, INK, MODELLED
from sim.plots.style import BODY, SMALL, finish, new_figure, plain
from sim.studies.record.forecast import SHARES, Forecast

ROW, SIZE = 0.2, 5.0
BANDS = (GRID, MODELLED)  # of nine in ten, and of half


def draw(title: str, forecasts: Sequence[Forecast], by_era: Sequence[Forecast]) -> Figure:
    """A row a notice, the soonest first in each part: those of the base case, and those of the era before."""
    told = (("Set on other launches, by the base case", forecasts), ("Set on the era before", by_era))
    parts = [(heading, ones) for heading, ones in told if ones]
    figure = new_figure(0.8 + ROW * (sum(len(ones) for _, ones in parts) + len(parts)))
    axes = figure.subplots()
    for share, colour in zip(sorted(SHARES, reverse=True), BANDS, strict=True):
        axes.axvspan(50 * (1 - share), 50 * (1 + share), color=colour, linewidth=0, zorder=0)
    y, labels = 0, {}
    for heading, ones in parts:
        place = axes.get_yaxis_transform()
        axes.text(0.01, -y, heading, transform=place, va="center", fontsize=SMALL, fontweight="bold", color=INK)
        for one in sorted(ones, key=lambda one: one.below.low + one.below.high):
            y += 1
            _mark(axes, -y, one)
            labels[-y] = f"{one.launch} {one.to}, {one.minutes} min"
        y += 1
    axes.set_yticks([*labels], [*labels.values()])
    axes.set_ylim(0.4 - y, 0.6)
    axes.set_xlim(0, 100)
    axes.set_xlabel("% of what was predicted that comes sooner", fontsize=BODY)
    plain(axes)
    axes.tick_params(axis="y", length=0, labelsize=SMALL)
    n = " and ".join(str(len(ones)) for _, ones in parts)
    return finish(
        figure,
        title,
        f"A line: from what is below the minute that came to what is below the next. n = {n}. Filled: it reaches into "
        "the dark band, the 50 % interval; angular: not even into the light one, that of 90 %. Whole minutes reach "
        "farther, so that more should. Left: sooner than predicted; right: later.",
    )


def _mark(axes: Axes, y: float, one: Forecast) -> None:
    low, high = 100 * one.below.low, 100 * one.below.high
    axes.plot([low, high], [y, y], color=INK, linewidth=1.6, solid_capstyle="butt", zorder=3)
    shape, face = "o" if one.is_within(-1) else "D", INK if one.is_within(0) else "white"
    look: dict[str, Any] = {"marker": shape, "markersize": SIZE, "markerfacecolor": face}
    axes.plot([(low + high) / 2], [y], color=INK, zorder=4, clip_on=False, **look)
