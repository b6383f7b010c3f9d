"""The logarithm of the gamma function, against exact values and against SciPy's."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import special

from sim.portable import Z90, log_gamma


def test_of_whole_numbers_it_is_the_logarithm_of_the_factorial() -> None:
    found = [log_gamma(n) for n in range(1, 171)]
    exact = [math.log(math.factorial(n - 1)) for n in range(1, 171)]
    assert found == pytest.approx(exact, rel=1e-14, abs=1e-14)


def test_of_halves_it_is_what_follows_from_the_square_root_of_pi() -> None:
    """Γ(n + ½) = (2n)! √π / (4ⁿ n!), DLMF 5.5.5."""
    exact = [math.log(math.factorial(2 * n) / (4**n * math.factorial(n))) + math.log(math.pi) / 2 for n in range(60)]
    assert [log_gamma(n + 0.5) for n in range(60)] == pytest.approx(exact, rel=1e-14, abs=1e-14)


def test_it_is_that_of_scipy() -> None:
    """Over 24 orders of magnitude, about both zeros, and where one series takes over from the other."""
    xs = np.array([*np.geomspace(1e-12, 1e12, 97), *np.linspace(0.9, 2.1, 25), 8.999999, 9.0])
    assert [log_gamma(x) for x in xs] == pytest.approx(special.gammaln(xs), rel=1e-14, abs=1e-14)


def test_the_90_percent_point_is_that_of_scipy() -> None:
    assert pytest.approx(special.ndtri(0.9), rel=1e-15) == Z90
