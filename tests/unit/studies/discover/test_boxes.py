"""Boxes and regret by hand, and a planted box found again."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.measures import Measure
from sim.analysis.outcomes import Outcomes, Quantity
from sim.model.ranges import Range
from sim.studies.discover.boxes import Limit, box_of, discover, is_inside, never_worst, regrets

RANGES = tuple(Range(path, 1.0, 10.0, 100.0, is_whole=False) for path in "vwxyz")


def test_a_box_counts_what_is_in_it() -> None:
    positions = np.array([[0.1, 0.9], [0.5, 0.9], [0.9, 0.1], [0.9, 0.9]])
    limits = (Limit(RANGES[0], 0.4, 1.0, 0.0),)
    assert is_inside(limits, RANGES[:2], positions).tolist() == [False, True, True, True]
    box = box_of(limits, RANGES[:2], positions, np.array([True, True, False, True]))
    assert (box.n_settings, box.n_of_interest, box.coverage, box.density) == (3, 2, 2 / 3, 2 / 3)


@pytest.mark.slow
def test_a_planted_box_is_found_with_noise() -> None:
    """v above 0.6 and x below 0.5 of five; one setting of twenty has its answer turned round.

    Within the planted box density is 95 %, and of all that holds 0.2 · 0.95 of 0.2 · 0.95 + 0.8 · 0.05 lie in it: 83 %.
    A slice is 5 % of what remains, so an end lies within about 0.05 of the planted one.
    """
    pytest.importorskip("ema_workbench", reason="needs the extra alertpath[study]")
    rng = np.random.default_rng(4)
    positions = rng.random((4_000, 5))
    planted = (positions[:, 0] > 0.6) & (positions[:, 2] < 0.5)
    found = discover(RANGES, positions, planted ^ (rng.random(4_000) < 0.05))
    assert found.box is not None
    by_path = {limit.range.path: limit for limit in found.box.limits}
    assert {"v", "x"} <= set(by_path)
    assert by_path["v"].low == pytest.approx(0.6, abs=0.06)
    assert by_path["x"].high == pytest.approx(0.5, abs=0.06)
    assert found.box.density == pytest.approx(0.95, abs=0.03)
    assert found.box.coverage == pytest.approx(0.83, abs=0.06)
    densities = [box.density for box in found.boxes]
    assert densities == sorted(densities)


def test_too_few_settings_have_no_region() -> None:
    positions = np.random.default_rng(1).random((200, 5))
    holds = np.arange(200) < 5
    for which in (holds, ~holds):
        found = discover(RANGES, positions, which)
        assert (found.box, found.boxes, found.n_of_interest) == (None, (), int(which.sum()))


def test_regret_is_the_distance_from_the_best_in_the_same_setting() -> None:
    """a: 0, 0, 4; b: 1, 2, 0; c: 3, 0, 4 — the fourth setting has no report under c."""
    times = {"a": [1.0, 3.0, 9.0, 1.0], "b": [2.0, 5.0, 5.0, 1.0], "c": [4.0, 3.0, 9.0, np.nan]}
    found = Outcomes({Quantity(Measure.MEAN, arm): np.array([row]) for arm, row in times.items()})
    a, b, c = regrets(found, "abc", Measure.MEAN)
    assert (a.mean, a.most, a.n_best, a.n_worst) == (pytest.approx(4 / 3), 4, 2, 1)
    assert (b.mean, b.most, b.n_best, b.n_worst) == (1, 2, 1, 1)
    assert (c.mean, c.most, c.n_best, c.n_worst) == (pytest.approx(7 / 3), 4, 1, 2)
    assert never_worst((a, b, c)) == ()


def test_more_in_time_is_better() -> None:
    found = Outcomes(
        {Quantity(Measure.IN_TIME, arm): np.array([row]) for arm, row in {"a": [0.9, 0.4], "b": [0.5, 0.5]}.items()}
    )
    a, b = regrets(found, "ab", Measure.IN_TIME)
    assert (a.most, b.most) == pytest.approx((0.1, 0.4))
