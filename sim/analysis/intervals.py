"""Estimates with intervals. The replication is the independent unit of every one of them.

Launches of one replication share desks and days, so with several of them, or with alerts missing,
every mean is a ratio of sums over replications and its variance that of clusters (Cochran, Sampling
Techniques, 3rd ed., 1977, section 6). Sums are exact integers: no order of adding shows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from sim.draws.nouns import Flags, Times

LEVEL = 0.95
_HALF_BITS = 20


@dataclass(frozen=True)
class Interval:
    """An estimate with the interval for simulation noise at `LEVEL`; nan where it cannot be told."""

    estimate: float
    low: float
    high: float

    @property
    def half_width(self) -> float:
        return (self.high - self.low) / 2


UNKNOWN = Interval(math.nan, math.nan, math.nan)


def exact_dot(a: Times, b: Times) -> int:
    """The sum of products of two int64 arrays as an exact integer; 64 bits would overflow."""
    a, b = a.ravel(), b.ravel()
    a_high, b_high = a >> _HALF_BITS, b >> _HALF_BITS
    a_low, b_low = a - (a_high << _HALF_BITS), b - (b_high << _HALF_BITS)
    parts = (
        (a_high, b_high, 2 * _HALF_BITS),
        (a_high, b_low, _HALF_BITS),
        (a_low, b_high, _HALF_BITS),
        (a_low, b_low, 0),
    )
    return sum(_sum(x * y) << shift for x, y, shift in parts)


def _sum(products: Times) -> int:
    """An exact sum; rows of 4,096 stay inside 64 bits for times up to a year."""
    whole = len(products) // 4096 * 4096
    rows = products[:whole].reshape(-1, 4096).sum(axis=1)
    return sum(int(row) for row in rows.tolist()) + int(products[whole:].sum())


def ratio_interval(totals: Times, counts: Times) -> Interval:
    """Mean of values grouped in replications.

    Parameters
    ----------
    totals, counts : int64, shape (n_replications,): sum and number of the values of each.

    Returns
    -------
    Interval in the unit of ``totals``; `UNKNOWN` with no values, unbounded with one replication.

    Notes
    -----
    With one value a replication this is the mean with Student's t.
    """
    n, n_values = len(totals), int(counts.sum())
    if n_values == 0:
        return UNKNOWN
    estimate = int(totals.sum()) / n_values
    n_informative = int(np.count_nonzero(counts))
    if n_informative < 2:
        return Interval(estimate, -math.inf, math.inf)
    residual_squares = (
        exact_dot(totals, totals)
        - 2 * estimate * exact_dot(totals, counts)
        + estimate * estimate * exact_dot(counts, counts)
    )
    variance = max(residual_squares, 0.0) * n / (n - 1) / n_values**2
    half = float(special.stdtrit(n_informative - 1, (1 + LEVEL) / 2)) * math.sqrt(variance)
    return Interval(estimate, estimate - half, estimate + half)


def share_interval(hits: Flags) -> Interval:
    """Share of launches for which something holds.

    Parameters
    ----------
    hits : bool, shape (n_replications, n_launches)

    Notes
    -----
    Wilson's interval (Wilson, JASA 22, 1927) on the effective number of launches: their number
    divided by the design effect of the clusters (Kish, Survey Sampling, 1965), never more than it.
    """
    n, per = hits.shape
    counts = hits.sum(axis=1, dtype=np.int64)
    share = int(counts.sum()) / (n * per)
    effective = float(n * per)
    if per > 1 and n > 1:
        variance = (exact_dot(counts, counts) - n * (share * per) ** 2) / (n - 1) / per**2 / n
        simple = share * (1 - share)
        effective = min(effective, simple / variance) if variance > 0 and simple > 0 else float(n)
    return wilson(share, effective)


def wilson(share: float, n: float) -> Interval:
    """Wilson's score interval for a share seen in ``n`` independent cases."""
    z = float(special.ndtri((1 + LEVEL) / 2))
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))


def quantile_interval(values: Times, is_known: Flags, q: float) -> Interval:
    """A quantile of the known values, by order statistics.

    Parameters
    ----------
    values : int64, shape (n_replications, n_launches); is_known : bool, the same shape
    q : float in (0, 1)

    Notes
    -----
    The estimate is the smallest value with at least a share q at or below it. The interval inverts
    that of the share below it (Woodruff, JASA 47, 1952), which is one of clusters.
    """
    known = np.sort(values[is_known])
    if not len(known):
        return UNKNOWN
    estimate = known[_rank(q, len(known))]
    below = ((values <= estimate) & is_known).sum(axis=1, dtype=np.int64)
    spread = ratio_interval(below, is_known.sum(axis=1, dtype=np.int64))
    if not math.isfinite(spread.low):
        return Interval(float(estimate), -math.inf, math.inf)
    low, high = q - spread.half_width, q + spread.half_width
    return Interval(float(estimate), float(known[_rank(low, len(known))]), float(known[_rank(high, len(known))]))


def _rank(q: float, n: int) -> int:
    return min(max(math.ceil(q * n) - 1, 0), n - 1)
