"""Estimates straight from arrays, (replication, launch): what the tallies must give without holding them."""

from __future__ import annotations

import numpy as np

from sim.analysis.histogram import ABSENT, Histogram, cluster_weights, gathered
from sim.analysis.intervals import Interval, quantile_interval, ratio_interval, ratio_sums, share_interval, share_sums
from sim.draws.nouns import Flags, Times


def mean_of(totals: Times, counts: Times) -> Interval:
    return ratio_interval(ratio_sums(totals, counts))


def share_of(hits: Flags) -> Interval:
    return share_interval(share_sums(hits.sum(axis=1), hits.shape[1]))


def spread_of(values: Times, is_known: Flags) -> Histogram:
    """Every value in a cell of its own."""
    known, weights = cluster_weights(np.where(is_known, values, ABSENT).T)
    return gathered(known, np.ones_like(known), weights)


def quantile_of(values: Times, is_known: Flags, q: float) -> Interval:
    counts = is_known.sum(axis=1)
    return quantile_interval(spread_of(values, is_known), ratio_sums(counts, counts), q)
