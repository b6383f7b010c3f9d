"""Sums along the delivering branch, the compiled twin of `sim.analysis.branch`."""

from __future__ import annotations

import numpy as np

from sim.kernels.compiler import bare, compiled
from sim.kernels.events import (
    DONE,
    FIRST_CHILD,
    KIND,
    N_CHILDREN,
    NEEDED,
    SEQUENCE,
    STAGE,
    TRY,
)

N_CARRIED, WAIT, HELD = range(3)  # rows of the sums, over nodes


@bare
def mark_chosen(on, ended, state, mine, rank, few, carrying):
    """Of a combination, the child that was done as the one of a rank (from 0); ties to the earlier written."""
    for i in range(len(on)):
        n_done = 0
        for place in range(len(mine)):
            carrying[mine[place], i] = False
            time = ended[mine[place], i]
            if not on[i] or state[mine[place], i] != DONE:
                continue
            at = n_done
            while at > 0 and few[0, at - 1] > time:
                few[0, at], few[1, at] = few[0, at - 1], few[1, at - 1]
                at -= 1
            few[0, at], few[1, at] = time, mine[place]
            n_done += 1
        if on[i]:
            carrying[few[1, rank], i] = True


@bare
def sum_where(on, begin, end):
    """The sum of the differences, where on the branch."""
    total = 0
    for i in range(len(on)):
        total += end[i] - begin[i] if on[i] else 0
    return total


@compiled
def branch_sums(nodes, children, queued, started, ended, state, sums):
    """Add to ``sums`` int64 (row, node) from paths (node, launch × replication); return n alerts, time of fallbacks."""
    n_nodes, n = queued.shape
    root = n_nodes - 1
    carrying, few = np.empty((n_nodes, n), np.bool_), np.empty((2, n_nodes), np.int64)
    for i in range(n):
        carrying[root, i] = state[root, i] == DONE
    fallback_us = 0
    for node in range(root, -1, -1):
        first = nodes[FIRST_CHILD, node]
        mine = children[first : first + nodes[N_CHILDREN, node]]
        if nodes[KIND, node] == STAGE:
            sums[N_CARRIED, node] += carrying[node].sum()
            sums[WAIT, node] += sum_where(carrying[node], queued[node], started[node])
            sums[HELD, node] += sum_where(carrying[node], started[node], ended[node])
        elif nodes[KIND, node] == SEQUENCE:
            for child in mine:
                carrying[child] = carrying[node]
        else:
            rank = nodes[NEEDED, node] - 1
            mark_chosen(carrying[node], ended, state, mine, rank, few, carrying)
            if nodes[KIND, node] == TRY:
                fallback_us += sum_where(carrying[mine[1]], queued[node], queued[mine[1]])
    return carrying[root].sum(), fallback_us
