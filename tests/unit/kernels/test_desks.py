"""Parts of the loops over columns that few networks reach, as plain Python: what is compiled calls them alone."""

from __future__ import annotations

import numba
import numpy as np
import pytest

from sim.kernels.desks import LATEST, PLACE_BITS, earliest_free, fill_keys, room_for, sort_arrivals, sort_rows, work_of
from sim.kernels.rows import (
    BEGIN,
    CAPACITY,
    DESK,
    FAR,
    FIRST_JOB,
    LAST_JOB,
    N_PRECEDENCES,
    NONE,
    PRECEDENCE,
    REFUSED,
    STARTED,
)

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


@pytest.mark.parametrize(("n_work", "n_sorted", "n_turns"), [(3, 3, 5), (100, 64, 6)])
def test_room_is_for_work_that_is_sorted_and_for_no_more_servers_than_work(
    n_work: int, n_sorted: int, n_turns: int
) -> None:
    """Six servers at most, and two jobs; seven replications side by side."""
    desks = np.zeros((4, 2), np.int64)
    desks[CAPACITY], desks[FIRST_JOB], desks[LAST_JOB] = (6, 1), (0, 2), (2, 3)
    room = room_for(desks, n_work, 7)
    assert {name: one.shape for name, one in room._asdict().items()} == {
        "work": (4, n_work),
        "keys": (n_sorted * 7,),
        "free": (min(n_sorted, 6), 7),
        "arrived": (2, n_work),
        "until": (n_turns,),
        "lines": (N_PRECEDENCES, n_work),
        "counts": (2, N_PRECEDENCES),
    }
    assert room_for(np.empty((4, 0), np.int64), n_work, 7).until.shape == (0,)


def test_of_work_that_is_ready_the_first_goes_first_and_what_never_is_never_starts() -> None:
    """Four pieces in one of two replications, ready at 7, never, 3 and 7."""
    columns = np.zeros((8, 2), np.int64)
    columns[:4, 1] = 7, FAR, 3, 7
    work = np.array([[0, 1, 2, 3], [4, 5, 6, 7], [0, 0, 0, 0], [0, 0, 0, 0]])
    arrived = np.zeros((2, 4), np.int64)
    assert sort_arrivals(columns, work, 4, 1, arrived) == 3
    assert arrived[:, :3].tolist() == [[3, 7, 7], [2, 0, 3]]
    assert columns[4:].tolist() == [[0, 0], [0, FAR], [0, 0], [0, 0]]
    assert earliest_free(np.array([5, 3, 4, 1]), 3) == 1
    assert earliest_free(np.array([5, 3, 4, 1]), 4) == 3


@pytest.mark.parametrize(
    ("precedences", "is_even"), [((2, 2, 2), True), ((0, 2, 2), False), ((2, 2, 0), False), ((2, 0, 2), False)]
)
@pytest.mark.parametrize("before", [0, 2, 7])
def test_the_work_of_a_desk_is_of_one_precedence_if_all_of_it_is_whatever_stood_there(
    precedences: tuple[int, ...], is_even: bool, before: int
) -> None:
    """Nodes 0, 2 and 3 of four, of two launches; node 2 was refused by its channel, so its start says when."""
    nodes = np.full((10, 4), NONE)
    nodes[DESK, [0, 2, 3]], nodes[PRECEDENCE, [0, 2, 3]] = 1, precedences
    rows = np.arange(16).reshape(4, 4)
    rows[REFUSED, [0, 1, 3]] = 16
    work = np.full((4, 8), before)
    assert work_of(1, nodes, rows, 2, work) == (6, is_even)
    ready = [rows[BEGIN, 0], rows[STARTED, 2], rows[BEGIN, 3]]
    assert work[0, :6].tolist() == [2 * one + launch for launch in range(2) for one in ready]
    assert work[1, :6].tolist() == [2 * rows[STARTED, one] + launch for launch in range(2) for one in (0, 2, 3)]
    assert work[2, :6].tolist() == [0, 4, 6, 1, 5, 7]
    assert work[3, :6].tolist() == [*precedences] * 2
