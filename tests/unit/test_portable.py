"""The portable functions: the same bits in every execution, and as near the exact values as their docstring says.

Exact values come from `decimal`, whose logarithm and exponential are correctly rounded in as many digits
as asked for; the normal share from its own series in these digits.
"""

from __future__ import annotations

import math
from decimal import Decimal, localcontext

import numba
import numpy as np
import pytest

from sim import portable
from sim.draws.streams import Floats, Source, uniforms
from sim.kernels import draws as kernel

N = 3000
FUNCTIONS = ("log", "log_of_rest", "exp", "normal_quantile")


def spread(owner: str, n: int = N) -> Floats:
    """Uniforms, always the same."""
    return uniforms(1, Source(owner, "delay"), "portable", 0, 0, n)


def magnitudes() -> Floats:
    """Positive normal numbers of every size, evenly in the logarithm, and many near 1."""
    return np.concatenate(
        [2.0 ** (spread("size") * 2044 - 1021), 1 + (spread("near") - 0.5) / 2 ** (52 * spread("how"))]
    )


def exponents() -> Floats:
    """From far below to far above what exp takes as it is, and many near 0."""
    return np.concatenate([(spread("size") - 0.5) * 1500, (spread("near") - 0.5) * 2.0 ** (-60 * spread("how"))])


def shares() -> Floats:
    """Uniforms of words, the first and the last of them, where the formulas of the normal meet, and far tails."""
    ends = [0.5 * 2.0**-52, 1 - 0.5 * 2.0**-52, 0.5, 0.075, 0.925, math.exp(-25), 1 - math.exp(-25)]
    near = [math.nextafter(end, to) for end in ends for to in (0, 1) if math.nextafter(end, to) < 1]
    return np.concatenate([spread("u"), ends, near, 10.0 ** (-16 * spread("tail"))])


ARGUMENTS = {"log": magnitudes, "log_of_rest": shares, "exp": exponents, "normal_quantile": shares}


@numba.njit(error_model="numpy")
def compiled_rows(logs, rests, exps, quantiles):
    """In place; as the loops of `sim.kernels.draws` do."""
    for i in range(len(logs)):
        logs[i] = portable.log(logs[i])
    for i in range(len(rests)):
        rests[i] = portable.log_of_rest(rests[i])
    for i in range(len(exps)):
        exps[i] = portable.exp(exps[i])
    n = len(quantiles)
    kernel.to_normal(quantiles, n, np.empty(n + 1), np.empty(n + 1, np.int64))


@pytest.fixture(scope="module")
def compiled() -> dict[str, Floats]:
    found = {name: ARGUMENTS[name]() for name in FUNCTIONS}
    compiled_rows(*found.values())
    return found


@pytest.mark.parametrize("name", FUNCTIONS)
def test_floats_arrays_and_compiled_loops_give_the_same_bits(name: str, compiled: dict[str, Floats]) -> None:
    function, x = getattr(portable, name), ARGUMENTS[name]()
    plain = [function(value) for value in x.tolist()]
    assert function(x).tolist() == plain
    assert compiled[name].tolist() == plain


def in_ulps(found: float, exact: Decimal) -> float:
    """How far a number is from an exact one, in units of its last place."""
    return float(abs(Decimal(found) - exact) / Decimal(math.ulp(found)))


def test_the_logarithm_is_exact_to_2_units_in_the_last_place() -> None:
    with localcontext(prec=60):
        worst = max(in_ulps(portable.log(x), Decimal(x).ln()) for x in magnitudes().tolist() if x != 1)
    assert worst <= 2
    assert portable.log(1.0) == 0


def test_the_logarithm_of_the_rest_is_exact_to_3_units_in_the_last_place() -> None:
    with localcontext(prec=60):
        worst = max(in_ulps(portable.log_of_rest(u), (1 - Decimal(u)).ln()) for u in shares().tolist())
    assert worst <= 3


def test_the_exponential_is_exact_to_2_units_in_the_last_place() -> None:
    with localcontext(prec=60):
        inside = [x for x in exponents().tolist() if abs(x) <= 700]
        worst = max(in_ulps(portable.exp(x), Decimal(x).exp()) for x in inside)
    assert worst <= 2


@pytest.mark.parametrize(("x", "end"), [(-700.1, -700.0), (-math.inf, -700.0), (701.0, 700.0), (1e308, 700.0)])
def test_beyond_700_the_exponential_is_that_of_700(x: float, end: float) -> None:
    assert portable.exp(x) == portable.exp(end)


def exact_share(x: float) -> tuple[Decimal, Decimal]:
    """Share below and density of the standard normal: 1/2 + φ(x) (x + x³/3 + x⁵/15 + …), Marsaglia (2004).

    A share of exp(−x²/2) is found by taking it from 1/2: so many digits are lost, and taken more.
    """
    with localcontext(prec=60 + int(x * x / 4.6)):
        exact = Decimal(x)
        density = (-exact * exact / 2).exp() / (2 * PI).sqrt()
        term = total = exact
        k = 1
        while abs(term) > abs(total) * Decimal(10) ** -(55 + int(x * x / 4.6)):
            k += 2
            term = term * exact * exact / k
            total += term
        return Decimal("0.5") + density * total, density


def pi_of(digits: int) -> Decimal:
    """Machin: π = 16 arctan(1/5) − 4 arctan(1/239)."""

    def arctan(one_over: int) -> Decimal:
        power = total = 1 / Decimal(one_over)
        k = 1
        while abs(power) > Decimal(10) ** -(digits + 5):
            power /= -one_over * one_over
            k += 2
            total += power / k
        return total

    with localcontext(prec=digits + 10):
        return 16 * arctan(5) - 4 * arctan(239)


PI = pi_of(700)


def test_the_normal_quantile_is_exact_to_1e_15_of_its_value() -> None:
    """By one step of Newton from what was found, whose own error is the square of that."""
    far = [10.0**-k for k in (20, 50, 100, 200, 300)]
    worst = 0.0
    for u in [*shares()[::7].tolist(), *shares()[N : N + 21].tolist(), *far]:
        x = portable.normal_quantile(u)
        if x != 0:
            share, density = exact_share(x)
            worst = max(worst, abs(float((share - Decimal(u)) / (density * Decimal(x)))))
    assert worst <= 1e-15
    assert portable.normal_quantile(0.5) == 0


def test_the_normal_share_is_exact_to_1e_15() -> None:
    points = [*((spread("x", 600) - 0.5) * 16).tolist(), -3.0, 3.0, math.nextafter(3, 4), -30.0, 0.0]
    worst = max(abs(Decimal(portable.normal_share(x)) - exact_share(x)[0]) for x in points)
    assert worst <= Decimal("1e-15")
    assert [portable.normal_share(x) for x in (-math.inf, math.inf)] == [0, 1]


@pytest.mark.parametrize("y", [1e-300, 1e-20, 1e-9, 0.01, 1.0, 30.0, 600.0])
def test_the_shortfall_of_an_exponential_is_exact_for_small_and_large_numbers(y: float) -> None:
    with localcontext(prec=400):
        assert in_ulps(portable.shortfall(y), 1 - (-Decimal(y)).exp()) <= 4
