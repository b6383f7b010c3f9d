"""Every engine gives the reference engine's sample paths, latencies and sums, to the last microsecond.

`python -m tests.parity` (``make parity``) sends ten thousand scenario files and worlds through the same comparison.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numba
import numpy as np
import pytest

from sim.asking.scenarios import find_scenario, shipped_names
from sim.engines.contract import Periods
from sim.kernels import alerts
from sim.model.families import FAMILIES
from sim.scenario.loader import load_text
from tests.engines import ENGINES, compare, has_columns, part_ways, paths_of
from tests.examples import FEW, SHIPPED, examples, few_or, hold
from tests.features import FEATURES, features
from tests.scenario_files import WAYS, blocks, scenario_texts
from tests.worlds import SECOND, Pool, Told, World, every, first, seq, worlds


def check(world: World) -> None:
    network, draws = world.network, world.draws
    assert part_ways(network, draws, paths_of(ENGINES["reference"], network, draws)) == ""


@few_or(200)
def test_the_engines_agree_on_any_world(n_drawn):
    hold(check, n_drawn, worlds())


@few_or(200)
def test_the_engines_agree_where_tries_nest(n_drawn):
    hold(check, n_drawn, worlds(depth=3, desk_names="", forms=("sequence", "try", "try"), longest=1))


@few_or(200)
def test_the_engines_agree_where_all_share_one_desk(n_drawn):
    hold(check, n_drawn, worlds(depth=3, desk_names="P"))


@few_or(200)
def test_the_engines_agree_on_small_worlds_and_most_of_them_run_by_columns(n_drawn):
    ran = []

    def run(world):
        ran.append(has_columns(world.network))
        check(world)

    hold(run, n_drawn, worlds(depth=2))
    assert sum(ran) > n_drawn / 2


def check_files(n_drawn: int) -> set[str]:
    """The features that so many files use."""
    covered = set()

    def run(text, block):
        scenario = load_text(text, "random")
        found = compare(scenario, *block, n_settings=2)
        covered.update(features(scenario, found.paths))
        assert found.difference == ""

    hold(run, n_drawn, scenario_texts(), blocks())
    return covered


def test_the_engines_agree_on_scenario_files():
    assert len(check_files(FEW)) > len(FEATURES) / 2


@pytest.mark.slow
def test_the_engines_agree_on_scenario_files_that_use_all_that_the_format_has():
    assert sorted(set(FEATURES) - check_files(250)) == []


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


@pytest.mark.parametrize(("n", "capacity"), examples(product((3, 63, 64, 65, 90), (1, 2, 100)), [(65, 2)]))
def test_the_engines_agree_on_many_launches_at_one_desk(n, capacity):
    """In any order, with ties, every fifth of them refused before the desk, which is shut for a while and away twice.

    At most 64 are sorted side by side.
    """
    stages = {
        "z": Told(tuple(3 * at % 4 for at in range(n)), tuple(at % 5 == 4 for at in range(n))),
        "a": Told(tuple(1 + at % 3 for at in range(n)), desk="d", on_call=2),
    }
    launches = tuple(7 * at % 40 for at in range(n))
    check(World(seq("z", "a"), stages, launches, {"d": Pool(capacity, shut=((9, 12),), away=((5, 8), (20, 30)))}))


def later_each_time(periods: Periods | None, n: int) -> Periods | None:
    """For each of so many replications, a second later than for the one before, but as early again for every fifth."""
    by = SECOND * (np.arange(n) % 5)[:, None]
    return periods and Periods(periods.start + by, periods.end + by)


def test_the_engines_agree_where_replications_have_periods_of_their_own():
    """What is closed, shut and away in one is so a second later in the next, and each of five goes another way.

    Alerts of 6 nodes and 2 launches are found for 1,365 replications at a time.
    """
    told = {"a": Told(3), "b": Told(2, channel="K"), "c": Told(2, desk="d", on_call=4), "e": Told(1, desk="f")}
    pools = {"d": Pool(1, away=((0, 1), (2, 5))), "f": Pool(1, shut=((6, 8), (9, 11)))}
    world, n = World(every("c", seq("a", "b", "e")), told, (0, 1), pools, closed={"K": (((0, 3),), ((1, 2),))}), 1400
    draws, tables = world.draws, ("launch", "hold", "refused", "earliest", "horizon", "on_call")
    many = {name: np.repeat(getattr(draws, name), n, axis=0) for name in tables}
    for name in ("closed", "shut", "away"):
        many[name] = tuple(later_each_time(one, n) for one in getattr(draws, name))
    each = replace(draws, **many)
    expected = paths_of(ENGINES["reference"], world.network, each)
    assert len(np.unique(expected.ended, axis=0)) == 5
    assert part_ways(world.network, each, expected) == ""


SHUT = """
title: nobody comes any more
deadline: none
launches: [{name: salvo, offsets: [0 s, 0 s, 2 s], date: 2019-10-02, time: "12:00"}]
horizon: 1 min
desks: {d: {capacity: 2, at: seoul, hours: {from: "08:00", until: "12:00:01", evidence: assumed}, evidence: assumed}}
stages:
  a: {delay: 1 s, desk: d, precedence: FLASH, evidence: assumed}
  b: {delay: 0 s, desk: d, precedence: IMMEDIATE, evidence: assumed}
