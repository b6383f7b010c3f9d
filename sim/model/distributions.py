"""Distributions: parameters, mean and support. Plain math, no arrays.

Times are microseconds. How a uniform becomes a variate is in `sim.draws.quantiles`.

A new distribution: 1. a class here with `mean`; 2. the ways people know it in `sim.model.families`; 3. its
array quantile and distribution function in `sim.draws.quantiles`; 4. its fields in `sim.scenario.schema`;
5. a row in the table that the tests hold against SciPy.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sim.model.gamma_shape import median_of_shape, shape_of_ratio
from sim.portable import Z90, Z95, exp, log, log_gamma, log_of_rest
from sim.units import duration_text

LN2, LN10, LN20 = (float(log(number)) for number in (2.0, 10.0, 20.0))


def require(is_met: bool, message: str) -> None:
    """Raise ValueError with the rule that was broken."""
    if not is_met:
        raise ValueError(message)


def _require(is_met: bool, rule: str, *times: float) -> None:
    """The same of times, which are told: a range may have many, and one breaks the rule."""
    if not is_met:
        raise ValueError(f"{rule}, got {', '.join(map(duration_text, times))}")


@dataclass(frozen=True)
class Constant:
    """Always the same value."""

    value: float

    @property
    def mean(self) -> float:
        return self.value


@dataclass(frozen=True)
class Uniform:
    """Evenly spread between low and high."""

    low: float
    high: float

    def __post_init__(self) -> None:
        _require(self.low <= self.high, "low must not be above high", self.low, self.high)

    @property
    def mean(self) -> float:
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class Triangular:
    """Rising from low to mode, falling from mode to high."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        _require(self.low <= self.mode <= self.high, "low, mode and high must rise", self.low, self.mode, self.high)

    @property
    def mean(self) -> float:
        return (self.low + self.mode + self.high) / 3


