"""Named streams: a uniform is a pure function of meaning, never of position or order of use.

Philox4x64-10 (Salmon, Moraes, Dror and Shaw, Parallel Random Numbers: As Easy as 1, 2, 3, SC 2011).
Key: BLAKE2b-128 of the JSON ``[1,seed,owner,label,purpose]``. Counter, least significant word first:
replication // 4, number, BLAKE2b-64 of the launch name, 0. So a column of replications is one
contiguous stretch of one stream. These bits are a promise: they never change.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Purpose = Literal["delay", "refusal", "loss", "on_call", "gap", "interarrival", "service", "setting", "stratum"]

WORDS_PER_COUNTER = 4
_WORD = 2**64
_ALL = 2**256


@dataclass(frozen=True)
class Source:
    """What a stream is for: its owner (a stage, desk, launch entry or range), a label, a purpose."""

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
    first = start // WORDS_PER_COUNTER
    counter = first + number * _WORD + launch_word(launch) * _WORD**2
    generator = np.random.Philox(key=stream_key(seed, source), counter=(counter - 1) % _ALL)
    skipped = start - first * WORDS_PER_COUNTER
    return generator.random_raw(skipped + stop - start)[skipped:]


def uniforms(seed: int, source: Source, launch: str, number: int, start: int, stop: int) -> Floats:
    """Uniforms strictly between 0 and 1: ((word >> 12) + 1/2) / 2**52."""
    top = words(seed, source, launch, number, start, stop) >> np.uint64(12)
    return (top.astype(np.float64) + 0.5) * 2.0**-52
