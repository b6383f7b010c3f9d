"""Where two executions of the same draws first part."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.engines.contract import NEVER, Paths

FIELDS = ("queued", "started", "ended", "state")


def first_difference(paths: Paths, other: Paths) -> str:
    """The first node that differs, by time, then replication, launch and node, in words; "" if none does."""
    found: list[tuple[int, int, int, int, str]] = []
    for name in FIELDS:
        differ = getattr(paths, name) != getattr(other, name)
        found += [(_time(paths, other, (r, at, n)), int(r), int(at), int(n), name) for r, at, n in np.argwhere(differ)]
    if not found:
        return ""
    time, replication, launch, number, name = min(found)
    node, at = paths.network.nodes[number], (replication, launch, number)
    here, there = getattr(paths, name)[at], getattr(other, name)[at]
    where = f"replication {replication}, launch {launch}, node {number} ({node.kind.name} {node.name!r})"
    return f"{where}, near {time} us: {name} is {here}, and {there} in the other"


def _time(paths: Paths, other: Paths, at: Sequence[int]) -> int:
    """The first instant at which a node stands differently in two executions; its end, if only how it ended differs."""
    pairs = [(getattr(paths, name)[at], getattr(other, name)[at]) for name in ("queued", "started", "ended")]
    return int(min((t for pair in pairs if pair[0] != pair[1] for t in pair if t != NEVER), default=paths.ended[at]))
