"""Indices and swings by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.analysis.intervals import Interval
from sim.asking.extra import need
from sim.errors import SimError
from sim.model.ranges import Exactly, Range
from sim.studies.sensitivity.indices import Swing, ends, indices, n_points, noise_share, swings


def ranges(n: int) -> tuple[Range, ...]:
    return tuple(Range(f"stages.s{i}.delay", 0.0, 0.5, 1.0, is_whole=False) for i in range(n))


def at(estimate: float, half: float = 0.0) -> Interval:
    return Interval(estimate, estimate - half, estimate + half)


def test_the_sequence_is_the_largest_power_of_two_that_fits() -> None:
    """(13 + 2) · 1,024 = 15,360 and twice that are more than 20,000."""
    assert [n_points(n) for n in (1, 13, 16)] == [4096, 1024, 1024]
    assert n_points(3, most=4) == 1


def test_a_tornado_asks_the_typical_setting_and_both_ends() -> None:
    one, two = ranges(2)
    assert ends((one, two)) == (
        {},
        {one.path: Exactly(0.0)},
        {one.path: Exactly(1.0)},
        {two.path: Exactly(0.0)},
        {two.path: Exactly(1.0)},
    )
    typical, (first, second) = swings(np.tile([3.0, 1.0, 7.0, 3.0, 3.0], (3, 1)))
    assert (typical.estimate, first.size, second.size) == (3, 6, 0)


def test_a_value_turns_the_sign_only_beyond_noise() -> None:
    assert Swing(at(-5, 1), at(2, 1)).turns(at(-3, 1))
    assert not Swing(at(-5, 1), at(2, 3)).turns(at(-3, 1))
    assert Swing(at(-5, 1), at(2, 1)).turns(at(0, 1))
    assert Swing(at(math.nan), at(2, 1)).size == 0


def test_the_share_that_is_noise_is_known_for_planted_noise() -> None:
    """Settings with variance 4, four sections with noise of variance 4 each: the mean of four has 1, of 5 in all.

    An estimate from 4,000 settings lies within 0.02 of 0.2 by five standard errors.
    """
    rng = np.random.default_rng(1)
    sections = 2 * rng.standard_normal(4_000) + 2 * rng.standard_normal((4, 4_000))
    common = 10 * rng.standard_normal((4, 1))  # what draws do to all settings alike is no noise between them
    values = np.vstack([(sections + common).mean(axis=0), sections + common])
    assert noise_share(values) == pytest.approx(0.2, abs=0.02)
    assert math.isnan(noise_share(values[:2]))


def test_settings_without_a_difference_are_left_out_with_their_partners() -> None:
    pytest.importorskip("SALib", reason="needs the extra alertpath[study]")
    values = np.random.default_rng(1).standard_normal((1, 64 * 4))
    values[0, 5] = math.nan
    found = indices(ranges(2), values, seed=0)
    assert (found.n_settings, found.n_left_out) == (63 * 4, 4)


def test_nothing_moves_what_does_not_vary() -> None:
    found = indices(ranges(2), np.ones((3, 64)), seed=0)
    assert (found.sd, found.moved) == (0, 0)
    assert [index.value for index in (*found.first, *found.total)] == [0, 0, 0, 0]


def test_a_missing_library_is_told_with_the_mend() -> None:
    with pytest.raises(SimError, match=r"needs nowhere — pip install 'alertpath\[study\]'"):
        need("sensitivity", "nowhere")
