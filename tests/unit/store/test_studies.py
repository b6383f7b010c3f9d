"""Stored studies: whole or not at all, found again, taken up where they stopped, in rounds."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from sim.analysis.outcomes import Outcomes
from sim.errors import StoreError
from sim.experiment import batch as module
from sim.experiment.batch import Batch
from sim.experiment.execution import Execution
from sim.experiment.pools import Where
from sim.experiment.simulator import Simulator
from sim.model.ranges import Exactly
from sim.model.scenario import Scenario
from sim.scenario.loader import load_scenario, shipped_folder
from sim.store.resume import hidden_path
from sim.store.study import Answer, Asked, answered, discard_interrupted, find_study, study_path

EVALUATES = "stages.us_evaluates.delay.lognormal.median"


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BLOCK_WORK", "MOST_WORK"):
        monkeypatch.setattr(module, name, 100)


def asked(**options: int) -> Asked:
    return Asked("trial", scenario(), {"low": 1, **options})


def scenario() -> Scenario:
    return load_scenario(shipped_folder() / "first-look.yaml", {"settings": "1"})


def batch(*minutes: int) -> Batch:
    return Batch(scenario(), tuple({EVALUATES: Exactly(60_000_000 * m)} for m in minutes), 50)


def two_rounds(simulator: Simulator) -> Answer:
    """The second round asks what the first has found, and one of the same cells again."""
    first = simulator.outcomes(batch(1, 2, 3, 4, 5))
    best = int(first.difference("mean", "direct", "via_washington")[0].argmin())
    second = simulator.outcomes(batch(best + 1, 9))
    return Answer(f"{_text(first)}\n{_text(second)}\n", {"trial.json": b"{}\n"})


def _text(found: Outcomes) -> str:
    return " ".join(map(str, found.difference("p95", "direct", "via_washington")[0]))


def make(folder: Path, n_parts: int = 0, where: Where = 1) -> tuple[str, int]:
    """The text of the study and how many parts were simulated for it; it stops once so many are."""
    done: list[int] = []

    def watch(n_replications: int) -> None:
        done.append(n_replications)
        if len(done) == n_parts:
            raise KeyboardInterrupt

    stored = answered(folder, asked(), Execution(where=where, watch=watch), two_rounds, {})
    return stored.text, len(done)


def test_a_study_is_stored_whole_and_found_again(tmp_path: Path) -> None:
    text, n_parts = make(tmp_path)
    assert n_parts == 4  # of two cells each, and one
    found = find_study(tmp_path, asked())
    assert found is not None
    assert found.text == text
    names = {path.name for path in found.path.iterdir()}
    assert names == {"scenario.json", "asked.json", "answer.txt", "trial.json", "provenance.json"}
    assert not list(found.path.parent.glob(".*"))


def test_another_question_is_another_study_and_a_damaged_one_is_none(tmp_path: Path) -> None:
    make(tmp_path)
    assert find_study(tmp_path, asked(low=2)) is None
    (study_path(tmp_path, asked()) / "trial.json").write_text("{ }\n")
    assert find_study(tmp_path, asked()) is None


@pytest.mark.parametrize("n_parts", [1, 2, 3, 4])
def test_what_an_interrupted_study_has_left_is_taken_up(tmp_path: Path, n_parts: int) -> None:
    expected, _ = make(tmp_path / "whole")
    with suppress(KeyboardInterrupt):
        make(tmp_path / "cut", n_parts)
    assert find_study(tmp_path / "cut", asked()) is None
    simulated: list[Batch] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "run_part", lambda part, engine: simulated.append(part) or _run_part(part, engine))
        text, _ = make(tmp_path / "cut")
    assert text == expected
    assert len(simulated) == 4 - n_parts


_run_part = module.run_part


def test_workers_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.experiment.execution.START_S", 0)
    assert make(tmp_path / "one") == make(tmp_path / "two", where=2)


def test_parts_of_another_version_are_not_taken_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with suppress(KeyboardInterrupt):
        make(tmp_path, 1)
    monkeypatch.setattr("sim.store.study.versions_for", lambda _: {"alertpath": "0"})
    with pytest.raises(StoreError, match="--again"):
        make(tmp_path)
    discard_interrupted(tmp_path, asked())
    assert not hidden_path(study_path(tmp_path, asked())).exists()
    make(tmp_path)
