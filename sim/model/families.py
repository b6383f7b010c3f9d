"""The ways people know a distribution: families by the numbers that make one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sim.model.distributions import (
    LN2,
    LN10,
    LN20,
    Constant,
    Exponential,
    Gamma,
    Lognormal,
    Normal,
    Pert,
    Plain,
    Triangular,
    Uniform,
    Weibull,
)

Maker = Callable[..., Plain]

FAMILIES: Mapping[str, Mapping[tuple[str, ...], Maker]] = {
    "constant": {("value",): Constant},
    "uniform": {("low", "high"): Uniform},
    "triangular": {("low", "mode", "high"): Triangular},
    "pert": {("low", "mode", "high"): Pert},
    "exponential": {
        ("mean",): Exponential,
        ("median",): lambda median: Exponential(median / LN2),
        ("p90",): lambda p90: Exponential(p90 / LN10),
        ("p95",): lambda p95: Exponential(p95 / LN20),
    },
    "normal": {("mean", "sd"): Normal},
    "lognormal": {
        ("median", "p90"): Lognormal.from_p90,
        ("median", "p95"): Lognormal.from_p95,
        ("median", "p90_over_median"): Lognormal.from_ratio,
        ("median", "log_sd"): Lognormal,
        ("mean", "sd"): Lognormal.from_mean,
    },
    "gamma": {
        ("median", "p90"): Gamma.from_p90,
        ("median", "p90_over_median"): Gamma.from_ratio,
        ("mean", "sd"): Gamma.from_mean,
        ("shape", "mean"): Gamma.from_shape,
    },
    "erlang": {("shape", "mean"): Gamma.erlang},
    "weibull": {
        ("median", "p90"): Weibull.from_p90,
        ("median", "p95"): Weibull.from_p95,
        ("median", "p90_over_median"): Weibull.from_ratio,
        ("mean", "sd"): Weibull.from_mean,
        ("shape", "scale"): Weibull,
    },
}
