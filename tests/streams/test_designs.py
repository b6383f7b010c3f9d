"""Uniforms that go together: points that fill evenly, each uniform alone; the same in compiled loops.

A Kolmogorov–Smirnov test at 1e-4 is wrong once in 10,000 right programs; seeds are fixed.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from scipy.stats import qmc

from sim.draws.block import Block
from sim.draws.columns import PLAIN, reversed_bits
from sim.draws.compiled import COMPILED
from sim.draws.designs import MOST_DIMENSIONS, POINT_BITS, Points, dimensions_of, directions_of, sobol
from sim.draws.streams import Source
from sim.draws.table import draw
from sim.model.distributions import Uniform
from sim.model.network import compile_network
from sim.model.ranges import TYPICAL
from sim.model.scenario import Scenario
from sim.scenario.loader import load_scenario, load_text, shipped_folder
from tests.engines import same_draws

A, B, KEYS = Source("a", "delay"), Source("b", "delay"), (("one", 0),)
WORLD = """
title: every kind of draw
deadline: none
launches: [{name: salvo, count: 3, gap: {exponential: {mean: 2 min}}}]
desks:
  d:
    capacity: 1
    background: {interarrival: {exponential: {mean: 5 min}}, service: 1 min, warm_up: 1 h}
    evidence: assumed
stages:
  a: {delay: {lognormal: {median: 2 min, log_sd: 0.7}, max: 9 min}, desk: d, evidence: assumed}
  b:
    delay: {gamma: {mean: 90 s, shape: 2}}
    loss: {probability: 9 %, retry_after: 9 s, attempts: 3}
    evidence: assumed
  c: {delay: {triangular: {low: 1 s, mode: 9 s, high: 60 s}}, refusal: {probability: 5 %}, evidence: assumed}
  e: {delay: {empirical: {values: [3 s, 5 s, 8 s], interpolation: linear}}, evidence: assumed}
  f: {delay: 30 s, evidence: assumed}
  g: {delay: {weibull: {shape: 1.5, scale: 40 s}}, evidence: assumed}
  h: {delay: {uniform: {low: 1 s, high: 2 min}}, evidence: assumed}
arrangements: {x: [a, b, c, f], y: [a, e, g, h]}
compare: [x, y]
settings: 1
"""


def world(design: str, replications: int = 256) -> Scenario:
    return load_text(WORLD, "world", sets={"draws": design, "replications": str(replications)})


def points(n: int, n_dimensions: int = 2) -> Points:
    sources = [A, B, *(Source(f"s{i}", "delay") for i in range(n_dimensions - 2))]
    return Points(7, n, {(source, KEYS[0]): i for i, source in enumerate(sources)})


@pytest.mark.parametrize(("start", "stop"), [(0, 1), (1, 2), (3, 77), (62, 130), (127, 128), (128, 300)])
def test_a_part_of_the_replications_has_the_uniforms_of_the_whole(start: int, stop: int) -> None:
    whole = sobol(PLAIN, points(64), B, KEYS, 0, 300)
    assert np.array_equal(sobol(PLAIN, points(64), B, KEYS, start, stop), whole[:, start:stop])


def test_the_points_are_those_of_scipy() -> None:
    """Point k of SciPy is the exclusive or of the directions at the bits of Gray's code of k."""
    found, expected = directions_of(40, 6), qmc.Sobol(40, scramble=False, bits=POINT_BITS).random(64)
    for k in range(64):
        gray = k ^ k >> 1
        point = np.bitwise_xor.reduce([np.zeros(40, np.uint64), *(found[:, b] for b in range(6) if gray >> b & 1)])
        assert np.array_equal(point * 2.0**-POINT_BITS, expected[k])


def test_every_interval_has_one_point_of_every_randomisation_in_every_dimension() -> None:
    """What a scrambling of nets keeps: 128 points, one in each 128th."""
    plan = points(128, 30)
    for source, _ in plan.dimensions:
        cells = np.floor(sobol(PLAIN, plan, source, KEYS, 0, 5 * 128) * 128).astype(int).reshape(5, 128)
        assert (np.sort(cells, axis=1) == np.arange(128)).all()


def test_every_box_of_two_dimensions_has_one_point_too() -> None:
    """The first two dimensions are a (0, 6, 2)-net: boxes of 2**-k by 2**-(6 - k), whatever k."""
    x, y = (sobol(PLAIN, points(64), source, KEYS, 0, 3 * 64).reshape(3, 64) for source in (A, B))
    for k in range(7):
        box = np.floor(x * 2**k).astype(int) * 2 ** (6 - k) + np.floor(y * 2 ** (6 - k)).astype(int)
        assert (np.sort(box, axis=1) == np.arange(64)).all()


