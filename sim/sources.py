"""What the code of this program says, as a digest: it tells copies of one version apart."""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

HOME = Path(__file__).parent  # of every source of this program


def code_digest() -> str:
    """Of all sources of this program, as they lie on the disk."""
    every = (os.path.join(folder, name) for folder, _, names in os.walk(HOME) for name in names if name.endswith(".py"))
    return sources_digest(every)


def sources_digest(paths: Iterable[str | Path], beside: str = "") -> str:
    """Sixteen hexadecimal digits of some sources and of a text beside them; how their lines end does not count."""
    digest, home = sha256(beside.encode()), os.path.join(HOME, "")
    for name, path in sorted((path.removeprefix(home).replace(os.sep, "/"), path) for path in map(str, paths)):
        with open(path, "rb", buffering=0) as file:
            digest.update(f"\0{name}\0".encode() + file.read().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]
