"""Figures: one a file; each states its finding, computes nothing but positions and saves nothing.

A new figure: 1. a file here with ``draw(view) -> Figure | None`` (None: it does not apply); 2. a line
in `FIGURES`; 3. a test of the data it draws.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO

from matplotlib import rc_context
from matplotlib.figure import Figure

from sim.plots import difference, latency, launches, stages, timeline
from sim.plots.view import View

__all__ = ["DOTS_PER_INCH", "FIGURES", "Figure", "launches", "rendered"]

FIGURES: Mapping[str, Callable[[View], Figure | None]] = {
    "latency": latency.draw,
    "difference": difference.draw,
    "stages": stages.draw,
    "timeline": timeline.draw,
    "launches": launches.draw,
}

DOTS_PER_INCH = 200


def rendered(figure: Figure, suffix: str) -> bytes:
    """A figure as the bytes of a PNG or SVG, without dates or chance, so that equal runs give equal files."""
    data = BytesIO()
    metadata = {"Date": None} if suffix == "svg" else {"Software": None}
    with rc_context({"svg.hashsalt": "alertpath"}):
        figure.savefig(data, format=suffix, dpi=DOTS_PER_INCH, metadata=metadata)
    return data.getvalue()
