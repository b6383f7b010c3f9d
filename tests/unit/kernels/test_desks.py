"""Parts of the loops over columns that few networks reach, as plain Python: what is compiled calls them alone."""

from __future__ import annotations

import numba
import numpy as np
import pytest

from sim.kernels.desks import LATEST, PLACE_BITS, fill_keys, sort_rows
from sim.kernels.rows import FAR

pytestmark = pytest.mark.skipif(not numba.config.DISABLE_JIT, reason="runs with the compiler off")


def filled(ready: list[list[int]]) -> tuple[bool, np.ndarray]:
    """Sort keys of work that is ready then, (work, replication), whose rows stand backwards."""
    columns, n = np.array(ready[::-1], np.int64), len(ready)
    work, keys = np.tile(np.arange(n - 1, -1, -1), (4, 1)), np.zeros(columns.shape, np.int64)
    return fill_keys(columns, work, n, keys), keys


def test_a_sort_key_is_the_time_above_the_number_and_what_never_is_ready_comes_last() -> None:
    fits, keys = filled([[7, FAR], [7, 3], [0, FAR + 5]])
    assert fits
    assert (keys >> PLACE_BITS).tolist() == [[7, LATEST], [7, 3], [0, LATEST]]
    assert (keys & (1 << PLACE_BITS) - 1).tolist() == [[0, 0], [1, 1], [2, 2]]


@pytest.mark.parametrize(("time", "expected"), [(LATEST - 1, True), (LATEST, False), (FAR - 1, False), (FAR, True)])
def test_a_time_too_late_for_a_sort_key_is_told(time: int, expected: bool) -> None:
    assert filled([[1, 2], [3, time]])[0] == expected
    assert filled([[time, 2], [3, 4]])[0] == expected


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 64])
def test_merge_exchange_sorts_any_number_of_rows(n: int) -> None:
    keys = np.random.default_rng(n).integers(0, 2 * n, (n, 20))
    expected = np.sort(keys, axis=0)
    sort_rows(keys, n)
    assert np.array_equal(keys, expected)
