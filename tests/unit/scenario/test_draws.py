"""The field `draws`: what it takes, what it makes of the number of replications, and what it leaves alone."""

from __future__ import annotations

import pytest

from sim.errors import ScenarioError
from sim.experiment import run as experiment
from sim.experiment.run import jobs_of
from sim.experiment.versions import versions_for
from sim.model.scenario import Scenario, whole_units
from sim.scenario.loader import load_scenario, shipped_folder
from sim.store.place import run_digest


def first_look(**sets: str) -> Scenario:
    return load_scenario(shipped_folder() / "first-look.yaml", sets)


def test_the_usual_draws_change_no_digest_and_others_do() -> None:
    digests = [run_digest(first_look(**sets)) for sets in ({}, {"draws": "philox"}, {"draws": "sobol"})]
    assert digests[0] == digests[1] != digests[2]


@pytest.mark.parametrize(
    ("design", "given", "expected"),
    [
        ("philox", 77, 77),
        ("sobol", 1, 32),
        ("sobol", 32, 32),
        ("sobol", 33, 64),
        ("sobol", 10_000, 16_384),
        ("sobol", 16_384, 16_384),
    ],
)
def test_replications_are_rounded_up_to_whole_units(design: str, given: int, expected: int) -> None:
    scenario = first_look(draws=design, replications=str(given))
    assert whole_units(scenario.draws, given) == scenario.replications == expected
    assert scenario.replications % scenario.n_together == 0


def test_no_block_cuts_a_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experiment, "BLOCK_WORK", 100)
    scenario = first_look(draws="sobol", replications="5000")
    typical = [job for job in jobs_of(scenario) if job.settings == (0,)]
    assert (scenario.n_together, len(typical)) == (256, 32)
    assert all(job.start % 256 == 0 and job.stop == job.start + 256 for job in typical)


def test_sobol_points_are_scipys_so_its_version_counts() -> None:
    assert "scipy" in versions_for(first_look(draws="sobol"))
    assert "scipy" not in versions_for(first_look(draws="philox"))


def test_other_draws_are_refused_with_those_there_are() -> None:
    for design in ("halton", "antithetic"):
        with pytest.raises(ScenarioError, match=f'--draws:1:1  draws: needs one of philox, sobol, got "{design}"'):
            first_look(draws=design)
