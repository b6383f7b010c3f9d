"""Where many functions change their sign, and where they are largest: at once, since arrays cost as much as numbers.

A function is asked for by its number: ``f(at, which)`` is the values of the functions ``which`` at one point each.
What a check asks for loads no NumPy, so that `sim.flight.roots` has one function of a number, and a method for those.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Places = NDArray[np.intp]
Curves = Callable[[Doubles, Places], Doubles]

GOLDEN = (5**0.5 - 1) / 2


def roots(f: Curves, before: Doubles, after: Doubles, within: float) -> Doubles:
    """Where each f changes its sign between two points, to within a distance; all arrays, shape (n,).

    What is returned lies on the side of `after`, whichever is larger: f has the sign there that it has at `after`,
    which is returned where the sign does not change.

    Where a parabola through the last three points crosses zero, lying on its side, or halfway where that is not to be
    trusted (Chandrupatla, Advances in Engineering Software 28, 1997); half of the distance from either end at least,
    so that both ends close in.
    """
    every = np.arange(len(before))
    a, b = before.astype(np.float64), after.astype(np.float64)  # the last point, and the nearest on the other side
    f_a, f_b = f(a, every), f(b, every)
    is_positive = f_b >= 0
    share = np.divide(f_a, f_a - f_b, out=np.full(len(every), 0.5), where=f_a != f_b)
    left = every[(np.abs(b - a) > within) & ((f_a >= 0) != is_positive)]
    while len(left):
        old, other, f_old, f_other = a[left], b[left], f_a[left], f_b[left]
        least = within / 2 / np.abs(other - old)
        at = old + np.minimum(np.maximum(share[left], least), 1 - least) * (other - old)
        f_at = f(at, left)
        is_beyond = (f_at >= 0) == (f_old >= 0)
        left_out, f_left_out = np.where(is_beyond, old, other), np.where(is_beyond, f_old, f_other)
        other, f_other = np.where(is_beyond, other, old), np.where(is_beyond, f_other, f_old)
        a[left], b[left], f_a[left], f_b[left] = at, other, f_at, f_other
        share[left] = _share(at, other, left_out, f_at, f_other, f_left_out)
        left = left[(np.abs(other - at) > within) & (at != old) & (at != left_out)]
    return np.where((f_b >= 0) == is_positive, b, a)


def _share(a: Doubles, b: Doubles, c: Doubles, f_a: Doubles, f_b: Doubles, f_c: Doubles) -> Doubles:
    """How far from a to b the parabola through three points lies at zero, or half of it."""
    with np.errstate(divide="ignore", invalid="ignore"):
        x, y = (a - b) / (c - b), (f_a - f_b) / (f_c - f_b)
        share = f_a / (f_b - f_a) * f_c / (f_b - f_c) + (c - a) / (b - a) * f_a / (f_c - f_a) * f_b / (f_c - f_b)
        return np.where((y**2 < x) & ((1 - y) ** 2 < 1 - x) & np.isfinite(share), share, 0.5)


def peaks(f: Curves, low: Doubles, high: Doubles, within: float) -> Doubles:
    """Where each f, which rises and then falls between two points, is largest, to within a distance; shape (n,).

    By golden sections, each of which asks for f at one new point (Kiefer, Proc. American Mathematical Society 4, 1953).
    """
    left = np.arange(len(low))
    low, high = low.astype(np.float64), high.astype(np.float64)
    points = np.stack([high - GOLDEN * (high - low), low + GOLDEN * (high - low)])
    values = np.stack([f(one, left) for one in points])
    while len(left := left[high[left] - low[left] > within]):
        is_right = values[0, left] < values[1, left]  # the peak is right of the first point
        low[left] = np.where(is_right, points[0, left], low[left])
        high[left] = np.where(is_right, high[left], points[1, left])
        inner, new = 1 - is_right, is_right.astype(np.intp)  # which point it goes on with, and which is taken anew
        points[inner, left], values[inner, left] = points[new, left], values[new, left]
        width = GOLDEN * (high[left] - low[left])
        points[new, left] = np.where(is_right, low[left] + width, high[left] - width)
        values[new, left] = f(points[new, left], left)
    return (low + high) / 2
