"""The shape of a gamma whose 90 % point is so many times its median. Plain math.

Everything is in ln x, where ln P(shape, x), the logarithm of the regularised incomplete gamma function, is
concave, since its slope is the shape over a sum that grows with x: Newton's method then comes to the quantile
from below, from wherever it starts.
"""

from __future__ import annotations

import math
from functools import lru_cache

from sim.portable import Z90, exp, log, log_gamma

NARROWEST, WIDEST = 1000.0, 0.05  # shapes: beyond them a gamma is all but a normal, or all but always 0
LEAST, MOST = 0.04025989853850663, 11.827146462186194  # ln of their ratios


@lru_cache(1024)  # the corners of a range ask for the same ratios again
def shape_of_ratio(ratio: float) -> float:
    """The shape, by the Illinois method on ln of the spread: almost a straight line in the logarithm of the shape.

    Raises
    ------
    ValueError : no gamma between the narrowest and the widest shape has this ratio.
    """

    wanted = log(float(ratio))
    if not LEAST <= wanted <= MOST:
        ends = f"between {exp(LEAST):.3f} and {exp(MOST):,.0f}"
        raise ValueError(f"p90 must be {ends} times the median for a gamma, not {ratio:g}")
    low, high = log(WIDEST), log(NARROWEST)
    at_low, at_high = log(MOST / wanted), log(LEAST / wanted)
    was_above: bool | None = None
    while high - low > 1e-13:
        middle = low + (high - low) * at_low / (at_low - at_high)
        here = log(_spread(exp(middle)) / wanted)
        if abs(here) < 1e-12:
            return float(exp(middle))
        is_above = here > 0
        if is_above:
            low, at_low, at_high = middle, here, at_high / (2 if was_above is True else 1)
        else:
            high, at_high, at_low = middle, here, at_low / (2 if was_above is False else 1)
        was_above = is_above
    return float(exp(low))


def _spread(shape: float) -> float:
    return _log_quantile(shape, 0.9, Z90) - log_median(shape)


def log_median(shape: float) -> float:
    """ln of the median of a gamma of this shape and of scale 1."""
    return _log_quantile(float(shape), 0.5, 0.0)


def _log_quantile(shape: float, share: float, z: float) -> float:
    """ln of the value below which a share lies; `z` is that of the standard normal."""
    if shape > 1:  # Wilson and Hilferty (1931): the cube root is all but normal
        log_x = log(shape) + 3 * log(1 - 1 / (9 * shape) + z / (3 * math.sqrt(shape)))
    else:
        log_x = (log(share) + log_gamma(shape + 1)) / shape  # below it, since P ≤ xᵃ / Γ(a + 1)
    step = math.inf
    while abs(step) > 1e-8:  # the next would be of its square
        log_share, slope = _log_share(shape, log_x)
        step = (log(share) - log_share) / slope
        log_x += step
    return float(log_x)


def _log_share(shape: float, log_x: float) -> tuple[float, float]:
    """ln P(shape, x) and its slope in ln x, by the series DLMF 8.7.1: its terms are positive."""
    x = exp(log_x)
    term = total = 1.0
    n = shape
    while term > 1e-17 * total:
        n += 1
        term *= x / n
        total += term
    return shape * log_x - x - log_gamma(shape + 1) + log(total), shape / total
