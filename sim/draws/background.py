"""Other work of desks: jobs that arrive before and beside the reports, more of them in a surge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sim.draws.block import Block
from sim.draws.nouns import Jobs, Times
from sim.draws.streams import Floats, Source
from sim.errors import SimError
from sim.model.network import Network
from sim.model.ranges import Setting, settle
from sim.model.scenario import Arm
from sim.model.stage import Background, Desk, Surge

JOBS_AT_ONCE = 64
MOST_OF_ONE = 2_000_000  # jobs of a replication: a file may make half as many, by its mean
MOST_TOGETHER = 100_000_000  # jobs of all settings and replications that are drawn together
FARTHEST_US = 1 << 61  # past any horizon, and far enough from the end of 64 bits to be added to


def jobs(
    block: Block, arm: Arm, network: Network, settings: Sequence[Setting], horizon: Times
) -> Iterator[Jobs | None]:
    for desk in network.desks:
        known = arm.desks[desk.name]
        yield _background(block, known, known.background, settings, horizon) if known.background else None


def _background(block: Block, desk: Desk, background: Background, settings: Sequence[Setting], horizon: Times) -> Jobs:
    """Jobs from -warm_up until the horizon, (setting, replication), is passed everywhere."""
    call = desk.on_call
    interarrivals, services = (
        [delay.at(setting) for setting in settings] for delay in (background.interarrival, background.service)
    )
    arrivals: list[Times] = []
    holds: list[Times] = []
    calls: list[Times] = []
    last, surge = np.full(horizon.shape, -background.warm_up_us, np.int64), background.surge
    while (in_surge(surge, last, settings) <= horizon).any():
        n = len(arrivals) * JOBS_AT_ONCE
        _check(desk, n, n * horizon.size)
        keys = tuple(("", n + number) for number in range(JOBS_AT_ONCE))
        between = np.maximum(block.times(Source(desk.name, "interarrival"), interarrivals, keys), 1)
        arrivals.append(np.cumsum(between, axis=0) + last)
        holds.append(np.maximum(block.times(Source(desk.name, "service"), services, keys), 1))
        if call is not None:
            calls.append(block.times(Source(desk.name, "on_call"), [call.at(setting) for setting in settings], keys))
        last = arrivals[-1][-1]
    arrivals = [in_surge(surge, times, settings) for times in arrivals]
    arrival, hold = (np.concatenate(times).reshape(-1, horizon.size) for times in (arrivals, holds))
    on_call = np.concatenate(calls).reshape(hold.shape) if calls else np.broadcast_to(np.int64(0), hold.shape)
    n_needed = int((arrival <= horizon.ravel()).any(axis=1).sum()) + 1
    return Jobs(arrival[:n_needed].T, hold[:n_needed].T, on_call[:n_needed].T)


def _check(desk: Desk, n_of_one: int, n_together: int) -> None:
    """Refuse what does not end: where most gaps are next to nothing there is far more work than their mean tells."""
    if n_of_one > MOST_OF_ONE or n_together > MOST_TOGETHER:
        raise SimError(
            f"desk {desk.name}: other work is more than {MOST_OF_ONE:,} jobs in a replication, or {MOST_TOGETHER:,} in "
            "those that run together — lengthen interarrival, or narrow its spread"
        )


def in_surge(surge: Surge | None, arrivals: Times, settings: Sequence[Setting]) -> Times:
    """When jobs arrive of which a surge brings so many times as many, int64 (…, setting, replication).

    Within the surge time goes so many times as fast for what is drawn without one (a change of time: Cinlar,
    Introduction to Stochastic Processes, 1975): a job is the same job, and comes sooner.
    """
    if surge is None:
        return arrivals
    fold = np.array([[settle(surge.times, setting)] for setting in settings], np.float64)
    began = _whole(np.maximum(arrivals - surge.start_us, 0) / fold)
    found = np.where(arrivals < surge.start_us, arrivals, surge.start_us + began)
    if surge.until_us is None:
        return found
    spared = _whole((surge.until_us - surge.start_us) * (fold - 1))  # less than 0 where fewer come
    return np.where(arrivals - spared < surge.until_us, found, arrivals - spared)


def _whole(us: Floats) -> Times:
    """Whole microseconds, as far as 64 bits go."""
    return np.rint(np.clip(us, -FARTHEST_US, FARTHEST_US)).astype(np.int64)
