"""The shipped scenarios still give what results/reference says they gave."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim.analysis.analyse import analyse
from sim.asking.scenarios import shipped_names
from sim.experiment.engines import EngineName
from sim.experiment.execution import Execution
from sim.experiment.run import simulate_scenario
from sim.experiment.work import find_extents
from sim.model.scenario import Scenario
from sim.pages.document import document
from sim.pages.markdown import markdown
from sim.scenario.loader import load_scenario, shipped_folder
from sim.store.files import json_text
from sim.store.place import run_digest, run_path
from sim.store.run import Run
from sim.studies.run.files import view_of
from sim.studies.run.page import page
from sim.studies.run.reverses import plain_reverses
from tests.drawn import figures_text
from tests.examples import SHIPPED, examples
from tests.reference import FIGURES_DATA, REFERENCE, STUDIES, write_record, write_study


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_record(tmp_path_factory.mktemp("reference"))


QUICK = "first-look"


EVERY_TIME = [(name, "columns") for name in SHIPPED]
RUNS = [(QUICK, "reference"), *EVERY_TIME, *((name, "compiled") for name in shipped_names())]


def run_of(scenario: Scenario, execution: Execution) -> Run:
    alerts = simulate_scenario(scenario, execution)
    reverses, extents = plain_reverses(scenario, execution.engine), find_extents(scenario, execution.engine)
    results = analyse(scenario, alerts.tally, extents)
    return Run(run_path(Path("results"), scenario), scenario, alerts, results, {}, reverses, extents)


@pytest.mark.parametrize(("name", "engine"), examples(RUNS, EVERY_TIME))
def test_a_shipped_scenario_gives_its_reference_summary_table_and_figures_to_the_last_digit(
    name: str, engine: EngineName
) -> None:
    scenario = load_scenario(shipped_folder() / f"{name}.yaml")
    run = run_of(scenario, Execution(engine))
    assert json_text(document(page(run))) == (REFERENCE / name / "summary.json").read_text(encoding="utf-8")
    assert markdown(page(run)) == (REFERENCE / name / "table.md").read_text(encoding="utf-8")
    drawn = figures_text(view_of(scenario, run.alerts.tally, run.results))
    assert drawn == (REFERENCE / name / FIGURES_DATA).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", shipped_names())
def test_every_reference_is_of_the_scenario_as_it_is_now(name: str) -> None:
    scenario = load_scenario(shipped_folder() / f"{name}.yaml")
    summary = json.loads((REFERENCE / name / "summary.json").read_text(encoding="utf-8"))
    assert summary["digest"] == run_digest(scenario)
    assert (REFERENCE / name / "latency.png").stat().st_size > 10_000


SMALL = {study[0]: study[1:] for study in STUDIES if study[1] == QUICK or study[0] in ("sight", "map")}


@pytest.mark.parametrize("kind", examples(SMALL, ["breakeven", "sight"]))
def test_a_study_gives_its_reference_to_the_last_digit(tmp_path: Path, kind: str) -> None:
    name, *options = SMALL[kind]
    made = write_study(kind, name, *options, folder=tmp_path)
    for file in ("answer.txt", f"{kind}.csv"):
        assert (made / file).read_text(encoding="utf-8") == (REFERENCE / name / kind / file).read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("file", ["answer.txt", "record.csv", "record.json"])
def test_the_model_stands_to_the_public_record_as_it_did(record: Path, file: str) -> None:
    assert (record / file).read_text(encoding="utf-8") == (REFERENCE / "record" / file).read_text(encoding="utf-8")
