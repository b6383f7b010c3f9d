"""How far an answer goes over the ranges of what is not known."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.analysis.box import Extents
from sim.analysis.intervals import Interval
from sim.analysis.outcomes import Quantity


@dataclass(frozen=True)
class Band:
    """The lowest and highest value over the ranges of what is not known; nan where there is none.

    ``low_noise``, ``high_noise`` are half-widths: how far the simulation leaves the ends uncertain.
    """

    low: float
    high: float
    low_noise: float = 0.0
    high_noise: float = 0.0


def no_band(_: str, at: Interval) -> Band:
    """Of what was looked at in the typical setting alone."""
    return Band(at.estimate, at.estimate)


def band_of(extents: Extents, quantity: Quantity, at: Interval) -> Band:
    """How far a quantity goes over the ranges; what it is at the typical setting lies within."""
    ends = [at, *((extents[quantity].low.at, extents[quantity].high.at) if quantity in extents else ())]
    known = [end for end in ends if not math.isnan(end.estimate)] or [at]
    low, high = (extreme(known, key=lambda end: end.estimate) for extreme in (min, max))
    return Band(
        low.estimate, high.estimate, *(0.0 if math.isnan(end.half_width) else end.half_width for end in (low, high))
    )


def band(values: list[float]) -> Band:
    """The lowest and highest of the values that exist."""
    found = [value for value in values if not math.isnan(value)]
    return Band(min(found), max(found)) if found else Band(math.nan, math.nan)
