"""Runs are whole or not at all, resumable, and the same bytes however they came about."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.analysis.analyse import analyse
from sim.analysis.histogram import RELATIVE_ERROR
from sim.analysis.measures import Measure
from sim.errors import StoreError
from sim.experiment import run as experiment
from sim.experiment.execution import Execution, Keep
from sim.experiment.run import Job, jobs_of, simulate_scenario
from sim.model.scenario import Scenario
from sim.pages.terminal import terminal
from sim.scenario.loader import shipped_folder
from sim.store import workshop
from sim.store.place import run_path
from sim.store.resume import hidden_path
from sim.store.run import Extras, Run, has_kept, is_intact, known_tally, load_run, run_stored
from sim.studies.run.page import page
from tests.stored import PROMISED, TEXTS, interrupt, promised_bytes, small_scenario, store, with_few_unknown

KEEPS = pytest.mark.parametrize("keep", ["paths", "summary"])


@pytest.fixture
def scenario(monkeypatch: pytest.MonkeyPatch) -> Scenario:
    monkeypatch.setattr(experiment, "BLOCK_WORK", 16)
    sets = {"replications": "40", "settings": "{count: 10, replications: 8}"}
    unknown = ("stages.us_to_tokyo.delay.lognormal.median", "stages.encrypted_phone.refusal.probability")
    return with_few_unknown("washington-as-fallback", unknown, sets)


@KEEPS
def test_a_stored_run_reads_back_as_it_was(scenario: Scenario, tmp_path: Path, keep: Keep) -> None:
    run = store(scenario, tmp_path, how=Execution(keep=keep))
    again = load_run(run.path)
    assert repr(again.results) == repr(run.results)
    assert again.scenario == run.scenario
    assert again.provenance["keep"] == keep


def test_latencies_are_read_when_asked_for_and_give_the_results_of_the_tally(
    scenario: Scenario, tmp_path: Path
) -> None:
    run, in_memory = store(scenario, tmp_path), simulate_scenario(scenario)
    assert repr(run.results) == repr(analyse(scenario, in_memory.tally, run.extents))
    assert [*run.alerts.typical] == [arm.name for arm in scenario.arms]
    for arm in run.alerts.typical:
        assert np.array_equal(run.alerts.typical[arm], in_memory.typical[arm])
        assert np.array_equal(run.alerts.by_setting[arm], in_memory.by_setting[arm])
    with pytest.raises(KeyError):
        run.alerts.typical["no such arm"]


def test_a_summary_has_no_latencies_and_says_how_to_get_them(scenario: Scenario, tmp_path: Path) -> None:
    run = store(scenario, tmp_path, how=Execution(keep="summary"))
    assert not (run.path / "alerts").exists()
    with pytest.raises(StoreError, match="kept as a summary, without latencies — run it again with --keep paths"):
        next(iter(run.alerts.typical.values()))


def test_a_summary_differs_from_all_paths_in_quantiles_alone(scenario: Scenario, tmp_path: Path) -> None:
    paths, summary = (
        store(scenario, tmp_path / keep, how=Execution(keep=keep)).results for keep in ("paths", "summary")
    )
    assert (paths.quantile_error, summary.quantile_error) == (0, RELATIVE_ERROR)
    for exact, near in zip(paths.arms, summary.arms, strict=True):
        assert near.p50_band.low == pytest.approx(exact.p50_band.low, rel=RELATIVE_ERROR)
        assert replace(near, quantiles=exact.quantiles, p50_band=exact.p50_band) == exact
    for exact, near in zip(paths.contrasts, summary.contrasts, strict=True):
        assert replace(near, quantiles=exact.quantiles) == exact


def test_a_run_of_one_kind_replaces_one_of_the_other(scenario: Scenario, tmp_path: Path) -> None:
    """All paths, then a summary again: one folder each time, nothing hidden."""
    for keep in ("paths", "summary"):
        run = store(scenario, tmp_path, how=Execution(keep=keep))
        assert [path.name for path in run.path.parent.iterdir()] == [run.digest]
        assert has_kept(run.path, "summary")
        assert has_kept(run.path, "paths") is (keep == "paths")


def test_a_summary_has_small_files_in_the_end_and_nothing_of_single_blocks(scenario: Scenario, tmp_path: Path) -> None:
    path = store(scenario, tmp_path, how=Execution(keep="summary")).path
    assert {path.name for path in path.rglob("*")} == {*PROMISED, *TEXTS, "provenance.json"}


@KEEPS
def test_an_interrupted_run_leaves_nothing_half_and_is_taken_up(scenario: Scenario, tmp_path: Path, keep: Keep) -> None:
    how = Execution(keep=keep)
    whole = promised_bytes(store(scenario, tmp_path / "whole", how=how).path)
    interrupt(scenario, tmp_path / "cut", 3, how)
    assert [path.name[0] for path in (tmp_path / "cut" / scenario.name).iterdir()] == ["."]
    simulated: list[Job] = []
    original = experiment.run_job
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(experiment, "run_job", lambda s, job, **how: simulated.append(job) or original(s, job, **how))
        run = store(scenario, tmp_path / "cut", how=how)
    assert promised_bytes(run.path) == whole
    assert simulated == list(jobs_of(scenario)[3:])


def test_a_short_run_is_said_before_it_is_written_and_an_interruption_then_keeps_every_block(
    scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop, "WAIT_S", math.inf)
    hidden, n_blocks = hidden_path(run_path(tmp_path, scenario)), len(jobs_of(scenario))
    written: list[Path] = []

    def say(run: Run) -> None:
        written.extend(hidden.rglob("*.parquet"))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_stored(scenario, tmp_path, extras=Extras(say=say))
    assert written == []
    assert len([*hidden.rglob("*.parquet")]) == n_blocks
    assert store(scenario, tmp_path).provenance["blocks"] == {"all": n_blocks, "taken_up": n_blocks}


def test_what_is_said_before_its_work_is_looked_at_is_what_the_stored_run_says(
    scenario: Scenario, tmp_path: Path
) -> None:
    said: list[str] = []
    run = store(scenario, tmp_path, say=lambda run: said.append(terminal(page(run))))
    assert any(quantity.measure == Measure.WORK for quantity in run.extents)
    assert said == [terminal(page(load_run(run.path)))]


def test_a_stored_run_is_read_whatever_the_size_of_its_blocks(
    scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = store(scenario, tmp_path)
    monkeypatch.setattr(experiment, "BLOCK_WORK", 10**6)
    large, again = simulate_scenario(scenario), load_run(small.path)
    assert repr(again.results) == repr(analyse(scenario, large.tally, again.extents))
    for arm in large.typical:
        assert np.array_equal(again.alerts.typical[arm], large.typical[arm])
        assert np.array_equal(again.alerts.by_setting[arm], large.by_setting[arm])


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


def test_a_study_takes_the_tally_of_a_stored_run_only_if_this_code_made_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = small_scenario(replications="40", settings="2")
    store(scenario, tmp_path)
    assert known_tally(tmp_path, scenario, 40) is not None
    assert known_tally(tmp_path, scenario, 41) is None
    monkeypatch.setattr("sim.store.run.CODE", "0000")
    assert known_tally(tmp_path, scenario, 40) is None
