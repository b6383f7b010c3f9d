"""Overrides whose path leads nowhere are answered with the one that is meant."""

from __future__ import annotations

from typing import Any

import pytest

import sim
from sim.asking.scenarios import parse_sets
from sim.errors import ScenarioError, SimError
from sim.scenario.loader import load_scenario, load_text, reload, shipped_folder


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


@pytest.mark.parametrize(
    ("delay", "low", "typical"),
    [
        ("2 to 6 min", "3 min", "4 min"),
        ("{constant: 2 to 6 min}", "3 min", "4 min"),
        ("{constant: {low: 2 min, high: 6 min}}", "3 min", "4 min"),
        ("{constant: {low: 2 min, typical: 5 min, high: 6 min}}", "3 min", "4 min"),
    ],
)
def test_the_parts_of_a_range_are_set_however_it_is_written(delay: str, low: str, typical: str) -> None:
    path = "stages.us_evaluates.delay"
    text = (shipped_folder() / "first-look.yaml").read_text(encoding="utf-8")
    sets = {path: delay}
    scenario = load_text(text, "t", sets=sets)
    moved = reload(scenario, {f"{path}.low": low, f"{path}.typical": typical}, "--set")
    (found,) = (one for one in moved.ranges() if one.path == path)
    assert [found.low, found.typical, found.high] == [180e6, 240e6, 360e6]
    assert not found.is_middle


def test_what_is_no_range_has_no_parts() -> None:
    for written in ("2 min", "{lognormal: {median: 2 min, p90: 4 min}}"):
        scenario = load_scenario(shipped_folder() / "first-look.yaml", {"stages.us_evaluates.delay": written})
        with pytest.raises(ScenarioError, match="typical"):
            reload(scenario, {"stages.us_evaluates.delay.typical": "2 min"}, "--set")


def test_an_override_that_another_would_undo_is_refused() -> None:
    sets = {"stages.us_evaluates.delay": "2 min", "stages.us_evaluates": "{delay: 1 min, evidence: assumed}"}
    with pytest.raises(ScenarioError) as caught:
        load_scenario(shipped_folder() / "first-look.yaml", sets)
    assert "--set stages.us_evaluates.delay: stages.us_evaluates is given as well" in str(caught.value)


@pytest.mark.parametrize(
    ("sets", "options", "said"),
    [
        (("a.b=2 s", "a.b=3 s"), {}, "--set a.b: is given twice, 2 s and 3 s — keep one"),
        (("seed=2",), {"seed": "3"}, "--set seed: is given twice, 3 and 2 — keep one"),
    ],
)
def test_a_value_is_given_once(sets: tuple[str, ...], options: dict[str, str | None], said: str) -> None:
    with pytest.raises(SimError, match=said):
        parse_sets(sets, options)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"seed": 2, "sets": {"seed": 3}}, 'seed is given twice, as an argument and in sets["seed"]'),
        ({"arms": "direct", "sets": {"compare": ["direct"]}}, "--arms direct: compare is set as well"),
    ],
)
def test_python_takes_a_value_once(given: dict[str, Any], said: str) -> None:
    with pytest.raises(SimError) as caught:
        sim.run("first-look", **given)
    assert said in str(caught.value)


def test_an_override_of_an_arm_that_leads_nowhere_is_told_at_its_line() -> None:
    text = (shipped_folder() / "first-look.yaml").read_text(encoding="utf-8")
    arms = "arms:\n  v:\n    arrangement: direct\n    set:\n      stages.nobody.delay: 1 s\n"
    with pytest.raises(ScenarioError) as caught:
        load_text(f"{text}\n{arms}", "t")
    (fault,) = caught.value.faults
    assert 'arms.v.set: stages has no "nobody"' in fault.message
    assert (fault.line, fault.column) == (text.count("\n") + 6, 7)
