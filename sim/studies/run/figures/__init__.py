"""Figures: one a file; each states its finding, computes nothing but positions and saves nothing.

A new figure: 1. a file here with ``draw(view) -> Figure | None`` (None: it does not apply); 2. its name
in `FIGURES`; 3. a test of the data it draws.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.plots.render import Figure
    from sim.studies.run.view import View

NAMES = ("latency", "difference", "stages", "timeline", "launches", "warning", "work", "desks")
WORKERS_IMPORT = (  # what simulates, and what draws
    "sim.experiment.run",
    "sim.studies.run.files",
    *(f"sim.studies.run.figures.{name}" for name in NAMES),
    *(f"matplotlib.backends.backend_{kind}" for kind in ("agg", "svg")),
)


def _draw(name: str, view: View) -> Figure | None:
    """Import a figure when it is first drawn: whoever only wants to know their names needs no matplotlib."""
    figure: Figure | None = import_module(f"sim.studies.run.figures.{name}").draw(view)
    return figure


FIGURES: Mapping[str, Callable[[View], Figure | None]] = {name: partial(_draw, name) for name in NAMES}
