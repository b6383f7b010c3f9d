"""Columns sorted by exchanges."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from sim.engines.sorting import exchanges, in_order


@pytest.mark.parametrize("n", range(1, 13))
def test_all_zeros_and_ones_are_sorted_and_so_is_everything(n: int) -> None:
    """The zero-one principle: Knuth, The Art of Computer Programming, vol. 3, 5.3.4, theorem Z."""
    rows = np.array([*product((0, 1), repeat=n)]).T
    assert np.array_equal(in_order([*rows]), np.sort(rows, axis=0))


def test_eight_take_19_exchanges() -> None:
    """As few as Knuth's table in 5.3.4 has for eight."""
    assert len(exchanges(8)) == 19
