"""All programs of the benchmark simulate the same chain."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator
from importlib.metadata import distributions

import pytest

from sim.scenario.loader import load_scenario, load_text
from tests.benchmarks.chain import MEAN_LATENCY_S, N_LAUNCHES, N_STAGES, desks, place_of_line, scenario_text
from tests.benchmarks.compare import ROOT
from tests.benchmarks.machine import version_of
from tests.benchmarks.programs import MOST_STANDARD_ERRORS, PROGRAMS, SIMPY, Program, named
from tests.benchmarks.team import Team
from tests.examples import examples

HERE = [program for program in PROGRAMS if not program.obstacle and program.n_cores == 1]


QUICK = [SIMPY, named("alertpath, columns in NumPy")]


@pytest.fixture(scope="module", params=examples(HERE, QUICK), ids=lambda program: program.name)
def program(request: pytest.FixtureRequest) -> Program:
    found: Program = request.param
    return found


@pytest.fixture(scope="module")
def team(program: Program) -> Iterator[Team]:
    """A process of its own: what one has compiled another may not be able to live with."""
    with Team({program, SIMPY}) as found:
        yield found


def test_the_mean_latency_of_the_chain_is_314_2_s(program: Program, team: Team) -> None:
    """314.2 s as stated for this chain; n = 500, 4 standard errors are about 9 s.

    False alarm once in 16,000; a mean that is 14 s off is found 98 times in 100.
    """
    its = team.agreement(program, 500)
    assert its.mean_s == pytest.approx(MEAN_LATENCY_S, abs=MOST_STANDARD_ERRORS * its.standard_error_s)


def test_longer_chains_of_more_launches_are_the_same_chain_too(program: Program, team: Team) -> None:
    """Against SimPy, n = 60 each; 20 launches through 9 stages, in which the pattern of desks starts again."""
    a, b = (team.means(which, 60, seed, 20, 9) for which, seed in ((program, 1), (SIMPY, 2)))
    standard_error = math.sqrt((a.var(ddof=1) + b.var(ddof=1)) / 60)
    assert a.mean() == pytest.approx(b.mean(), abs=MOST_STANDARD_ERRORS * standard_error)


def test_a_seed_gives_the_same_replications_again_and_another_seed_gives_others(program: Program, team: Team) -> None:
    first, again, other = (team.means(program, 5, seed) for seed in (3, 3, 4))
    assert first.tolist() == again.tolist()
    assert not set(first.tolist()) & set(other.tolist())


def test_the_written_scenario_is_the_one_in_the_file() -> None:
    file = load_scenario(ROOT / "tests" / "benchmarks" / "alert_chain.yaml")
    written = load_text(scenario_text(1000, file.seed, N_LAUNCHES, N_STAGES), "alert_chain")
    assert written == dataclasses.replace(file, document=written.document)  # the text says seed 1, the file leaves it


def test_the_desks_are_taken_in_turn_and_the_line_stays_in_the_middle() -> None:
    assert [desk.capacity for desk in desks(9)] == [2, 1, 1, 2, 1, 1, 2, 1, 1]
    assert [desk.mean_s for desk in desks(9)] == [20, 30, 45, 60, 30, 15, 20, 30, 45]
    assert [place_of_line(n) for n in (2, 6, 200)] == [1, 3, 100]


def test_a_program_that_is_not_installed_says_so() -> None:
    nobody = "no-such-library"
    assert nobody not in {each.name for each in distributions()}
    assert Program("nobody's", nobody, "rivals.nobody_").obstacle == "not installed"
    assert version_of("simpy") is not None
    assert not SIMPY.obstacle
