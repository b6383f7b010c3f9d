"""Parts of the sums along the delivering branch, as plain Python: who carried a combination, by hand."""

from __future__ import annotations

import numba
import numpy as np
import pytest

from sim.kernels.branch import count, mark_chosen, sum_where
from sim.kernels.rows import DONE, FAR

pytestmark = pytest.mark.skipif(not numba.config.DISABLE_JIT, reason="runs with the compiler off")


def carriers(done: list[list[int]], rank: int, on: list[bool]) -> list[list[bool]]:
    """Of children, (child, replication), which carry; their columns stand backwards."""
    n, n_replications = len(done), len(done[0])
    rows = np.full((4, n), -1)
    rows[DONE] = np.arange(n)[::-1]
    carrying = np.ones((n, n_replications), np.bool_)
    times = np.array(done[::-1], np.int64)
    mark_chosen(np.array(on), times, rows, np.arange(n), rank, np.zeros((2, n), np.int64), carrying)
    return carrying.tolist()


@pytest.mark.parametrize(("rank", "expected"), [(0, 2), (1, 0), (2, 3), (3, 1)])
def test_the_child_of_a_rank_carries_and_no_other(rank: int, expected: int) -> None:
    """Done at 5, 9, 3 and 7: in order the third, the first, the fourth, the second."""
    found = carriers([[5], [9], [3], [7]], rank, [True])
    assert found == [[child == expected] for child in range(4)]


def test_of_children_done_at_once_the_earlier_written_comes_first() -> None:
    assert carriers([[4], [4], [2]], 1, [True]) == [[True], [False], [False]]
    assert carriers([[4], [4], [2]], 2, [True]) == [[False], [True], [False]]


def test_what_was_never_done_carries_nothing_nor_what_is_off_the_branch() -> None:
    """In the first replication the second child alone is done, in the other the combination carries nothing."""
    assert carriers([[int(FAR), 1], [6, 2]], 0, [True, False]) == [[False, False], [True, False]]


def test_sums_are_of_what_is_on_the_branch() -> None:
    on = np.array([True, False, True])
    assert sum_where(on, np.array([1, 10, 100]), np.array([4, 90, 105])) == 3 + 5
    assert count(on) == 2
