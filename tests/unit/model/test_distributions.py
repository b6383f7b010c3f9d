"""Distributions: means and the ways of telling them in closed form, and what is none."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from scipy import stats

from sim.model.distributions import (
    Constant,
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
    rough_mean,
    support,
)

Z90, Z95 = stats.norm.ppf([0.9, 0.95])


@pytest.mark.parametrize(
    ("plain", "mean", "ends"),
    [
        (Constant(4.0), 4, (4, 4)),
        (Uniform(2, 5), 3.5, (2, 5)),
        (Triangular(1, 2, 9), 4, (1, 9)),
        (Pert(1, 2, 9), 3, (1, 9)),
        (Exponential(3), 3, (0, math.inf)),
        (Normal(3, 2), 3, (-math.inf, math.inf)),
        (Lognormal(8, 0.5), 8 * math.exp(0.125), (0, math.inf)),
        (Gamma(2, 3), 6, (0, math.inf)),
        (Weibull(1, 3), 3, (0, math.inf)),
        (Weibull(2, 3), 1.5 * math.sqrt(math.pi), (0, math.inf)),
        (Weibull(0.5, 3), 6, (0, math.inf)),
        (Empirical((1, 2, 6), is_linear=False), 3, (1, 6)),
        (Empirical((1, 2, 6), is_linear=True), 2.75, (1, 6)),
    ],
    ids=repr,
)
def test_mean_and_support(plain: Plain, mean: float, ends: tuple[float, float]) -> None:
    assert plain.mean == pytest.approx(mean, rel=1e-14)
    assert support(plain) == ends


def test_a_lognormal_by_its_points_and_by_its_mean() -> None:
    """The logarithm has its median at that of the median, and z sd beyond it the point."""
    assert Lognormal.from_ratio(8, 2.5).log_sd == pytest.approx(math.log(2.5) / Z90)
    assert Lognormal.from_p90(8, 20) == Lognormal.from_ratio(8, 2.5)
    assert Lognormal.from_p95(8, 20).log_sd == pytest.approx(math.log(2.5) / Z95)
    assert Lognormal.from_ratio(8, 1).log_sd == Lognormal.from_p90(8, 8).log_sd == Lognormal.from_p95(8, 8).log_sd == 0
    found = Lognormal.from_mean(8, 6)
    assert found.mean == pytest.approx(8)
    assert found.mean**2 * math.expm1(found.log_sd**2) == pytest.approx(36)


def test_a_gamma_by_its_mean_and_by_its_points() -> None:
    """Mean k θ, variance k θ²; the median and the 90 % point by SciPy."""
    assert Gamma.from_mean(8, 4) == Gamma(4, 2)
    assert Gamma.from_shape(4, 8) == Gamma.erlang(4, 8) == Gamma(4, 2)
    assert Gamma.from_shape(2.5, 5) == Gamma(2.5, 2)
    for found in (Gamma.from_ratio(8, 2.5), Gamma.from_p90(8, 20)):
        theirs = stats.gamma(found.shape, scale=found.scale)
        assert theirs.ppf([0.5, 0.9]) == pytest.approx([8, 20])


def test_a_weibull_by_its_points_and_by_its_mean() -> None:
    """The share above x is exp(-(x / scale)^shape); with its sd as large as its mean it is exponential."""

    def above(found: Weibull, x: float) -> float:
        return math.exp(-((x / found.scale) ** found.shape))

    for found in (Weibull.from_ratio(8, 2.5), Weibull.from_p90(8, 20)):
        assert (above(found, 8), above(found, 20)) == pytest.approx((0.5, 0.1))
    found = Weibull.from_p95(8, 20)
    assert (above(found, 8), above(found, 20)) == pytest.approx((0.5, 0.05))
    found = Weibull.from_mean(8, 8)
    assert (found.shape, found.scale) == pytest.approx((1, 8))
    found = Weibull.from_mean(8, 3)
    assert stats.weibull_min(found.shape, scale=found.scale).stats() == pytest.approx((8, 9))


@pytest.mark.parametrize("shape", [0.06, 0.05001, 499.9, 3.0])
def test_a_weibull_of_any_shape_from_a_twentieth_to_500_is_found_again(shape: float) -> None:
    theirs = stats.weibull_min(shape)
    assert Weibull.from_mean(theirs.mean(), theirs.std()).shape == pytest.approx(shape, rel=1e-4)


BAD: dict[str, Callable[[], object]] = {
    "uniform": lambda: Uniform(5, 2),
    "triangular, mode": lambda: Triangular(3, 2, 9),
    "triangular, high": lambda: Triangular(1, 5, 4),
    "pert, mode": lambda: Pert(3, 2, 9),
    "pert, high": lambda: Pert(1, 5, 4),
    "exponential": lambda: Exponential(0),
    "normal": lambda: Normal(1, 0),
    "lognormal, median": lambda: Lognormal(0, 1),
    "lognormal, spread": lambda: Lognormal(1, -0.1),
    "lognormal, ratio": lambda: Lognormal.from_ratio(8, 0.9),
    "lognormal, p90": lambda: Lognormal.from_p90(8, 7),
    "lognormal, p90 of nothing": lambda: Lognormal.from_p90(0, 7),
    "lognormal, p95": lambda: Lognormal.from_p95(8, 7),
    "lognormal, p95 of nothing": lambda: Lognormal.from_p95(0, 7),
    "lognormal, mean": lambda: Lognormal.from_mean(0, 1),
    "gamma, shape": lambda: Gamma(0, 1),
    "gamma, scale": lambda: Gamma(1, 0),
    "gamma, mean": lambda: Gamma.from_mean(0, 1),
    "gamma, sd": lambda: Gamma.from_mean(1, 0),
    "gamma, shape of a mean": lambda: Gamma.from_shape(0, 1),
    "gamma, median": lambda: Gamma.from_ratio(0, 2),
    "gamma, ratio": lambda: Gamma.from_ratio(8, 1),
    "gamma, p90": lambda: Gamma.from_p90(8, 8),
    "gamma, p90 of nothing": lambda: Gamma.from_p90(0, 8),
    "erlang": lambda: Gamma.erlang(2.5, 8),
    "weibull, shape": lambda: Weibull(0, 1),
    "weibull, scale": lambda: Weibull(1, 0),
    "weibull, ratio": lambda: Weibull.from_ratio(8, 1),
    "weibull, p90": lambda: Weibull.from_p90(8, 8),
    "weibull, p90 of nothing": lambda: Weibull.from_p90(0, 8),
    "weibull, p95": lambda: Weibull.from_p95(8, 8),
    "weibull, p95 of nothing": lambda: Weibull.from_p95(0, 8),
    "weibull, mean": lambda: Weibull.from_mean(0, 1),
    "weibull, sd": lambda: Weibull.from_mean(1, 0),
    "weibull, narrower than of a shape of 500": lambda: Weibull.from_mean(1, 0.0025),
    "weibull, wider than of a shape of a twentieth": lambda: Weibull.from_mean(1, 4e5),
    "empirical, none": lambda: Empirical((), is_linear=False),
    "empirical, one in a line": lambda: Empirical((1,), is_linear=True),
    "empirical, falling": lambda: Empirical((2, 1), is_linear=False),
    "truncated": lambda: Truncated(Exponential(1), 2, 2),
}


@pytest.mark.parametrize("make", BAD.values(), ids=BAD.keys())
def test_what_is_no_distribution_is_refused_with_a_reason(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"must|too small|between|needs [12] values or more, got [01]"):
        make()


def test_a_median_of_nothing_is_told_as_one() -> None:
    with pytest.raises(ValueError, match="median must be above zero"):
        Gamma.from_ratio(0, 2)


def test_what_only_just_is_one_is_taken() -> None:
    assert Uniform(2, 2).mean == Triangular(2, 2, 2).mean == Pert(2, 2, 2).mean == 2
    assert Lognormal(8, 0).mean == 8
    assert (Empirical((1,), is_linear=False).mean, Empirical((1, 1), is_linear=True).mean) == (1, 1)


@pytest.mark.parametrize(
    ("truncated", "mean"),
    [
        (Truncated(Exponential(1.0), 0.0, 1e9), 1.0),
        (Truncated(Exponential(1e9), 0.0, 1.0), 0.5),  # next to uniform
        (Truncated(Exponential(1.0), 100.0, 1e9), 101.0),  # without memory
        (Truncated(Normal(1e-3, 1.0), 0.0, math.inf), math.sqrt(2 / math.pi)),
        (Truncated(Normal(5.0, 1.0), 0.0, math.inf), 5.0),
    ],
    ids=repr,
)
def test_about_the_mean_of_what_is_truncated_is_within_a_factor_of_two(truncated: Truncated, mean: float) -> None:
    assert mean / 2 <= rough_mean(truncated) <= 2 * mean
