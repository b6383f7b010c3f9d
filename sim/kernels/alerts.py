"""From draws to alerts, a few replications at a time, so that their sample paths never leave the nearest cache."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.kernels import desks, events
from sim.kernels.branch import branch_sums
from sim.kernels.columns import run_columns
from sim.kernels.compiler import compiled, inlined, part
from sim.kernels.events import run_events
from sim.kernels.rows import DONE, NEVER
from sim.kernels.tables import Drawn, Tables, Whole

AT_ONCE = 1 << 14  # nodes × launches × replications
ODD = 8  # replications: rows that begin a power of two apart would all want the same places of the cache


class Room(NamedTuple):
    """Room for the sample paths of some replications at a time; what the loops do there says of which shape."""

    times: Whole
    carrying: NDArray[np.bool_]
    rows: Whole
    few: Whole
    carrier: Whole
    desks: desks.Room
    events: events.Room


def few_at_once(drawn: Drawn) -> int:
    """How many replications go at a time."""
    n_nodes, n_launches, n_replications = drawn.hold.shape
    return int(min(max(1, AT_ONCE // (n_nodes * n_launches)) | ODD, n_replications))


def room_for(tables: Tables, drawn: Drawn, n: int) -> Room:
    """Room for so many replications at a time."""
    n_nodes, n_launches, _ = drawn.hold.shape
    n_places, n_work = n_launches * n, n_launches * n_nodes
    return Room(
        np.empty((4 * n_nodes + 1) * n_places, np.int64),
        np.empty(n_nodes * n_places, np.bool_),
        np.arange(4 * n_nodes).reshape(4, n_nodes),
        np.empty((2, n_nodes), np.int64),
        np.empty(n_nodes, np.int64),
        desks.room_for(tables.desks, n_work, n),
        events.room_for(tables.desks, n_nodes, n_launches, drawn.arrivals.shape[1]),
    )


def paths_in(room: Room, n_nodes: int) -> tuple[Whole, Whole, Whole, Whole]:
    """When each node of the replications last run began, was done, was refused and started, (node, place)."""
    times = room.times.reshape(4 * n_nodes + 1, -1)
    begun, done, refused, started = (times[rows] for rows in room.rows)
    return begun, done, refused, started


@inlined
def fill_alerts(launch, done, last, is_done, latency):
    """Whether and how long after the launch an alert came, no later than the horizon."""
    for r in range(len(last)):
        is_done[r] = done[r] <= last[r]
        latency[r] = done[r] - launch[r] if is_done[r] else NEVER


@inlined
def alone(rows):
    """A column of its own for everything that may happen to a node."""
    for what in range(rows.shape[0]):
        for node in range(rows.shape[1]):
            rows[what, node] = what * rows.shape[1] + node


@inlined
def first_of(room, n_nodes, n_places):
    """The columns of so many places, and room for what carries them."""
    n_rows = 4 * n_nodes + 1
    times = room.times[: n_rows * n_places].reshape(n_rows, n_places)
    return times, room.carrying[: n_nodes * n_places].reshape(n_nodes, n_places)


@part
def add_alerts(tables, drawn, first, is_whole, times, carrying, room, latency, sums):
    """Latencies of the replications from ``first`` on, and if the whole is asked for what they add to the sums."""
    n_nodes, n_launches = drawn.hold.shape[:2]
    n = times.shape[1] // n_launches
    done, is_done = times[room.rows[DONE, n_nodes - 1]], carrying[n_nodes - 1]
    for at in range(n_launches):
        begin, end, stop = at * n, (at + 1) * n, first + n
        fill_alerts(drawn.launch[at, first:stop], done[begin:end], drawn.horizon[first:stop], is_done[begin:end],
                    latency[at, first:stop])  # fmt: skip
    if not is_whole:
        return 0
    return branch_sums(tables.nodes, tables.children, times, room.rows, carrying, room.carrier, room.few, sums)


@compiled
def alerts_by_columns(tables, drawn, is_whole, room, latency, sums):
    """Fill ``latency`` int64 (launch, replication) and add to ``sums`` int64 (row, node); the time of fallbacks.

    Unless the whole is asked for nothing is added, and the columns may be none of what happened.
    Columns of ``room.times``, int64 (row, launch × replication), hold what happened to a node in the row that
    ``room.rows``, int64 (what, node), tells.
    """
    n_nodes, n_launches, n_replications = drawn.hold.shape
    size, fallback_us = len(room.carrying) // (n_nodes * n_launches), 0
    for first in range(0, n_replications, size):
        times, carrying = first_of(room, n_nodes, n_launches * min(size, n_replications - first))
        alone(room.rows)
        run_columns(tables, drawn, first, times, room.rows, room.few, room.desks)
        fallback_us += add_alerts(tables, drawn, first, is_whole, times, carrying, room, latency, sums)
    return fallback_us


@compiled
def alerts_by_events(tables, drawn, is_whole, room, latency, sums):
    """As `alerts_by_columns`, of a network that may have feedback."""
    n_nodes, n_launches, n_replications = drawn.hold.shape
    size, fallback_us = len(room.carrying) // (n_nodes * n_launches), 0
    alone(room.rows)
    for first in range(0, n_replications, size):
        times, carrying = first_of(room, n_nodes, n_launches * min(size, n_replications - first))
        run_events(tables, drawn, first, times, room.rows, is_whole, room.events)
        fallback_us += add_alerts(tables, drawn, first, is_whole, times, carrying, room, latency, sums)
    return fallback_us
