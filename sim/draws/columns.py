"""Columns of variates over replications: what is asked for, and the plain way of making it, in NumPy.

`sim.draws.compiled` makes the same columns, to the last bit, in compiled loops.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.draws.nouns import Times
from sim.draws.quantiles import quantile
from sim.draws.streams import Floats, Source, uniforms
from sim.model.distributions import Distribution
from sim.units import LONGEST_US

Key = tuple[str, int]  # the launch name and the number within its salvo: what the counter of a stream holds


@dataclass(frozen=True)
class Maker:
    """A way of making columns; each function takes (seed, source, …, keys, start, stop).

    uniforms : float64 (key, replication)
    times : int64 (key, replication), whole microseconds of a distribution
    """

    uniforms: Callable[[int, Source, tuple[Key, ...], int, int], Floats]
    times: Callable[[int, Source, Distribution, tuple[Key, ...], int, int], Times]


def whole(us: Floats) -> Times:
    """Whole microseconds, half to even; what exceeds any horizon is cut there."""
    return np.rint(np.clip(us, 0, LONGEST_US)).astype(np.int64)


def plain_uniforms(seed: int, source: Source, keys: tuple[Key, ...], start: int, stop: int) -> Floats:
    """Uniforms, a row a key."""
    return np.stack([uniforms(seed, source, launch, number, start, stop) for launch, number in keys])


def plain_times(
    seed: int, source: Source, distribution: Distribution, keys: tuple[Key, ...], start: int, stop: int
) -> Times:
    """Whole microseconds of a distribution, a row a key."""
    return whole(quantile(distribution, plain_uniforms(seed, source, keys, start, stop)))


PLAIN = Maker(plain_uniforms, plain_times)
