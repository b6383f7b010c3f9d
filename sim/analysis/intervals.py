"""Estimates with intervals. The replication is the independent unit of every one of them.

Launches of one replication share desks and days, so with several of them, or with alerts missing,
every mean is a ratio of sums over replications and its variance that of clusters (Cochran, Sampling
Techniques, 3rd ed., 1977, chapter 6). All an interval needs is sums over replications, which add up
exactly: neither the size of blocks nor the order of adding shows. Studies of many settings keep less of
each and tell its noise by sections instead: `sim.analysis.outcomes`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.histogram import Histogram
from sim.analysis.student import student_quantile
from sim.draws.nouns import Times
from sim.portable import normal_quantile

LEVEL = 0.95
AT_ONCE = 4096  # values of up to 2**51, of which so many add up within 64 bits
_HALF_BITS = 20
_LOW_HALF = (1 << _HALF_BITS) - 1
_MOST_BY_HALVES = 1 << 45  # a year in microseconds; sums over thousands of launches can be larger


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


@dataclass(frozen=True)
class RatioSums:
    """Exact sums over replications, each of which has a total and a count of values.

    n : replications; n_informative : those with a count; total, count : their sums; total_squares,
    total_counts, count_squares : the sums of total², total · count and count²
    """

    n: int
    n_informative: int
    total: int
    count: int
    total_squares: int
    total_counts: int
    count_squares: int

    def __add__(self, other: RatioSums) -> RatioSums:
        return RatioSums(*(a + b for a, b in zip(self.as_tuple(), other.as_tuple(), strict=True)))

    def as_tuple(self) -> tuple[int, ...]:
        return tuple(vars(self).values())

    def taken_from(self, value: int) -> RatioSums:
        """The sums where every value is the difference from a given one."""
        return replace(
            self,
            total=value * self.count - self.total,
            total_squares=value**2 * self.count_squares - 2 * value * self.total_counts + self.total_squares,
            total_counts=value * self.count_squares - self.total_counts,
        )

    @property
    def mean(self) -> float:
        """The mean value, nan where there is none."""
        return self.total / self.count if self.count else math.nan


def ratio_sums(totals: Times, counts: Times) -> RatioSums:
    """The sums of values grouped in replications.

    Parameters
    ----------
    totals, counts : int64, shape (n_replications,): sum and number of the values of each.
    """
    return ratio_rows(totals[None], counts[None])[0]


def ratio_rows(totals: Times, counts: Times) -> list[RatioSums]:
    """The same of many rows, int64 (row, replication), each for itself."""
    n, informative = totals.shape[1], np.count_nonzero(counts, axis=1).tolist()
    total, count, squares = exact_sums(totals), exact_sums(counts), exact_dots(totals, totals)
    if informative == count:  # at most one value each, and a total of 0 without it
        rows = zip(informative, total, count, squares, total, count, strict=True)
    else:
        crossed, count_squares = exact_dots(totals, counts), exact_dots(counts, counts)
        rows = zip(informative, total, count, squares, crossed, count_squares, strict=True)
    return [RatioSums(n, *row) for row in rows]


def share_sums(hits: Times, n_launches: int) -> RatioSums:
    """The sums of a share: of the launches of each replication, int64 (n_replications,) are hits."""
    return share_rows(hits[None], n_launches)[0]


def share_rows(hits: Times, n_launches: int) -> list[RatioSums]:
    """The same of many rows, int64 (row, replication), each for itself."""
    n, total = hits.shape[1], exact_sums(hits)
    squares, count = total if n_launches == 1 else exact_dots(hits, hits), n * n_launches
    return [
        RatioSums(n, n, one, count, square, n_launches * one, count * n_launches)
        for one, square in zip(total, squares, strict=True)
    ]


def exact_dots(a: Times, b: Times) -> list[int]:
    """The sums of products of rows, int64 (row, value), as exact integers; 64 bits would overflow."""
    if max(np.abs(a).max(initial=0), np.abs(b).max(initial=0)) >= _MOST_BY_HALVES:
        pairs = zip(a.tolist(), b.tolist(), strict=True)
        return [sum(x * y for x, y in zip(*rows, strict=True)) for rows in pairs]
    a_high, a_low = a >> _HALF_BITS, a & _LOW_HALF
    b_high, b_low = (a_high, a_low) if b is a else (b >> _HALF_BITS, b & _LOW_HALF)
    crossed = exact_sums(a_high * b_low)
    also_crossed = crossed if b is a else exact_sums(a_low * b_high)
    high, low = exact_sums(a_high * b_high), exact_sums(a_low * b_low)
    return [
        (of_high << 2 * _HALF_BITS) + (one + other << _HALF_BITS) + of_low
        for of_high, one, other, of_low in zip(high, crossed, also_crossed, low, strict=True)
    ]


def exact_sums(values: Times) -> list[int]:
    """The exact sums of rows, (row, value), in 64 bits as far as they go."""
    n = values.shape[1]
    if n <= AT_ONCE:
        return [int(total) for total in values.sum(axis=1)]
    whole = n // AT_ONCE * AT_ONCE
    parts = values[:, :whole].reshape(len(values), -1, AT_ONCE).sum(axis=2).tolist()
    rest = values[:, whole:].sum(axis=1).tolist()
    return [sum(part) + more for part, more in zip(parts, rest, strict=True)]


def ratio_interval(sums: RatioSums) -> Interval:
    """Mean of values grouped in replications, in the unit of their totals.

    `UNKNOWN` with no values, unbounded where only one replication has any.

    Notes
    -----
    With one value a replication this is the mean with Student's t.
    """
    if sums.count == 0:
        return UNKNOWN
    estimate = sums.mean
    if sums.n_informative < 2:
        return Interval(estimate, -math.inf, math.inf)
    residual_squares = sums.total_squares - 2 * estimate * sums.total_counts + estimate * estimate * sums.count_squares
    variance = max(residual_squares, 0.0) * sums.n / (sums.n - 1) / sums.count**2
    half = student_quantile(sums.n_informative - 1, (1 + LEVEL) / 2) * math.sqrt(variance)
    return Interval(estimate, estimate - half, estimate + half)


def share_interval(sums: RatioSums) -> Interval:
    """Share of launches for which something holds, from the sums of a share.

    Notes
    -----
    Wilson's interval (Wilson, JASA 22, 1927) on the effective number of launches: their number
    divided by the design effect of the clusters (Kish, Survey Sampling, 1965).
    """
    return wilson(sums.mean, sums.count / design_effect(sums))


def share_of_randomisations(sums: RatioSums) -> Interval:
    """The same from few large units, the randomisations of a sequence of points.

    Notes
    -----
    Wilson's interval as in `share_interval`, its design effect that of the sample, no less than 1: points
    that fill evenly vary less than independent ones, and so the interval is rather too wide.
    """
    per = sums.count // sums.n
    spread = sums.total * (sums.count - sums.total)
    found = per * sums.n * (sums.n * sums.total_squares - sums.total**2) / ((sums.n - 1) * spread) if spread else 1.0
    return wilson(sums.mean, sums.count / min(max(found, 1.0), float(per)))


def design_effect(sums: RatioSums) -> float:
    """How many launches count as one, between 1 and all of a replication.

    Notes
    -----
    Where hits are few, so are the replications that tell how alike launches are, and intervals on the
    design effect of the sample cover too little (Franco et al., Journal of Survey Statistics and
    Methodology, 2019, PMC6690503). So it is that of the sample and two replications more, one all
    hits and one none, as Agresti and Coull (American Statistician 52, 1998) add both for the share:
    with no hit a replication counts as one launch, and the more hits there are the less they matter.
    """
    per = sums.count // sums.n
    n, total, squares = sums.n + 2, sums.total + per, sums.total_squares + per**2
    found = n * per * (n * squares - total**2) / ((n - 1) * total * (n * per - total))
    return min(max(found, 1.0), float(per))


def wilson(share: float, n: float) -> Interval:
    """Wilson's score interval for a share seen in ``n`` independent cases."""
    z = float(normal_quantile((1 + LEVEL) / 2))
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low, high = (middle - half if share > 0 else 0.0), (middle + half if share < 1 else 1.0)  # no rounding at the ends
    return Interval(share, low, high)


