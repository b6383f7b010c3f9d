"""Coasts and borders of Northeast Asia, for maps.

`data/northeast_asia_land.geojson` is Natural Earth's, 1:50m physical land and country boundary lines, public domain,
by way of world-atlas 2.0.2; clipped to 90 to 180 degrees east and 5 south to 60 north, rounded to 0.001 degree. A line
on the map is no statement on whose the land is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

LAND, BORDER, WATER = "#e3e0d8", "#b9b5aa", "#f4f8fb"
DATA = ("data", "northeast_asia_land.geojson")

Ring = Sequence[Sequence[float]]  # (longitude, latitude), degrees


@lru_cache(1)
def _features() -> dict[str, Any]:
    text = files("sim.plots").joinpath(*DATA).read_text(encoding="utf-8")
    return {
        feature["properties"]["kind"]: feature["geometry"]["coordinates"] for feature in json.loads(text)["features"]
    }


def draw_land(axes: Axes) -> Axes:
    """Land and borders in degrees, under everything else."""
    axes.set_facecolor(WATER)
    rings: list[Ring] = [ring for polygon in _features()["land"] for ring in polygon]
    axes.add_patch(PathPatch(_path(rings), facecolor=LAND, edgecolor=BORDER, linewidth=0.5, zorder=0))
    for line in _features()["border"]:
        axes.plot(*zip(*line, strict=True), color=BORDER, linewidth=0.7, zorder=0.5)
    return axes


def _path(rings: Sequence[Ring]) -> Path:
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))
