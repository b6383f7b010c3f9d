"""How many launches are missed, by what a track takes and how far radars reach: the more, the darker."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.plots.colours import GRID, HOLDS, INK, NEARLY
from sim.plots.style import BODY, PLATE, SMALL, finish, new_figure, plain

HEIGHT = 3.0
MANY = 6  # from here on shades do not grow


def draw(title: str, reaches: Sequence[float], n_missed: NDArray[np.int64], n_reported: int) -> Figure:
    """Seconds along the bottom, the share of a radar's range up the side."""
    figure = new_figure(HEIGHT)
    axes = figure.subplots()
    percent = 100 * np.array(reaches)
    seconds = np.arange(n_missed.shape[1])
    colours = [GRID, *[NEARLY] * (n_reported - 1), HOLDS]
    levels = [-0.5, *(n + 0.5 for n in range(n_reported)), n_missed.max() + 1]
    axes.contourf(seconds, percent, n_missed, levels=levels, colors=colours)
    for n in range(n_reported, int(n_missed.max()) + 1):
        axes.contour(seconds, percent, n_missed, levels=[n - 0.5], colors="white", linewidths=0.7)
    _numbers(axes, percent, n_missed)
    axes.plot([0], [100], "o", color=INK, markersize=8, clip_on=False, zorder=6)
    axes.text(5, 96.5, "geometry alone", fontsize=SMALL, color=INK, va="center", bbox=PLATE, zorder=6)
    axes.set_xlabel("seconds in sight without a break that a track takes", fontsize=BODY)
    axes.set_ylabel("% of its range to\nwhich a radar sees", fontsize=BODY)
    plain(axes, keep=("bottom", "left"))
    axes.grid(visible=False)
    return finish(
        figure,
        title,
        f"Numbers: launches missed. Dark: at least {n_reported}, as reported. Radars at their working range; of a tenth "
        "of the echo a radar's range is left to 56 %. Neither axis has a public value.",
    )


def _numbers(axes: Axes, percent: NDArray[np.float64], n_missed: NDArray[np.int64]) -> None:
    """How many are missed, in the middle of each area that is wide enough."""
    for n in range(int(n_missed.max()) + 1):
        rows, columns = np.nonzero(n_missed == n)
        if len(rows) < n_missed.size / 100:
            continue
        off = (rows - rows.mean()) ** 2 / np.ptp(percent) + (columns - columns.mean()) ** 2 / n_missed.shape[1]
        place = int(np.argmin(off))
        colour = "white" if n > 1 else INK
        spot = (float(columns[place]), float(percent[rows[place]]))
        axes.text(*spot, f"{n}", ha="center", va="center", fontsize=BODY, fontweight="bold", color=colour, zorder=5)
