"""Parts of the loop over events, as plain Python: the list of what is to come, lines at desks, order of launches."""

from __future__ import annotations

import numba
import numpy as np
import pytest

from sim.kernels.events import (
    AFTER,
    BEFORE,
    CALLS,
    HAS_OPENING,
    HEAD,
    IS_CALLED,
    LAUNCH_BITS,
    N_ARRIVED,
    N_SERVED,
    TAIL,
    call,
    dequeue,
    enqueue,
    is_idle,
    is_shut,
    push,
    put_in_order,
    room_for,
)
from sim.kernels.rows import BEGIN, CAPACITY, FAR, N_PRECEDENCES, NONE

pytestmark = pytest.mark.skipif(not numba.config.DISABLE_JIT, reason="runs with the compiler off")


def pushed(given: list[tuple[int, int]], room: int, n_before: int = 0) -> list[tuple[int, int]]:
    """What is to come once these events are in the list, of which so many have been."""
    events, ends = np.full((2, room), -9), np.array([0, 0])
    for number in range(n_before):
        push(events, ends, number, 0)
    ends[0] = n_before
    for time, code in given:
        push(events, ends, time, code)
    return [*zip(*events[:, ends[0] : ends[1]].tolist(), strict=True)]


def test_events_stand_in_order_of_time_and_then_of_their_code() -> None:
    given = [(5, 2), (3, 9), (5, 1), (7, 0), (3, 4), (5, 3)]
    assert pushed(given, 6) == sorted(given)


@pytest.mark.parametrize("room", [4, 5, 6, 7])
def test_the_list_slides_back_when_it_has_run_to_its_end(room: int) -> None:
    """Three have been: room for four holds one more only."""
    given = [(15, 2), (13, 1), (14, 3), (13, 0)]
    assert pushed(given, room, n_before=3) == sorted(given)


def lines_of(n_work: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Empty lines, links, and a path."""
    return np.full((2, 2 * N_PRECEDENCES), NONE), np.full((2, n_work), -7), np.zeros((4, n_work), np.int64)


def all_of(lines: np.ndarray, links: np.ndarray, line: int) -> list[int]:
    """The work of a line from its head, which from its tail is the same."""
    ahead, back = [], []
    work = lines[HEAD, line]
    while work != NONE:
        ahead.append(int(work))
        work = links[AFTER, work]
    work = lines[TAIL, line]
    while work != NONE:
        back.append(int(work))
        work = links[BEFORE, work]
    assert back == ahead[::-1]
    return ahead


def test_a_line_is_in_order_of_being_ready_and_of_an_instant_in_order_of_its_work() -> None:
    lines, links, path = lines_of(8)
    for work, now in [(6, 1), (7, 2), (2, 2), (4, 2), (0, 2), (1, 3)]:
        path[BEGIN, work] = now
        enqueue(lines, links, path, 5, work, now)
    assert all_of(lines, links, 5) == [6, 0, 2, 4, 7, 1]
    assert (lines[:, :5] == NONE).all()
    assert [dequeue(lines, links, 5) for _ in range(2)] == [6, 0]
    assert all_of(lines, links, 5) == [2, 4, 7, 1]
    assert [dequeue(lines, links, 5) for _ in range(4)] == [2, 4, 7, 1]
    assert all_of(lines, links, 5) == []


def test_a_desk_is_idle_if_no_work_waits_in_any_line_of_it_and_no_job() -> None:
    lines, _, _ = lines_of(1)
    posts = np.zeros((6, 2), np.int64)
    posts[N_ARRIVED], posts[N_SERVED] = (3, 4), (3, 4)
    assert is_idle(0, lines, posts)
    assert is_idle(1, lines, posts)
    for line in range(2 * N_PRECEDENCES):
        lines[HEAD, line] = 0
        assert (is_idle(0, lines, posts), is_idle(1, lines, posts)) == (line >= N_PRECEDENCES, line < N_PRECEDENCES)
        lines[HEAD, line] = NONE
    posts[N_ARRIVED, 1] = 5
    assert (is_idle(0, lines, posts), is_idle(1, lines, posts)) == (True, False)


def test_a_desk_is_called_once() -> None:
    posts = np.zeros((6, 3), np.int64)
    assert [call(posts, 0, 2), call(posts, 1, 2), call(posts, 1, 0)] == [1, 1, 2]
    assert posts[CALLS, :2].tolist() == [2, 0]
    assert posts[IS_CALLED].tolist() == [1, 0, 1]


@pytest.mark.parametrize(("n_jobs", "n_at_once"), [(0, 0), (4, 4), (100, 5)])
def test_room_is_for_every_end_and_timer_the_jobs_that_servers_have_at_once_and_an_opening_a_desk(
    n_jobs: int, n_at_once: int
) -> None:
    """Three nodes and two launches, six pieces of work; two and three servers."""
    desks = np.zeros((4, 2), np.int64)
    desks[CAPACITY] = 2, 3
    room = room_for(desks, 3, 2, n_jobs)
    n_events = 6 + 6 + n_at_once + 2 + 2  # and two to spare
    assert {name: one.shape for name, one in room._asdict().items()} == {
        "path": (4, 6),
        "tallies": (3, 6),
        "names": (6,),
        "events": (2, n_events),
        "ends": (2,),
        "lines": (2, 2 * N_PRECEDENCES),
        "links": (2, 6),
        "posts": (6, 2),
        "stack": (4,),
        "begun": (2,),
        "order": (2,),
    }


def test_a_desk_that_is_shut_says_once_when_it_opens_and_never_if_it_does_not() -> None:
    """Shut from 2 until 5, and from 5 until 7; from 9 on for ever."""
    shut = np.array([[[2], [5]], [[5], [7]], [[9], [FAR]]])
    posts = np.zeros((6, 2), np.int64)
    events, ends = np.full((2, 4), -9), np.zeros(2, np.int64)
    found = [is_shut(1, now, shut, 0, events, ends, posts, 3) for now in (1, 2, 6, 7, 9)]
    assert found == [False, True, True, False, True]
    assert ends.tolist() == [0, 1]
    assert events[:, 0].tolist() == [7, (4 << LAUNCH_BITS) + 1]
    assert posts[HAS_OPENING].tolist() == [0, 1]


def test_launches_are_in_order_of_time_and_at_once_as_in_the_file() -> None:
    order = np.full(6, -1)
    put_in_order(np.array([4, 9, 4, 1, 9, 0]), order)
    assert order.tolist() == [5, 3, 0, 2, 1, 4]
