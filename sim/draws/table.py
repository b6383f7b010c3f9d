"""All variates of a block of replications, as the tables an engine reads.

Everything an arm adds beyond delays (losses, refusals, gaps, background work) becomes table
contents here. A column depends on its meaning alone, so arms and settings share it; `Block` keeps
those already made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.draws import closing, sights
from sim.draws.columns import PLAIN, Maker
from sim.draws.designs import Points, points_of, sobol
from sim.draws.nouns import Draws, Flags, Jobs, Periods, Times
from sim.draws.streams import Floats, Key, Purpose, Source
from sim.model.distributions import Constant, Distribution
from sim.model.flow import Step
from sim.model.launch import LaunchEntry
from sim.model.network import NONE, Network
from sim.model.ranges import Number, Setting, distinct, settle
from sim.model.scenario import Arm, Scenario, stage_numbers
from sim.model.stage import Background, Desk, Stage
from sim.units import LONGEST_US

Entry = TypeVar("Entry", bound=np.generic)
Columns = NDArray[Any]  # uniforms or times, (key, replication)

JOBS_AT_ONCE = 64
LATEST_LAUNCH_US = 100 * LONGEST_US  # a century on, no sum of times leaves 64 bits


@dataclass(frozen=True)
class Block:
    """Replications ``start`` to ``stop`` (excluded) of a scenario, and the columns already made for them."""

    scenario: Scenario
    start: int
    stop: int
    maker: Maker = PLAIN
    made: dict[object, Columns] = field(default_factory=dict)  # a seed's, of these replications and others

    @property
    def n_replications(self) -> int:
        return self.stop - self.start

    def uniforms(self, source: Source, keys: tuple[Key, ...]) -> Floats:
        """Uniforms of a source, float64 (key, replication)."""
        meaning = (self.start, self.stop, source, keys)
        if meaning not in self.made:
            self.made[meaning] = self._uniforms(source, keys)
        return self.made[meaning]

    def _uniforms(self, source: Source, keys: tuple[Key, ...]) -> Floats:
        if self.scenario.draws == "sobol":
            return sobol(self.maker, self.points, source, keys, self.start, self.stop)
        return self.maker.uniforms(self.scenario.seed, source, keys, self.start, self.stop)

    def times(self, source: Source, distributions: Sequence[Distribution], keys: tuple[Key, ...]) -> Times:
        """Whole microseconds, int64 (key, distribution, replication); each made once for all arms and settings."""
        meanings = [(self.start, self.stop, source, one, keys) for one in distributions]
        new = {meaning: one for meaning, one in zip(meanings, distributions, strict=True) if meaning not in self.made}
        if new:
            self.made.update(zip(new, self._times(source, tuple(new.values()), keys), strict=True))
        if len(meanings) == 1:
            return self.made[meanings[0]][:, None]  # no copy
        return np.stack([self.made[meaning] for meaning in meanings], axis=1)

    def _times(self, source: Source, distributions: tuple[Distribution, ...], keys: tuple[Key, ...]) -> Times:
        if self.scenario.draws == "philox" or all(isinstance(one, Constant) for one in distributions):
            return self.maker.times(self.scenario.seed, source, distributions, keys, self.start, self.stop)  # faster
        return self.maker.quantiles(distributions, self.uniforms(source, keys))

    @cached_property
    def points(self) -> Points:
        """The Sobol points of the scenario."""
        return points_of(self.scenario)


def launch_keys(scenario: Scenario) -> tuple[Key, ...]:
    """What tells the draws of one launch from those of another."""
    return tuple((entry.name, number) for entry, number in scenario.launch_keys())


def draw(block: Block, arm: Arm, network: Network, *settings: Setting) -> Draws:
    """The tables of one arm in some settings: replications of one after those of another, as if all were of one.

    Columns of replications lie together in memory.
    """
    keys = launch_keys(block.scenario)
    launch = launch_times(block, settings)
    shape = (network.n_nodes, *launch.shape)
    hold, earliest, refused = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
    for node, step in network.stages:
        stage = arm.stages[step.stage]
        apart, which = distinct(settings, stage_numbers(stage))
        times, is_refused = stage_columns(block, stage, step, keys, apart)
        if len(apart) == len(settings):  # then each is like itself
            hold[node] = times
        else:
            np.take(times, which, axis=1, out=hold[node], mode="clip")
        if network.nodes[node].desk != NONE:
            np.maximum(hold[node], 1, out=hold[node])
        if is_refused is not None:
            refused[node] = is_refused[:, which]
        if stage.earliest or stage.is_source:
            ready, is_silent = (found[:, which] for found in sights.earliest(block.scenario, stage, apart))
            earliest[node] = ready[:, :, None]
            hold[node, is_silent], refused[node, is_silent] = 0, True
    horizon = launch.max(axis=0) + block.scenario.horizon_us
    jobs = tuple(_jobs(block, arm, network, settings, horizon))
    last_us = int(horizon.max())
    hours = [_hours(block.scenario, arm.desks[desk.name], last_us) for desk in network.desks]
    return Draws(
        launch=_flat(launch),
        hold=_flat(hold),
        refused=_flat(refused),
        earliest=_flat(earliest),
        horizon=horizon.ravel(),
        jobs=jobs,
        closed=tuple(closing.closed(block.scenario, arm.channels[name], last_us) for name in network.channels),
        shut=tuple(one.shut for one in hours),
        away=tuple(one.away for one in hours),
        on_call=_on_call(block, arm, network, settings, hours),
    )


class _Hours(NamedTuple):
    """When a desk begins no work, and when whoever begins it has to be called."""

    shut: Periods | None
    away: Periods | None


def _hours(scenario: Scenario, desk: Desk, last_us: int) -> _Hours:
    if desk.hours is None:
        return _Hours(None, None)
    warm_up_us = desk.background.warm_up_us if desk.background else 0
    unstaffed = closing.unstaffed(scenario, desk.hours, -warm_up_us, last_us)
    return _Hours(unstaffed, None) if desk.on_call is None else _Hours(None, unstaffed)


def _on_call(block: Block, arm: Arm, network: Network, settings: Sequence[Setting], hours: Sequence[_Hours]) -> Times:
    """What being called adds to each stage, (setting and replication, launch, node); one 0 for all where nobody is."""
    keys = launch_keys(block.scenario)
    if not any(one.away for one in hours):
        return np.broadcast_to(np.int64(0), (len(settings) * block.n_replications, len(keys), network.n_nodes))
    on_call = np.zeros((network.n_nodes, len(keys), len(settings), block.n_replications), np.int64)
    for node, step in network.stages:
        number = network.nodes[node].desk
        delay = None if number == NONE else arm.desks[network.desks[number].name].on_call
        if delay is not None and hours[number].away:
            apart, which = distinct(settings, delay.numbers())
            source = Source(step.stage, "on_call", step.label)
            on_call[node] = block.times(source, [delay.at(setting) for setting in apart], keys)[:, which]
    return _flat(on_call)


def _flat(table: NDArray[Entry]) -> NDArray[Entry]:
    """(setting and replication, launch, …) of (…, launch, setting, replication)."""
    return table.reshape(*table.shape[:-2], -1).T


def stage_columns(
    block: Block, stage: Stage, step: Step, keys: tuple[Key, ...], settings: Sequence[Setting]
) -> tuple[Times, Flags | None]:
    """Hold and refusal of one stage, (launch, setting, replication), rule 8; None if nothing can refuse it."""

    def source(purpose: Purpose) -> Source:
        return Source(step.stage, purpose, step.label)

    def settled(number: Number) -> Floats:
        return np.array([[settle(number, setting)] for setting in settings], np.float64)

    hold = block.times(source("delay"), [stage.delay.at(setting) for setting in settings], keys)
    refused = None
    if stage.refusal:
        refused = block.uniforms(source("refusal"), keys)[:, None] < settled(stage.refusal.probability)
        refused &= ~sights.is_told(block.scenario, stage)[:, None, None]
        refused &= closing.refusing(block.scenario, stage.refusal)[:, None, None]
    if stage.loss:
        retry = settled(stage.loss.retry_after).astype(np.int64)
        u = block.uniforms(source("loss"), keys)[:, None]
        n_lost = lost_attempts(u, settled(stage.loss.probability), stage.loss.attempts)
        is_lost = n_lost == stage.loss.attempts
        hold = np.where(is_lost, n_lost * retry, n_lost * retry + hold)
        refused = is_lost if refused is None else refused | is_lost
        hold = np.minimum(hold, LONGEST_US)
    return hold, refused


def lost_attempts(u: Floats, probability: Floats, attempts: int) -> NDArray[np.int64]:
    """How many attempts are lost, ``attempts`` if all are: #{j >= 1: u < p**j}, cut there; for each of both."""
    is_lost = u < probability
    lost, left = is_lost.astype(np.int64), np.flatnonzero(is_lost)
    share, once = (np.broadcast_to(one, is_lost.shape).ravel()[left] for one in (u, probability))
    power = once
    for _ in range(attempts - 1):
        power = power * once
        again = np.flatnonzero(share < power)
        if not len(again):
            break
        left, share, once, power = left[again], share[again], once[again], power[again]
        lost.flat[left] += 1
    return lost


