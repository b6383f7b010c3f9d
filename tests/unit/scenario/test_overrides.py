"""Overrides whose path leads nowhere are answered with the one that is meant."""

from __future__ import annotations

import pytest

from sim.errors import ScenarioError
from sim.scenario.loader import load_scenario, shipped_folder


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("us_evaluates.delay", "2 min", 'the scenario has no "us_evaluates" — did you mean stages.us_evaluates.delay?'),
        ("us_evaluates", "2 min", 'unknown field "us_evaluates" — did you mean stages.us_evaluates?'),
        (
            "stages.us_evaluates.delay.lognormal.median.low",
            "2 h",
            "low, typical and high must rise, got 2 h, 5.5 min, 1 h",
        ),
    ],
)
def test_a_path_that_leads_nowhere_is_answered_with_what_is_meant(path: str, value: str, said: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(shipped_folder() / "first-look.yaml", {path: value})
    assert said in str(caught.value)
