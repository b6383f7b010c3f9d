"""Columns of variates over replications: what is asked for, and the plain way of making it, in NumPy.

`sim.draws.compiled` makes the same columns, to the last bit, in compiled loops.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.draws.nouns import Times
from sim.draws.quantiles import quantile
from sim.draws.streams import Floats, Source, uniforms
from sim.model.distributions import Distribution
from sim.units import LONGEST_US

Words = NDArray[np.uint64]
LOW_HALF, LOW_BITS = np.uint64(0xFFFFFFFF), 0xFFFFF
HASHES = tuple(np.uint64(h) for h in (0x3D20ADEA, 0x05526C56, 0x53A22864))  # even, so that a bit changes higher ones
REVERSALS = tuple(
    (np.uint64(shift), np.uint64(mask))
    for shift, mask in ((1, 0x55555555), (2, 0x33333333), (4, 0x0F0F0F0F), (8, 0x00FF00FF))
)
Key = tuple[str, int]  # the launch name and the number within its salvo: what the counter of a stream holds


@dataclass(frozen=True)
class Maker:
    """A way of making columns; the first two functions take (seed, source, …, keys, start, stop).

    uniforms : float64 (key, replication)
    times : int64 (key, replication), whole microseconds of a distribution
    quantiles : the same from uniforms, (distribution, float64 (key, replication))
    scramble : puts Sobol points in place of the upper bits of uniforms, as `plain_scramble`
    """

    uniforms: Callable[[int, Source, tuple[Key, ...], int, int], Floats]
    times: Callable[[int, Source, Distribution, tuple[Key, ...], int, int], Times]
    quantiles: Callable[[Distribution, Floats], Times]
    scramble: Callable[[Words, int, int, Words, Floats], None]


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


def plain_quantiles(distribution: Distribution, u: Floats) -> Times:
    """Whole microseconds of a distribution from uniforms."""
    return whole(quantile(distribution, u))


def plain_scramble(directions: Words, n_points: int, start: int, seeds: Words, u: Floats) -> None:
    """Put the scrambled points of one dimension in place of the upper 32 of the 52 bits of uniforms.

    Parameters
    ----------
    directions : uint64 (bit,), direction numbers of the bits of a point's number
    n_points : points of each randomisation
    start : the replication of the first uniform
    seeds : uint64 (randomisation,), from that of the first uniform on
    u : float64 (replication,)
    """
    replications = np.arange(start, start + len(u))
    numbers, places = replications % n_points, replications // n_points - start // n_points
    points = np.zeros(len(u), np.uint64)
    for bit, direction in enumerate(directions):
        points ^= np.where(numbers >> bit & 1, direction, np.uint64(0))
    top = scrambled(points, seeds[places])
    low = (u * 2.0**52).astype(np.uint64) & np.uint64(LOW_BITS)
    u[:] = ((top << np.uint64(20) | low).astype(np.float64) + 0.5) * 2.0**-52


def scrambled(points: Words, seeds: Words) -> Words:
    """Points of 32 bits with each bit flipped or not by a hash of the seed and of the bits above it."""
    x = reversed_bits(points)
    x ^= x * HASHES[0] & LOW_HALF
    x = x + (seeds & LOW_HALF) & LOW_HALF  # so that every point is uniform, whatever the rest
    x = x * (seeds >> np.uint64(32) | np.uint64(1)) & LOW_HALF
    x ^= x * HASHES[1] & LOW_HALF
    x ^= x * HASHES[2] & LOW_HALF
    return reversed_bits(x)


def reversed_bits(x: Words) -> Words:
    """The lower 32 bits in reverse order."""
    for shift, mask in REVERSALS:
        x = (x >> shift & mask) | ((x & mask) << shift)
    return x >> np.uint64(16) | (x & np.uint64(0xFFFF)) << np.uint64(16)


PLAIN = Maker(plain_uniforms, plain_times, plain_quantiles, plain_scramble)
