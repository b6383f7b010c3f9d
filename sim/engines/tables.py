"""A network and its draws as arrays, the form in which compiled loops read them; rows as in `sim.kernels.events`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.engines.contract import Draws
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
    fields = [(node.kind, needed[n], node.limit_us, node.desk, node.precedence) for n, node in enumerate(nodes)]
    return np.concatenate([np.array(fields).T, [parent, slot, first_child, n_children]]).astype(np.int64)


def children_of(network: Network) -> Whole:
    """The children of all nodes, one node after another."""
    return np.array([child for node in network.nodes for child in node.children], np.int64)


def job_columns(draws: Draws) -> tuple[Whole, Whole]:
    """Arrival and hold of all background jobs, int64 (replication, job), one desk after another."""
    none = np.empty((len(draws.launch), 0), np.int64)
    arrivals = [none if jobs is None else jobs.arrival for jobs in draws.jobs]
    holds = [none if jobs is None else jobs.hold for jobs in draws.jobs]
    return _side_by_side(none, *arrivals), _side_by_side(none, *holds)


def _side_by_side(*times: Whole) -> Whole:
    return np.ascontiguousarray(np.concatenate(times, axis=1))


def desk_rows(network: Network, draws: Draws) -> Whole:
    """What the loops know of each desk, int64 (row, desk): its servers, and where its jobs begin and end."""
    n_jobs = [0 if jobs is None else jobs.arrival.shape[1] for jobs in draws.jobs]
    last_job = np.cumsum(n_jobs, dtype=np.int64)
    desks = [(desk.capacity, desk.background_precedence) for desk in network.desks]
    rows = np.array(desks, np.int64).reshape(-1, 2).T
    return np.concatenate([rows, [last_job - np.array(n_jobs, np.int64), last_job]]).astype(np.int64)
