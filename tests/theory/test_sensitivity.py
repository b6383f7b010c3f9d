"""Sobol' indices against closed forms: planted, and through a scenario file."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.experiment.batch import Batch, run_part
from sim.model.ranges import Range
from sim.scenario.loader import load_text
from sim.studies.sensitivity.indices import NOISE_SECTIONS, cross_sample, ends, finding, indices

pytest.importorskip("SALib", reason="needs the extra alertpath[study]")

MINUTE = 60_000_000


def test_the_ishigami_function_has_its_indices() -> None:
    """sin x + 7 sin² y + z⁴ sin x / 10 over ±π (Ishigami and Homma, 1990).

    V = a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2, V₁ = (1 + bπ⁴/5)²/2, V₂ = a²/8, V₁₃ = 8 b²π⁸/225, with a = 7 and b = 0.1.
    """
    a, b, pi = 7.0, 0.1, math.pi
    whole = a**2 / 8 + b * pi**4 / 5 + b**2 * pi**8 / 18 + 0.5
    alone = np.array([(1 + b * pi**4 / 5) ** 2 / 2, a**2 / 8, 0.0]) / whole
    together = 8 * b**2 * pi**8 / 225 / whole
    ranges = [Range(path, -pi, 0.0, pi, is_whole=False) for path in "xyz"]
    settings = cross_sample(ranges, 4096, seed=3)
    x, y, z = (np.array([found.at(setting[found.path]) for setting in settings]) for found in ranges)
    values = np.sin(x) + a * np.sin(y) ** 2 + b * z**4 * np.sin(x)
    found = indices(ranges, values[None], seed=3)
    for index, expected in zip(found.first, alone, strict=True):
        assert abs(index.value - expected) < max(2 * index.half_width, 0.01) < 0.15
    for index, expected in zip(found.total, (alone[0] + together, alone[1], together), strict=True):
        assert abs(index.value - expected) < max(2 * index.half_width, 0.01) < 0.15
    assert found.sd**2 == pytest.approx(whole, rel=0.03)
    assert found.moved < 0.1


TEXT = """
title: t
seed: 5
deadline: none
launches: [{name: one}]
stages:
  a: {delay: {constant: {low: 0 s, typical: 1 min, high: 3 min}}, evidence: assumed}
  b: {delay: {constant: {low: 0 s, typical: 2 min, high: 4 min}}, evidence: assumed}
  c: {delay: {constant: {low: 0 s, typical: 1 min, high: 12 min}}, evidence: assumed}
  shared: {delay: {constant: {low: 0 s, typical: 5 min, high: 30 min}}, evidence: assumed}
arrangements: {direct: [shared, a, b], via: [shared, c]}
compare: [direct, via]
"""


def test_an_additive_route_has_the_shares_of_its_stages() -> None:
    """D = a + b - c, each even over its range: variances as 9, 16 and 144 of 169; what both wait for has none.

    At the ends D is 2 − 1 or 5 − 1, 1 − 1 or 5 − 1, 3 or 3 − 12, and 2 throughout: c alone turns the sign.
    """
    scenario = load_text(TEXT, "t")
    ranges = scenario.ranges()
    sampled = run_part(Batch(scenario, cross_sample(ranges, 512, 5), 5, NOISE_SECTIONS), "columns")
    at_ends = run_part(Batch(scenario, ends(ranges), 5), "columns")
    found = finding(ranges, ("direct", "via"), 5, "mean", sampled, at_ends)
    assert [one.path.split(".")[1] for one in ranges] == ["a", "b", "c", "shared"]
    for got in (found.indices.first, found.indices.total):
        for index, expected in zip(got, np.array([9, 16, 144, 0]) / 169, strict=True):
            assert abs(index.value - expected) < max(2 * index.half_width, 0.003)
    assert found.indices.noise == 0
    assert found.indices.sd == pytest.approx(math.sqrt(169 / 12) * MINUTE, rel=0.01)
    swings = [(swing.at_low.estimate / MINUTE, swing.at_high.estimate / MINUTE) for swing in found.swings]
    assert swings == [(1, 4), (0, 4), (3, -9), (2, 2)]
    assert [swing.turns(found.typical) for swing in found.swings] == [False, False, True, False]
    assert found.by_total == found.by_swing == (2, 1, 0, 3)
