"""What is wrong with how a figure is laid out, by the boxes in which its texts are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Tick
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from sim.plots.style import COLUMN, COLUMN_CM, LEAST_PT

CM = 2.54  # an inch
SLACK = 2.0  # pixels that neighbours may share: the pad of a line
LEAST_WIDTH = 0.5  # of the page, all axes
INSIDE = 0.02  # of the axes: an anchor that far in is of a label inside


def faults(figure: Figure) -> list[str]:
    """A sentence for everything that a reader would stumble over."""
    figure.draw_without_rendering()
    texts = list(shown_texts(figure))
    found = [*too_small(figure, texts), *outside_page(figure, texts), *overlapping(texts)]
    found += squeezed(figure)
    for axes in figure.axes:
        found += [*outside_axes(axes), *over_curves(axes), *near_another(axes)]
    return found


def shown_texts(figure: Figure) -> Iterator[Text]:
    """Every text that is drawn; of ticks, only those inside the limits of their axis."""
    of_ticks = {id(text) for tick in figure.findobj(Tick) for text in tick.findobj(Text)}
    hidden = {
        id(text) for axes in figure.axes if not axes.axison for axis in _axis(axes) for text in axis.findobj(Text)
    }
    ticked = [
        label
        for axes in figure.axes
        if axes.axison
        for axis in _axis(axes)
        for tick in axis._update_ticks()
        for label in (tick.label1, tick.label2)
    ]
    others = [text for text in figure.findobj(Text) if id(text) not in of_ticks | hidden]
    for text in {id(text): text for text in [*others, *ticked]}.values():
        if isinstance(text, Text) and text.get_visible() and text.get_text().strip():
            yield text


def _axis(axes: Axes) -> tuple[Artist, Artist]:
    return axes.xaxis, axes.yaxis


def box_of(text: Text) -> Bbox:
    """Where the letters of a text stand, without what an arrow adds."""
    return Text.get_window_extent(text)


def too_small(figure: Figure, texts: list[Text]) -> Iterator[str]:
    """Below what can be read where the figure is printed as wide as it is made for."""
    scale = COLUMN_CM / CM / COLUMN
    for text in texts:
        size = text.get_fontsize() * scale
        if size < LEAST_PT - 0.005:
            yield f"{_said(text)} is {size:.1f} pt at {scale * CM * figure.get_figwidth():g} cm"


def squeezed(figure: Figure) -> Iterator[str]:
    """What is drawn takes little of the width: something beside it is too wide."""
    share = Bbox.union([axes.get_window_extent() for axes in figure.axes]).width / figure.bbox.width
    if share < LEAST_WIDTH:
        yield f"the axes take {100 * share:.0f} % of the width"


def outside_page(figure: Figure, texts: list[Text]) -> Iterator[str]:
    """Cut off by the edge of the page."""
    page = figure.bbox
    for text in texts:
        box = box_of(text)
        if box.x0 < page.x0 - 1 or box.x1 > page.x1 + 1 or box.y0 < page.y0 - 1 or box.y1 > page.y1 + 1:
            yield f"{_said(text)} is cut off by the page"


def overlapping(texts: list[Text]) -> Iterator[str]:
    """One over another."""
    boxes = [(text, box) for text in texts for box in [box_of(text)] if box.width and box.height]
    for (a, box_a), (b, box_b) in combinations(boxes, 2):
        if _meet(box_a, box_b):
            yield f"{_said(a)} is over {_said(b)}"


def _meet(a: Bbox, b: Bbox, slack: float = SLACK) -> bool:
    across = min(a.x1, b.x1) - max(a.x0, b.x0)
    return across > slack and min(a.y1, b.y1) - max(a.y0, b.y0) > slack


def outside_axes(axes: Axes) -> Iterator[str]:
    """Anchored inside the axes, but drawn across their edge."""
    frame = axes.get_window_extent()
    for text in _texts(axes):
        anchor = text.get_transform().transform(text.get_unitless_position())
        x, y = axes.transAxes.inverted().transform(anchor)
        box = box_of(text)
        is_in = INSIDE < x < 1 - INSIDE and INSIDE < y < 1 - INSIDE
        if is_in and (box.x0 < frame.x0 - SLACK or box.x1 > frame.x1 + SLACK or box.y1 > frame.y1 + SLACK):
            yield f"{_said(text)} runs out of its axes"


def over_curves(axes: Axes) -> Iterator[str]:
    """Across a curve that is not its own."""
    for text in _texts(axes):
        box = box_of(text)
        for line in curves(axes):
            if line.get_label() not in _plain(text) and _inside(box, _points(line)):
                yield f"{_said(text)} hides the curve of “{line.get_label()}”"


def near_another(axes: Axes) -> Iterator[str]:
    """The name of a curve that is nearer to another one."""
    every = curves(axes)
    for text in _texts(axes):
        own = [line for line in every if line.get_label() == _plain(text)]
        if own:
            distances = {line: _distance(box_of(text), _points(line)) for line in every}
            nearest = min(every, key=lambda line: distances[line])
            if distances[nearest] < distances[own[0]] - SLACK:
                yield f"{_said(text)} is nearer to “{nearest.get_label()}”"


def curves(axes: Axes) -> list[Line2D]:
    """Lines with a name and many points."""
    return [line for line in axes.lines if not str(line.get_label()).startswith("_") and len(line.get_xdata()) > 2]


def _texts(axes: Axes) -> list[Text]:
    return [text for text in axes.texts if text.get_visible() and text.get_text().strip()]


def _points(line: Line2D) -> np.ndarray:
    """A curve in pixels, with points between its own so that none is far from the next."""
    points = line.get_transform().transform(np.column_stack([line.get_xdata(), line.get_ydata()]).astype(float))
    points = points[np.isfinite(points).all(1)]
    along = np.arange(len(points))
    fine = np.linspace(0, len(points) - 1, 4 * len(points))
    return np.column_stack([np.interp(fine, along, points[:, i]) for i in (0, 1)])


def _inside(box: Bbox, points: np.ndarray) -> bool:
    x, y = points.T
    return bool(((x > box.x0 + SLACK) & (x < box.x1 - SLACK) & (y > box.y0 + SLACK) & (y < box.y1 - SLACK)).any())


def _distance(box: Bbox, points: np.ndarray) -> float:
    x, y = points.T
    away = np.hypot(
        np.maximum(np.maximum(box.x0 - x, x - box.x1), 0), np.maximum(np.maximum(box.y0 - y, y - box.y1), 0)
    )
    return float(away.min())


def _plain(text: Text) -> str:
    return " ".join(text.get_text().split())


def _said(text: Text) -> str:
    return f"“{_plain(text)[:40]}”"
