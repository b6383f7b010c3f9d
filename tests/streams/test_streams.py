"""The draws are a promise: these bits never change."""

from __future__ import annotations

import numpy as np
import pytest

from sim.draws.block import Block
from sim.draws.columns import whole
from sim.draws.settings import settings_of
from sim.draws.streams import Source, stream_key, uniforms, words
from sim.draws.table import draw, lost_attempts
from sim.model.network import compile_network
from sim.scenario.loader import load_text
from tests.streams.plain import MASK, philox, word

GOLDEN = [["0x1.9ef12d2bc75d2p-2", "0x1.8fc206cd1eb39p-1"], ["0x1.43f858e5b248dp-1", "0x1.be0b532f6249cp-3"]]


def of(seed: int, source: Source, launch: str, number: int, replication: int) -> int:
    """One word straight from the rule."""
    return word(seed, source.owner, source.label, source.purpose, launch, number, replication)


def test_the_plain_philox_gives_the_published_known_answers() -> None:
    """Random123, kat_vectors, philox4x64 10 rounds."""
    zeros = (0x16554D9ECA36314C, 0xDB20FE9D672D0FDC, 0xD7E772CEE186176B, 0x7E68B68AEC7BA23B)
    ones = (0x87B092C3013FE90B, 0x438C3C67BE8D0224, 0x9CC7D7C69CD777B6, 0xA09CAEBF594F0BA0)
    assert philox((0, 0, 0, 0), (0, 0)) == zeros
    assert philox((MASK,) * 4, (MASK, MASK)) == ones


@pytest.mark.parametrize("seed", [0, 1, 2**63])
@pytest.mark.parametrize("launch", ["", "one missile", "北極星 3"])
@pytest.mark.parametrize("number", [0, 7])
def test_a_column_of_words_is_the_rule_word_by_word(seed: int, launch: str, number: int) -> None:
    source = Source("us_evaluates", "delay", "réponse")
    expected = [of(seed, source, launch, number, r) for r in range(3, 14)]
    assert words(seed, source, launch, number, 3, 14).tolist() == expected


def test_a_uniform_is_the_top_52_bits_plus_a_half() -> None:
    source = Source("a", "loss")
    first = of(1, source, "x", 0, 0)
    assert uniforms(1, source, "x", 0, 0, 1)[0] == ((first >> 12) + 0.5) * 2.0**-52


def test_the_first_uniforms_of_seed_0_and_1_are_these() -> None:
    """Golden: [float.hex(u) for u in uniforms(seed, Source("a", "delay"), "x", 0, 0, 2)]."""
    found = [[float.hex(u) for u in uniforms(seed, Source("a", "delay"), "x", 0, 0, 2).tolist()] for seed in (0, 1)]
    assert found == GOLDEN


def test_blocks_of_replications_are_pieces_of_one_column() -> None:
    source = Source("a", "delay")
    whole_column = uniforms(1, source, "x", 0, 0, 50)
    pieces = [uniforms(1, source, "x", 0, start, stop) for start, stop in ((0, 3), (3, 21), (21, 50))]
    assert np.array_equal(np.concatenate(pieces), whole_column)


def test_different_meanings_have_different_keys() -> None:
    sources = [Source("a", "delay"), Source("a", "loss"), Source("b", "delay"), Source("a", "delay", "b")]
    assert len({stream_key(seed, source) for seed in (0, 1) for source in sources}) == 8


SMALL = """
title: small
launches: [{name: one}]
deadline: none
stages:
  a: {delay: {exponential: {mean: 30 s}}, evidence: assumed}
  b: {delay: {lognormal: {median: {low: 1 s, typical: 4 s, high: 9 s}, p90: 20 s}}, evidence: assumed}
arrangements: {x: [a, b]}
compare: [x]
replications: 100
settings: 9
"""


def holds(text: str, stage: str, launch: int = 0) -> list[int]:
    scenario = load_text(text, "s")
    arm = scenario.arm("x")
    network = compile_network(arm)
    node = next(n for n, step in network.stages if step.name == stage)
    return draw(Block(scenario, 0, 60), arm, network, {}).hold[:, launch, node].tolist()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  a:", "  c: {delay: 1 s, evidence: assumed}\n  a:"),
        ("{x: [a, b]}", "{y: [b], x: [a, b]}"),
        ("{x: [a, b]}", "{x: [b, a]}"),
        ("[{name: one}]", "[{name: one}, {name: two, at: 1 min}]"),
        ("title: small", "title: other"),
    ],
    ids=["a stage more", "an arm more", "another order", "a launch more", "another title"],
)
def test_no_draw_is_moved_by(old: str, new: str) -> None:
    assert holds(SMALL.replace(old, new), "a") == holds(SMALL, "a")


def test_another_seed_moves_the_draws_and_seed_0_is_a_seed() -> None:
    zero, one = (holds(f"{SMALL}seed: {seed}\n", "a") for seed in (0, 1))
    assert zero != one == holds(SMALL, "a")


def test_settings_put_one_position_in_each_stratum_and_begin_with_the_typical() -> None:
    settings = settings_of(load_text(SMALL, "s"))
    assert settings[0] == {}
    positions = [setting["stages.b.delay.lognormal.median"] for setting in settings[1:]]
    assert sorted(int(position * 8) for position in positions) == list(range(8))


def test_a_range_more_moves_no_position_of_another() -> None:
    wider = SMALL.replace("mean: 30 s", "mean: {low: 10 s, typical: 30 s, high: 60 s}")
    path = "stages.b.delay.lognormal.median"
    of_both = [[s[path] for s in settings_of(load_text(text, "s"))[1:]] for text in (SMALL, wider)]
    assert of_both[0] == of_both[1]


def test_attempts_are_lost_while_the_uniform_is_below_a_power() -> None:
    """K = 1 + #{j >= 1: u < p**j}: at p = 1/2, u = 0.3 is below 1/2 alone, u = 0.2 below 1/4 too."""
    assert lost_attempts(np.array([0.6, 0.3, 0.2, 0.01]), 0.5, 3).tolist() == [0, 1, 2, 3]


def test_times_are_rounded_half_to_even() -> None:
    assert whole(np.array([0.5, 1.5, 2.5, -1.0])).tolist() == [0, 2, 2, 0]
