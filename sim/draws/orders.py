"""Random orders of names: who comes when is a function of the name, so another name moves no two others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.draws.streams import Source, uniforms


def orders(seed: int, names: Sequence[str], n: int) -> NDArray[np.intp]:
    """Independent orders of the places of some names, all equally likely; shape (n, name)."""
    drawn = np.stack([uniforms(seed, Source(name, "order"), "", 0, 0, n) for name in names], axis=1)
    return np.argsort(drawn, axis=1, kind="stable")
