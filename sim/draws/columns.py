"""Columns of variates over replications: what is asked for, and the plain way of making it, in NumPy.

`sim.draws.compiled` makes the same columns, to the last bit, in compiled loops.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.draws.nouns import Times
from sim.draws.quantiles import quantile, quantiles, truncation
from sim.draws.streams import Floats, Key, Source, uniform_rows
from sim.model.distributions import Constant, Distribution
from sim.units import LONGEST_US

Words = NDArray[np.uint64]
LOW_HALF, LOW_BITS = np.uint64(0xFFFFFFFF), 0xFFFFF
HASHES = tuple(np.uint64(h) for h in (0x3D20ADEA, 0x05526C56, 0x53A22864))  # even, so that a bit changes higher ones
REVERSALS = tuple(
    (np.uint64(shift), np.uint64(mask))
    for shift, mask in ((1, 0x55555555), (2, 0x33333333), (4, 0x0F0F0F0F), (8, 0x00FF00FF))
)
AT_ONCE = 1 << 14  # variates that are transformed at a time, so that they stay in the cache


@dataclass(frozen=True)
class Maker:
    """A way of making columns; the first two functions take (seed, source, …, keys, start, stop).

    uniforms : float64 (key, replication)
    times : int64 (distribution, key, replication), whole microseconds of some distributions
    quantiles : the same from uniforms, (distributions, float64 (key, replication))
    scramble : puts Sobol points in place of the upper bits of uniforms, as `plain_scramble`
    """

    uniforms: Callable[[int, Source, tuple[Key, ...], int, int], Floats]
    times: Callable[[int, Source, Sequence[Distribution], tuple[Key, ...], int, int], Times]
    quantiles: Callable[[Sequence[Distribution], Floats], Times]
    scramble: Callable[[Words, int, int, Words, Floats], None]


def whole(us: Floats) -> Times:
    """Whole microseconds, half to even; what exceeds any horizon is cut there."""
    return np.rint(np.clip(us, 0, LONGEST_US)).astype(np.int64)


def plain_times(
    seed: int, source: Source, distributions: Sequence[Distribution], keys: tuple[Key, ...], start: int, stop: int
) -> Times:
    """Whole microseconds of some distributions, for each a row a key."""
    if all(isinstance(truncation(one)[0], Constant) for one in distributions):  # needs no uniforms
        values = [whole(quantile(one, np.full((1, 1), 0.5))) for one in distributions]
        return np.broadcast_to(values, (len(values), len(keys), stop - start)).copy()
    return plain_quantiles(distributions, uniform_rows(seed, source, keys, start, stop))


def plain_quantiles(distributions: Sequence[Distribution], u: Floats) -> Times:
    """Whole microseconds of some distributions from uniforms, (distribution, key, replication)."""
    out = np.empty((len(distributions), *u.shape), np.int64)
    size = max(1, AT_ONCE // (len(out) * len(u)))
    for first in range(0, u.shape[1], size):
        out[:, :, first : first + size] = whole(quantiles(distributions, u[:, first : first + size]))
    return out


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


PLAIN = Maker(uniform_rows, plain_times, plain_quantiles, plain_scramble)
