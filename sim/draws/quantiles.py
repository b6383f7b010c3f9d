"""Quantile and distribution functions over arrays; a variate is transformed here and nowhere else."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any, assert_never

import numpy as np

from sim.draws.streams import Floats
from sim.model.distributions import (
    Constant,
    Distribution,
    Empirical,
    Exponential,
    Gamma,
    Lognormal,
    Normal,
    Pert,
    Plain,
    Triangular,
    Truncated,
    Uniform,
    Weibull,
    support,
)
from sim.portable import exp, log, log_of_rest, normal_quantile, normal_share, shortfall

LEAST_SHARE, MOST_SHARE = 1e-300, 1 - 2.0**-53  # where truncation leaves next to nothing, still a quantile


def quantile(distribution: Distribution, u: Floats) -> Floats:
    """The values below which shares ``u`` (strictly between 0 and 1) of the distribution lie."""
    only: Floats = quantiles((distribution,), u)[0]
    return only


def quantiles(distributions: Sequence[Distribution], u: Floats) -> Floats:
    """The same of several distributions, float64 (distribution, *those of u): parameters are columns, as it were.

    Those of a family, truncated or not, are made together.
    """
    out = np.empty((len(distributions), *u.shape))
    together: dict[tuple[object, ...], list[int]] = {}
    for place, distribution in enumerate(distributions):
        base, is_cut = truncation(distribution)[0], isinstance(distribution, Truncated)
        together.setdefault((type(base), is_cut) if type(base) in TOGETHER else (place,), []).append(place)
    for places in together.values():
        out[places] = _of_family([distributions[place] for place in places], u)
    return out


def _of_family(distributions: Sequence[Distribution], u: Floats) -> Floats:
    """Quantiles of distributions of one family, all truncated or none."""
    shape = (-1, *[1] * u.ndim)

    def column(values: Sequence[float]) -> Floats:
        return np.array(values, np.float64).reshape(shape)

    bases, lows, highs = zip(*map(truncation, distributions), strict=True)
    family = type(bases[0])
    named = [[getattr(base, one.name) for base in bases] for one in fields(family)]
    parameters = [column(values) if family in TOGETHER else values[0] for values in named]
    if not isinstance(distributions[0], Truncated):
        return np.asarray(QUANTILES[family](u, *parameters), np.float64)
    under, span = zip(*map(shares_between, bases, lows, highs), strict=True)
    found = QUANTILES[family](conditioned(u, column(under), column(span)), *parameters)
    return np.asarray(np.clip(found, column(lows), column(highs)), np.float64)


def truncation(distribution: Distribution) -> tuple[Plain, float, float]:
    """The untruncated distribution and its bounds, infinite where there are none."""
    if isinstance(distribution, Truncated):
        return distribution.base, distribution.low, distribution.high
    return distribution, -math.inf, math.inf


def shares_between(base: Plain, low: float, high: float) -> tuple[float, float]:
    """The share strictly below ``low``, and the share in [low, high]: what truncation conditions on."""
    under = share_under(base, low)
    return under, share_below(base, high) - under


def conditioned(u: Floats, under: float | Floats, span: float | Floats) -> Floats:
    """Uniforms of the untruncated distribution that give values between the bounds."""
    return np.clip(under + u * span, LEAST_SHARE, MOST_SHARE)


def _pert(u: Floats, low: float, mode: float, high: float) -> Any:
    if low == high:
        return np.full(u.shape, float(low))
    from scipy import special  # slow to import, and asked for seldom

    return low + (high - low) * special.betaincinv(*_pert_shapes(low, mode, high), u)


def _gamma(u: Floats, shape: Floats, scale: Floats) -> Any:
    from scipy import special

    return scale * special.gammaincinv(shape, u)


def _triangular(u: Floats, low: Floats, mode: Floats, high: Floats) -> Any:
    is_spread = high > low
    split = np.where(is_spread, (mode - low) / np.where(is_spread, high - low, 1.0), 0.5)
    rising = low + np.sqrt(u * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - u) * (high - low) * (high - mode))
    return np.where(u < split, rising, falling)


def _empirical(u: Floats, values: tuple[float, ...], is_linear: bool) -> Any:
    values_ = np.asarray(values, float)
    if is_linear:
        place = u * (len(values) - 1)
        first = np.minimum(place.astype(np.int64), len(values) - 2)
        return values_[first] + (place - first) * (values_[first + 1] - values_[first])
    return values_[np.ceil(u * len(values)).astype(int) - 1]


# Of shares and of the parameters of a family, in the order of its fields.
QUANTILES: Mapping[type[Plain], Callable[..., Any]] = {
    Constant: lambda u, value: np.full(u.shape, float(value)),
    Uniform: lambda u, low, high: low + u * (high - low),
    Triangular: _triangular,
    Pert: _pert,
    Exponential: lambda u, mean: -mean * log_of_rest(u),
    Normal: lambda u, mean, sd: mean + sd * normal_quantile(u),
    Lognormal: lambda u, median, log_sd: median * exp(log_sd * normal_quantile(u)),
    Gamma: _gamma,
    Weibull: lambda u, shape, scale: scale * exp(log(-log_of_rest(u)) * (1 / shape)),
    Empirical: _empirical,
}
TOGETHER = {Uniform, Triangular, Exponential, Normal, Lognormal, Gamma, Weibull}  # whose parameters may be columns


def share_below(distribution: Plain, x: float) -> float:
    """The share of the distribution at or below a value: its distribution function."""
    low, high = support(distribution)
    if x < low:
        return 0.0
    return 1.0 if x >= high else float(_share_below(distribution, x))


def share_under(distribution: Plain, x: float) -> float:
    """The share strictly below a value; it differs from `share_below` where single values have a share."""
    match distribution:
        case Empirical(values, False):
            return bisect_left(values, x) / len(values)
        case _:
            low, high = support(distribution)
            return float(x > low) if low == high else share_below(distribution, x)


def _share_below(distribution: Plain, x: float) -> Any:
    """Inside the support; a value alone in it never comes here."""
    match distribution:
        case Constant():
            raise AssertionError("a constant has nothing inside its support")
        case Uniform(low, high):
            return (x - low) / (high - low)
        case Triangular(low, mode, high):
            if x < mode:
                return (x - low) ** 2 / ((high - low) * (mode - low))
            return 1 - (high - x) ** 2 / ((high - low) * (high - mode))
        case Pert(low, mode, high):
            from scipy import special

            return special.betainc(*_pert_shapes(low, mode, high), (x - low) / (high - low))
        case Exponential(mean):
            return shortfall(x / mean) if x else 0.0
        case Normal(mean, sd):
            return normal_share((x - mean) / sd)
        case Lognormal(median, log_sd):
            if log_sd == 0 or x == 0:
                return float(x >= median)
            return normal_share(log(x / median) / log_sd)
        case Gamma(shape, scale):
            from scipy import special

            return special.gammainc(shape, x / scale)
        case Weibull(shape, scale):
            return shortfall(exp(log(x / scale) * shape)) if x else 0.0
        case Empirical(values, is_linear):
            return _linear_share(values, x) if is_linear else bisect_right(values, x) / len(values)
    assert_never(distribution)


def mean(distribution: Distribution) -> float:
    """The mean; of a truncated distribution by integrating its quantile function."""
    if isinstance(distribution, Truncated):
        from scipy import integrate  # slow to import, and asked for seldom

        return float(integrate.quad(lambda u: quantile(distribution, np.array([u]))[0], 0, 1, limit=200)[0])
    return distribution.mean


def _pert_shapes(low: float, mode: float, high: float) -> tuple[float, float]:
    return 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)


def _linear_share(values: tuple[float, ...], x: float) -> float:
    """Between the first and the last value, where the straight lines rise through x."""
    first = bisect_right(values, x) - 1
    return (first + (x - values[first]) / (values[first + 1] - values[first])) / (len(values) - 1)
