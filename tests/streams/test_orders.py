"""Orders of names are drawn by name, and all are equally likely."""

from __future__ import annotations

from collections import Counter

import numpy as np
from scipy.stats import chisquare

from sim.draws.orders import orders


def test_another_name_moves_no_two_others() -> None:
    few, more = orders(1, ("a", "b", "c"), 50), orders(1, ("a", "x", "b", "c"), 50)
    names = np.array(["a", "x", "b", "c"])[more]
    left = [[name for name in row if name != "x"] for row in names.tolist()]
    assert left == np.array(["a", "b", "c"])[few].tolist()


def test_all_orders_are_equally_likely() -> None:
    """False alarms: one in a thousand, for a seed that is fixed."""
    counts = Counter(map(tuple, orders(7, ("a", "b", "c"), 6_000).tolist()))
    assert len(counts) == 6
    assert chisquare([*counts.values()]).pvalue > 0.001