@pytest.mark.parametrize("place", [0, 1, 17])
def test_a_point_is_uniform_over_randomisations_and_no_two_go_together(place: int) -> None:
    u = sobol(PLAIN, points(32), B, KEYS, 0, 32 * 4000)[0].reshape(4000, 32)
    assert stats.kstest(u[:, place], "uniform").pvalue > 1e-4
    assert abs(np.corrcoef(u[:-1, place], u[1:, place])[0, 1]) < 4 / np.sqrt(4000)


def test_scrambled_points_differ_below_the_interval_as_well() -> None:
    """Owen's scrambling moves every bit: places within their interval are uniform, not those of the sequence."""
    u = sobol(PLAIN, points(1024), A, KEYS, 0, 1024)[0]
    assert stats.kstest(u * 1024 % 1, "uniform").pvalue > 1e-4


def test_bits_are_reversed() -> None:
    x = np.array([1, 0x80000000, 0b1011], np.uint64)
    assert reversed_bits(x).tolist() == [1 << 31, 1, 0b1101 << 28]


@pytest.mark.parametrize(("start", "stop"), [(0, 8), (5, 140), (64, 65), (127, 129)])
def test_the_compiled_scrambling_is_the_plain_one(start: int, stop: int) -> None:
    for source in (A, B):
        plain, quick = (sobol(maker, points(64), source, KEYS, start, stop) for maker in (PLAIN, COMPILED))
        assert np.array_equal(plain, quick)


@pytest.mark.parametrize("name", ["salvo-of-eight-2022-06-05", "2019-10-02-pukguksong-3", "first-look", "world"])
def test_compiled_loops_draw_the_same(name: str) -> None:
    sets = {"draws": "sobol", "replications": "256"}
    scenario = world("sobol") if name == "world" else load_scenario(shipped_folder() / f"{name}.yaml", sets)
    for arm in scenario.arms:
        network = compile_network(arm)
        plain, quick, part = (
            draw(Block(scenario, start, 256, maker), arm, network, TYPICAL)
            for start, maker in ((0, PLAIN), (0, COMPILED), (37, COMPILED))
        )
        assert same_draws(plain, quick)
        assert np.array_equal(part.hold, plain.hold[37:])
        assert np.array_equal(part.launch, plain.launch[37:])


def test_uniforms_are_points_under_that_design_alone() -> None:
    loss, keys = Source("b", "loss"), (("salvo", 0), ("salvo", 2))
    plain, together = (Block(world(design), 3, 200, PLAIN) for design in ("philox", "sobol"))
    assert np.array_equal(plain.uniforms(loss, keys), PLAIN.uniforms(plain.scenario.seed, loss, keys, 3, 200))
    assert np.array_equal(together.uniforms(loss, keys), sobol(PLAIN, together.points, loss, keys, 3, 200))
    assert not np.array_equal(plain.uniforms(loss, keys), together.uniforms(loss, keys))
    wide = Uniform(0, 1e9)
    times = PLAIN.quantiles([wide], sobol(PLAIN, together.points, Source("h", "delay"), keys, 3, 200))[0]
    assert np.array_equal(together.times(Source("h", "delay"), [wide], keys)[:, 0], times)


def test_a_dimension_belongs_to_what_is_drawn_in_the_order_of_its_name() -> None:
    """Three launches of every stage but the constant one, in two gaps; background work has none."""
    found = dimensions_of(world("sobol"))
    sources = list(dict.fromkeys((source.owner, source.purpose) for source, _ in found))
    assert sources == [
        *[("a", "delay"), ("b", "delay"), ("b", "loss"), ("c", "delay"), ("c", "refusal"), ("e", "delay")],
        *[("g", "delay"), ("h", "delay"), ("salvo", "gap")],
    ]
    assert list(found.values()) == list(range(8 * 3 + 2))


def test_dimensions_are_in_the_order_of_names_whatever_that_of_the_file() -> None:
    found = dimensions_of(load_text(WORLD, "two", sets={"launches": "[{name: z}, {name: b}]"}))
    assert [key for source, key in found if source == Source("g", "delay")] == [("b", 0), ("z", 0)]


def test_what_has_no_dimension_keeps_its_uniforms() -> None:
    desk, keys = Source("d", "interarrival"), tuple(("", number) for number in range(5))
    alone, together = (Block(world(design), 0, 256).uniforms(desk, keys) for design in ("philox", "sobol"))
    assert np.array_equal(alone, together)
    many = load_text(WORLD, "many", sets={"draws": "sobol", "launches": "[{name: salvo, count: 200, gap: 1 min}]"})
    assert len(dimensions_of(many)) == MOST_DIMENSIONS
