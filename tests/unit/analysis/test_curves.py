"""Curves of shares, counted by hand: latencies below 256 µs have a cell each, so that nothing is rounded."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.curves import share_by, share_with, shares_by, span_us
from sim.analysis.tally import AT_TYPICAL, Reports, Tally, tally
from sim.engines.contract import NEVER
from sim.model.scenario import Scenario
from sim.scenario.loader import load_text

TEXT = """
title: curves
launches: [{name: one, flight_time: 100 us}, {name: other, flight_time: SECOND}]
stages: {a: {delay: 1 s, evidence: assumed}, b: {delay: 1 s, evidence: assumed}}
arrangements: {x: [a], y: [b]}
compare: [x, y]
settings: 1
"""
ALIKE, UNLIKE = (load_text(TEXT.replace("SECOND", second), "curves") for second in ("100 us", "120 us"))
X = np.array([[10, 50], [20, NEVER], [30, 70]])
NEVER_Y = np.full_like(X, NEVER)


def tallied(scenario: Scenario, x: np.ndarray, y: np.ndarray = NEVER_Y) -> Tally:
    latency = {"x": x, "y": y}
    return tally(scenario, Reports(AT_TYPICAL, latency)) + tally(scenario, Reports(0, latency))


def test_a_share_is_of_all_launches_and_counts_what_comes_at_the_time_itself() -> None:
    times = np.array([9.0, 10, 29.5, 30, 1e9])
    assert share_by(tallied(ALIKE, X), AT_TYPICAL, "x", times) == pytest.approx(np.array([0, 1, 2, 3, 5]) / 6)
    assert share_by(tallied(ALIKE, X), AT_TYPICAL, "y", times).tolist() == [0] * 5


def test_curves_of_settings_stand_in_their_order() -> None:
    later = np.where(X == NEVER, NEVER, X + 5)
    found = tallied(ALIKE, X) + tally(ALIKE, Reports(1, {"x": later, "y": NEVER_Y}))
    assert shares_by(found, "x", np.array([10.0, 15])) == pytest.approx(np.array([[1, 1], [0, 1]]) / 6)


@pytest.mark.parametrize("scenario", [ALIKE, UNLIKE])
def test_the_share_with_a_margin_is_against_the_event_of_each_launch(scenario: Scenario) -> None:
    """Counted launch by launch, at needs that are margins too: 90 and 70 µs are those of 10 and 30 at 100 µs."""
    events = [entry.deadline.event_us for entry in scenario.launches if entry.deadline]
    margins = [event - t for row in X.tolist() for event, t in zip(events, row, strict=True) if t != NEVER]
    needs = [0, 30, 50, 70, 90]
    found = share_with(scenario, tallied(scenario, X), AT_TYPICAL, "x", np.array(needs, float))
    assert found == pytest.approx([sum(margin >= need for margin in margins) / 6 for need in needs])


def test_a_span_is_of_several_arms_taken_together_and_of_none_if_no_report_arrives() -> None:
    """Eleven reports at 10, 20, ..., 110: the share 0.1 is rank 1, the share 0.9 rank 9."""
    x, y = (
        np.array([[10, 30], [50, 70], [90, 110]]),
        np.array([[20, 40], [60, 80], [100, NEVER]]),
    )
    assert span_us(tallied(ALIKE, x, y), ("x", "y"), 0.1, 0.9) == (20, 100)
    assert span_us(tallied(ALIKE, x, y), ("x",), 0.0, 1.0) == (10, 110)
    assert span_us(tallied(ALIKE, NEVER_Y), ("x", "y"), 0.1, 0.9) is None
