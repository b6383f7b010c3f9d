"""Rule 2 of the design word by word, in plain Python: slow, and written without a look at the program.

Philox4x64-10 from Salmon, Moraes, Dror and Shaw, Parallel Random Numbers: As Easy as 1, 2, 3
(SC 2011), section 3.3; its constants are those of Random123's ``philox.h``.
"""

from __future__ import annotations

import json
from hashlib import blake2b

MASK = 2**64 - 1
MULTIPLIERS = (0xD2E7470EE14C6C93, 0xCA5A826395121157)
WEYL = (0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B)
Words = tuple[int, int, int, int]


def philox(counter: Words, key: tuple[int, int]) -> Words:
    """Ten rounds; the key is bumped between them."""
    (c0, c1, c2, c3), (k0, k1) = counter, key
    for _ in range(10):
        p0, p1 = MULTIPLIERS[0] * c0, MULTIPLIERS[1] * c2
        c0, c1, c2, c3 = (p1 >> 64) ^ c1 ^ k0, p1 & MASK, (p0 >> 64) ^ c3 ^ k1, p0 & MASK
        k0, k1 = (k0 + WEYL[0]) & MASK, (k1 + WEYL[1]) & MASK
    return c0, c1, c2, c3


def word(seed: int, owner: str, label: str, purpose: str, launch: str, number: int, replication: int) -> int:
    """The word of one meaning."""
    text = json.dumps([1, seed, owner, label, purpose], separators=(",", ":"), ensure_ascii=False)
    digest = blake2b(text.encode(), digest_size=16).digest()
    key = (int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little"))
    name = int.from_bytes(blake2b(launch.encode(), digest_size=8).digest(), "little")
    return philox((replication // 4, number, name, 0), key)[replication % 4]
