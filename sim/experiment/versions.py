"""What must be the same wherever parts of one run are made.

Numbers come from this program, NumPy and SciPy. Parts of one run that were made by different versions
of these would be put together without anybody noticing, so every worker and every part taken up is
asked for them. Of Python the first two numbers count: later ones change no arithmetic.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping

import numpy as np
import scipy

from sim import __version__

Versions = Mapping[str, str]


def versions() -> dict[str, str]:
    """Those of this process."""
    return {
        "alertpath": __version__,
        "python": series(platform.python_version()),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
    }


def series(python: str) -> str:
    """The part of a Python version that counts: "3.11" of "3.11.7.final.0"."""
    return ".".join(python.split(".")[:2])


def differing(theirs: Mapping[str, str | None], ours: Versions) -> str:
    """Every version of theirs that is not ours, in words; empty if none."""
    pairs = [(name, theirs.get(name), version) for name, version in ours.items()]
    return ", ".join(f"{name} {has or 'missing'}, not {wants}" for name, has, wants in pairs if has != wants)
