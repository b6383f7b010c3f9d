"""Where a function changes its sign."""

from __future__ import annotations

from collections.abc import Callable


def root(f: Callable[[float], float], low: float, high: float, within: float) -> float:
    """Where f changes its sign between low and high, by bisection, to within a distance.

    The side that is returned is that of `high`: f has the sign there that it has at `high`.
    """
    is_positive = f(high) > 0
    while high - low > within:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (low, middle) if (f(middle) > 0) == is_positive else (middle, high)
    return high
