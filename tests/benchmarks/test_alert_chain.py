"""Both sides of the benchmark simulate the same chain."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from tests.benchmarks.compare import hand_written, reference


@pytest.mark.parametrize("run", [reference, hand_written])
def test_the_mean_latency_of_the_chain_is_314_2_s(run: Callable[[int], list[float]]) -> None:
    """314.2 s as stated for this chain; 4 standard errors of 1,200 replications, about 8 s."""
    means = np.array(run(1200))
    assert means.mean() == pytest.approx(314.2, abs=4 * means.std(ddof=1) / math.sqrt(len(means)))
