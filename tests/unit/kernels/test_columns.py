"""Parts of the loops over columns, as plain Python: the k-th of some columns, and what begins a fallback."""

from __future__ import annotations

import numba
import numpy as np
import pytest

from sim.kernels.columns import any_above, any_of, begin_fallback, end_with, lower, no_sooner, refuse, upper
from sim.kernels.rows import DONE, FAR, NONE

pytestmark = pytest.mark.skipif(not numba.config.DISABLE_JIT, reason="runs with the compiler off")
NEVER = int(FAR)
CHILDREN = [[5, 1, NEVER], [2, 2, 9], [8, NEVER, 4]]  # when three children are done in three replications


def ended(children: list[list[int]], rank: int) -> tuple[list[int], str]:
    """When a node is done that is so with the child of a rank, and whose column says so: its own, a child's, or none's.

    Its children come last and have the last columns.
    """
    n = len(children)
    rows = np.arange(4 * (n + 1)).reshape(4, n + 1)
    times = np.full((4 * (n + 1) + 1, len(children[0])), -1)
    times[rows[DONE, 1:]], times[-1] = children, FAR
    for child, column in enumerate(children, 1):
        if min(column) == NEVER:
            rows[DONE, child] = len(times) - 1  # as what never happens is told
    end_with(times, rows, np.int64(DONE), np.arange(1, n + 1), rank, 0, np.zeros((2, n), np.int64))
    found = int(rows[DONE, 0])
    whose = {DONE * (n + 1): "own", len(times) - 1: "never"}.get(found, "child")
    return times[found].tolist(), whose


@pytest.mark.parametrize(("rank", "expected"), [(1, [2, 1, 4]), (2, [5, 2, 9]), (3, [8, NEVER, NEVER])])
def test_the_kth_of_some_columns_place_by_place(rank: int, expected: list[int]) -> None:
    assert ended(CHILDREN, rank) == (expected, "own")


@pytest.mark.parametrize("rank", [1, 2, 3, 4])
def test_what_never_happens_to_a_child_comes_last(rank: int) -> None:
    expected = [[2, 2, 3], [5, 4, 3], [7, 8, 9], [NEVER] * 3][rank - 1]
    whose = "own" if rank < 4 else "never"
    assert ended([[5, 2, 9], [NEVER] * 3, [2, 8, 3], [7, 4, 3]], rank) == (expected, whose)


def test_of_two_children_one_of_which_never_is_done_the_other_is_first_and_none_second() -> None:
    assert ended([[NEVER] * 2, [3, 1]], 1) == ([3, 1], "child")
    assert ended([[NEVER] * 2, [3, 1]], 2) == ([NEVER] * 2, "never")
    assert ended([[NEVER] * 2, [NEVER] * 2], 1) == ([NEVER] * 2, "never")


@pytest.mark.parametrize(
    ("limit", "expected"),
    [(4, [NEVER, 14, 12, 14, 14]), (NONE, [NEVER, NEVER, 12, NEVER, NEVER])],
)
def test_a_fallback_begins_at_the_refusal_or_the_limit(limit: int, expected: list[int]) -> None:
    """Begun at 10: done at the limit, done after it, refused before it, neither, and refused after it and done."""
    done, refused = np.array([14, 15, NEVER, NEVER, 20]), np.array([NEVER, NEVER, 12, NEVER, NEVER])
    out = np.full(5, -1)
    begin_fallback(np.full(5, 10), done, refused, limit, out)
    assert out.tolist() == expected


def test_small_loops_by_hand() -> None:
    out = np.array([3, 5, 7])
    lower(np.array([4, 4, 4]), out)
    assert out.tolist() == [3, 4, 4]
    upper(np.array([1, 9, 4]), out)
    assert out.tolist() == [3, 9, 4]
    no_sooner(np.array([5, 5, 5]), np.array([1, 2, 3]), np.array([3, 3, 9]), out)
    assert out.tolist() == [5, 5, 12]
    assert [any_above(np.array(values), 0) for values in ([0, 0], [1, 0], [0, 1])] == [False, True, True]
    assert [any_of(np.array(flags)) for flags in ([False, False], [True, False])] == [False, True]


def test_a_refusal_stands_beside_one_that_was_earlier() -> None:
    """Refused at its end at 4, done at 5, refused by its channel at 2 and never done."""
    done, refused = np.array([4, 5, NEVER]), np.full(3, -1)
    refuse(np.array([True, False, True]), done, np.array([NEVER, NEVER, 2]), refused)
    assert refused.tolist() == [4, NEVER, 2]
    assert done.tolist() == [NEVER, 5, NEVER]
