"""Columns of variates in compiled loops; what has no compiled quantile comes from uniforms made there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.draws.columns import Maker, plain_times, whole
from sim.draws.nouns import Times
from sim.draws.quantiles import quantile, shares_between, truncation
from sim.draws.streams import Floats, Key, Source, launch_word, stream_key
from sim.kernels import draws as kernel
from sim.model.distributions import (
    Constant,
    Distribution,
    Exponential,
    Lognormal,
    Normal,
    Plain,
    Triangular,
    Uniform,
    Weibull,
)
from sim.units import LONGEST_US

Words = NDArray[np.uint64]
_LOW = 2**64 - 1


def family_of(base: Plain) -> tuple[int, tuple[float, float, float]] | None:
    """The loop of a distribution and its parameters; None where there is no loop."""
    match base:
        case Uniform(low, high):
            return kernel.UNIFORM, (low, high, 0.0)
        case Triangular(low, mode, high):
            return kernel.TRIANGULAR, (low, mode, high)
        case Exponential(mean):
            return kernel.EXPONENTIAL, (mean, 0.0, 0.0)
        case Normal(mean, sd):
            return kernel.NORMAL, (mean, sd, 0.0)
        case Lognormal(median, log_sd):
            return kernel.LOGNORMAL, (median, log_sd, 0.0)
        case Weibull(shape, scale):
            return kernel.WEIBULL, (shape, scale, 0.0)
    return None


def compiled_uniforms(seed: int, source: Source, keys: tuple[Key, ...], start: int, stop: int) -> Floats:
    """Uniforms, a row a key."""
    out = np.empty((len(keys), stop - start))
    kernel.uniform_rows(_key(seed, source), *_counters(keys), start, np.empty(4), out)
    return out


def compiled_times(
    seed: int, source: Source, distributions: Sequence[Distribution], keys: tuple[Key, ...], start: int, stop: int
) -> Times:
    """Whole microseconds of some distributions, for each a row a key."""
    if all(isinstance(truncation(one)[0], Constant) for one in distributions):  # needs no uniforms
        return plain_times(seed, source, distributions, keys, start, stop)
    loops = _loops_of(tuple(distributions))
    if loops is None:
        return compiled_quantiles(distributions, compiled_uniforms(seed, source, keys, start, stop))
    out = np.empty((len(distributions), len(keys), stop - start), np.int64)
    kernel.time_rows(_key(seed, source), *_counters(keys), start, *loops, np.empty(kernel.BATCH), *kernel.room(), out)
    return out


def compiled_quantiles(distributions: Sequence[Distribution], u: Floats) -> Times:
    """Whole microseconds of some distributions from uniforms."""
    out = np.empty((len(distributions), *u.shape), np.int64)
    for distribution, rows in zip(distributions, out, strict=True):
        loop = _loops_of((distribution,))
        if loop is None:
            rows[:] = whole(quantile(distribution, u))
        else:
            (family,), (parameters,) = loop
            kernel.quantile_rows(family, parameters, u, *kernel.room(), rows)
    return out


@lru_cache(1024)
def _loops_of(distributions: tuple[Distribution, ...]) -> tuple[NDArray[np.int64], Floats] | None:
    """The loop of each and what it needs; None where one has no loop. Kept, as every slice of replications asks again.

    Of each three parameters of the family, the share below the truncation and its span, its bounds.
    """
    families, parameters = [], []
    for distribution in distributions:
        base, low, high = truncation(distribution)
        found = family_of(base)
        if found is None:
            return None
        under, span = shares_between(base, low, high) if base is not distribution else (0.0, 1.0)
        families.append(found[0])
        parameters.append([*found[1], under, span, max(low, 0.0), min(high, float(LONGEST_US))])
    return np.array(families), np.array(parameters)


@lru_cache(1024)
def _key(seed: int, source: Source) -> Words:
    key = stream_key(seed, source)
    return np.array([key & _LOW, key >> 64, *kernel.HALVES], np.uint64)


@lru_cache(64)
def _counters(keys: tuple[Key, ...]) -> tuple[Words, Words]:
    """The number and the launch's word of each counter; kept, as every slice of replications asks again."""
    words = {launch: launch_word(launch) for launch, _ in keys}
    return np.array([number for _, number in keys], np.uint64), np.array(
        [words[launch] for launch, _ in keys], np.uint64
    )


COMPILED = Maker(compiled_uniforms, compiled_times, compiled_quantiles, kernel.scramble)
