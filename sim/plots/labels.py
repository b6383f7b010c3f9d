"""Where a curve's name stands beside it: positions only, in shares of the axes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

Shares = NDArray[np.float64]

HEIGHTS = (0.62, 0.42, 0.78, 0.28, 0.9, 0.15, 0.52, 0.7, 0.35, 0.84, 0.21)
LOW, ALONG = 2.2, (1.0, 0.9, 0.75, 0.6, 0.5, 0.35, 0.25)  # of a name's height; where along the axes
GAP = 0.015
CLOSE = 0.005  # two curves that are as near to a name
STEEP = 0.4  # how high the axes are, of their width
OTHER = 3.0  # crossing another curve, against crossing the own: it looks like its name
NEARER = 500.0  # standing nearer to another curve than to the own: worse than hiding a piece of it
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

    def distance(self, curve: DrawnCurve) -> float:
        """How far a curve is from it at the nearest."""
        across = np.maximum(np.maximum(self.left - curve.x, curve.x - self.left - self.width), 0)
        up = np.maximum(np.maximum(self.bottom - curve.y, curve.y - self.bottom - self.height), 0)
        return float(np.hypot(across, up * STEEP).min())


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
    _, number, box = min(_costs(own, sizes, others, taken), key=itemgetter(0))
    return number, box


def _costs(
    own: DrawnCurve, sizes: Sequence[tuple[float, float]], others: Sequence[DrawnCurve], taken: Sequence[Box]
) -> Iterator[tuple[float, int, Box]]:
    """What each place costs, up to one after which none can cost less."""
    least = inf
    for number, size in enumerate(sizes):
        for box in _places(own, size):
            if least <= number:
                return
            cost = number + _cost(box, own, others, taken)
            least = min(least, cost)
            yield cost, number, box


def _places(own: DrawnCurve, size: tuple[float, float]) -> list[Box]:
    """Right of the curve, then left of it, at several heights; above or below it where it stays low."""
    width, height = size
    found = []
    if own.y[-1] < LOW * height:
        for left in ((1 - width) * share for share in ALONG):
            low, high = _span(own, left, width)
            found += [Box(left, bottom, width, height) for bottom in (high + GAP, low - GAP - height)]
        return found
    for share in HEIGHTS:
        at = float(own.y[-1]) * share
        top, bottom = (float(own.x[_first(own.y, y)]) for y in (at + height / 2, at - height / 2))
        found.append(Box(top + GAP, at - height / 2, width, height))
        found.append(Box(bottom - GAP - width, at - height / 2, width, height))
    return found


def _span(own: DrawnCurve, left: float, width: float) -> tuple[float, float]:
    """How low and how high a curve is from left to right of a name."""
    beside = own.y[(own.x >= left) & (own.x <= left + width)]
    return float(beside.min()), float(beside.max())


def _first(y: Shares, level: float) -> int:
    return min(int(np.searchsorted(y, level)), len(y) - 1)


def _cost(box: Box, own: DrawnCurve, others: Sequence[DrawnCurve], taken: Sequence[Box]) -> float:
    hidden = box.n_points(own) + OTHER * sum(box.n_points(curve) for curve in others)
    return _faults(box, taken) + NEARER * (not is_nearest(box, own, others)) + hidden


def is_nearest(box: Box, own: DrawnCurve, others: Sequence[DrawnCurve]) -> bool:
    """Whether no other curve is nearer to a name than the one that it names."""
    return box.distance(own) + CLOSE < min((box.distance(other) for other in others), default=np.inf)


def _faults(box: Box, taken: Sequence[Box]) -> float:
    outside = max(-box.left, box.left + box.width - 1, -box.bottom, box.bottom + box.height - 1, 0.0)
    return OVERLAP * ((outside > 0) + outside + sum(box.overlaps(other) for other in taken))
