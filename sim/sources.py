"""What the code of this program says, as a digest: it tells copies of one version apart."""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

HOME = Path(__file__).parent  # of every source of this program


def code_digest() -> str:
    """Of all sources of this program, as they lie on the disk."""
    every = (Path(folder, name) for folder, _, names in os.walk(HOME) for name in names if name.endswith(".py"))
    return sources_digest(every)


def sources_digest(paths: Iterable[Path], beside: str = "") -> str:
    """Sixteen hexadecimal digits of some sources and of a text beside them; how their lines end does not count."""
    digest = sha256(beside.encode())
    for name, path in sorted((path.relative_to(HOME).as_posix(), path) for path in paths):
        digest.update(f"\0{name}\0".encode() + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]
