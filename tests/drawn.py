"""The data of a figure: what its artists draw, as plain values.

Long lines are thinned to every tenth point; numbers have ten digits, more than a figure shows and fewer
than the last bits in which processors differ.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.studies.run.figures import FIGURES
from sim.studies.run.view import View

LONG, THINNED = 100, 10


def figures_text(view: View) -> str:
    """Every figure that applies, by name, as JSON with a line for each artist."""
    figures = {name: draw(view) for name, draw in FIGURES.items()}
    parts = [f"{json.dumps(name)}: {_figure_text(figure)}" for name, figure in figures.items() if figure]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _figure_text(figure: Figure) -> str:
    lines = [json.dumps(artist, ensure_ascii=False) for artist in drawn(figure)]
    return "[\n " + ",\n ".join(lines) + "\n]"


def drawn(figure: Figure) -> list[dict[str, Any]]:
    """The artists of a figure in the order in which they were drawn."""
    above = {"title": figure._suptitle.get_text(), "small print": figure._supxlabel.get_text()}
    return [above, *(artist for axes in figure.axes for artist in _of_axes(axes))]


def _of_axes(axes: Axes) -> list[dict[str, Any]]:
    frame = {
        "axes": axes.get_xlabel(),
        "heading": axes.get_title(loc="left"),
        "x": _numbers(axes.get_xlim()),
        "y": _numbers(axes.get_ylim()),
        "ticks": [text.get_text() for text in axes.get_xticklabels()],
    }
    lines = [
        {"line": line.get_color(), "mark": str(line.get_marker()), **_points(line.get_xdata(), line.get_ydata())}
        for line in axes.lines
    ]
    bars = [{"bar": _numbers(bar.get_bbox().bounds), "hatch": bar.get_hatch() or ""} for bar in axes.patches]
    areas = [{"area": _points(*path.vertices.T)} for collection in axes.collections for path in collection.get_paths()]
    texts = [{"text": text.get_text(), "at": _numbers(text.get_position())} for text in axes.texts]
    return [frame, *lines, *bars, *areas, *texts]


def _points(x: Any, y: Any) -> dict[str, list[float]]:
    step = THINNED if len(x) > LONG else 1
    return {"x": _numbers(x[::step]), "y": _numbers(y[::step])}


def _numbers(values: Any) -> list[float]:
    return [float(f"{float(value):.10g}") for value in np.asarray(values, float)]