arrangements: {x: {all: [a, b]}, y: [a]}
compare: [x, y]
replications: 8
"""


def test_the_engines_agree_where_a_desk_is_shut_for_good():
    """Work of several precedences that comes too late never begins, and nothing waits for it without an end."""
    assert compare(load_text(SHUT, "shut"), 0, 8).difference == ""


LATE = """
title: an outage after the end
deadline: none
seed: 0
launches: [{name: one, count: 2, gap: 3 s, flight_time: 6 min, place: {lat: 39.2 deg, lon: 127.5 deg}, azimuth: 90 deg,
  range: 450 km, apogee: 40 km}]
horizon: 12 s
sensors:
  t: {owner: seoul, field: land, place: {lat: 39.2 deg, lon: 127.3 deg}, delay: 0 s, in_sight: 3 s, evidence: assumed,
      outages: {availability: 50 %, evidence: assumed, down: {uniform: {low: 0.9 to 1.1 s, high: 3.6 to 4.4 s}}}}
arrangements: {x: t, y: t}
compare: [x, y]
replications: 40
settings: {count: 3, replications: 9}
"""


def test_the_engines_agree_where_a_sensor_fails_just_after_the_end_of_a_run():
    """What it begins to see before the end it must go on seeing after it, whatever settings stand side by side."""
    assert compare(load_text(LATE, "late"), 0, 3).difference == ""


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


@pytest.mark.parametrize(("start", "stop"), examples([(0, 1500), (1, 1400), (510, 1600)], [(510, 1600)]))
def test_the_engines_agree_where_columns_are_cut_into_pieces(start, stop):
    """Draws are made 512 at a time; alerts of these arms (5 and 4 nodes, 3 launches) 1,092 and 1,365 at a time."""
    assert compare(load_text(LONG, "long"), start, stop).difference == ""


@pytest.mark.skipif(not numba.config.DISABLE_JIT, reason="what is compiled keeps the size of its pieces")
def test_the_engines_agree_in_pieces_of_a_few_replications(monkeypatch):
    """Of 5 and 4 nodes and 3 launches: 9 replications at a time or more, from the third on."""
    monkeypatch.setattr(alerts, "AT_ONCE", 100)
    assert compare(load_text(LONG, "long"), 3, 40).difference == ""


@pytest.mark.parametrize("name", examples(shipped_names(), SHIPPED))
def test_the_engines_agree_on_the_shipped_scenarios(name):
    """Every arm at the typical setting and in two others."""
    assert compare(find_scenario(name, {}), 0, 10, n_settings=3).difference == ""