def launch_times(block: Block, settings: Sequence[Setting]) -> Times:
    """When each launch happens, int64 (launch, setting, replication); time 0 is the first entry's schedule."""
    return np.concatenate([_entry_times(block, entry, settings) for entry in block.scenario.launches])


def _entry_times(block: Block, entry: LaunchEntry, settings: Sequence[Setting]) -> Times:
    """The launches of one entry, int64 (launch, setting, replication)."""
    times = np.full((entry.count, len(settings), block.n_replications), entry.at_us, np.int64)
    if entry.offsets_us:
        return times + np.array(entry.offsets_us, np.int64)[:, None, None]
    if entry.gap and entry.count > 1:
        keys = tuple((entry.name, number) for number in range(1, entry.count))
        apart, which = distinct(settings, entry.gap.numbers())
        gaps = block.times(Source(entry.name, "gap"), [entry.gap.at(setting) for setting in apart], keys)
        for number, gap in enumerate(gaps, start=1):  # row by row: NumPy's cumsum goes down the columns
            np.minimum(times[number - 1] + gap[which], LATEST_LAUNCH_US, out=times[number])
    return times


def _jobs(
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
    last = np.full(horizon.shape, -background.warm_up_us, np.int64)
    while (last <= horizon).any():
        keys = tuple(("", len(arrivals) * JOBS_AT_ONCE + number) for number in range(JOBS_AT_ONCE))
        between = np.maximum(block.times(Source(desk.name, "interarrival"), interarrivals, keys), 1)
        arrivals.append(np.cumsum(between, axis=0) + last)
        holds.append(np.maximum(block.times(Source(desk.name, "service"), services, keys), 1))
        if call is not None:
            calls.append(block.times(Source(desk.name, "on_call"), [call.at(setting) for setting in settings], keys))
        last = arrivals[-1][-1]
    arrival, hold = (np.concatenate(times).reshape(-1, horizon.size) for times in (arrivals, holds))
    on_call = np.concatenate(calls).reshape(hold.shape) if calls else np.broadcast_to(np.int64(0), hold.shape)
    n_needed = int((arrival <= horizon.ravel()).any(axis=1).sum()) + 1
    return Jobs(arrival[:n_needed].T, hold[:n_needed].T, on_call[:n_needed].T)