def exact_share(n_hits: int, n: int) -> Interval:
    """A share seen in a few independent cases, with the interval that holds it in `LEVEL` of samples or more.

    Notes
    -----
    Clopper and Pearson, Biometrika 26 (1934), by quantiles of the beta distribution.
    """
    from scipy import special  # slow to import, and asked for seldom

    rest = (1 - LEVEL) / 2
    low = float(special.betaincinv(n_hits, n - n_hits + 1, rest)) if n_hits else 0.0
    high = float(special.betaincinv(n_hits + 1, n - n_hits, 1 - rest)) if n_hits < n else 1.0
    return Interval(n_hits / n, low, high)


def quantile_interval(spread: Histogram, sums: RatioSums, q: float) -> Interval:
    """A quantile of values grouped in replications, exact where the cells that it meets are one value.

    Parameters
    ----------
    spread : the histogram of the values; sums : theirs, of which the counts are used
    q : float in (0, 1)

    Notes
    -----
    The estimate is the smallest value with at least a share q at or below it. The interval inverts
    that of the share below it (Woodruff, JASA 47, 1952), which is one of clusters.
    """
    if not spread.n:
        return UNKNOWN
    values = [spread.value(cell) for cell in quantile_cells(spread, sums, q)]
    return Interval(*values) if len(values) == 3 else Interval(values[0], -math.inf, math.inf)


