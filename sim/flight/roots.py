"""Where a function changes its sign, and where it is largest."""

from __future__ import annotations

from collections.abc import Callable

Curve = Callable[[float], float]


def root(f: Curve, before: float, after: float, within: float) -> float:
    """Where f changes its sign between two points, by bisection, to within a distance.

    What is returned lies on the side of `after`, whichever is larger: f has the sign there that it has at `after`.
    """
    is_positive = f(after) >= 0
    while abs(after - before) > within:
        middle = (before + after) / 2
        if middle in (before, after):
            break
        before, after = (before, middle) if (f(middle) >= 0) == is_positive else (middle, after)
    return after


def peak(f: Curve, low: float, high: float, within: float) -> float:
    """Where f, which rises and then falls between two points, is largest, to within a distance."""
    while high - low > within:
        left, right = low + (high - low) / 3, high - (high - low) / 3
        low, high = (left, high) if f(left) < f(right) else (low, right)
    return (low + high) / 2
