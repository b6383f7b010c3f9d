"""Where a function changes its sign: within the distance, on the side that was asked for, in few steps."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.flight.roots import peak, root

CURVES: dict[str, Callable[[float], float]] = {
    "straight": lambda x: x,
    "steep": math.expm1,
    "flat at its root": lambda x: x**3,
    "steep at its root": lambda x: math.copysign(math.sqrt(abs(x)), x),
    "kinked": lambda x: x if x < 0 else 1000 * x,
    "a jump": lambda x: -1.0 if x < 0 else 1.0,
}


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.sampled_from(list(CURVES)), st.floats(-5, 5), st.floats(0.01, 5), st.floats(0.01, 5), st.booleans())
def test_a_root_is_found_on_the_side_of_the_second_point(
    name: str, at: float, left: float, right: float, is_mirrored: bool
) -> None:
    def f(x: float) -> float:
        return CURVES[name](x - at)

    before, after = (at + right, at - left) if is_mirrored else (at - left, at + right)
    found = root(f, before, after, 1e-6)
    assert abs(found - at) <= 1e-6 + 1e-12
    assert (f(found) >= 0) == (f(after) >= 0)


@pytest.mark.parametrize(("name", "most"), [("straight", 4), ("steep", 12), ("steep at its root", 40)])
def test_a_root_takes_few_steps(name: str, most: int) -> None:
    """Halving a distance of 3 down to 1e-6 takes 22; the smooth ones here need half of that or less."""
    calls = []

    def f(x: float) -> float:
        calls.append(x)
        return CURVES[name](x - 0.3)

    root(f, -1.0, 2.0, 1e-6)
    assert len(calls) <= most


@pytest.mark.parametrize("top", [-5.0, -4.999, 0.3, 6.9999, 7.0], ids=str)
@pytest.mark.parametrize("shape", [lambda x: -x * x, lambda x: -abs(x), lambda x: -(x**4)], ids=["", "kinked", "flat"])
def test_a_peak_is_found_at_one_new_point_a_step(shape: Callable[[float], float], top: float) -> None:
    """Golden sections leave 62 % of a distance: 12 down to 1e-6 takes 34 of them; a top on a plateau is as high."""
    calls = []

    def f(x: float) -> float:
        calls.append(x)
        return shape(x - top)

    found = peak(f, -5.0, 7.0, 1e-6)
    assert f(top) - f(found) <= 1e-6
    assert len(calls) <= 2 + 34 + 2
