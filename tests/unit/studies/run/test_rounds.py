"""Rounds until a number is precise enough: what is found is what the run of so many replications gives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.analysis.analyse import analyse
from sim.analysis.measures import Measure
from sim.errors import SimError
from sim.experiment import run as experiment
from sim.experiment.engines import EngineName
from sim.experiment.execution import Execution
from sim.experiment.run import simulate_scenario
from sim.model.scenario import Scenario
from sim.scenario.loader import load_scenario, shipped_folder
from sim.studies.run.precision import Precision, Reached
from sim.studies.run.rounds import replications_for

SETS = {"settings": "1", "compare": "[direct, via_washington]"}


def scenario_of(**sets: str) -> Scenario:
    return load_scenario(shipped_folder() / "first-look.yaml", {**SETS, **sets})


def found(precision: Precision, engine: EngineName = "reference", where: int = 1, **sets: str) -> Reached:
    return replications_for(scenario_of(**sets), precision, lambda _: Execution(engine, where=where))


@pytest.mark.parametrize(("of", "place"), [(Measure.P50, 1), (Measure.P95, 2), (Measure.MEAN, None)])
def test_the_run_that_follows_has_the_half_width_that_was_found(of: Measure, place: int | None) -> None:
    reached = found(Precision(of, 25e6, is_relative=False, most=2_000))
    scenario = scenario_of(replications=str(reached.n))
    (pair,) = analyse(scenario, simulate_scenario(scenario).tally).contrasts
    interval = pair.mean if place is None else pair.quantiles[place]
    assert reached.half_width == interval.half_width


def test_it_stops_where_it_is_precise_enough_or_at_the_most() -> None:
    coarse = found(Precision(Measure.MEAN, 0.2, is_relative=True, most=9_000))
    assert (coarse.n, coarse.n_rounds, coarse.is_enough) == (1_000, 1, True)
    fine = found(Precision(Measure.MEAN, 1e6, is_relative=False, most=2_500))
    assert (fine.n, fine.n_rounds, fine.is_enough) == (2_500, 2, False)
    assert found(Precision(Measure.MEAN, 1e6, is_relative=False, most=40)).n == 40


def test_what_is_found_depends_on_neither_engine_nor_blocks_nor_what_else_is_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    precision = Precision(Measure.IN_TIME, 0.02, is_relative=False, most=9_000)
    expected = found(precision)
    assert expected.n_rounds > 1
    assert found(precision, "compiled") == expected
    assert found(precision, replications="77", settings="9") == expected
    monkeypatch.setattr(experiment, "BLOCK_WORK", 300)
    assert found(precision) == expected


def test_common_draws_need_fewer_than_draws_of_their_own() -> None:
    """Both routes share seeing and releasing, which vary most."""
    reached = found(Precision(Measure.MEAN, 0.2, is_relative=True, most=9_000))
    assert reached.n_independent is not None
    assert reached.n_independent > 3 * reached.n


def test_what_cannot_be_asked_is_refused_before_anything_runs() -> None:
    precision = Precision(Measure.IN_TIME, 0.02, is_relative=False, most=9_000)
    with pytest.raises(SimError, match="launch one missile of first-look has no deadline"):
        replications_for(scenario_of(deadline="none"), precision, lambda _: Execution())
    with pytest.raises(SimError, match="there is no pair — compare two arms"):
        replications_for(replace(scenario_of(), contrasts=()), precision, lambda _: Execution())
