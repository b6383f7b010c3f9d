"""Named streams: a uniform is a pure function of meaning, never of position or order of use.

Philox4x64-10 (Salmon, Moraes, Dror and Shaw, Parallel Random Numbers: As Easy as 1, 2, 3, SC 2011).
Key: BLAKE2b-128 of the JSON ``[1,seed,owner,label,purpose]``. Counter, least significant word first:
replication // 4, number, BLAKE2b-64 of the launch name, 0. So a column of replications is one
contiguous stretch of one stream. These bits are a promise: they never change.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Purpose = Literal[
    "delay",
    "refusal",
    "loss",
    "on_call",
    "gap",
    "interarrival",
    "service",
    "up",
    "down",
    "setting",
    "stratum",
    "order",
]

Key = tuple[str, int]  # the launch name and the number within its salvo: what the counter of a stream holds

WORDS_PER_COUNTER = 4
_WORD = 2**64
_ALL = 2**256


@dataclass(frozen=True)
class Source:
    """What a stream is for: its owner (a stage, desk, launch entry, range, what has outages), a label, a purpose.

    The label tells steps of one stage apart; of being up and down it says what the owner is, a channel, sensor or desk.
    """

    owner: str
    purpose: Purpose
    label: str = ""


def stream_key(seed: int, source: Source) -> int:
    """The 128-bit key of a stream."""
    text = json.dumps([1, seed, source.owner, source.label, source.purpose], ensure_ascii=False, separators=(",", ":"))
    return int.from_bytes(blake2b(text.encode(), digest_size=16).digest(), "little")


def launch_word(launch: str) -> int:
    """The 64-bit word that stands for a launch name in the counter."""
    return int.from_bytes(blake2b(launch.encode(), digest_size=8).digest(), "little")


def words(seed: int, source: Source, launch: str, number: int, start: int, stop: int) -> NDArray[np.uint64]:
    """The random words of replications ``start`` to ``stop`` (excluded), uint64, shape (stop - start,)."""
    only: NDArray[np.uint64] = word_rows(seed, source, ((launch, number),), start, stop)[0]
    return only


def word_rows(seed: int, source: Source, keys: Sequence[Key], start: int, stop: int) -> NDArray[np.uint64]:
    """The random words of several counters, uint64 (key, replication).

    One generator is set to each counter in turn, which takes a third of the time of making another.
    """
    first, skipped = divmod(start, WORDS_PER_COUNTER)
    out = np.empty((len(keys), stop - start), np.uint64)
    generator = np.random.Philox(key=stream_key(seed, source))
    state: Any = generator.state
    for row, (launch, number) in zip(out, keys, strict=True):
        counter = (first + number * _WORD + launch_word(launch) * _WORD**2 - 1) % _ALL  # it counts before it draws
        state["state"]["counter"] = [counter >> bits & _WORD - 1 for bits in (0, 64, 128, 192)]
        generator.state = state
        row[:] = generator.random_raw(skipped + stop - start)[skipped:]
    return out


def uniforms(seed: int, source: Source, launch: str, number: int, start: int, stop: int) -> Floats:
    """Uniforms strictly between 0 and 1: ((word >> 12) + 1/2) / 2**52."""
    only: Floats = uniform_rows(seed, source, ((launch, number),), start, stop)[0]
    return only


def uniform_rows(seed: int, source: Source, keys: Sequence[Key], start: int, stop: int) -> Floats:
    """The uniforms of several counters, float64 (key, replication)."""
    top = word_rows(seed, source, keys, start, stop) >> np.uint64(12)
    return (top.view(np.int64).astype(np.float64) + 0.5) * 2.0**-52