@dataclass(frozen=True)
class Pert:
    """Beta on [low, high] with mean (low + 4 mode + high) / 6, as in PERT (Malcolm et al., 1959)."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        _require(self.low <= self.mode <= self.high, "low, mode and high must rise", self.low, self.mode, self.high)

    @property
    def mean(self) -> float:
        return (self.low + 4 * self.mode + self.high) / 6


@dataclass(frozen=True)
class Exponential:
    """Without memory."""

    mean: float

    def __post_init__(self) -> None:
        require(self.mean > 0, "must be above zero")


@dataclass(frozen=True)
class Normal:
    """Normal; as a delay it is always truncated, at zero at the least."""

    mean: float
    sd: float

    def __post_init__(self) -> None:
        require(self.sd > 0, "sd must be above zero")


@dataclass(frozen=True)
class Lognormal:
    """exp of a normal: median and standard deviation of the logarithm."""

    median: float
    log_sd: float

    def __post_init__(self) -> None:
        require(self.median > 0, "median must be above zero")
        require(self.log_sd >= 0, "the spread must not be negative: p90 at least the median")

    @classmethod
    def from_ratio(cls, median: float, p90_over_median: float) -> Lognormal:
        require(p90_over_median >= 1, f"p90_over_median must be at least 1, got {p90_over_median:g}")
        return cls(median, log(float(p90_over_median)) / Z90)

    @classmethod
    def from_p90(cls, median: float, p90: float) -> Lognormal:
        _require(0 < median <= p90, "p90 must not be below the median, and the median above zero", p90, median)
        return cls.from_ratio(median, p90 / median)

    @classmethod
    def from_p95(cls, median: float, p95: float) -> Lognormal:
        _require(0 < median <= p95, "p95 must not be below the median, and the median above zero", p95, median)
        return cls(median, log(float(p95 / median)) / Z95)

    @classmethod
    def from_mean(cls, mean: float, sd: float) -> Lognormal:
        require(mean > 0, "mean must be above zero")
        variance = log(1.0 + (sd / mean) ** 2)
        return cls(mean * exp(-variance / 2), math.sqrt(variance))

    @property
    def mean(self) -> float:
        return self.median * float(exp(self.log_sd**2 / 2))


@dataclass(frozen=True)
class Gamma:
    """Gamma; with a whole shape, Erlang: the sum of so many equal exponentials."""

    shape: float
    scale: float

    def __post_init__(self) -> None:
        require(self.shape > 0 and self.scale > 0, "mean, sd and shape must be above zero")

    @classmethod
    def from_mean(cls, mean: float, sd: float) -> Gamma:
        require(mean > 0 and sd > 0, "mean and sd must be above zero")
        return cls((mean / sd) ** 2, sd**2 / mean)

    @classmethod
    def from_shape(cls, shape: float, mean: float) -> Gamma:
        require(shape > 0, "shape must be above zero")
        return cls(shape, mean / shape)

    @classmethod
    def from_ratio(cls, median: float, p90_over_median: float) -> Gamma:
        require(median > 0, "median must be above zero")
        require(p90_over_median > 1, f"p90 must be above the median, not {p90_over_median:g} times it")
        shape = shape_of_ratio(p90_over_median)
        return cls(shape, median / median_of_shape(shape))

    @classmethod
    def from_p90(cls, median: float, p90: float) -> Gamma:
        _require(0 < median < p90, "p90 must be above the median, and the median above zero", p90, median)
        return cls.from_ratio(median, p90 / median)

    @classmethod
    def erlang(cls, shape: float, mean: float) -> Gamma:
        require(shape == int(shape), "the shape of an Erlang must be a whole number")
        return cls.from_shape(shape, mean)

    @property
    def mean(self) -> float:
        return self.shape * self.scale


@dataclass(frozen=True)
class Weibull:
    """Weibull: shape below 1, the longer it has lasted the longer it will; above 1, the reverse."""

    shape: float
    scale: float

    def __post_init__(self) -> None:
        require(self.shape > 0 and self.scale > 0, "shape and scale must be above zero")

    @classmethod
    def from_ratio(cls, median: float, p90_over_median: float) -> Weibull:
        require(p90_over_median > 1, f"p90 must be above the median, not {p90_over_median:g} times it")
        shape = log(LN10 / LN2) / log(float(p90_over_median))
        return cls(shape, median * exp(-log(LN2) / shape))

    @classmethod
    def from_p90(cls, median: float, p90: float) -> Weibull:
        _require(0 < median < p90, "p90 must be above the median, and the median above zero", p90, median)
        return cls.from_ratio(median, p90 / median)

    @classmethod
    def from_p95(cls, median: float, p95: float) -> Weibull:
        _require(0 < median < p95, "p95 must be above the median, and the median above zero", p95, median)
        shape = log(LN20 / LN2) / log(float(p95 / median))
        return cls(shape, median * exp(-log(LN2) / shape))

    @classmethod
    def from_mean(cls, mean: float, sd: float) -> Weibull:
        require(mean > 0 and sd > 0, "mean and sd must be above zero")
        shape = _weibull_shape(mean, sd)
        return cls(shape, mean / exp(log_gamma(1 + 1 / shape)))

    @property
    def mean(self) -> float:
        return self.scale * float(exp(log_gamma(1 + 1 / self.shape)))


def _weibull_shape(mean: float, sd: float) -> float:
    """The shape with this coefficient of variation, by bisection: it falls as the shape grows."""
    variation = sd / mean

    def log_excess(shape: float) -> float:
        return log_gamma(1 + 2 / shape) - 2 * log_gamma(1 + 1 / shape)

    low, high, target = 0.05, 500.0, log_of_rest(-variation * variation)
    if not log_excess(high) <= target <= log_excess(low):
        least, most = (math.sqrt(float(exp(log_excess(shape))) - 1) for shape in (high, low))
        rule = f"sd must be between {least:.4f} and {most:,.0f} times the mean for a Weibull"
        raise ValueError(f"{rule}, got {duration_text(sd)}, {duration_text(mean)}")
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if log_excess(middle) > target else (low, middle)
    return middle


@dataclass(frozen=True)
class Empirical:
    """Observed values, ascending: each as likely (step), or joined by straight lines (linear).

    Linear is the piecewise linear quantile through (0, smallest), (1/(n-1), next) … (1, largest),
    type 7 of Hyndman and Fan, Sample Quantiles in Statistical Packages (1996).
    """

    values: tuple[float, ...]
    is_linear: bool

    def __post_init__(self) -> None:
        least, n = 2 if self.is_linear else 1, len(self.values)
        if n < least:
            raise ValueError(f"needs {least} values or more, got {n}")
        require(list(self.values) == sorted(self.values), "values must ascend")

    @property
    def mean(self) -> float:
        if not self.is_linear:
            return _average(self.values)
        return _average([(a + b) / 2 for a, b in zip(self.values, self.values[1:], strict=False)])


def _average(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


Plain = Constant | Uniform | Triangular | Pert | Exponential | Normal | Lognormal | Gamma | Weibull | Empirical


@dataclass(frozen=True)
class Truncated:
    """A distribution conditioned on [low, high]; its parameters describe the untruncated one."""

    base: Plain
    low: float
    high: float

    def __post_init__(self) -> None:
        _require(self.low < self.high, "min must be below max", self.low, self.high)


Distribution = Plain | Truncated


def rough_mean(distribution: Distribution) -> float:
    """The mean; about that of what is truncated, whose mean would take an integral: the whole one's, drawn in.

    A normal is cut at zero at the least, and so has more.
    """
    if not isinstance(distribution, Truncated):
        return distribution.mean
    base = distribution.base
    mean = max(base.mean, base.sd / 2) if isinstance(base, Normal) else base.mean
    return min(max(mean, distribution.low), distribution.high)


def support(plain: Plain) -> tuple[float, float]:
    """The lowest and highest value that can come."""
    match plain:
        case Constant(value):
            return value, value
        case Uniform(low, high) | Triangular(low, _, high) | Pert(low, _, high):
            return low, high
        case Empirical(values):
            return values[0], values[-1]
        case Normal():
            return -math.inf, math.inf
        case _:
            return 0.0, math.inf
