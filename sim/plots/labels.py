"""Where a curve's name stands beside it: positions only, in shares of the axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Shares = NDArray[np.float64]

HEIGHTS = (0.62, 0.42, 0.78, 0.28, 0.9, 0.15, 0.52, 0.7, 0.35, 0.84, 0.21)
LEVELS = (0.03, 0.85, 0.5, 0.7, 0.3)  # of a name beside an upright line
LOW, ALONG, STACKED = 1.0, (1.0, 0.75, 0.5, 0.25), 3  # of a name's height; where along the axes, how many above
GAP = 0.015
OTHER = 3.0  # crossing another curve, against crossing the own: it looks like its name
OVERLAP = 10_000.0  # worse than crossing any curve


@dataclass(frozen=True)
class DrawnCurve:
    """A curve as it stands in the axes: x and y from 0 to 1."""

    x: Shares
    y: Shares


@dataclass(frozen=True)
class Box:
    """The place of a text."""

    left: float
    bottom: float
    width: float
    height: float

    def overlaps(self, other: Box) -> bool:
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.bottom < other.bottom + other.height
            and other.bottom < self.bottom + self.height
        )

    def n_points(self, curve: DrawnCurve) -> int:
        """How many points of a curve lie inside."""
        is_in = (curve.x > self.left) & (curve.x < self.left + self.width)
        return int((is_in & (curve.y > self.bottom) & (curve.y < self.bottom + self.height)).sum())


def best_box(
    own: DrawnCurve, sizes: Sequence[tuple[float, float]], others: Sequence[DrawnCurve], taken: Sequence[Box]
) -> tuple[int, Box]:
    """The place beside a curve that hides least: inside the axes, off other names, off the curves.

    Parameters
    ----------
    own : the curve that is named, rising
    sizes : width and height of the text, for each way of breaking it, the best first
    others : the other curves
    taken : places of what is written already

    Returns
    -------
    Which size, and the place.
    """
    places = [(number, box) for number, size in enumerate(sizes) for box in _places(own, size)]
    return min(places, key=lambda place: place[0] + _cost(place[1], own, others, taken))


def _places(own: DrawnCurve, size: tuple[float, float]) -> list[Box]:
    """Right of the curve, then left of it, at several heights; above it, one over the other, where it stays low."""
    width, height = size
    if own.y[-1] < LOW * height:
        lefts, levels = [(1 - width) * share for share in ALONG], range(STACKED)
        return [Box(left, _top(own, left, width) + GAP + n * height, width, height) for left in lefts for n in levels]
    found = []
    for share in HEIGHTS:
        at = float(own.y[-1]) * share
        top, bottom = (float(own.x[_first(own.y, y)]) for y in (at + height / 2, at - height / 2))
        found.append(Box(top + GAP, at - height / 2, width, height))
        found.append(Box(bottom - GAP - width, at - height / 2, width, height))
    return found


def _top(own: DrawnCurve, left: float, width: float) -> float:
    """How high a curve comes from left to right of a name."""
    return float(own.y[(own.x >= left) & (own.x <= left + width)].max())


def _first(y: Shares, level: float) -> int:
    return min(int(np.searchsorted(y, level)), len(y) - 1)


def _cost(box: Box, own: DrawnCurve, others: Sequence[DrawnCurve], taken: Sequence[Box]) -> float:
    return _faults(box, taken) + box.n_points(own) + OTHER * sum(box.n_points(curve) for curve in others)


def _faults(box: Box, taken: Sequence[Box]) -> float:
    outside = max(-box.left, box.left + box.width - 1, -box.bottom, box.bottom + box.height - 1, 0.0)
    return OVERLAP * ((outside > 0) + outside + sum(box.overlaps(other) for other in taken))


def box_beside(x: float, size: tuple[float, float], curves: Sequence[DrawnCurve], taken: Sequence[Box]) -> Box:
    """The place beside an upright line at x, right or left of it, that hides least of the curves."""
    width, height = size
    places = [Box(left, level, width, height) for level in LEVELS for left in (x, x - width)]
    return min(places, key=lambda box: _faults(box, taken) + sum(box.n_points(curve) for curve in curves))
