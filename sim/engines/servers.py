"""When a desk starts its work, a column of replications at a time: rules 7, 10 and 11 of `sim.engines.contract`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.draws.nouns import Jobs, Periods, Times
from sim.draws.periods import opened, within
from sim.engines.sorting import in_order
from sim.kernels.rows import FAR
from sim.model.network import DeskNode

MOST_SORTED = 64  # pieces of work that are sorted by exchanges; more take NumPy's sort, replication by replication
KEY_BITS = 62  # of a sort key: the time, and below it the number of the work
Places = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Post:
    """A desk, its other work, when it is shut and when those who do the work must be called."""

    desk: DeskNode
    jobs: Jobs | None
    shut: Periods | None
    away: Periods | None


@dataclass(frozen=True, eq=False)
class Work:
    """Pieces of work, int64 (work, replication): when each is ready, how long it takes, what being called adds."""

    ready: Times
    hold: Times
    on_call: Times


def served(post: Post, work: Work, precedences: Sequence[int]) -> Times:
    """When each piece of work starts, `FAR` or more where it never does.

    Work is numbered as ties are served; ``precedences`` are of each piece.
    """
    if post.jobs is not None or len(set(precedences)) > 1:
        return _by_rank(post, work, np.array(precedences))
    return _first_come(post, work)


class Servers:
    """When each server is free, one row a server, the first to be free first."""

    def __init__(self, capacity: int, n: int) -> None:
        self.free: list[Times] = [np.full(n, -FAR)] * capacity

    def work(self, end: Times) -> None:
        """The first to be free works until then."""
        for server in range(1, len(self.free)):
            other = self.free[server]
            self.free[server - 1], end = np.minimum(end, other), np.maximum(end, other)
        self.free[-1] = end


def _first_come(post: Post, work: Work) -> Times:
    """First come, first served."""
    n = work.ready.shape[1]
    arrived, places = _arrivals(work.ready)
    started, columns, servers = np.empty(work.ready.size, np.int64), np.arange(n), Servers(post.desk.capacity, n)
    held, called = work.hold.ravel(), work.on_call.ravel()
    for time, place in zip(arrived, places, strict=True):
        at = place * n + columns
        start = opened(post.shut, np.maximum(time, servers.free[0]))
        started[at] = start
        end = start + held[at]
        servers.work(end if post.away is None else end + np.where(within(post.away, start), called[at], 0))
    return started.reshape(work.ready.shape)


def _arrivals(ready: Times) -> tuple[Sequence[Times], Sequence[Places]]:
    """Times in the order of being ready, row by row, and whose they are; ties as numbered."""
    bits = (len(ready) - 1).bit_length()
    latest = 1 << KEY_BITS - bits
    is_late = ready >= latest
    if len(ready) > MOST_SORTED or ready[is_late].min(initial=FAR) < FAR:  # in thousands of years
        order = np.argsort(ready, axis=0, kind="stable")
        return [*np.take_along_axis(ready, order, axis=0)], [*order]
    keys = in_order([*((np.where(is_late, latest, ready) << bits) + np.arange(len(ready))[:, None])])
    times = [key >> bits for key in keys]
    if is_late.any():
        times = [np.where(time == latest, FAR, time) for time in times]
    return times, [key & (1 << bits) - 1 for key in keys]


@dataclass(frozen=True, eq=False)
class _Queues:
    """Work in the order of its rank, a queue below another, each with a last row that is never ready.

    precedence : of each queue; ``heads`` : int (queue, replication), the row of what is next in it.
    """

    ready: Times
    hold: Times
    on_call: Times
    order: Places
    precedence: Times
    heads: Places


def _queues(work: Work, precedences: Times) -> _Queues:
    """By precedence, then by being ready, then as numbered; a queue for each precedence."""
    order = np.argsort(work.ready, axis=0, kind="stable")
    order = np.take_along_axis(order, np.argsort(precedences[order], axis=0, kind="stable"), axis=0)
    precedence, lengths = np.unique(precedences, return_counts=True)
    stops = lengths.cumsum()

    def rows(times: Times, last: int | np.int64) -> Times:
        return np.insert(np.take_along_axis(times, order, axis=0), stops, last, axis=0)

    heads = np.repeat((stops - lengths + np.arange(len(stops)))[:, None], order.shape[1], axis=1)
    order_of_rows = np.insert(order, stops, 0, axis=0)
    return _Queues(rows(work.ready, FAR), rows(work.hold, 0), rows(work.on_call, 0), order_of_rows, precedence, heads)


def _by_rank(post: Post, given: Work, precedences: Times) -> Times:
    """Several precedences or background work: one piece after another in every replication, rule 10 at its moment."""
    n = given.ready.shape[1]
    work, servers, columns = _queues(given, precedences), Servers(post.desk.capacity, n), np.arange(n)
    arrivals, holds, calls = _jobs(post.jobs, n)
    last = len(arrivals) - 1
    started, now, job = np.full(given.ready.shape, FAR), np.full(n, -FAR), np.zeros(n, np.int64)
    while (is_left := (soonest := (ready := work.ready[work.heads, columns]).min(axis=0)) < FAR).any():
        next_job = np.minimum(job, last), columns
        arrival = np.where(job <= last, arrivals[next_job], FAR)
        now = opened(post.shut, np.maximum(np.maximum(now, servers.free[0]), np.minimum(soonest, arrival)))
        can_start = (ready <= now) & (ready < FAR)
        queue = can_start.argmax(axis=0), columns
        first = work.heads[queue], columns
        precedence = np.where(can_start[queue], work.precedence[queue[0]], np.iinfo(np.int64).max)
        is_before = (post.desk.background_precedence < precedence) | (
            (post.desk.background_precedence == precedence) & (arrival < ready[queue])
        )
        is_job = is_left & (arrival <= now) & (arrival < FAR) & is_before  # at a desk that is shut for good, now is FAR
        is_work = is_left & ~is_job
        started[work.order[first][is_work], columns[is_work]] = now[is_work]
        work.heads[queue] += is_work
        end = now + np.where(is_job, holds[next_job], work.hold[first])
        if post.away is not None:
            end += np.where(within(post.away, now), np.where(is_job, calls[next_job], work.on_call[first]), 0)
        servers.work(end)
        job += is_job
    return started


def _jobs(jobs: Jobs | None, n: int) -> tuple[Times, Times, Times]:
    """Arrival, hold and call of background work, (job, replication); without any, of a job that never comes."""
    if jobs is None or not jobs.arrival.size:
        return np.full((1, n), FAR), np.zeros((1, n), np.int64), np.zeros((1, n), np.int64)
    return jobs.arrival.T, jobs.hold.T, jobs.on_call.T
