"""A network without feedback as a program: the order in which nodes begin and end and desks serve.

Desks have feedback where work at one can cause work at it again, directly or through others; such a
network has no program, and runs by events.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.kernels.rows import (
    BEGIN_AFTER,
    BEGIN_FALLBACK,
    BEGIN_WITH,
    END_JOIN,
    END_SEQUENCE,
    END_STAGE,
    SERVE,
)
from sim.model.network import NONE, Network, NodeKind

Step = tuple[int, int, int]  # what, node or desk, the node it follows
ENDS = {NodeKind.STAGE: END_STAGE, NodeKind.SEQUENCE: END_SEQUENCE}  # of a join and a try alike: END_JOIN


def program_of(network: Network) -> NDArray[np.int64] | None:
    """The steps, int64 (step, 3), or None if desks have feedback."""
    nodes = network.nodes
    begun, ended, served = {network.root}, set[int](), {NONE}
    steps: list[Step] = []
    while len(ended) < len(nodes):
        n_before = len(steps)
        for number in range(len(nodes)):
            found = list(_begins(network, number, begun, ended))
            steps += found
            begun.update(child for _, child, _ in found)
        for desk in range(len(network.desks)):
            if desk not in served and all(n in begun for n, node in enumerate(nodes) if node.desk == desk):
                steps.append((SERVE, desk, NONE))
                served.add(desk)
        for number, node in enumerate(nodes):
            is_known = number in begun and node.desk in served and ended.issuperset(node.children)
            if is_known and number not in ended:
                steps.append((ENDS.get(node.kind, END_JOIN), number, NONE))
                ended.add(number)
        if len(steps) == n_before:
            return None
    return np.array(steps, np.int64)


def _begins(network: Network, number: int, begun: set[int], ended: set[int]) -> Iterator[Step]:
    """The children of a node whose beginning follows from what is known."""
    node = network.nodes[number]
    for place, child in enumerate(node.children if number in begun else ()):
        if child in begun:
            continue
        if place == 0 or node.kind is NodeKind.JOIN:
            yield BEGIN_WITH, child, number
        elif node.children[place - 1] in ended:
            is_fallback = node.kind is NodeKind.TRY
            yield (BEGIN_FALLBACK, child, number) if is_fallback else (BEGIN_AFTER, child, node.children[place - 1])
