"""A study is a folder and a line: its callers know none by name."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import sim
from sim import studies
from sim.analysis.measures import Measure
from sim.cli import commands
from sim.errors import SimError
from sim.experiment.execution import Execution
from sim.experiment.simulator import in_memory
from sim.studies import STUDIES, study_of
from tests.unit.cli.test_commands import call

TOY = Path(__file__).parents[2] / "toy_study"
SIMULATED = ("breakeven", "sweep", "sensitivity", "discover", "confirm", "ledger", "map", "hours", "redundancy")
OF_STUDY = {
    "confirm": "confirmation",
    "map": "2019-10-02-pukguksong-3",
    "hours": "night-in-washington",
    "redundancy": "both-channels-under-outage",
}
FEW = ["--replications", "40", "--engine", "reference", "--workers", "1"]


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder beside those of the program, and its line in the registry."""
    monkeypatch.setattr(studies, "__path__", [*studies.__path__, str(TOY)])
    monkeypatch.setitem(STUDIES, "toy", "Say the mean latency of the first arm.")


@pytest.mark.usefixtures("toy")
def test_a_folder_and_a_line_make_a_command_a_function_and_a_document(here: Path) -> None:
    assert "Say the mean latency of the first arm." in call("--help").output
    text = call("toy", "first-look", *FEW).stdout
    answer = sim.toy("first-look", replications=40)  # type: ignore[attr-defined]
    assert "direct takes" in text
    assert text.startswith(str(answer))
    plain = json.loads(call("toy", "first-look", "--json", *FEW).output)
    assert plain["headline"] == answer.headline
    assert plain["mean_min"] == pytest.approx(answer.found / 60e6)
    assert float(answer.frame()["mean_min"][0]) == pytest.approx(plain["mean_min"], abs=5e-4)
    (folder,) = (here / "results" / "first-look").iterdir()
    assert {"toy.json", "toy.csv", "toy.md", "answer.txt"} <= {path.name for path in folder.iterdir()}
    assert "toy" in dir(sim)


@pytest.mark.parametrize("given", [date.min, 3, False, b"a=1|2", {"a": "1|2"}, [None], [1.5], [["a=1|2"]]])
def test_an_option_that_may_be_given_several_times_takes_a_text_or_a_list_of_texts(given: object) -> None:
    with pytest.raises(SimError, match=r"--vary .*: needs a text or a list of texts — PATH=FROM:TO:N"):
        sim.sweep("first-look", vary=given)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", STUDIES)
def test_to_be_listed_is_to_have_all_parts(name: str) -> None:
    study = study_of(name)
    assert study.name == name
    assert commands()[name]
    assert [callable(part) for part in (study.plan, study.find, study.page)] == [True] * 3
    assert study.help.split("\n")[0]
    assert len({option.flag for option in study.options}) == len(study.options)


@pytest.mark.parametrize("name", SIMULATED)
def test_a_study_says_what_it_costs_before_it_runs(name: str, here: Path) -> None:
    scenario = OF_STUDY.get(name, "first-look")
    own = ["--vary", "stages.us_evaluates.delay.lognormal.median=30 s:1 h:3:log"] if name == "sweep" else []
    said = call(name, scenario, *own, "--replications", "10", "--plan")
    assert said.stdout == ""
    assert "s on one core" in said.stderr
    assert not (here / "results").exists()


def test_help_and_the_list_of_commands_import_nothing_heavy() -> None:
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom sim.cli import cli\n"
        "for name in ('breakeven', 'sweep', 'ledger'): CliRunner().invoke(cli, [name, '--help'])\n"
        "print(*{'numpy', 'scipy', 'matplotlib', 'numba', 'pydantic', 'simpy'} & {*sys.modules})"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.split() == []


@pytest.mark.parametrize("engine", ["reference", "columns", "compiled"])
def test_a_study_answers_alike_wherever_it_is_simulated(engine: str) -> None:
    study = study_of("breakeven")
    plan = study.plan(sim.check("first-look"), measure=Measure.MEAN, on=None, replications=20)
    found = study.find(plan, in_memory(Execution(engine)))  # type: ignore[arg-type]
    assert study.page(plan, found).headline == sim.breakeven("first-look", replications=20).headline  # type: ignore[attr-defined]


def test_an_option_that_does_not_fit_is_refused_in_the_same_words_everywhere(here: Path) -> None:
    with pytest.raises(SimError) as in_python:
        sim.breakeven("first-look", replications=1)  # type: ignore[attr-defined]
    with pytest.raises(SimError) as in_a_shell:
        call("breakeven", "first-look", "--replications", "1")
    assert str(in_python.value) == str(in_a_shell.value) == "--replications 1: needs a whole number from 2 to 1,000,000"
