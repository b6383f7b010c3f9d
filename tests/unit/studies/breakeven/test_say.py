"""Crossings of a curve with noise, and what is said of them."""

from __future__ import annotations

import json
import math
import re

import numpy as np
import pytest

import sim
from sim.analysis.intervals import UNKNOWN, Interval
from sim.analysis.measures import Measure
from sim.model.ranges import Range
from sim.scenario.loader import load_scenario, load_text, shipped_folder
from sim.store.files import json_text
from sim.studies.breakeven.crossings import (
    BreakEven,
    BreakEvens,
    Crossing,
    break_even,
    crossings,
    from_plain,
    is_monotone,
    plain,
)
from sim.studies.breakeven.curves import Curve, grid, nearer
from sim.studies.breakeven.say import findings, range_text, reverses_text, unturned_words
from sim.studies.run.reverses import find_reverses

RANGE = Range("stages.a.delay", 1.0, 4.0, 9.0, is_whole=False)
TYPICAL_AT_4 = np.arange(1.0, 10.0)


def curve(whole: list[float], spread: float = 0.0) -> Curve:
    """A curve over 1 to 9 with four sections that lie so far from the whole."""
    rows = [np.array(whole), *(np.array(whole) + sign * spread for sign in (1, -1, 1, -1))]
    return Curve(RANGE, TYPICAL_AT_4, np.stack(rows))


def ats(found: Curve) -> list[float]:
    return [crossing.at.estimate for crossing in crossings(found)]


def test_a_crossing_lies_on_the_line_between_its_neighbours() -> None:
    (one,) = crossings(curve([-3, -2, -1, 3, 4, 5, 6, 7, 8]))
    assert one.at.estimate == one.at.low == one.at.high == pytest.approx(3.25)
    assert one.is_rising


def test_its_interval_is_where_the_noise_meets_zero() -> None:
    """Half-widths of 3.18 · 2 / √3 · … about a line of slope 1 through 5."""
    found = curve([-4, -3, -2, -1, 0, 1, 2, 3, 4], spread=1.0)
    half = found.at(5.0).half_width
    (one,) = crossings(found)
    assert (one.at.estimate, one.at.low, one.at.high) == pytest.approx((5, 5 - half, 5 + half))


def test_noise_that_has_a_curve_meet_zero_thrice_is_one_crossing() -> None:
    assert ats(curve([-9, -5, -0.1, 0.1, -0.1, 0.1, 5, 9, 9], spread=1.0)) == pytest.approx([4.5])
    assert ats(curve([9, 5, 0.1, -0.1, 0.1, 5, 9, 9, 9], spread=1.0)) == []


def test_an_end_where_noise_hides_the_side_is_open() -> None:
    (one,) = crossings(curve([-0.1, 0.1, 5, 6, 7, 8, 9, 10, 11], spread=1.0))
    assert one.at.low == -math.inf
    assert math.isfinite(one.at.high)


def test_two_crossings_are_two_and_the_curve_turns_back() -> None:
    found = curve([-3, -1, 1, 3, 1, -1, -3, -4, -5])
    assert ats(found) == pytest.approx([2.5, 5.5])
    assert not is_monotone(found)
    assert is_monotone(curve([1, 1, 2, 3, 3, 3, 4, 5, 6]))
    assert not is_monotone(curve([1, 2, 1.99, 3, 4, 5, 6, 7, 8], spread=1.0))  # sections agree on the fall
    noisy = curve([1, 2, 1.99, 3, 4, 5, 6, 7, 8])
    noisy.differences[1:, 1] += [1, -1, 1, -1]
    assert is_monotone(noisy)


def test_ease_is_the_way_to_the_end_in_the_logarithm() -> None:
    """From 4 down to 2 is half of the way to 1."""
    one = break_even(curve([-1, 0, 1, 2, 3, 4, 5, 6, 7]))
    assert one.ease == pytest.approx(0.5)


def test_where_to_look_next_is_near_the_zeros() -> None:
    wanted = nearer(curve([-3, -2, -1, 3, 4, 5, 6, 7, 8]))
    assert sorted(wanted) == pytest.approx([3.25, math.sqrt(12)])
    assert nearer(curve([1, 1, 1, 1, 1, 1, 1, 1, 1])) == set()


def test_a_grid_has_both_ends_and_the_working_value() -> None:
    whole = Range("desks.d.capacity", 1, 2, 4, is_whole=True)
    assert grid(whole, 33) == {1, 2, 3, 4}
    assert {1.0, 4.0, 9.0} <= grid(RANGE, 5)
    assert len(grid(RANGE, 5)) == 6


