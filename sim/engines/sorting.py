"""Many short columns sorted at once: the same comparisons for all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from sim.draws.nouns import Times


def in_order(rows: Sequence[Times]) -> list[Times]:
    """Rows of which every column ascends, from rows in any order."""
    found = [*rows]
    for low, high in exchanges(len(found)):
        found[low], found[high] = np.minimum(found[low], found[high]), np.maximum(found[low], found[high])
    return found


@lru_cache(64)
def exchanges(n: int) -> tuple[tuple[int, int], ...]:
    """Places to be compared, in this order, to sort ``n``: merge exchange (Knuth, vol. 3, 5.2.2, Algorithm M)."""
    found = []
    top = 1 << max(n - 1, 1).bit_length() - 1
    p = top
    while p:
        q, r, d = top, 0, p
        while d:
            found += [(i, i + d) for i in range(n - d) if i & p == r]
            d, r, q = q - p, p, q // 2
        p //= 2
    return tuple(found)
