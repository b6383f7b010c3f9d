"""Where a function changes its sign: within the distance, on the side that was asked for, in few steps."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.flight.roots import root
from sim.flight.together import Curves, Doubles, peaks, roots

Places = NDArray[np.intp]

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

    def f(x: Doubles, _: object) -> Doubles:
        calls.append(x)
        return np.array([shape(float(x[0]) - top)])

    (found,) = peaks(f, np.array([-5.0]), np.array([7.0]), 1e-6)
    assert shape(0.0) - shape(found - top) <= 1e-6
    assert len(calls) <= 2 + 34


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.lists(st.tuples(st.sampled_from(list(CURVES)), st.floats(-5, 5), st.floats(0, 5), st.floats(0, 5))))
def test_many_at_once_are_each_found_as_if_alone(every: list[tuple[str, float, float, float]]) -> None:
    def values(x: Doubles, which: Places) -> Doubles:
        return np.array([CURVES[every[k][0]](float(at) - every[k][1]) for at, k in zip(x, which, strict=True)])

    def tops(x: Doubles, which: Places) -> Doubles:
        return -np.abs(values(x, which))

    low, high = (np.array([at + sign * away[n] for _, at, *away in every]) for n, sign in ((0, -1), (1, 1)))
    _same_alone(roots, values, low, high)
    _same_alone(peaks, tops, low, high)


def _same_alone(find: Callable[[Curves, Doubles, Doubles, float], Doubles], f: Curves, *ends: Doubles) -> None:
    together = find(f, *ends, 1e-6)
    for k, found in enumerate(together.tolist()):
        alone = find(lambda x, _, k=k: f(x, np.full(len(x), k)), *(one[k : k + 1] for one in ends), 1e-6)  # type: ignore[misc]
        assert alone.tolist() == [found]
