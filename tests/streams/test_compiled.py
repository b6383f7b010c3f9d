"""Compiled columns are the plain ones, to the last bit: words, uniforms, variates, whole microseconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.draws.columns import PLAIN
from sim.draws.compiled import COMPILED, family_of
from sim.draws.quantiles import quantile, shares_between, truncation
from sim.draws.streams import Floats, Source, uniforms
from sim.kernels import draws as kernel
from sim.model.distributions import Distribution
from sim.portable import MIDDLE_HALF_WIDTH
from tests.examples import examples
from tests.streams.families import DISTRIBUTIONS

KEYS = (("one missile", 0), ("one missile", 3), ("", 2**32 + 5), ("북극성-3", 1))
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
MOST = 2 * kernel.BATCH  # replications of two batches


CUTS = ((0, 1), (0, 8), (1, 1), (2, 7), (3, 600), (509, 1030), (10**9 + 1, 5))
SEEDS = (0, 1, 2**63)


def in_turn(others: Sequence[Any], *steps: int) -> list[Any]:
    """Each distribution beside each of the others; every time beside one a step, the next one for the next."""
    names = [*enumerate(DISTRIBUTIONS)]
    chosen = [(name, others[(at + step) % len(others)]) for at, name in names for step in steps]
    return examples([(name, other) for _, name in names for other in others], chosen)


def cut_id(value: str | tuple[int, int]) -> str:
    """0-8 of a cut; what chooses tests by their names asks for it."""
    return value if isinstance(value, str) else "-".join(map(str, value))


@pytest.mark.parametrize(("name", "cut"), in_turn(CUTS, 0, 3), ids=cut_id)
def test_compiled_times_are_the_plain_ones_wherever_a_column_begins_and_ends(name: str, cut: tuple[int, int]) -> None:
    start, n = cut
    given_ = (1, Source("a", "delay", "réponse"), [DISTRIBUTIONS[name]], KEYS, start, start + n)
    assert np.array_equal(COMPILED.times(*given_), PLAIN.times(*given_))


@pytest.mark.parametrize(("name", "seed"), in_turn(SEEDS, 0))
def test_compiled_times_are_the_plain_ones_of_any_seed(name: str, seed: int) -> None:
    given_ = (seed, Source("us_evaluates", "service"), [DISTRIBUTIONS[name]], KEYS, 0, 2000)
    assert np.array_equal(COMPILED.times(*given_), PLAIN.times(*given_))


@pytest.mark.parametrize("name", [name for name, one in DISTRIBUTIONS.items() if not family_of(truncation(one)[0])])
def test_what_has_no_loop_is_made_from_compiled_uniforms(name: str) -> None:
    given_ = (1, Source("a", "delay"), [DISTRIBUTIONS[name]], KEYS, 1, 9)
    assert np.array_equal(COMPILED.times(*given_), PLAIN.times(*given_))


@given(
    st.integers(0, 2**64),
    st.builds(Source, NAMES, st.sampled_from(("delay", "loss", "gap")), NAMES),
    st.lists(st.tuples(NAMES, st.integers(0, 2**40)), min_size=1, max_size=3),
    st.integers(0, 2**40),
    st.integers(1, MOST),
)
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_compiled_uniforms_are_the_plain_ones(
    seed: int, source: Source, keys: list[tuple[str, int]], start: int, n: int
) -> None:
    given_ = (seed, source, tuple(keys), start, start + n)
    assert np.array_equal(COMPILED.uniforms(*given_), PLAIN.uniforms(*given_))


@numba.njit
def to_quantiles(family, p, u, n, tails, places):
    """Parts of loops can be called by what is compiled alone."""
    kernel.to_quantiles(family, p, u, n, tails, places)


@pytest.mark.parametrize(("start", "n"), [(0, 8), (1, 2), (3, 520), (2, 1100)])
def test_compiled_uniforms_are_the_plain_ones_over_several_batches(start: int, n: int) -> None:
    given_ = (1, Source("a", "loss"), KEYS[1:3], start, start + n)
    assert np.array_equal(COMPILED.uniforms(*given_), PLAIN.uniforms(*given_))


def edges() -> Floats:
    """The first and the last uniform that a word gives, those where formulas change, and their neighbours."""
    step = 2.0**-52
    ends = [step / 2, step * 3 / 2, 1 - step * 3 / 2, 1 - step / 2]
    seams = [0.5, 0.5 - MIDDLE_HALF_WIDTH, 0.5 + MIDDLE_HALF_WIDTH, np.exp(-25), 1 - np.exp(-25), 1 / 6]
    near = [(np.floor(seam / step) + offset + 0.5) * step for seam in seams for offset in (-1, 0, 1)]
    return np.array([*ends, *near])


def compiled_quantile(distribution: Distribution, u: Floats) -> Floats:
    """The compiled variates of uniforms, before rounding and bounds."""
    base, low, high = truncation(distribution)
    family, parameters = family_of(base)
    shares = shares_between(base, low, high) if base is not distribution else (0.0, 1.0)
    found, n = u.copy(), len(u)
    to_quantiles(family, np.array([*parameters, *shares]), found, n, np.empty(n + 1), np.empty(n + 1, np.int64))
    return np.clip(found, low, high)


def looped() -> list[str]:
    """The distributions that have a compiled loop."""
    return [name for name, distribution in DISTRIBUTIONS.items() if family_of(truncation(distribution)[0])]


@pytest.mark.parametrize("name", looped())
def test_compiled_variates_have_the_bits_of_the_plain_ones_at_every_edge(name: str) -> None:
    """Before they are rounded to microseconds, which would hide the last bits."""
    assert compiled_quantile(DISTRIBUTIONS[name], edges()).tolist() == quantile(DISTRIBUTIONS[name], edges()).tolist()


@pytest.mark.parametrize("name", looped())
def test_compiled_variates_have_the_bits_of_the_plain_ones_all_along(name: str) -> None:
    u = uniforms(1, Source("a", "delay"), "x", 0, 0, 50_000)
    assert np.array_equal(compiled_quantile(DISTRIBUTIONS[name], u), quantile(DISTRIBUTIONS[name], u))


@pytest.mark.parametrize("word", [0, 1, 2**12 - 1, 2**12, 2**63, 2**64 - 1])
def test_a_compiled_uniform_is_the_top_52_bits_of_a_word_plus_a_half(word: int) -> None:
    """By exact arithmetic on whole numbers: (2 (word >> 12) + 1) / 2**53."""
    uniform = numba.njit(lambda word: kernel.uniform(word))
    assert uniform(np.uint64(word)) == (2 * (word >> 12) + 1) / 2**53
