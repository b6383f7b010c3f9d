"""Runs are whole or not at all, resumable, and the same bytes however they came about."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import sim
from sim.errors import StoreError
from sim.experiment import run as experiment
from sim.experiment.run import Job
from sim.model.scenario import Scenario
from sim.scenario.loader import load_scenario, shipped_folder
from sim.store import is_intact, load_run
from tests.stored import promised_bytes, store


@pytest.fixture
def scenario(monkeypatch: pytest.MonkeyPatch) -> Scenario:
    monkeypatch.setattr(experiment, "BLOCK_WORK", 16)
    sets = {"replications": "40", "settings": "{count: 10, replications: 8}"}
    return load_scenario(shipped_folder() / "washington-as-fallback.yaml", sets)


def test_a_stored_run_reads_back_as_it_was(scenario: Scenario, tmp_path: Path) -> None:
    run = store(scenario, tmp_path)
    again = load_run(run.path)
    assert repr(again.results) == repr(run.results)
    assert again.scenario == run.scenario
    for arm in run.alerts.typical:
        assert np.array_equal(again.alerts.by_setting[arm], run.alerts.by_setting[arm])


def test_an_interrupted_run_leaves_nothing_half_and_is_taken_up(scenario: Scenario, tmp_path: Path) -> None:
    whole = promised_bytes(store(scenario, tmp_path / "whole").path)
    done: list[Job] = []

    def interrupt(job: Job) -> None:
        done.append(job)
        if len(done) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store(scenario, tmp_path / "cut", watch=interrupt)
    assert [path.name[0] for path in (tmp_path / "cut" / scenario.name).iterdir()] == ["."]
    simulated: list[str] = []
    original = experiment.run_job
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(experiment, "run_job", lambda s, job: simulated.append(job.name) or original(s, job))
        run = store(scenario, tmp_path / "cut")
    assert promised_bytes(run.path) == whole
    assert not {job.name for job in done} & set(simulated)


def test_a_damaged_part_is_named(scenario: Scenario, tmp_path: Path) -> None:
    path = store(scenario, tmp_path).path
    part = next((path / "alerts").iterdir())
    part.write_bytes(b"nothing")
    assert not is_intact(path)
    with pytest.raises(StoreError, match="has changed since it was written"):
        load_run(path)


def test_the_python_interface_gives_the_same_results() -> None:
    run = sim.run(shipped_folder() / "first-look.yaml", replications=40, settings="3")
    assert run.alerts.typical["direct"].shape == (40, 1)
    assert run.results.n_settings == 3
    with pytest.raises(AttributeError):
        _ = sim.nothing
