"""All variates of a block of replications, as the tables an engine reads.

Everything an arm adds beyond delays (losses, refusals, gaps, background work) becomes table
contents here. A column depends on its meaning alone, so arms and settings share it; a `Block` keeps
those already made.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.draws import background, closing, outages, sights
from sim.draws.block import Block
from sim.draws.nouns import Draws, Flags, Periods, Times
from sim.draws.periods import together
from sim.draws.streams import Floats, Key, Purpose, Source
from sim.model.calendar import Channel
from sim.model.flow import Step
from sim.model.launch import LaunchEntry
from sim.model.network import NONE, Network
from sim.model.ranges import Number, Setting, distinct, extremes, settle
from sim.model.scenario import Arm, Scenario, stage_numbers
from sim.model.stage import Desk, Stage
from sim.units import LONGEST_US

Entry = TypeVar("Entry", bound=np.generic)

LATEST_LAUNCH_US = 100 * LONGEST_US  # a century on, no sum of times leaves 64 bits


def launch_keys(scenario: Scenario) -> tuple[Key, ...]:
    """What tells the draws of one launch from those of another."""
    return tuple((entry.name, number) for entry, number in scenario.launch_keys())


def draw(block: Block, arm: Arm, network: Network, *settings: Setting) -> Draws:
    """The tables of one arm in some settings: replications of one after those of another, as if all were of one.

    Columns of replications lie together in memory.
    """
    keys = launch_keys(block.scenario)
    launch = launch_times(block, settings)
    horizon = launch.max(axis=0) + block.scenario.horizon_us
    last_us = int(horizon.max())
    shape = (network.n_nodes, *launch.shape)
    hold, refused = np.empty(shape, np.int64), np.zeros(shape, np.bool_)
    hold[[node.step is None for node in network.nodes]] = 0
    waits = any(_waits(arm.stages[step.stage]) for _, step in network.stages)
    earliest = np.zeros(shape, np.int64) if waits else _zeros(shape)
    for node, step in network.stages:
        stage = arm.stages[step.stage]
        apart, which = distinct(settings, stage_numbers(stage))
        times, is_refused = stage_columns(block, stage, step, keys, apart)
        least = 0 if network.nodes[node].desk == NONE else 1
        if len(apart) == len(settings):  # then each is like itself
            np.maximum(times, least, out=hold[node])
        else:
            np.take(np.maximum(times, least), which, axis=1, out=hold[node], mode="clip")
        if is_refused is not None:
            refused[node] = is_refused[:, which]
        if _waits(stage):
            ready, is_silent = _seen(block, stage, settings, launch, last_us)
            earliest[node] = ready
            np.copyto(hold[node], 0, where=is_silent)
            refused[node] |= is_silent
    jobs = tuple(background.jobs(block, arm, network, settings, horizon))
    hours = [_hours(block, arm.desks[desk.name], settings, last_us) for desk in network.desks]
    return Draws(
        launch=_flat(launch),
        hold=_flat(hold),
        refused=_flat(refused),
        earliest=_flat(earliest),
        horizon=horizon.ravel(),
        jobs=jobs,
        closed=tuple(_closed(block, arm.channels[name], settings, last_us) for name in network.channels),
        shut=tuple(one.shut for one in hours),
        away=tuple(one.away for one in hours),
        on_call=_on_call(block, arm, network, settings, hours),
    )


def _waits(stage: Stage) -> bool:
    """Whether it may not be ready when its turn comes, or tells nothing."""
    return bool(stage.earliest) or stage.is_source


@lru_cache(4)
def _zeros(shape: tuple[int, ...]) -> Times:
    """Zeros that nobody writes to, as to make them anew takes as long as a step of all replications.

    They look as others do: for what is locked loops would be compiled once more.
    """
    return np.zeros(shape, np.int64)


def _seen(block: Block, stage: Stage, settings: Sequence[Setting], launch: Times, last_us: int) -> tuple[Times, Flags]:
    """When a stage is ready at the soonest, and where it tells nothing, (launch, setting, replication or 1 for all)."""
    sensor = stage.sensor
    if sensor is not None and sensor.outages is not None:
        until_us = last_us + int(max(extremes(sensor.in_sight_us)))  # what it begins to see it must go on seeing
        down = outages.down(block, "sensor", stage.name, sensor.outages, settings, 0, until_us)
        if down is not None:
            return sights.while_up(block.scenario, stage, settings, launch, down)
    apart, which = distinct(settings, stage_numbers(stage))
    ready, is_silent = sights.earliest(block.scenario, stage, apart)
    return ready[:, which, None], is_silent[:, which, None]


def _closed(block: Block, channel: Channel, settings: Sequence[Setting], last_us: int) -> Periods | None:
    """When no stage may use a channel: closed by its dates, or down."""
    by_date = closing.closed(block.scenario, channel, last_us)
    down = outages.down(block, "channel", channel.name, channel.outages, settings, 0, last_us)
    return together(by_date, down and Periods(down.start[None], down.end[None]))


class _Hours(NamedTuple):
    """When a desk begins no work, and when whoever begins it has to be called."""

    shut: Periods | None
    away: Periods | None


def _hours(block: Block, desk: Desk, settings: Sequence[Setting], last_us: int) -> _Hours:
    first_us = -desk.background.warm_up_us if desk.background else 0
    down = outages.down(block, "desk", desk.name, desk.outages, settings, first_us, last_us)
    if desk.hours is None:
        return _Hours(down, None)
    unstaffed = closing.unstaffed(block.scenario, desk.hours, first_us, last_us)
    return _Hours(together(unstaffed, down), None) if desk.on_call is None else _Hours(down, unstaffed)


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
