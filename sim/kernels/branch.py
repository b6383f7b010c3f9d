"""Sums along the delivering branch, the compiled twin of `sim.analysis.branch`."""

from __future__ import annotations

from sim.kernels.compiler import inlined, part
from sim.kernels.rows import (
    BEGIN,
    DONE,
    FAR,
    FIRST_CHILD,
    KIND,
    N_CHILDREN,
    NEEDED,
    SEQUENCE,
    STAGE,
    STARTED,
    TRY,
)

N_CARRIED, WAIT, HELD = range(3)  # rows of the sums, over nodes


@part
def mark_chosen(on, times, rows, mine, rank, few, carrying):
    """Of a combination, the child that was done as the one of a rank (from 0); ties to the earlier written."""
    for i in range(len(on)):
        n_done = 0
        for place in range(len(mine)):
            carrying[mine[place], i] = False
            time = times[rows[DONE, mine[place]], i]
            if not on[i] or time >= FAR:
                continue
            at = n_done
            while at > 0 and few[0, at - 1] > time:
                few[0, at], few[1, at] = few[0, at - 1], few[1, at - 1]
                at -= 1
            few[0, at], few[1, at] = time, mine[place]
            n_done += 1
        if on[i]:
            carrying[few[1, rank], i] = True


@part
def sum_where(on, begin, end):
    """The sum of the differences, where on the branch."""
    total = 0
    for i in range(len(on)):
        total += end[i] - begin[i] if on[i] else 0
    return total


@inlined
def count(on):
    """How many hold."""
    n = 0
    for i in range(len(on)):
        n += on[i]
    return n


@part
def branch_sums(nodes, children, times, rows, carrying, carrier, few, sums):
    """Add to ``sums`` int64 (row, node) from the columns of a run; the time of fallbacks.

    carrying : bool (node, launch × replication), of the root whether it was done in time, and so was all that carried
    carrier : int64 (node,), the row of carrying that is a node's: a child of a sequence has its parent's
    """
    n_nodes, fallback_us = nodes.shape[1], 0
    for node in range(n_nodes):
        carrier[node] = node
    for node in range(n_nodes - 1, -1, -1):
        first, on = nodes[FIRST_CHILD, node], carrying[carrier[node]]
        mine = children[first : first + nodes[N_CHILDREN, node]]
        if nodes[KIND, node] == STAGE:
            sums[N_CARRIED, node] += count(on)
            begun, started, done = rows[BEGIN, node], rows[STARTED, node], rows[DONE, node]
            sums[WAIT, node] += sum_where(on, times[begun], times[started]) if started != begun else 0
            sums[HELD, node] += sum_where(on, times[started], times[done])
        elif nodes[KIND, node] == SEQUENCE:
            for child in mine:
                carrier[child] = carrier[node]
        else:
            mark_chosen(on, times, rows, mine, nodes[NEEDED, node] - 1, few, carrying)
            if nodes[KIND, node] == TRY:
                fallback_us += sum_where(carrying[mine[1]], times[rows[BEGIN, node]], times[rows[BEGIN, mine[1]]])
    return fallback_us
