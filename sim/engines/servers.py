"""When a desk starts its work, a column of replications at a time: rules 7 and 10 of `sim.engines.contract`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.draws.nouns import Flags, Jobs, Times
from sim.engines.sorting import in_order
from sim.kernels.rows import FAR
from sim.model.network import DeskNode

MOST_SORTED = 64  # pieces of work that are sorted by exchanges; more take NumPy's sort, replication by replication
KEY_BITS = 62  # of a sort key: the time, and below it the number of the work
Places = NDArray[np.intp]


def served(desk: DeskNode, jobs: Jobs | None, ready: Times, hold: Times, precedences: Sequence[int]) -> Times:
    """When each piece of work starts, `FAR` or more where it never does.

    Parameters
    ----------
    ready, hold : int64 (work, replication); work is numbered as ties are served
    precedences : of each piece of work
    """
    if jobs is not None or len(set(precedences)) > 1:
        return _by_rank(desk, jobs, ready, hold, np.array(precedences))
    return _first_come(desk.capacity, ready, hold)


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


def _first_come(capacity: int, ready: Times, hold: Times) -> Times:
    """First come, first served."""
    n = ready.shape[1]
    arrived, places = _arrivals(ready)
    started, held, columns, servers = np.empty(ready.size, np.int64), hold.ravel(), np.arange(n), Servers(capacity, n)
    for time, place in zip(arrived, places, strict=True):
        at = place * n + columns
        start = np.maximum(time, servers.free[0])
        started[at] = start
        servers.work(start + held[at])
    return started.reshape(ready.shape)


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
class _Work:
    """Work in the order of its rank, (work, replication), and what of it still waits."""

    ready: Times
    hold: Times
    precedence: Times
    order: Places
    is_waiting: Flags


def _work(ready: Times, hold: Times, precedences: Times) -> _Work:
    """By precedence, then by being ready, then as numbered."""
    order = np.argsort(ready, axis=0, kind="stable")
    order = np.take_along_axis(order, np.argsort(precedences[order], axis=0, kind="stable"), axis=0)
    ranked, held = (np.take_along_axis(times, order, axis=0) for times in (ready, hold))
    return _Work(ranked, held, precedences[order], order, ranked < FAR)


def _by_rank(desk: DeskNode, jobs: Jobs | None, ready: Times, hold: Times, precedences: Times) -> Times:
    """Several precedences or background work: one piece after another in every replication, rule 10 at its moment."""
    n = ready.shape[1]
    work, servers, columns = _work(ready, hold, precedences), Servers(desk.capacity, n), np.arange(n)
    arrivals, holds = _jobs(jobs, n)
    last = len(arrivals) - 1
    started, now, job = np.full(ready.shape, FAR), np.full(n, -FAR), np.zeros(n, np.int64)
    while (is_left := work.is_waiting.any(axis=0)).any():
        next_job = np.minimum(job, last), columns
        arrival = np.where(job <= last, arrivals[next_job], FAR)
        soonest = np.where(work.is_waiting, work.ready, FAR).min(axis=0)
        now = np.maximum(np.maximum(now, servers.free[0]), np.minimum(soonest, arrival))
        can_start = work.is_waiting & (work.ready <= now)
        first = can_start.argmax(axis=0), columns
        precedence = np.where(can_start[first], work.precedence[first], np.iinfo(np.int64).max)
        is_before = (desk.background_precedence < precedence) | (
            (desk.background_precedence == precedence) & (arrival < work.ready[first])
        )
        is_job = is_left & (arrival <= now) & is_before
        is_work = is_left & ~is_job
        at = first[0][is_work], columns[is_work]
        started[work.order[at], at[1]] = now[is_work]
        work.is_waiting[at] = False
        servers.work(now + np.where(is_job, holds[next_job], work.hold[first]))
        job += is_job
    return started


def _jobs(jobs: Jobs | None, n: int) -> tuple[Times, Times]:
    """Arrival and hold of background work, (job, replication); without any, of a job that never comes."""
    if jobs is None or not jobs.arrival.size:
        return np.full((1, n), FAR), np.zeros((1, n), np.int64)
    return jobs.arrival.T, jobs.hold.T
