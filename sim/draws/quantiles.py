"""Quantile and distribution functions over arrays; a variate is transformed here and nowhere else."""

from __future__ import annotations

from typing import Any, assert_never

import numpy as np
from scipy import integrate, special

from sim.draws.streams import Floats
from sim.model.distributions import (
    Constant,
    Distribution,
    Empirical,
    Exponential,
    Gamma,
    Lognormal,
    Pert,
    Plain,
    Triangular,
    Truncated,
    Uniform,
    Weibull,
)


def quantile(distribution: Distribution, u: Floats) -> Floats:
    """The values below which shares ``u`` (strictly between 0 and 1) of the distribution lie."""
    return np.asarray(_quantile(distribution, u), np.float64)


def share_below(distribution: Plain, x: Floats) -> Floats:
    """The share of the distribution at or below each value (its distribution function)."""
    return np.asarray(_share_below(distribution, x), np.float64)


def _quantile(distribution: Distribution, u: Floats) -> Any:
    if isinstance(distribution, Truncated):
        low, high = share_below(distribution.base, np.array([distribution.low, distribution.high]))
        inner = quantile(distribution.base, np.clip(low + u * (high - low), 1e-300, 1 - 2.0**-53))
        return np.clip(inner, distribution.low, distribution.high)
    match distribution:
        case Constant(value):
            return np.full(u.shape, float(value))
        case Uniform(low, high):
            return low + u * (high - low)
        case Triangular(low, mode, high):
            return _triangular(low, mode, high, u)
        case Pert(low, mode, high):
            if low == high:
                return np.full(u.shape, float(low))
            return low + (high - low) * special.betaincinv(*_pert_shapes(low, mode, high), u)
        case Exponential(mean):
            return -mean * np.log1p(-u)
        case Lognormal(median, log_sd):
            return median * np.exp(log_sd * special.ndtri(u))
        case Gamma(shape, scale):
            return scale * special.gammaincinv(shape, u)
        case Weibull(shape, scale):
            return scale * (-np.log1p(-u)) ** (1 / shape)
        case Empirical(values, is_linear):
            return _empirical(np.asarray(values, float), is_linear, u)
    assert_never(distribution)


def _share_below(distribution: Plain, x: Floats) -> Any:
    match distribution:
        case Constant(value):
            return (x >= value).astype(float)
        case Uniform(low, high):
            return np.clip((x - low) / (high - low), 0, 1) if low < high else (x >= low).astype(float)
        case Triangular(low, mode, high):
            return _triangular_share(low, mode, high, x)
        case Pert(low, mode, high):
            if low == high:
                return (x >= low).astype(float)
            return special.betainc(*_pert_shapes(low, mode, high), np.clip((x - low) / (high - low), 0, 1))
        case Exponential(mean):
            return -np.expm1(-x / mean)
        case Lognormal(median, log_sd):
            if log_sd == 0:
                return (x >= median).astype(float)
            with np.errstate(divide="ignore"):
                return special.ndtr(np.log(x / median) / log_sd)
        case Gamma(shape, scale):
            return special.gammainc(shape, x / scale)
        case Weibull(shape, scale):
            return -np.expm1(-((x / scale) ** shape))
        case Empirical(values, is_linear):
            return _empirical_share(np.asarray(values, float), is_linear, x)
    assert_never(distribution)


def mean(distribution: Distribution) -> float:
    """The mean; of a truncated distribution by integrating its quantile function."""
    if isinstance(distribution, Truncated):
        return float(integrate.quad(lambda u: quantile(distribution, np.array([u]))[0], 0, 1, limit=200)[0])
    return distribution.mean


def _pert_shapes(low: float, mode: float, high: float) -> tuple[float, float]:
    return 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)


def _triangular(low: float, mode: float, high: float, u: Floats) -> Floats:
    split = (mode - low) / (high - low) if high > low else 0.5
    rising = low + np.sqrt(u * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - u) * (high - low) * (high - mode))
    return np.where(u < split, rising, falling)


def _triangular_share(low: float, mode: float, high: float, x: Floats) -> Floats:
    rising = (x - low) ** 2 / ((high - low) * (mode - low)) if mode > low else np.zeros(x.shape)
    falling = 1 - (high - x) ** 2 / ((high - low) * (high - mode)) if high > mode else np.ones(x.shape)
    return np.where(x >= high, 1.0, np.where(x <= low, 0.0, np.where(x < mode, rising, falling)))


def _empirical(values: Floats, is_linear: bool, u: Floats) -> Any:
    if is_linear:
        return np.interp(u, np.linspace(0, 1, len(values)), values)
    return values[np.ceil(u * len(values)).astype(int) - 1]


def _empirical_share(values: Floats, is_linear: bool, x: Floats) -> Any:
    if is_linear:
        shares = np.interp(x, values, np.linspace(0, 1, len(values)))
        return np.where(x < values[0], 0.0, shares)
    return np.searchsorted(values, x, side="right") / len(values)
