"""Figures: one a file; each states its finding, computes nothing but positions and saves nothing.

A new figure: 1. a file here with ``draw(view) -> Figure | None`` (None: it does not apply); 2. its name
in `FIGURES`; 3. a test of the data it draws.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING

from sim.plots.view import View

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Figure  # for whoever may not name the library

NAMES = ("latency", "difference", "stages", "timeline", "launches", "warning")
MODULES = (
    *(f"sim.plots.{name}" for name in NAMES),
    *(f"matplotlib.backends.backend_{kind}" for kind in ("agg", "svg")),
)
DOTS_PER_INCH = 200


def _draw(name: str, view: View) -> Figure | None:
    """Import a figure when it is first drawn: whoever only wants to know their names needs no matplotlib."""
    figure: Figure | None = import_module(f"sim.plots.{name}").draw(view)
    return figure


FIGURES: Mapping[str, Callable[[View], Figure | None]] = {name: partial(_draw, name) for name in NAMES}


def rendered(figure: Figure, suffix: str) -> bytes:
    """A figure as the bytes of a PNG or SVG, without dates or chance, so that equal runs give equal files."""
    from matplotlib import rc_context

    data = BytesIO()
    metadata = {"Date": None} if suffix == "svg" else {"Software": None}
    with rc_context({"svg.hashsalt": "alertpath"}):
        figure.savefig(data, format=suffix, dpi=DOTS_PER_INCH, metadata=metadata)
    return data.getvalue()
