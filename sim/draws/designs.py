"""How the uniforms of replications go together, so that their mean varies less than that of independent ones.

Every uniform has the uniform distribution whatever the design, so means stay unbiased. What changes is
which replications are independent: only whole units (`Scenario.n_together`) are.

sobol
    Replications come in 32 randomisations. Each has the first points of the Sobol sequence, direction
    numbers of Joe and Kuo (SIAM Journal on Scientific Computing 30, 2008) as SciPy has them, each
    dimension scrambled anew (Owen, Randomly permuted (t, m, s)-nets, 1995) by a hash in which every bit
    depends on higher ones alone (Laine and Karras, Computer Graphics Forum 30, 2011; Burley, Journal of
    Computer Graphics Techniques 9(4), 2020). A point has 32 bits; the 20 below come from the uniform that
    the replication has without a design, the keys of the scrambling from a stream of the same owner.
    A dimension belongs to a meaning: `dimensions_of` says which. Background work and outages, which have
    no bound, and what is beyond `MOST_DIMENSIONS` keep their uniforms. So an arm, a stage or a launch
    that is added may move the numbers of others, as it never does without a design.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.draws.columns import Maker
from sim.draws.streams import Floats, Key, Source, words
from sim.model.delay import Delay, Given
from sim.model.flow import steps
from sim.model.scenario import Arm, Scenario

MOST_DIMENSIONS = 1_024  # far beyond what points of this number can fill evenly
POINT_BITS = 32
Dimensions = Mapping[tuple[Source, Key], int]


@dataclass(frozen=True)
class Points:
    """The points of each randomisation: how many, and which of their dimensions belongs to what."""

    seed: int
    n: int
    dimensions: Dimensions


def sobol(maker: Maker, points: Points, source: Source, keys: tuple[Key, ...], start: int, stop: int) -> Floats:
    """Uniforms of scrambled Sobol points, float64 (key, replication)."""
    out, n_points, dimensions = maker.uniforms(points.seed, source, keys, start, stop), points.n, points.dimensions
    directions = directions_of(len(dimensions), (n_points - 1).bit_length())
    first, last = start // n_points, (stop - 1) // n_points
    for row, (launch, number) in zip(out, keys, strict=True):
        dimension = dimensions.get((source, (launch, number)))
        if dimension is not None:
            scramble = replace(source, label=f"{source.label}|sobol")  # a label has no such sign
            seeds = words(points.seed, scramble, launch, number, first, last + 1)
            maker.scramble(directions[dimension], n_points, start, seeds, row)
    return out


def points_of(scenario: Scenario) -> Points:
    """The points of a scenario."""
    return Points(scenario.seed, scenario.n_together, dimensions_of(scenario))


def dimensions_of(scenario: Scenario) -> Dimensions:
    """The dimension of every meaning that is drawn, by owner, label, purpose, launch and number in this order."""
    launches = [(entry.name, number) for entry, number in scenario.launch_keys()]
    sources = {source for arm in scenario.arms for source in _sources(arm)}
    meanings = [(source, key) for source in sources for key in launches]
    for entry in scenario.launches:
        if entry.gap is not None and _is_random(entry.gap):
            meanings += [(Source(entry.name, "gap"), (entry.name, number)) for number in range(1, entry.count)]
    ordered = sorted(meanings, key=lambda meaning: (meaning[0].owner, meaning[0].label, meaning[0].purpose, meaning[1]))
    return {meaning: dimension for dimension, meaning in enumerate(ordered[:MOST_DIMENSIONS])}


def _sources(arm: Arm) -> list[Source]:
    found = []
    for step in steps(arm.flow):
        stage = arm.stages[step.stage]
        found += [Source(step.stage, "delay", step.label)] if _is_random(stage.delay) else []
        found += [Source(step.stage, "refusal", step.label)] if stage.refusal else []
        found += [Source(step.stage, "loss", step.label)] if stage.loss else []
    return found


def _is_random(delay: Delay) -> bool:
    return not (isinstance(delay.shape, Given) and delay.shape.family == "constant")


@lru_cache(8)
def directions_of(n_dimensions: int, n_bits: int) -> NDArray[np.uint64]:
    """The direction numbers of the first bits of a point's number, uint64 (dimension, bit), of `POINT_BITS` bits.

    SciPy steps in the order of Gray's code, where point 2**(bit + 1) - 1 is that of the bit alone.
    """
    from scipy.stats import qmc  # slow to import, and asked for seldom

    found = np.zeros((n_dimensions, n_bits), np.uint64)
    if n_dimensions:
        points, at = qmc.Sobol(n_dimensions, scramble=False, bits=POINT_BITS), 0
        for bit in range(n_bits):
            points.fast_forward(2 ** (bit + 1) - 1 - at)
            found[:, bit] = np.rint(points.random(1)[0] * 2.0**POINT_BITS).astype(np.uint64)
            at = 2 ** (bit + 1)
    return found
