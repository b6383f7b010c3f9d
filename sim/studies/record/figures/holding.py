"""How many launches are missed, by what a track takes and how far radars reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.colors import BoundaryNorm, LinearSegmentedColormap, ListedColormap
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.plots.colours import GRID, HOLDS, INK, NEARLY
from sim.plots.style import BODY, PLATE, SMALL, finish, new_figure, plain

HEIGHT = 3.6
ENOUGH = ("#7d5fa3", HOLDS, "#1d1230")  # shades of as many as reported, to all


def draw(title: str, reaches: Sequence[float], n_missed: NDArray[np.int64], n_reported: int) -> Figure:
    """Seconds along the bottom, the share of a radar's range up the side, shares falling; a shade a number.

    A field begins at the time and ends at the share that were asked for, so that an edge stands where the text has it.
    """
    figure = new_figure(HEIGHT)
    axes = figure.subplots()
    percent, seconds = 100 * np.array(reaches), np.arange(n_missed.shape[1] + 1.0)
    below = 2 * percent[-1] - percent[-2]
    n_most = max(int(n_missed.max()), n_reported)
    edges = np.arange(n_most + 2) - 0.5
    shades = ListedColormap(_shades(n_reported, n_most))
    mesh = axes.pcolormesh(seconds, [*percent, below], n_missed, cmap=shades, norm=BoundaryNorm(edges, shades.N))
    bar = figure.colorbar(mesh, ax=axes, location="top", ticks=range(n_most + 1), aspect=32, drawedges=True)
    bar.set_label(f"launches missed; {n_reported} or more were reported", fontsize=BODY)
    bar.ax.tick_params(labelsize=SMALL, length=0)
    axes.plot([0], [percent[0]], "o", color=INK, markersize=8, clip_on=False, zorder=6)
    axes.text(4, percent[0] - 8, "geometry\nalone", fontsize=SMALL, color=INK, va="center", bbox=PLATE, zorder=6)
    axes.set_xlim(0, seconds[-2])
    axes.set_ylim(percent[-1], percent[0])
    axes.set_xlabel("seconds in sight without a break that a track takes", fontsize=BODY)
    axes.set_ylabel("% of its range\nthat a radar reaches", fontsize=BODY)
    plain(axes, keep=("bottom", "left"))
    axes.grid(visible=False)
    return finish(
        figure,
        title,
        f"Asked by the second and by {percent[0] - percent[1]:.3g} % of a range. Radars at their working range; of a "
        "tenth of the echo 56 % of it is left. Neither axis has a public value.",
    )


def _shades(n_reported: int, n_most: int) -> list[Any]:
    """Light ones of fewer than reported, dark ones from there on."""
    fewer = LinearSegmentedColormap.from_list("fewer", [GRID, NEARLY])(np.linspace(0, 1, n_reported))
    enough = LinearSegmentedColormap.from_list("enough", ENOUGH)
    return [*fewer, *enough(np.linspace(0, 1, n_most - n_reported + 1))]
