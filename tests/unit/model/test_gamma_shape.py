"""The shape of a gamma from its median and 90 % point, from the widest to the narrowest."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pytest
from scipy import special, stats

from sim.model.distributions import Gamma
from sim.model.gamma_shape import NARROWEST, WIDEST, shape_of_ratio

SHAPES = [WIDEST, 0.1, 0.5, 0.999, 1, 1.001, 2.5, 30, 400, NARROWEST]


@pytest.mark.parametrize("shape", SHAPES)
def test_the_shape_that_scipy_s_ratio_belongs_to_is_found(shape: float) -> None:
    low, high = special.gammaincinv(shape, [0.5, 0.9])
    assert shape_of_ratio(high / low) == pytest.approx(shape, rel=1e-9)


@pytest.mark.parametrize("ratio", np.geomspace(1.05, 1e5, 12))
def test_a_gamma_has_the_median_and_the_90_percent_point_it_was_given(ratio: float) -> None:
    gamma = Gamma.from_ratio(8e6, ratio)
    found = stats.gamma.cdf([8e6, 8e6 * ratio], gamma.shape, scale=gamma.scale)
    assert found == pytest.approx([0.5, 0.9], rel=1e-11)


def test_of_shape_1_it_is_the_exponential() -> None:
    """Median ln 2 and 90 % point ln 10, in means."""
    gamma = Gamma.from_p90(math.log(2), math.log(10))
    assert (gamma.shape, gamma.scale) == pytest.approx((1, 1), rel=1e-12)


@pytest.mark.parametrize("ratio", [1 + 1e-15, 1.04, 1.4e5, 1e13])
def test_a_ratio_that_no_gamma_has_is_answered_with_those_that_some_have(ratio: float) -> None:
    with pytest.raises(ValueError, match=r"between 1\.041 and 136,919 times the median for a gamma"):
        shape_of_ratio(ratio)


def test_scipy_is_imported_when_a_ratio_is_met_and_not_before() -> None:
    """So that the check of a scenario without one stays quick."""
    code = (
        "import sys; from sim.model.distributions import Gamma; Gamma.from_mean(2, 1); print('scipy' in sys.modules)\n"
        "Gamma.from_p90(1, 2); print('scipy' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False", "True"]
