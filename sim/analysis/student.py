"""Quantiles of Student's t, plain: all that an ordinary run would load SciPy for."""

from __future__ import annotations

import math
from functools import lru_cache

from sim.portable import normal_quantile

MANY = 1_000  # degrees of freedom from which the expansion is exact to the last bits
CLOSE = 1e-15  # a step of so small a share is rounding

# Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5: the quantile about that of the normal,
# in powers of one over the degrees of freedom; polynomials in its square, the highest power first.
EXPANSION = (
    (4.0, (1.0, 1.0)),
    (96.0, (5.0, 16.0, 3.0)),
    (384.0, (3.0, 19.0, 17.0, -15.0)),
    (92160.0, (79.0, 776.0, 1482.0, -1920.0, -945.0)),
)


@lru_cache(maxsize=4096)
def student_quantile(n: int, p: float) -> float:
    """The value below which a share ``p`` of Student's t with ``n`` degrees of freedom lies.

    Parameters
    ----------
    n : at least 1
    p : in [0.5, 1)

    Notes
    -----
    Within 1e-12 of its value. Few degrees of freedom: Newton's method on the closed form of the share, in the
    angle whose tangent is t / √n (Abramowitz and Stegun, 26.7.3 and 26.7.4). Many: their expansion 26.7.5.
    """
    z = float(normal_quantile(p))
    if n >= MANY:
        terms = (z * _polynomial(c, z * z) / (divisor * n**k) for k, (divisor, c) in enumerate(EXPANSION, 1))
        return z + math.fsum(terms)
    angle, step = math.atan(z / math.sqrt(n)), math.inf
    density = 2 * math.exp(math.lgamma((n + 1) / 2) - math.lgamma(n / 2)) / math.sqrt(math.pi)
    while step > CLOSE * angle:  # from below, since the share is concave: rounding alone makes a step that is not up
        step = (2 * p - 1 - _share_between(angle, n)) / (density * math.cos(angle) ** (n - 1))
        angle += step
    return math.sqrt(n) * math.tan(angle)


def _share_between(angle: float, n: int) -> float:
    """The share between -t and t."""
    sine, cosine = math.sin(angle), math.cos(angle)
    term = total = cosine if n % 2 else 1.0
    for k in range(2 + n % 2, n - 1, 2):
        term *= cosine * cosine * (k - 1) / k
        total += term
    if n % 2 == 0:
        return sine * total
    return 2 / math.pi * (angle + (sine * total if n > 1 else 0.0))


def _polynomial(c: tuple[float, ...], x: float) -> float:
    total = 0.0
    for one in c:
        total = total * x + one
    return total
