"""Delays and ranges as people tell them: usual and at worst, 2 to 5 minutes."""

from __future__ import annotations

import math

import pytest
from click.testing import CliRunner

from sim.cli import cli
from sim.draws.quantiles import quantile
from sim.model.ranges import Range, middle
from sim.model.scenario import Scenario
from sim.scenario.loader import load_text, shipped_folder
from sim.units import US_PER_MINUTE, split_range

TEXT = """
title: told
launches: [{name: one, flight_time: 10 min}]
stages:
  a: {delay: DELAY, evidence: {step: inferred, value: interview, source: a former officer}}
arrangements: {x: [a]}
compare: [x]
"""


def told(delay: str) -> Scenario:
    return load_text(TEXT.replace("DELAY", delay), "told")


def only_range(delay: str) -> Range:
    (found,) = told(delay).ranges()
    return found


def test_usual_and_at_worst_are_the_median_and_the_95_percent_quantile_of_a_lognormal() -> None:
    import numpy as np

    delay = told("{usual: 5 min, at_worst: 20 min}").arms[0].stages["a"].delay
    assert quantile(delay.typical, np.array([0.5, 0.95])) / US_PER_MINUTE == pytest.approx([5, 20])
    assert delay.typical == told("{lognormal: {median: 5 min, p95: 20 min}}").arms[0].stages["a"].delay.typical


def test_what_is_told_may_be_a_range_and_be_cut_off() -> None:
    scenario = told("{usual: 4 to 6 min, at_worst: {low: 15 min, typical: 20 min, high: 30 min}, max: 1 h}")
    assert [one.path for one in scenario.ranges()] == ["stages.a.delay.at_worst", "stages.a.delay.usual"]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("2 min to 5 min", ("2 min", "5 min")),
        ("2 to 5 min", ("2 min", "5 min")),
        ("2\N{EN DASH}5 min", ("2 min", "5 min")),
        ("30 s - 5 min", ("30 s", "5 min")),
        ("1.5-3 %", ("1.5 %", "3 %")),
        ("1 to 4", ("1", "4")),
        ("1e-3", None),
        ("1e-3 s", None),
        ("5 min", None),
        ("2 to", None),
        ("Seoul to Tokyo", None),
    ],
)
def test_a_range_in_short_is_its_two_ends_each_with_its_unit(text: str, ends: tuple[str, str] | None) -> None:
    assert split_range(text) == ends


@pytest.mark.parametrize("short", ["2 to 5 min", "{constant: 2 min to 5 min}", "{constant: {low: 2 min, high: 5 min}}"])
def test_a_range_without_typical_has_the_geometric_mean_of_its_ends(short: str) -> None:
    found = only_range(short)
    assert found.is_middle
    assert (found.low, found.high) == (2 * US_PER_MINUTE, 5 * US_PER_MINUTE)
    assert found.typical == round(math.sqrt(10) * US_PER_MINUTE)


def test_from_zero_the_mean_stands_for_it() -> None:
    assert middle(0, 5, is_whole=False) == 2.5
    assert middle(1, 4, is_whole=True) == 2


def test_check_says_what_stands_for_the_typical_value() -> None:
    given = ["check", "first-look", "--set", "stages.us_evaluates.delay=2 to 5 min"]
    result = CliRunner().invoke(cli, given, catch_exceptions=False)
    assert (
        "first-look: stages.us_evaluates.delay: 2 min to 5 min without typical, so 3.16 min stands for it, the "
        "geometric mean of the ends"
    ) in result.stderr


def test_a_study_looks_between_other_bounds_than_those_of_a_range_without_typical() -> None:
    from sim.studies.breakeven.bounds import bounded

    scenario, path = bounded(told("2 to 5 min"), "stages.a.delay=1 min:10 min")
    (found,) = scenario.ranges()
    assert (found.path, found.typical) == (path, round(math.sqrt(10) * US_PER_MINUTE))


def test_the_shipped_scenarios_state_their_typical_values() -> None:
    texts = [path.read_text(encoding="utf-8") for path in shipped_folder().glob("*.yaml")]
    assert not any(one.is_middle for text in texts for one in load_text(text, "shipped").ranges())
