"""The shape of a gamma whose 90 % point is so many times its median."""

from __future__ import annotations

import math
from functools import lru_cache

NARROWEST, WIDEST = 1000.0, 0.05  # shapes: beyond them a gamma is all but a normal, or all but always 0


@lru_cache(1024)  # the corners of a range ask for the same ratios again
def shape_of_ratio(ratio: float) -> float:
    """The shape at which the 90 % point is ``ratio`` times the median.

    Raises
    ------
    ValueError : no gamma between the narrowest and the widest shape has this ratio.
    """
    from scipy import optimize  # slow to import, and asked for seldom

    least, most = _ratio(NARROWEST), _ratio(WIDEST)
    if not least <= ratio <= most:
        raise ValueError(f"p90 must be between {least:.3f} and {most:,.0f} times the median for a gamma, not {ratio:g}")

    def excess(shape: float) -> float:
        return math.log(_ratio(shape) / ratio)

    return float(optimize.brentq(excess, WIDEST, NARROWEST, xtol=1e-15, rtol=1e-15))


def median_of_shape(shape: float) -> float:
    """The median of a gamma of this shape and of scale 1."""
    return _quantile(shape, 0.5)


def _ratio(shape: float) -> float:
    return _quantile(shape, 0.9) / median_of_shape(shape)


def _quantile(shape: float, share: float) -> float:
    from scipy import special

    return float(special.gammaincinv(shape, share))
