"""A network and its draws as arrays, the form in which compiled loops read them; rows as in `sim.kernels.rows`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.engines.contract import Draws, Periods
from sim.kernels.rows import FAR
from sim.model.network import NONE, Network, NodeKind

Whole = NDArray[np.int64]


def node_rows(network: Network) -> Whole:
    """What the loops know of each node, int64 (row, node); of a try, one of its two is needed."""
    nodes = network.nodes
    parent, slot = [NONE] * len(nodes), [NONE] * len(nodes)
    for number, node in enumerate(nodes):
        for place, child in enumerate(node.children):
            parent[child], slot[child] = number, place
    n_children = [len(node.children) for node in nodes]
    first_child = np.cumsum([0, *n_children[:-1]])
    needed = [1 if node.kind is NodeKind.TRY else node.needed for node in nodes]
    fields = [
        (node.kind, needed[n], node.limit_us, node.desk, node.precedence, node.channel) for n, node in enumerate(nodes)
    ]
    return np.concatenate([np.array(fields).T, [parent, slot, first_child, n_children]]).astype(np.int64)


def children_of(network: Network) -> Whole:
    """The children of all nodes, one node after another."""
    return np.array([child for node in network.nodes for child in node.children], np.int64)


def job_columns(draws: Draws, name: Literal["arrival", "hold", "on_call"]) -> Whole:
    """What is named of all background jobs, int64 (replication, job), one desk after another."""
    none = np.empty((len(draws.launch), 0), np.int64)
    each = [none if jobs is None else getattr(jobs, name) for jobs in draws.jobs]
    return np.ascontiguousarray(np.concatenate([none, *each], axis=1))


def call_columns(draws: Draws) -> tuple[Whole, Whole]:
    """What being called adds, int64 (node, launch, replication) and (replication, job); without any if nobody is."""
    if all(one is None for one in draws.away):
        return np.empty((0, *draws.launch.T.shape), np.int64), np.empty((0, 0), np.int64)
    return np.ascontiguousarray(draws.on_call.T), job_columns(draws, "on_call")


def period_rows(each: Sequence[Periods | None]) -> Whole:
    """When channels or desks are closed, int64 (which, launch, period, 2, replication), one for all where that is so.

    What has fewer periods than others has some that hold no time.
    """
    shapes = [(1, 1, 0), *((1, *one.start.shape)[-3:] for one in each if one is not None)]
    n_launches, n_replications, n_periods = np.max(shapes, axis=0)
    rows = np.full((len(each), n_launches, n_periods, 2, n_replications), FAR)
    for row, one in zip(rows, each, strict=True):
        if one is not None:
            times = np.stack([one.start, one.end], axis=-1)  # (…, replication, period, 2)
            row[:, : times.shape[-2]] = np.moveaxis(times, -3, -1)
    return rows


def desk_rows(network: Network, draws: Draws) -> Whole:
    """What the loops know of each desk, int64 (row, desk): its servers, and where its jobs begin and end."""
    n_jobs = [0 if jobs is None else jobs.arrival.shape[1] for jobs in draws.jobs]
    last_job = np.cumsum(n_jobs, dtype=np.int64)
    desks = [(desk.capacity, desk.background_precedence) for desk in network.desks]
    rows = np.array(desks, np.int64).reshape(-1, 2).T
    return np.concatenate([rows, [last_job - np.array(n_jobs, np.int64), last_job]]).astype(np.int64)
