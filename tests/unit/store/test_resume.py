"""What an interrupted run left is taken up if it is whole and made to the same plan, by one process at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.errors import PoolError, StoreError
from sim.experiment import run as experiment
from sim.experiment import versions
from sim.experiment.execution import Execution
from sim.model.scenario import Scenario
from sim.store import resume
from sim.store.place import run_path
from sim.store.resume import PARTS, PLAN, hidden_path
from sim.store.run import check_resumable, discard_interrupted
from tests.examples import examples
from tests.stored import PROMISED, TEXTS, interrupt, promised_bytes, small_scenario, store

SETS = {"replications": "80", "settings": "{count: 3, replications: 8}"}
N_JOBS, N_DONE = 6, 3  # 80 replications in blocks of 16, and one block of the other settings


@pytest.fixture
def scenario(monkeypatch: pytest.MonkeyPatch) -> Scenario:
    monkeypatch.setattr(experiment, "BLOCK_WORK", 16)
    return small_scenario(**SETS)


@pytest.fixture(params=examples(("paths", "summary"), ["paths"]))
def how(request: pytest.FixtureRequest) -> Execution:
    return Execution(keep=request.param)


@pytest.fixture
def hidden(scenario: Scenario, how: Execution, tmp_path: Path) -> Path:
    """What a run left that was interrupted after three blocks."""
    return interrupt(scenario, tmp_path, N_DONE, how)


@pytest.fixture
def expected(scenario: Scenario, how: Execution, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The bytes of a run that was not interrupted."""
    return promised_bytes(store(scenario, tmp_path_factory.mktemp("whole"), how=how).path)


def n_taken_up(scenario: Scenario, folder: Path, how: Execution, expected: dict[str, str]) -> int:
    run = store(scenario, folder, how=how)
    assert promised_bytes(run.path) == expected
    assert [path.name for path in run.path.parent.iterdir()] == [run.path.name]
    assert run.provenance["blocks"]["all"] == N_JOBS
    return int(run.provenance["blocks"]["taken_up"])


def parts(hidden: Path) -> list[Path]:
    return sorted(hidden.rglob("settings-*.parquet"))


def test_parts_that_are_whole_are_taken_up(
    scenario: Scenario, how: Execution, hidden: Path, tmp_path: Path, expected: dict[str, str]
) -> None:
    assert n_taken_up(scenario, tmp_path, how, expected) == N_DONE


@pytest.mark.parametrize(
    "damage", [lambda data: data[:100], lambda data: b"", lambda data: data[:-9] + b"!" + data[-8:]]
)
def test_a_damaged_part_is_made_again(
    scenario: Scenario, how: Execution, hidden: Path, tmp_path: Path, expected: dict[str, str], damage: object
) -> None:
    path = parts(hidden)[1]
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert n_taken_up(scenario, tmp_path, how, expected) == N_DONE - 1


def test_a_part_whose_line_is_half_there_is_made_again(
    scenario: Scenario, how: Execution, hidden: Path, tmp_path: Path, expected: dict[str, str]
) -> None:
    path = hidden / PARTS
    path.write_bytes(path.read_bytes()[:-20])
    assert n_taken_up(scenario, tmp_path, how, expected) == N_DONE - 1


def test_what_is_half_written_is_swept_away(
    scenario: Scenario, how: Execution, hidden: Path, tmp_path: Path, expected: dict[str, str]
) -> None:
    parts(hidden)[0].with_name(".part.partial").write_bytes(b"half")
    (hidden / "run" / "table.md").write_bytes(b"old")
    (hidden / "old").mkdir()
    assert n_taken_up(scenario, tmp_path, how, expected) == N_DONE
    names = {path.name for path in run_path(tmp_path, scenario).iterdir()}
    assert names == {*PROMISED, *TEXTS, "provenance.json", *(["alerts"] if how.keep == "paths" else [])}


def test_the_list_of_parts_is_one_that_sha256sum_checks(hidden: Path) -> None:
    lines = (hidden / PARTS).read_text().splitlines()
    assert [hidden / line.split("  ")[1] for line in lines] == parts(hidden)
    assert {len(line.split("  ")[0]) for line in lines} == {64}


