"""Which stored run a command takes, however it is named, and what two of them differ by."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.experiment.versions import CODE
from sim.store.place import run_path
from tests.stored import small_scenario, store
from tests.unit.cli.test_commands import call, refusal

FEW = {"replications": "40", "settings": "1"}


@pytest.fixture
def run(here: Path) -> Path:
    """A stored run, by its path from the working folder."""
    store(small_scenario(**FEW), Path("results"))
    return run_path(Path("results"), small_scenario(**FEW))


FORMS: list[Callable[[Path], str]] = [
    str,
    lambda run: run.name,
    lambda run: run.parent.name,
    lambda run: str(run.parent),
    lambda run: str(run / "table.md"),
    lambda run: str(next((run / "alerts").iterdir())),
]


@pytest.mark.parametrize("form", FORMS, ids=["folder", "digest", "name", "folder of all", "file", "part"])
def test_a_run_is_found_however_it_is_named(run: Path, form: Callable[[Path], str]) -> None:
    told = call("explain", form(run))
    assert f"seed 1, {run.name}," in told.stdout
    assert ("its only run" in told.stderr) is (form(run) in ("first-look", "results/first-look"))


def test_of_a_scenario_the_newest_run_is_taken(run: Path) -> None:
    new = store(small_scenario(**FEW, seed="2"), Path("results")).path
    told = call("explain", "first-look")
    assert "seed 2" in told.stdout
    assert f"first-look: the newest of its 2 runs, {new}" in told.stderr
    assert "seed: 1 → 2" in call("diff", "first-look").stdout
    assert "seed: 1 → 2" in call("diff", run.name, "first-look").stdout


def test_the_digest_and_the_name_of_a_copy_are_those_of_its_files(run: Path) -> None:
    shutil.copytree(run, "x")
    assert f"seed 1, {run.name}," in call("explain", "x").stdout
    shutil.copytree(run, run.parent / "y")
    told = refusal("explain", run.name)
    assert "several folders hold this run — give one of them" in told
    assert f"{run.parent / 'y'} ({run.name})" in told


def test_a_trace_takes_the_scenario_of_a_stored_run(run: Path) -> None:
    assert "seed 1" in call("trace", run.name).stdout
    assert call("trace", str(run)).stdout == call("trace", run.name).stdout
    assert call("trace", "first-look").stderr == ""


def test_what_is_no_run_is_answered_with_what_is(run: Path) -> None:
    assert 'did you mean "first-look"?' in refusal("explain", "frist-look")
    assert "no run under results has this digest" in refusal("plot", "deadbeef")
    assert "is one run — give another" in refusal("diff", run.name)


@pytest.mark.parametrize(
    ("library", "said"),
    [
        ("numpy", "answers may differ for numpy alone, even where the scenarios are the same"),
        ("matplotlib", "which draws figures: no number differs for it"),
    ],
)
def test_versions_that_differ_are_said_with_what_they_may_change(run: Path, library: str, said: str) -> None:
    for place, version in (("old", "1"), ("new", "2")):
        shutil.copytree(run, place)
        noted = json.loads((run / "provenance.json").read_text())
        (Path(place) / "provenance.json").write_text(json.dumps({**noted, "libraries": {library: version}}))
    told = call("diff", "old", "new").stdout
    assert f"{library}: 1 → 2" in told
    assert said in told
    assert "Versions" not in call("diff", "old", "old").stdout


def made_by_another(path: Path) -> None:
    """As if another checkout of the same version had made what is in a folder."""
    noted = json.loads((path / "provenance.json").read_text(encoding="utf-8"))
    (path / "provenance.json").write_text(json.dumps({**noted, "code": "0000"}), encoding="utf-8")


def test_what_other_code_made_is_read_and_said_to_be_of_that(run: Path) -> None:
    made_by_another(run)
    for command in ("explain", "plot"):
        told = call(command, str(run))
        assert told.stderr.count(f"{run}: was made by other code (0000, this is {CODE}); it is read as it is") == 1
        assert told.exit_code == 0


@pytest.mark.parametrize("command", [["run", "--settings", "1"], ["breakeven"]], ids=["run", "study"])
def test_what_other_code_made_is_run_again_and_replaced(command: list[str], here: Path) -> None:
    asked = [*command, "first-look", "--replications", "20"]
    call(*asked)
    (path,) = (one.parent for one in here.glob("results/first-look/*/provenance.json"))
    made_by_another(path)
    again = call(*asked)
    assert f"was made by other code (0000, this is {CODE}), so it is run again" in again.stderr
    assert "nothing was run" not in again.stdout
    assert "nothing was run" in call(*asked).stdout
