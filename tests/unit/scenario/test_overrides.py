"""Overrides whose path leads nowhere are answered with the one that is meant."""

from __future__ import annotations

from typing import Any

import pytest

import sim
from sim.asking.scenarios import parse_sets
from sim.errors import ScenarioError, SimError
from sim.scenario.loader import load_scenario, load_text, shipped_folder


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
