"""Every engine gives the reference engine's sample paths, latencies and sums, to the last microsecond.

`python -m tests.parity` (``make parity``) sends ten thousand scenario files and worlds through the same comparison.
"""

from __future__ import annotations

import numba
import pytest
from hypothesis import HealthCheck, given, settings

from sim.kernels import alerts
from sim.model.distributions import FAMILIES
from sim.scenario.loader import load_scenario, load_text, shipped_folder
from tests.engines import ENGINES, compare, has_columns, part_ways, paths_of
from tests.features import FEATURES, features
from tests.scenario_files import WAYS, blocks, scenario_texts
from tests.worlds import Pool, Told, World, every, first, seq, worlds

FIXED = settings(derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))


def check(world: World) -> None:
    network, draws = world.network, world.draws
    assert part_ways(network, draws, paths_of(ENGINES["reference"], network, draws)) == ""


@settings(FIXED, max_examples=200)
@given(worlds())
def test_the_engines_agree_on_any_world(world):
    check(world)


@settings(FIXED, max_examples=200)
@given(worlds(depth=3, desk_names="", forms=("sequence", "try", "try"), longest=1))
def test_the_engines_agree_where_tries_nest(world):
    check(world)


@settings(FIXED, max_examples=200)
@given(worlds(depth=3, desk_names="P"))
def test_the_engines_agree_where_all_share_one_desk(world):
    check(world)


def test_the_engines_agree_on_small_worlds_and_most_of_them_run_by_columns():
    ran = []

    @settings(FIXED, max_examples=200)
    @given(worlds(depth=2))
    def run(world):
        ran.append(has_columns(world.network))
        check(world)

    run()
    assert sum(ran) > 100


def test_the_engines_agree_on_scenario_files_that_use_all_that_the_format_has():
    covered = set()

    @settings(FIXED, max_examples=200)
    @given(scenario_texts(), blocks())
    def run(text, block):
        scenario = load_text(text, "random")
        found = compare(scenario, *block, n_settings=2)
        covered.update(features(scenario, found.paths))
        assert found.difference == ""

    run()
    assert sorted(set(FEATURES) - covered) == []


def test_the_scenario_files_know_every_way_of_telling_a_distribution():
    known = {(family, way) for family, ways in FAMILIES.items() for way in ways if family != "constant"}
    assert known == {(family, tuple(numbers)) for family, numbers in WAYS}


@pytest.mark.parametrize("form", [every, first])
def test_the_engines_agree_where_a_combination_has_one_part(form):
    check(World(seq(form("a"), form("b")), {"a": Told((3, 4)), "b": Told((2, 1), (True, False))}, (0, 1)))


@pytest.mark.parametrize(("capacity", "held"), [(1, 1), (2, 3), (3, 5)])
def test_the_engines_agree_where_a_long_list_of_jobs_comes_and_goes(capacity, held):
    """More work ends than is ever pending at once: jobs of two lengths in turn, one every 2 s, and a launch at 50."""
    jobs = tuple((2 * number, held + number % 2) for number in range(-10, 40))
    check(World(seq("a"), {"a": Told(3, desk="d")}, (50,), {"d": Pool(capacity, jobs, warm_up=20)}))


@pytest.mark.parametrize("n", [3, 63, 64, 65, 90])
@pytest.mark.parametrize("capacity", [1, 2, 100])
def test_the_engines_agree_on_many_launches_at_one_desk(n, capacity):
    """In any order, with ties, every fifth of them refused before the desk; 64 are sorted side by side at most."""
    stages = {
        "z": Told(tuple(3 * at % 4 for at in range(n)), tuple(at % 5 == 4 for at in range(n))),
        "a": Told(tuple(1 + at % 3 for at in range(n)), desk="d"),
    }
    launches = tuple(7 * at % 40 for at in range(n))
    check(World(seq("z", "a"), stages, launches, {"d": Pool(capacity)}))


LONG = """
title: long columns
deadline: none
launches: [{name: salvo, count: 3, gap: {uniform: {low: 1 s, high: 9 s}}}]
horizon: 1 min
desks:
  d: {capacity: 1, evidence: assumed, background: {interarrival: {exponential: {mean: 20 s}}, service: 2 s,
      evidence: assumed}}
stages:
  a: {delay: {lognormal: {median: 3 s, p90: 9 s}}, refusal: {probability: 10 %}, evidence: assumed}
  b: {delay: {weibull: {median: 3 s, p90: 9 s}}, desk: d, evidence: assumed}
arrangements:
  columns: {try: [a, b], for: 8 s, else: {stage: a, as: again}}
  events: [b, {stage: b, as: again}, a]
compare: [columns, events]
replications: 3000
"""


@pytest.mark.parametrize(("start", "stop"), [(0, 1500), (1, 1400), (510, 1600)])
def test_the_engines_agree_where_columns_are_cut_into_pieces(start, stop):
    """Draws are made 512 at a time; alerts of these arms (5 and 4 nodes, 3 launches) 1,092 and 1,365 at a time."""
    assert compare(load_text(LONG, "long"), start, stop).difference == ""


@pytest.mark.skipif(not numba.config.DISABLE_JIT, reason="what is compiled keeps the size of its pieces")
def test_the_engines_agree_in_pieces_of_a_few_replications(monkeypatch):
    """Of 5 and 4 nodes and 3 launches: 9 replications at a time or more, from the third on."""
    monkeypatch.setattr(alerts, "AT_ONCE", 100)
    assert compare(load_text(LONG, "long"), 3, 40).difference == ""


@pytest.mark.parametrize("path", sorted(shipped_folder().glob("*.yaml")), ids=lambda path: path.stem)
def test_the_engines_agree_on_the_shipped_scenarios(path):
    """Every arm at the typical setting and in two others."""
    assert compare(load_scenario(path), 0, 10, n_settings=3).difference == ""