@pytest.mark.parametrize(("other", "name"), [("__version__", "alertpath"), ("CODE", "code")])
def test_parts_of_another_version_or_other_code_are_refused_by_name_and_kept(
    other: str,
    name: str,
    scenario: Scenario,
    how: Execution,
    hidden: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    expected: dict[str, str],
) -> None:
    monkeypatch.setattr(versions, other, "9.9")
    with pytest.raises(StoreError, match=rf"versions\.{name}: .* → 9\.9.* start afresh with --again"):
        store(scenario, tmp_path, how=how)
    assert len(parts(hidden)) == N_DONE
    monkeypatch.undo()
    monkeypatch.setattr(experiment, "BLOCK_WORK", 16)
    assert n_taken_up(scenario, tmp_path, how, expected) == N_DONE


def test_parts_cut_otherwise_are_refused(
    scenario: Scenario, how: Execution, hidden: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(experiment, "BLOCK_WORK", 32)
    with pytest.raises(StoreError, match=r"blocks\.count: 6 → 4"):
        store(scenario, tmp_path, how=how)


def test_parts_kept_otherwise_are_refused(scenario: Scenario, how: Execution, hidden: Path, tmp_path: Path) -> None:
    other = Execution(keep="summary" if how.keep == "paths" else "paths")
    with pytest.raises(StoreError, match=rf"keep: {how.keep} → {other.keep}\) and cannot be taken up"):
        store(scenario, tmp_path, how=other)


def test_parts_whose_plan_is_damaged_are_refused(
    scenario: Scenario, how: Execution, hidden: Path, tmp_path: Path
) -> None:
    (hidden / PLAN).write_bytes(b'{"scen')
    with pytest.raises(StoreError, match="versions: absent → "):
        store(scenario, tmp_path, how=how)


def test_starting_afresh_takes_up_nothing(
    scenario: Scenario, how: Execution, hidden: Path, tmp_path: Path, expected: dict[str, str]
) -> None:
    discard_interrupted(tmp_path, scenario)
    assert not hidden.exists()
    discard_interrupted(tmp_path, scenario)
    assert n_taken_up(scenario, tmp_path, how, expected) == 0


def test_nothing_to_resume_is_said(scenario: Scenario, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no interrupted run of this scenario — run without --resume"):
        check_resumable(tmp_path, scenario)


def test_an_interrupted_run_can_be_resumed(scenario: Scenario, hidden: Path, tmp_path: Path) -> None:
    check_resumable(tmp_path, scenario)


def test_resuming_with_another_seed_names_the_difference(scenario: Scenario, hidden: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=rf"{hidden.name} is one that differs: seed: 1 → 2$"):
        check_resumable(tmp_path, small_scenario(**SETS, seed="2"))


def test_a_run_that_could_not_begin_leaves_nothing(scenario: Scenario, tmp_path: Path) -> None:
    with pytest.raises(PoolError):
        store(scenario, tmp_path, Execution(where="mpi"))
    assert list(tmp_path.rglob("*")) == [tmp_path / scenario.name]


def test_a_second_process_at_the_same_run_is_refused_and_told_who_is_at_it(scenario: Scenario, tmp_path: Path) -> None:
    def meddle(_: int) -> None:
        with pytest.raises(StoreError, match=f"process {os.getpid()} on .* is at this run — wait for it"):
            store(scenario, tmp_path)
        with pytest.raises(StoreError, match="is at this run"):
            discard_interrupted(tmp_path, scenario)

    run = store(scenario, tmp_path, Execution(watch=meddle))
    assert promised_bytes(run.path)


HOLDER = """
import os, sys
from pathlib import Path
from sim.store.resume import at_work
with at_work(Path(sys.argv[1]), {}):
    os.kill(os.getpid(), 9)
"""


def test_a_process_that_was_killed_holds_nothing(scenario: Scenario, tmp_path: Path) -> None:
    hidden = hidden_path(run_path(tmp_path, scenario))
    assert subprocess.run([sys.executable, "-c", HOLDER, hidden], check=False).returncode == -9
    assert (hidden / "lock").exists()
    assert store(scenario, tmp_path).path.exists()


def test_a_folder_put_away_while_its_lock_was_awaited_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process finishes between the opening of its lock and the look whether it is still there."""
    hidden, opened = tmp_path / "hidden", resume._opened
    n_opened = 0

    def late(path: Path) -> object:
        nonlocal n_opened
        n_opened += 1
        file = opened(path)
        if n_opened == 1:
            (path / "lock").unlink()
        return file

    monkeypatch.setattr(resume, "_opened", late)
    with resume.at_work(hidden, {}):
        assert n_opened == 2
        assert (hidden / "lock").exists()
    assert not hidden.exists()
