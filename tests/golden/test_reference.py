"""The shipped scenarios still give what results/reference says they gave."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim.analysis.results import analyse
from sim.cli.common import shipped_names
from sim.experiment.run import simulate_scenario
from sim.report.table import markdown
from sim.scenario.loader import load_scenario, shipped_folder
from sim.store import run_digest, summary_text

REFERENCE = Path(__file__).parent.parent.parent / "results" / "reference"
QUICK = "first-look"


def names() -> list[object]:
    return [name if name == QUICK else pytest.param(name, marks=pytest.mark.slow) for name in shipped_names()]


@pytest.mark.parametrize("name", names())
def test_a_shipped_scenario_gives_its_reference_summary_to_the_last_digit(name: str) -> None:
    scenario = load_scenario(shipped_folder() / f"{name}.yaml")
    results = analyse(scenario, simulate_scenario(scenario, 2).tally)
    assert summary_text(scenario, results) == (REFERENCE / name / "summary.json").read_text(encoding="utf-8")
    written = (REFERENCE / name / "table.md").read_text(encoding="utf-8")
    assert markdown(scenario, results, run_digest(scenario)) == written


@pytest.mark.parametrize("name", shipped_names())
def test_every_reference_is_of_the_scenario_as_it_is_now(name: str) -> None:
    scenario = load_scenario(shipped_folder() / f"{name}.yaml")
    summary = json.loads((REFERENCE / name / "summary.json").read_text(encoding="utf-8"))
    assert summary["digest"] == run_digest(scenario)
    assert (REFERENCE / name / "latency.png").stat().st_size > 10_000
