"""Every distribution against SciPy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from sim.draws.quantiles import mean, quantile, quantiles, share_below, share_under
from sim.model.delay import Delay, Given
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
)
from sim.model.families import FAMILIES

U = np.array([1e-9, 0.01, 0.25, 0.5, 0.9, 0.999, 1 - 1e-9])
PAIRS = [
    (Uniform(2, 5), stats.uniform(2, 3)),
    (Triangular(1, 2, 7), stats.triang(1 / 6, 1, 6)),
    (Triangular(1, 1, 7), stats.triang(0, 1, 6)),
    (Pert(1, 3, 11), stats.beta(1.8, 4.2, 1, 10)),
    (Exponential(3), stats.expon(scale=3)),
    (Normal(8, 2), stats.norm(8, 2)),
    (Lognormal(8, 0.7), stats.lognorm(0.7, scale=8)),
    (Gamma(2.5, 4), stats.gamma(2.5, scale=4)),
    (Weibull(1.7, 9), stats.weibull_min(1.7, scale=9)),
]
IDS = [type(ours).__name__ for ours, _ in PAIRS]


@pytest.mark.parametrize(("ours", "theirs"), PAIRS, ids=IDS)
def test_quantile_share_and_mean_are_those_of_scipy(ours: Plain, theirs: stats.rv_continuous) -> None:
    assert quantile(ours, U) == pytest.approx(theirs.ppf(U), rel=1e-9)
    x = theirs.ppf(U)
    assert [share_below(ours, at) for at in x.tolist()] == pytest.approx(theirs.cdf(x), rel=1e-9)
    assert mean(ours) == pytest.approx(theirs.mean(), rel=1e-12)


@pytest.mark.parametrize(("ours", "theirs"), PAIRS, ids=IDS)
def test_truncation_is_conditioning(ours: Plain, theirs: stats.rv_continuous) -> None:
    low, high = theirs.ppf(0.2), theirs.ppf(0.9)
    expected = theirs.ppf(0.2 + U * 0.7)
    truncated = Truncated(ours, low, high)
    assert quantile(truncated, U) == pytest.approx(expected, rel=1e-9)
    assert mean(truncated) == pytest.approx(theirs.expect(lb=low, ub=high, conditional=True), rel=1e-6)


def test_a_step_empirical_is_the_inverse_of_its_distribution_function() -> None:
    values = (1.0, 2.0, 2.0, 7.0)
    assert np.array_equal(
        quantile(Empirical(values, is_linear=False), U), np.quantile(values, U, method="inverted_cdf")
    )
    assert mean(Empirical(values, is_linear=False)) == 3


def test_a_linear_empirical_is_type_7_of_hyndman_and_fan() -> None:
    values = (1.0, 2.0, 4.0, 7.0)
    assert quantile(Empirical(values, is_linear=True), U) == pytest.approx(np.quantile(values, U))
    assert mean(Empirical(values, is_linear=True)) == pytest.approx((1.5 + 3 + 5.5) / 3)
    linear = Empirical(values, is_linear=True)
    assert [share_below(linear, at) for at in (0.5, 1, 3, 9)] == [0, 0, 0.5, 1]


def test_a_constant_is_always_itself() -> None:
    assert quantile(Constant(5), U).tolist() == [5] * len(U)
    assert [share_below(Constant(5), at) for at in (4.0, 5.0)] == [0, 1]


@pytest.mark.parametrize(("ours", "theirs"), PAIRS, ids=IDS)
def test_nothing_lies_below_the_least_value_nor_above_the_greatest(ours: Plain, theirs: stats.rv_continuous) -> None:
    for low, high in (theirs.support(), (theirs.ppf(0) - 1, theirs.ppf(1) + 1)):
        assert share_below(ours, float(low)) == share_under(ours, float(low)) == 0
        assert share_below(ours, float(high)) == share_under(ours, float(high)) == 1


def test_what_has_one_value_has_all_of_its_share_there() -> None:
    for one in (Lognormal(8, 0), Constant(8), Uniform(8, 8), Triangular(8, 8, 8), Pert(8, 8, 8)):
        assert [share_below(one, x) for x in (7.9, 8.0, 8.1)] == [0, 1, 1]
    assert [share_under(Uniform(8, 8), x) for x in (7.9, 8.0, 8.1)] == [0, 0, 1]
    seen = Empirical((1, 2, 2, 7), is_linear=False)
    assert [share_under(seen, x) for x in (0.0, 1.0, 2.0, 2.1, 7.0, 8.0)] == [0, 0, 0.25, 0.75, 0.75, 1]
    assert [share_below(seen, x) for x in (0.0, 1.0, 2.0, 6.9, 7.0, 8.0)] == [0, 0.25, 0.75, 0.75, 1, 1]
    line = Empirical((1, 2, 4), is_linear=True)
    assert [share_below(line, x) for x in (1.0, 1.5, 2.0, 3.0, 4.0)] == [0, 0.25, 0.5, 0.75, 1]


WAYS = [
    ("normal", {"mean": 8, "sd": 1}),
    ("lognormal", {"median": 8, "p90": 20}),
    ("lognormal", {"median": 8, "p95": 20}),
    ("lognormal", {"median": 8, "p90_over_median": 2.5}),
    ("lognormal", {"mean": 8, "sd": 3}),
    ("lognormal", {"median": 8, "log_sd": 0.5}),
    ("weibull", {"median": 8, "p90": 20}),
    ("weibull", {"median": 8, "p95": 20}),
    ("weibull", {"median": 8, "p90_over_median": 2.5}),
    ("weibull", {"mean": 8, "sd": 3}),
    ("weibull", {"shape": 2, "scale": 3}),
    ("gamma", {"median": 8, "p90": 20}),
    ("gamma", {"median": 8, "p90_over_median": 2.5}),
    ("gamma", {"mean": 8, "sd": 3}),
    ("gamma", {"shape": 2, "mean": 8}),
    ("erlang", {"shape": 3, "mean": 8}),
    ("exponential", {"mean": 8}),
    ("exponential", {"median": 8}),
    ("exponential", {"p90": 8}),
    ("exponential", {"p95": 8}),
]


@pytest.mark.parametrize(("family", "given"), WAYS, ids=[f"{f} {' '.join(g)}" for f, g in WAYS])
def test_a_distribution_has_the_numbers_that_it_was_given(family: str, given: dict[str, float]) -> None:
    plain = Delay(Given(family, tuple(given.items()))).typical
    u = (np.arange(200_000) + 0.5) / 200_000
    sample = quantile(plain, u)
    found = {
        "mean": mean(plain),
        "sd": sample.std(),
        "median": float(quantile(plain, np.array([0.5]))[0]),
        "p90": float(quantile(plain, np.array([0.9]))[0]),
        "p95": float(quantile(plain, np.array([0.95]))[0]),
        "log_sd": np.log(sample).std(),
        "shape": getattr(plain, "shape", math.nan),
        "scale": getattr(plain, "scale", math.nan),
    }
    found["p90_over_median"] = found["p90"] / found["median"]
    for name, value in given.items():
        assert found[name] == pytest.approx(value, rel=2e-3)


def test_every_way_of_every_family_is_among_those_tested() -> None:
    bounded = {"constant", "uniform", "triangular", "pert"}
    every = {(family, way) for family, ways in FAMILIES.items() for way in ways if family not in bounded}
    assert every == {(family, tuple(given)) for family, given in WAYS}


@pytest.mark.parametrize("step", [Empirical((1.0, 2.0, 2.0, 7.0), is_linear=False), Constant(2.0)])
def test_truncation_keeps_a_bound_that_has_a_share_of_its_own(step: Plain) -> None:
    """[2, 5] of 1, 2, 2, 7 leaves the two 2s: truncation is to the closed interval."""
    assert quantile(Truncated(step, 2.0, 5.0), U).tolist() == [2.0] * len(U)


def test_distributions_made_together_have_the_bits_of_each_alone() -> None:
    """Two of every family, plain and cut, in a row as they come; uniforms of two rows."""
    plain = [ours for ours, _ in PAIRS]
    others = [
        Constant(3),
        Uniform(1, 9),
        Triangular(4, 4, 4),
        Lognormal(5, 0.2),
        Gamma(3, 2),
        Weibull(0.6, 5),
        Normal(4, 1),
    ]
    cut = [
        Truncated(one, low, high)
        for one in (*plain, *others[1:2], *others[3:])
        for low, high in ((2, 4), (3, math.inf))
    ]
    every = (*plain, *cut, *others, Empirical((1, 2, 4), is_linear=True), Empirical((1, 2, 4), is_linear=False))
    u = np.stack([U, U[::-1]])
    assert np.array_equal(quantiles(every, u), [quantile(one, u) for one in every])
