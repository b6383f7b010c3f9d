"""Whose time a launch takes: what every step that began held its centre, delivering or not, and how its desks stood.

Work is the hold of a step that began and ended, with the time-outs of its lost attempts, whether or not it is at a
desk; waits are not work. Nothing is cancelled (rule 5), so what comes too late to count is work as well. Background of
desks is none of it. All sums are exact whole numbers, and those of blocks add up to those of the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from sim.analysis.intervals import RatioSums, ratio_sums
from sim.draws.nouns import Times
from sim.engines.contract import NEVER, Paths, State
from sim.model.scenario import Arm

NOWHERE = ""  # in place of a centre, of steps that name none


@dataclass(frozen=True)
class DeskSums:
    """How a desk stood, over replications; microseconds.

    n, wait_us, hold_us : what it began and ended for launches, how long that had waited, and how long it took
    offered_us : its servers' time from the first launch to the end of that
    longest : the longest queues of all replications, added up, of which the longest had ``most`` in it
    """

    n: int
    wait_us: int
    hold_us: int
    offered_us: int
    longest: int
    most: int

    def __add__(self, other: DeskSums) -> DeskSums:
        sums = {name: mine + getattr(other, name) for name, mine in vars(self).items()}
        return DeskSums(**{**sums, "most": max(self.most, other.most)})


@dataclass(frozen=True)
class WorkSums:
    """Work by centre, its unit a replication with its launches; of it what is done at desks; how each desk stood."""

    by_centre: Mapping[str, RatioSums] = field(default_factory=dict)
    at_desks_us: Mapping[str, int] = field(default_factory=dict)
    desks: Mapping[str, DeskSums] = field(default_factory=dict)

    def __add__(self, other: WorkSums) -> WorkSums:
        return WorkSums(
            _added(self.by_centre, other.by_centre),
            _added(self.at_desks_us, other.at_desks_us),
            _added(self.desks, other.desks),
        )


NO_WORK = WorkSums()
Term = TypeVar("Term", RatioSums, DeskSums, int)


def _added(a: Mapping[str, Term], b: Mapping[str, Term]) -> dict[str, Term]:
    return {**a, **{name: a[name] + term if name in a else term for name, term in b.items()}}


def centres_of(arm: Arm) -> tuple[str, ...]:
    """The centres at which an arm has steps, in order of first use."""
    return tuple(dict.fromkeys(centre_of(arm, stage) for stage in arm.used_stages()))


def centre_of(arm: Arm, stage: str) -> str:
    """Where a step is done: where its desk stands, or where it says."""
    found = arm.stages[stage]
    at = found.at if found.desk is None else arm.desks[found.desk].at
    return at or NOWHERE


def work_by_centre(arm: Arm, paths: Paths) -> dict[str, Times]:
    """By centre, what is worked there in each replication over its launches, int64 (replication,), microseconds."""
    held = held_us(paths).sum(axis=1)
    found = {centre: np.zeros(len(held), np.int64) for centre in centres_of(arm)}
    for number, step in paths.network.stages:
        found[centre_of(arm, step.stage)] += held[:, number]
    return found


def held_us(paths: Paths) -> Times:
    """How long each node that is a stage was held, int64 (replication, launch, node); 0 unless it began and ended."""
    is_stage = np.zeros(paths.network.n_nodes, np.bool_)
    is_stage[[number for number, _ in paths.network.stages]] = True
    has_been = is_stage & (paths.started != NEVER) & (paths.ended != NEVER)
    return np.where(has_been, paths.ended - paths.started, 0)


def work_sums(arm: Arm, paths: Paths) -> WorkSums:
    """The work of a block of replications, each a unit of its own."""
    n_replications, n_launches = paths.launch.shape
    counts = np.full(n_replications, n_launches)
    work = {centre: ratio_sums(totals, counts) for centre, totals in work_by_centre(arm, paths).items()}
    desks = {desk.name: _desk_sums(paths, number) for number, desk in enumerate(paths.network.desks)}
    at_desks: dict[str, int] = {}
    for name, sums in desks.items():
        centre = arm.desks[name].at or NOWHERE
        at_desks[centre] = at_desks.get(centre, 0) + sums.hold_us
    return WorkSums(work, at_desks, desks)


def _desk_sums(paths: Paths, number: int) -> DeskSums:
    mine = [n for n, node in enumerate(paths.network.nodes) if node.desk == number]
    queued, started, ended = (
        table[:, :, mine].reshape(len(paths.launch), -1) for table in (paths.queued, paths.started, paths.ended)
    )
    is_turned_away = (started == NEVER) & (paths.state[:, :, mine].reshape(queued.shape) == State.REFUSED)
    has_been = (started != NEVER) & (ended != NEVER)
    last = np.where(has_been, ended, NEVER).max(axis=1)
    spans = np.where(last == NEVER, 0, last - paths.launch.min(axis=1))
    longest = longest_queues(np.where(is_turned_away, NEVER, queued), started)
    return DeskSums(
        n=int(has_been.sum()),
        wait_us=int(np.where(has_been, started - queued, 0).sum()),
        hold_us=int(np.where(has_been, ended - started, 0).sum()),
        offered_us=paths.network.desks[number].capacity * int(spans.sum()),
        longest=int(longest.sum()),
        most=int(longest.max(initial=0)),
    )


def longest_queues(queued: Times, started: Times) -> Times:
    """The longest queue of each replication, int64 (replication,), of work by replication, (replication, work).

    `NEVER` is when what did not come was queued, and what was not begun started. The queue had m in it if the m-th
    arrival before some arrival, itself counted, was begun after it: whichever is begun first, since only their number
    counts, arrivals and beginnings may each be put in order.
    """
    never = np.iinfo(np.int64).max
    came = np.sort(np.where(queued == NEVER, never, queued), axis=1)
    begun = np.sort(np.where((started == NEVER) | (queued == NEVER), never, started), axis=1)
    longest = np.zeros(len(came), np.int64)
    for length in range(1, came.shape[1] + 1):
        arrivals, others = came[:, length - 1 :], begun[:, : came.shape[1] - length + 1]
        has_it = ((arrivals != never) & (others > arrivals)).any(axis=1)
        if not has_it.any():
            break
        longest += has_it
    return longest
