"""How many replications go at a time, and what is an alert; loops as plain Python."""

from __future__ import annotations

from types import SimpleNamespace

import numba
import numpy as np
import pytest

from sim.kernels.alerts import AT_ONCE, alone, few_at_once, fill_alerts, paths_in
from sim.kernels.rows import NEVER

pytestmark = pytest.mark.skipif(not numba.config.DISABLE_JIT, reason="runs with the compiler off")


@pytest.mark.parametrize(
    ("n_nodes", "n_launches", "n_replications", "expected"),
    [
        (4, 2, 100_000, AT_ONCE // 8 + 8),  # an odd number of eights
        (5, 3, 100_000, 1100),  # 16,384 / 15 = 1,092, which is 136 eights and 4
        (4, 2, 50, 50),
        (AT_ONCE, 1, 100, 9),
        (AT_ONCE, 2, 100, 9),  # one at the least
        (AT_ONCE, 2, 7, 7),
    ],
)
def test_as_many_go_at_a_time_as_fit_and_rows_begin_no_power_of_two_apart(
    n_nodes: int, n_launches: int, n_replications: int, expected: int
) -> None:
    drawn = SimpleNamespace(hold=np.broadcast_to(0, (n_nodes, n_launches, n_replications)))
    assert few_at_once(drawn) == expected


def test_an_alert_is_one_that_comes_no_later_than_the_horizon() -> None:
    is_done, latency = np.zeros(4, np.bool_), np.zeros(4, np.int64)
    fill_alerts(np.array([1, 2, 3, 4]), np.array([5, 9, 11, 4]), np.full(4, 9), is_done, latency)
    assert is_done.tolist() == [True, True, False, True]
    assert latency.tolist() == [4, 7, NEVER, 0]


def test_every_node_has_a_column_of_its_own_for_all_that_may_happen_to_it() -> None:
    rows = np.full((4, 3), -1)
    alone(rows)
    assert rows.tolist() == np.arange(12).reshape(4, 3).tolist()
    room = SimpleNamespace(times=np.arange(13 * 2), rows=rows)
    begun, done, refused, started = paths_in(room, 3)
    assert begun.tolist() == [[0, 1], [2, 3], [4, 5]]
    assert (done[0].tolist(), refused[0].tolist(), started[2].tolist()) == ([6, 7], [12, 13], [22, 23])
