"""A scenario as JSON has its faults told at their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.scenario.loader import load_scenario

TEXT = """{"title": "t",
 "launches": [{"name": "one", "flight_time": TIME}],
 "stages": {"a": {"delay": "60 s", "evidence": "assumed"}},
 "arrangements": {"x": "a"}, "compare": ["x"]}
"""


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("null", ":2:46  launches[0].flight_time: null is no value of a scenario — leave the entry out"),
        ('"10"', ':2:46  launches[0].flight_time: needs a unit, got 10 — write "10 s" or "10 min"'),
        ('"10 min"]', ":2:54  is not JSON (Expecting ',' delimiter)"),
    ],
)
def test_a_fault_of_json_is_told_at_its_line(time: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(TEXT.replace("TIME", time))
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    assert str(caught.value).splitlines()[0] == f"{path}{said}"


def test_a_log_of_events_is_answered_with_what_can_be_brought(tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    path.write_text("<log/>")
    with pytest.raises(ScenarioError, match="is a log or a table, and no scenario — its durations can be"):
        load_scenario(path)
