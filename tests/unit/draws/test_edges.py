"""What a distribution does at its edges: degenerate parameters, far truncation, order of shares, rounding."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from sim.draws.columns import whole
from sim.draws.quantiles import mean, quantile, share_below
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
from sim.units import LONGEST_US

SMALLEST, LARGEST = 0.5 * 2.0**-52, 1 - 0.5 * 2.0**-52  # the first and last uniform that a word gives
MANY = [
    Constant(5),
    Uniform(2, 5),
    Uniform(3, 3),
    Triangular(1, 2, 7),
    Triangular(1, 7, 7),
    Triangular(4, 4, 4),
    Pert(0, 2, 10),
    Pert(0, 0, 10),
    Pert(2, 2, 2),
    Exponential(3),
    Normal(8, 2),
    Lognormal(8, 0.7),
    Lognormal(8, 0),
    Gamma(0.3, 4),
    Gamma(250, 1),
    Weibull(0.6, 9),
    Empirical((1.0, 2.0, 2.0, 7.0), is_linear=False),
    Empirical((1.0, 2.0, 4.0, 7.0), is_linear=True),
]
U = np.concatenate([[SMALLEST], np.linspace(0.001, 0.999, 500), [LARGEST]])


@pytest.mark.parametrize("plain", MANY, ids=repr)
def test_values_are_finite_rise_with_the_share_and_stay_in_the_support(plain: Plain) -> None:
    values, (low, high) = quantile(plain, U), support(plain)
    assert np.isfinite(values).all()
    assert (np.diff(values) >= 0).all()
    assert low <= values[0]
    assert values[-1] <= high * (1 + 1e-12)


@pytest.mark.parametrize("plain", MANY, ids=repr)
def test_a_share_of_at_least_u_lies_at_or_below_its_quantile(plain: Plain) -> None:
    """F(Q(u)) >= u, with equality where F is continuous."""
    shares = np.array([share_below(plain, x) for x in quantile(plain, U[1:-1]).tolist()])
    assert (shares >= U[1:-1] - 1e-9).all()
    (low, high), is_one_value = support(plain), plain == Lognormal(8, 0)
    if not isinstance(plain, Constant | Empirical) and low < high and not is_one_value:
        assert shares == pytest.approx(U[1:-1], abs=1e-9)


@pytest.mark.parametrize("plain", MANY, ids=repr)
def test_the_mean_is_the_integral_of_the_quantile(plain: Plain) -> None:
    """E[X] is the integral of Q over the shares, by quadrature in 20,000 pieces; the tail costs a little."""
    u = (np.arange(20_000) + 0.5) / 20_000
    assert mean(plain) == pytest.approx(quantile(plain, u).mean(), rel=5e-3)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (Exponential(3), stats.expon(scale=3)),
        (Normal(3, 4), stats.norm(3, 4)),
        (Lognormal(8, 0.7), stats.lognorm(0.7, scale=8)),
        (Gamma(2.5, 4), stats.gamma(2.5, scale=4)),
        (Weibull(1.7, 9), stats.weibull_min(1.7, scale=9)),
    ],
    ids=lambda d: type(d).__name__,
)
@pytest.mark.parametrize(("low", "high"), [(0.0, 10.0), (5.0, np.inf), (5.0, 10.0), (0.5, 0.6)])
def test_truncation_conditions_on_the_bounds_that_are_given(
    ours: Plain, theirs: stats.rv_continuous, low: float, high: float
) -> None:
    """Q(F(lo) + u (F(hi) − F(lo))) by SciPy; the mean by its density over the interval."""
    cut, shares = Truncated(ours, low, high), U[1:-1]
    inside = theirs.cdf(high) - theirs.cdf(low)
    assert quantile(cut, shares) == pytest.approx(theirs.ppf(theirs.cdf(low) + shares * inside), rel=1e-7)
    area = integrate.quad(lambda x: x * theirs.pdf(x), low, min(high, theirs.isf(1e-15)), limit=200)[0]
    assert mean(cut) == pytest.approx(area / inside, rel=1e-5)


@pytest.mark.parametrize("bounds", [(20.0, 25.0), (60.0, 70.0), (200.0, 300.0)])
def test_a_truncation_far_in_the_tail_stays_inside_its_bounds(bounds: tuple[float, float]) -> None:
    """exp(−20) to exp(−300) of the exponential of mean 1: doubles run out, the bounds hold all the same."""
    values = quantile(Truncated(Exponential(1), *bounds), U)
    assert np.isfinite(values).all()
    assert bounds[0] <= values.min() <= values.max() <= bounds[1]


@given(st.lists(st.integers(0, 50), min_size=2, max_size=12), st.lists(st.floats(0.01, 0.99), min_size=1, max_size=20))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_empirical_quantiles_are_those_of_numpy(values: list[int], shares: list[float]) -> None:
    given_, u = tuple(sorted(map(float, values))), np.array(shares)
    step, linear = (quantile(Empirical(given_, is_linear), u) for is_linear in (False, True))
    assert step.tolist() == np.quantile(given_, u, method="inverted_cdf").tolist()
    assert linear == pytest.approx(np.quantile(given_, u, method="linear"), abs=1e-9)


@pytest.mark.parametrize("distribution", [Exponential(3), Truncated(Gamma(2, 3), 1, 9), Uniform(0, 1)], ids=repr)
def test_a_variate_does_not_depend_on_what_is_computed_with_it(distribution: Distribution) -> None:
    """One at a time and all at once are the same to the last bit, so the size of a block shows nowhere."""
    assert [quantile(distribution, U[i : i + 1])[0] for i in range(len(U))] == quantile(distribution, U).tolist()


def test_whole_microseconds_are_half_to_even_never_negative_and_no_longer_than_the_longest() -> None:
    """IEEE 754 round half to even; what exceeds any horizon is cut."""
    given_ = np.array([0.5, 1.5, 2.5, 2.500001, 3.4999, -3.0, 1e300, np.inf])
    assert whole(given_).tolist() == [0, 2, 2, 3, 3, 0, LONGEST_US, LONGEST_US]
    assert whole(given_).dtype == np.int64
