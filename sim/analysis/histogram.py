"""How values are spread, in integer counts over cells: mergeable, and exact wherever a cell is one value.

A bucket is what a value keeps of its binary form: sign, exponent and the leading `MANTISSA_BITS` bits
after the first, so buckets are evenly spaced in the logarithm without any logarithm. Values below 256
have a bucket each. A cell is a bucket, or a part of one where a histogram was refined.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.draws.nouns import Times

MANTISSA_BITS = 7
RELATIVE_ERROR = 2.0 ** -(MANTISSA_BITS + 1)  # half the width of a bucket against its least value: 0.4 %

ABSENT = np.iinfo(np.int64).max  # in place of a value that is not there; after all others

_FLOAT_MANTISSA, _FLOAT_BIAS = 52, 1023
_SHIFT = _FLOAT_MANTISSA - MANTISSA_BITS
_FIRST = (_FLOAT_BIAS << MANTISSA_BITS) - 1  # so that the value 1 has bucket 1
_OF_ABSENT = ((_FLOAT_BIAS + 63) << MANTISSA_BITS) - _FIRST


@dataclass(frozen=True, eq=False)
class Histogram:
    """Weights of values in cells, in order of the cells; cells without values are left out.

    low, width : int64 (cell,), the least value of each cell and how many values it spans
    weights : int64 (kind, cell). Kind 0 counts values. Where replications have several values,
        kinds 1 and 2 make the variance of clusters exact at every cell's end: of a replication's n
        values the k-th smallest adds 2k - 1 and n, so that the sum over cells up to x is that of
        below² and of below·n over replications, below being how many of its values are x or less.
    """

    low: Times
    width: Times
    weights: Times

    def __add__(self, other: Histogram) -> Histogram:
        return gathered(
            np.concatenate([self.low, other.low]),
            np.concatenate([self.width, other.width]),
            np.concatenate([self.weights, other.weights], axis=1),
        )

    @property
    def n(self) -> int:
        """How many values there are."""
        return int(self.weights_to[0, -1]) if len(self.low) else 0

    @property
    def values(self) -> Times:
        """The value that stands for each cell: its middle, within `RELATIVE_ERROR` of all in it."""
        middle: Times = self.low + (self.width - 1) // 2
        return middle

    @cached_property
    def weights_to(self) -> Times:
        """The weights up to the end of every cell, int64 (kind, cell)."""
        return np.cumsum(self.weights, axis=1)

    def cell(self, rank: int) -> int:
        """The place of the cell with the value of this rank, from 0."""
        return int(self.weights_to[0].searchsorted(rank, side="right"))

    def value(self, cell: int) -> float:
        """The value that stands for one cell."""
        return float(self.low[cell] + (self.width[cell] - 1) // 2)

    def counts_to(self, limits: NDArray[np.float64]) -> Times:
        """How many values are at or below each limit, every value taken as that of its cell."""
        total = np.concatenate([[0], self.weights_to[0]])
        found: Times = total[np.searchsorted(self.values, limits, side="right")]
        return found

    def split(self, cells: list[int], finer: Histogram) -> Histogram:
        """With some cells replaced by the finer ones that lie in them."""
        keep = np.ones(len(self.low), np.bool_)
        keep[cells] = False
        return Histogram(self.low[keep], self.width[keep], self.weights[:, keep]) + finer

    def joined(self, apart: list[int]) -> Histogram:
        """With all cells of a bucket joined but those named, so that what was refined in passing goes."""
        if not len(self.low):
            return self
        is_apart, is_first = np.zeros(len(self.low), np.bool_), _is_first(buckets(self.low))
        is_apart[apart] = True
        is_first[1:] |= is_apart[:-1]
        starts = np.flatnonzero(is_first | is_apart)
        ends = np.append(starts[1:], len(self.low)) - 1
        low = self.low[starts]
        return Histogram(low, self.low[ends] + self.width[ends] - low, np.add.reduceat(self.weights, starts, axis=1))


def buckets(values: Times) -> Times:
    """The bucket of every value, int64, in the order of the values; negative ones mirror the positive."""
    found: Times = np.abs(values).astype(np.float64).view(np.int64)  # exact: times have fewer than 53 bits
    found >>= _SHIFT
    found -= _FIRST
    found *= np.sign(values)
    return found


def bounds(bucket: Times) -> tuple[Times, Times]:
    """The least value of each bucket, and how many values it spans."""
    place = np.abs(bucket) - 1
    spread = (place >> MANTISSA_BITS) - MANTISSA_BITS
    digits = (place & (1 << MANTISSA_BITS) - 1) + (1 << MANTISSA_BITS)
    least = (digits << np.maximum(spread, 0)) >> np.maximum(-spread, 0)
    width = np.where(bucket == 0, 1, np.int64(1) << np.maximum(spread, 0))
    return np.where(bucket > 0, least, np.where(bucket < 0, 1 - least - width, 0)), width


def histogram(values: Times) -> Histogram:
    """The histogram of values that are independent of each other, any shape; `ABSENT` ones are left out."""
    found = buckets(values.ravel())
    first = int(found.min()) if len(found) else 0
    return _from_buckets(first, np.bincount(found - first)[None, : _OF_ABSENT - first])


def clustered(values: Times) -> Histogram:
    """The histogram of values, int64 (launch, replication), with the weights of clusters."""
    ordered, n_known = ranked(values)
    rows = buckets(ordered)
    first = int(rows[0].min())
    last = int(rows.max(where=ordered != ABSENT, initial=first - 1))
    width = last - first + 2
    rows = np.minimum(rows, last + 1) - first  # the absent in one bucket after the last

    def weighted(by: Times) -> Times:
        """In floats, exact: far fewer than 2**53."""
        return np.bincount(rows.ravel(), np.broadcast_to(by, rows.shape).ravel(), width).astype(np.int64)

    n = np.bincount(rows.ravel(), minlength=width)
    weights = np.stack([n, weighted(2 * np.arange(len(rows))[:, None] + 1), weighted(n_known)])
    return _from_buckets(first, weights[:, :-1])


def ranked(values: Times) -> tuple[Times, Times]:
    """The values of each replication in order, the absent last; and how many are there."""
    return np.sort(values, axis=0), (values != ABSENT).sum(axis=0)


def cluster_weights(values: Times) -> tuple[Times, Times]:
    """The values that are there, int64 (value,), and what each adds to its cell, int64 (kind, value)."""
    ordered, n_known = ranked(values)
    rank, replication = np.nonzero(ordered != ABSENT)
    return ordered[rank, replication], np.stack([np.ones_like(rank), 2 * rank + 1, n_known[replication]])


def _from_buckets(first: int, weights: Times) -> Histogram:
    used = np.flatnonzero(weights[0])
    return Histogram(*bounds(used + first), weights[:, used])


def _is_first(ordered: Times) -> NDArray[np.bool_]:
    """Which values differ from the one before."""
    found = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=found[1:])
    return found


def gathered(low: Times, width: Times, weights: Times) -> Histogram:
    """A histogram of cells in any order; those that are the same add up."""
    order = np.argsort(low, kind="stable")
    low = low[order]
    starts = np.flatnonzero(_is_first(low))
    return Histogram(low[starts], width[order][starts], np.add.reduceat(weights[:, order], starts, axis=1))