def quantile_cells(spread: Histogram, sums: RatioSums, q: float) -> tuple[int, ...]:
    """The cells of a quantile and of both ends of its interval; of the quantile alone if it has none."""
    estimate = spread.cell(_rank(q, spread.n))
    half = ratio_interval(below(spread, sums, estimate)).half_width
    if not math.isfinite(half):
        return (estimate,)
    return estimate, spread.cell(_rank(q - half, spread.n)), spread.cell(_rank(q + half, spread.n))


def below(spread: Histogram, sums: RatioSums, cell: int) -> RatioSums:
    """The sums of how many values of each replication are at or below the end of a cell."""
    total, *of_clusters = spread.weights_to[:, cell].tolist()
    squares, products = of_clusters or (total, total)  # the same where each replication has one value
    return replace(sums, total=total, total_squares=squares, total_counts=products)


def median_cell(spread: Histogram) -> int:
    """The cell of the smallest value with at least half of the values at or below it."""
    return spread.cell((spread.n - 1) // 2)


def median(spread: Histogram) -> float:
    """The value of that cell; nan without values."""
    return spread.value(median_cell(spread)) if spread.n else math.nan


def _rank(q: float, n: int) -> int:
    return min(max(math.ceil(q * n) - 1, 0), n - 1)


def share_difference(sums: RatioSums) -> Interval:
    """The difference of two shares of the same launches, from the sums of the differences.

    Notes
    -----
    Half a launch more in each of the four cells of a pair (Wald+2; Agresti and Min, Statistics in Medicine
    24, 2005), here half a replication: with no launch that differs the half-width is not zero. No end is beyond 1.
    """
    per = sums.count // sums.n
    more = replace(
        sums,
        n=sums.n + 2,
        n_informative=sums.n_informative + 2,
        count=sums.count + 2 * per,
        total_squares=sums.total_squares + per**2,
        count_squares=sums.count_squares + 2 * per**2,
    )
    half = ratio_interval(more).half_width
    return Interval(sums.mean, max(sums.mean - half, -1.0), min(sums.mean + half, 1.0))
