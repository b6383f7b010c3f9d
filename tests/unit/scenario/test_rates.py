"""A rate is the time between two."""

from __future__ import annotations

import pytest

from sim.model.distributions import Exponential
from sim.scenario.loader import load_mapping


@pytest.mark.parametrize(
    ("rate", "mean_s"), [("5 /min", 12), ("10/h", 360), ("10 per hour", 360), ("0.5 /s", 2), ("1 /d", 86_400)]
)
def test_so_many_a_time_are_so_long_apart(rate: str, mean_s: float) -> None:
    scenario = load_mapping(
        {
            "title": "t",
            "launches": [{"name": "one", "flight_time": "10 min"}],
            "stages": {"a": {"delay": {"exponential": {"rate": rate}}, "evidence": "assumed"}},
            "arrangements": {"x": "a"},
            "compare": ["x"],
        },
        "rates",
    )
    assert scenario.arms[0].stages["a"].delay.typical == Exponential(mean_s * 1e6)
