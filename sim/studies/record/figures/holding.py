"""How many launches are missed, by what a track takes and how far radars reach."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.plots.colours import GRID, HOLDS, INK, NEARLY, QUIET
from sim.plots.style import BODY, PLATE, SMALL, finish, new_figure, plain

HEIGHT = 3.1
LEAST = 0.04  # of a side, for a number beside it


def draw(title: str, reaches: Sequence[float], n_missed: NDArray[np.int64], n_reported: int) -> Figure:
    """Seconds along the bottom, the share of a radar's range up the side; numbers stand along both other sides."""
    figure = new_figure(HEIGHT)
    axes = figure.subplots()
    percent, seconds = 100 * np.array(reaches), np.arange(float(n_missed.shape[1]))
    colours = ListedColormap([GRID, *[NEARLY] * (n_reported - 1), HOLDS])
    axes.pcolormesh(seconds, percent, np.minimum(n_missed, n_reported), cmap=colours, vmin=0, vmax=n_reported)
    for n in range(n_reported + 1, int(n_missed.max()) + 1):
        axes.contour(seconds, percent, n_missed, levels=[n - 0.5], colors=NEARLY, linewidths=0.8)
    above, beside = percent[0] + 3.5, seconds[-1] + 3
    _along(n_missed[0], seconds.tolist(), lambda at, n: axes.text(at, above, n, **_look("center", "bottom")))
    _along(n_missed[:, -1], percent.tolist(), lambda at, n: axes.text(beside, at, n, **_look("left", "center")))
    _named(axes, percent, n_reported)
    axes.set_xlim(0, seconds[-1])
    axes.set_ylim(percent[-1], percent[0] + 2.5)
    axes.set_xlabel("seconds in sight without a break that a track takes", fontsize=BODY)
    axes.set_ylabel("% of its range\nthat a radar reaches", fontsize=BODY)
    plain(axes, keep=("bottom", "left"))
    axes.grid(visible=False)
    return finish(
        figure,
        title,
        "Numbers: launches missed, along the top and the right, with a line where they grow. Radars at their working "
        "range; of a tenth of the echo 56 % of it is left. Neither axis has a public value.",
    )


def _named(axes: Axes, percent: NDArray[np.float64], n_reported: int) -> None:
    axes.plot([0], [percent[0]], "o", color=INK, markersize=8, clip_on=False, zorder=6)
    axes.text(4, percent[0] - 6, "geometry\nalone", fontsize=SMALL, color=INK, va="center", zorder=6)
    words = f"{n_reported} or more are missed, as reported"
    axes.text(90, 45, words, fontsize=BODY, color=INK, ha="center", va="center", bbox=PLATE, zorder=6)


def _along(counts: NDArray[np.int64], places: Sequence[float], write: Callable[[float, str], object]) -> None:
    """A number in the middle of every stretch of one side along which it is the same, where there is room."""
    start = 0
    for n, stretch in groupby(counts.tolist()):
        length = len([*stretch])
        ends = places[start], places[start + length - 1]
        if length > LEAST * len(counts) + 1:
            write(float(np.mean(ends)), str(n))
        start += length


def _look(ha: str, va: str) -> dict[str, Any]:
    return {"ha": ha, "va": va, "fontsize": SMALL, "color": QUIET, "fontweight": "bold"}