def test_what_reverses_a_run_is_the_same_on_every_engine_and_after_json() -> None:
    scenario = load_scenario(shipped_folder() / "first-look.yaml", {"replications": "60"})
    every = find_reverses(scenario, "reference")
    assert every == find_reverses(scenario, "compiled")
    assert every is not None
    assert from_plain(json.loads(json_text(plain(every)))) == every
    said = reverses_text(scenario, every)
    assert said.startswith("direct stops being faster once the median of US evaluates is below")
    assert "we took 5.5 min, out of 30 s to 1 h, ASSUMED" in said
    assert "is below" in findings(scenario, every)


def test_nothing_reverses_where_nothing_is_compared_or_nothing_is_a_range() -> None:
    path = shipped_folder() / "first-look.yaml"
    fixed = {"stages.us_evaluates.delay": "4 min", "stages.seoul_releases.delay": "4 min"}
    assert find_reverses(load_scenario(path, fixed), "reference") is None
    assert find_reverses(load_scenario(path, {"compare": "[direct]", "contrasts": "[]"}), "reference") is None


def ends(low: float, high: float) -> BreakEven:
    """A value that turns nothing, with the difference at either end of its range."""
    at_low, at_high = (UNKNOWN if math.isnan(end) else Interval(end, end, end) for end in (low, high))
    return BreakEven(RANGE, (), at_low, Interval(0.1, 0.0, 0.2), at_high, is_monotone=True)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.34, 0.0, "0 to 34 percentage points more often in time"),
        (-0.02, -0.1, "2 to 10 percentage points less often in time"),
        (0.05, math.nan, "no launch has both reports at one end"),
        (math.nan, math.nan, "no launch has both reports at either end"),
    ],
)
def test_a_value_that_turns_nothing_says_its_side_once(low: float, high: float, words: str) -> None:
    assert range_text(Measure.IN_TIME, ends(low, high)) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (Interval(-5e6, -6e6, -4e6), "; no value alone turns that within its range"),
        (Interval(-5e6, -9e6, 4e6), "; no value alone turns which is faster within its range"),
        (UNKNOWN, ""),
    ],
)
def test_what_nothing_turns_is_no_more_than_what_stands(at: Interval, words: str) -> None:
    """Two arms that noise keeps together may well differ at the end of a range, and one silent one may speak there."""
    one = BreakEven(RANGE, (), at, at, at, is_monotone=True)
    assert unturned_words(BreakEvens("a", "b", Measure.MEAN, 60, (one, one)), "") == words


def first_look_at(half_min: float) -> str:
    """What is said where the difference is 3 minutes faster, give or take, and zero at 1 minute of evaluation."""
    scenario = load_scenario(shipped_folder() / "first-look.yaml")
    found = next(one for one in scenario.ranges() if "us_evaluates" in one.path)
    at = Interval(-180e6, -180e6 - half_min * 60e6, -180e6 + half_min * 60e6)
    one = BreakEven(found, (Crossing(Interval(60e6, 54e6, 66e6), is_rising=False),), at, at, at, is_monotone=True)
    return findings(scenario, BreakEvens("direct", "via_washington", Measure.MEAN, 60, (one,)))


def test_what_noise_hides_is_not_said_to_stand_and_noise_that_shows_stands_beside_it() -> None:
    assert "noise ±" not in first_look_at(0.3).partition(";")[0]
    assert "3.0 min faster than via Washington, noise ± 0.4 min; it stops being faster once" in first_look_at(0.4)
    hidden = first_look_at(4)
    assert "do not differ beyond noise; which is faster changes once the median of US evaluates is below 60 s" in hidden


FEW_ARRIVE = """
title: most of one side is lost
launches: [{name: one, flight_time: 10 min}]
stages:
  sees: {delay: 1 to 3 min, evidence: assumed}
  line: {delay: 1 min, evidence: assumed}
  relay: {delay: 5 min, loss: {probability: LOST, retry_after: 1 s, attempts: 1, evidence: assumed}, evidence: assumed}
arrangements: {direct: [sees, line], relayed: [sees, relay]}
compare: [direct, relayed]
replications: 400
"""


@pytest.mark.parametrize(("lost", "is_said"), [("90 %", True), ("10 %", False)])
def test_minutes_of_few_reports_say_whose_they_are(lost: str, is_said: bool) -> None:
    """The share is that of a run of as many replications, which has the same draws."""
    scenario = load_text(FEW_ARRIVE.replace("LOST", lost), "few")
    arrives = sim.run(scenario, engine="columns").results.arm("relayed").arrives.estimate
    few = f", though only {100 * arrives:.0f} % of reports arrive under relayed" if is_said else ""
    for name, options in (("breakeven", {}), ("sensitivity", {"points": 16})):
        said = getattr(sim, name)(scenario, engine="columns", **options).headline
        assert re.match(rf"At working values direct is 4\.0 min faster than relayed{few}[;.]", said), said
