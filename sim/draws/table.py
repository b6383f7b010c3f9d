"""All variates of a block of replications, as the tables an engine reads.

Everything an arm adds beyond delays (losses, refusals, gaps, background work) becomes table
contents here. A column depends on its meaning alone, so arms and settings share it; `Block` keeps
those already made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.draws import sights
from sim.draws.columns import PLAIN, Key, Maker
from sim.draws.designs import Points, points_of, sobol
from sim.draws.nouns import Draws, Flags, Jobs, Times
from sim.draws.streams import Floats, Purpose, Source
from sim.model.distributions import Constant, Distribution
from sim.model.flow import Step
from sim.model.launch import LaunchEntry
from sim.model.network import NONE, Network
from sim.model.ranges import Setting, settle
from sim.model.scenario import Arm, Scenario
from sim.model.stage import Background, Stage
from sim.units import LONGEST_US

JOBS_AT_ONCE = 64
LATEST_LAUNCH_US = 100 * LONGEST_US  # a century on, no sum of times leaves 64 bits


@dataclass(frozen=True)
class Block:
    """Replications ``start`` to ``stop`` (excluded) of a scenario, and the columns already made for them."""

    scenario: Scenario
    start: int
    stop: int
    maker: Maker = PLAIN
    made: dict[object, Times] = field(default_factory=dict)

    @property
    def n_replications(self) -> int:
        return self.stop - self.start

    def uniforms(self, source: Source, keys: tuple[Key, ...]) -> Floats:
        """Uniforms of a source, float64 (key, replication)."""
        if self.scenario.draws == "sobol":
            return sobol(self.maker, self.points, source, keys, self.start, self.stop)
        return self.maker.uniforms(self.scenario.seed, source, keys, self.start, self.stop)

    def times(self, source: Source, distribution: Distribution, keys: tuple[Key, ...]) -> Times:
        """Whole microseconds of a distribution, int64 (key, replication); made once for all arms and settings."""
        meaning = (source, distribution, keys)
        if meaning not in self.made:
            self.made[meaning] = self._times(source, distribution, keys)
        return self.made[meaning]

    def _times(self, source: Source, distribution: Distribution, keys: tuple[Key, ...]) -> Times:
        if self.scenario.draws == "philox" or isinstance(distribution, Constant):  # at once, which is faster
            return self.maker.times(self.scenario.seed, source, distribution, keys, self.start, self.stop)
        return self.maker.quantiles(distribution, self.uniforms(source, keys))

    @cached_property
    def points(self) -> Points:
        """The Sobol points of the scenario."""
        return points_of(self.scenario)


def launch_keys(scenario: Scenario) -> tuple[Key, ...]:
    """What tells the draws of one launch from those of another."""
    return tuple((entry.name, number) for entry, number in scenario.launch_keys())


def draw(block: Block, arm: Arm, network: Network, setting: Setting) -> Draws:
    """The tables of one arm in one setting; columns of replications lie together in memory."""
    keys = launch_keys(block.scenario)
    launch = launch_times(block, setting)
    shape = (network.n_nodes, len(keys), block.n_replications)
    hold, refused = np.empty(shape, np.int64), np.zeros(shape, np.bool_)
    hold[[node for node, kind in enumerate(network.nodes) if kind.step is None]] = 0
    earliest = np.zeros(shape[:2], np.int64)
    for node, step in network.stages:
        stage = arm.stages[step.stage]
        times, is_refused = stage_columns(block, stage, step, keys, setting)
        np.maximum(times, 0 if network.nodes[node].desk == NONE else 1, out=hold[node])
        if is_refused is not None:
            refused[node] = is_refused
        if stage.earliest or stage.is_source:
            earliest[node], is_silent = sights.earliest(block.scenario, stage, setting)
            hold[node, is_silent], refused[node, is_silent] = 0, True
    horizon = launch.max(axis=1) + block.scenario.horizon_us
    return Draws(launch, hold.T, refused.T, earliest.T, horizon, tuple(_jobs(block, arm, network, setting, horizon)))


def stage_columns(
    block: Block, stage: Stage, step: Step, keys: tuple[Key, ...], setting: Setting
) -> tuple[Times, Flags | None]:
    """Hold and refusal of one stage, (launch, replication), rule 8; None if nothing can refuse it."""

    def source(purpose: Purpose) -> Source:
        return Source(step.stage, purpose, step.label)

    hold = block.times(source("delay"), stage.delay.at(setting), keys)
    refused = None
    if stage.refusal:
        refused = block.uniforms(source("refusal"), keys) < settle(stage.refusal.probability, setting)
        refused &= ~sights.is_told(block.scenario, stage)[:, None]
    if stage.loss:
        retry = int(settle(stage.loss.retry_after, setting))
        probability = settle(stage.loss.probability, setting)
        n_lost = lost_attempts(block.uniforms(source("loss"), keys), probability, stage.loss.attempts)
        is_lost = n_lost == stage.loss.attempts
        hold = np.where(is_lost, n_lost * retry, n_lost * retry + hold)
        refused = is_lost if refused is None else refused | is_lost
        hold = np.minimum(hold, LONGEST_US)
    return hold, refused


def lost_attempts(u: Floats, probability: float, attempts: int) -> NDArray[np.int64]:
    """How many attempts are lost, ``attempts`` if all are: #{j >= 1: u < p**j}, cut there."""
    lost = np.zeros(u.shape, np.int64)
    power, left = probability, np.flatnonzero(u < probability)
    for _ in range(attempts):
        if not len(left):
            break
        lost.flat[left] += 1
        power *= probability
        left = left[u.flat[left] < power]
    return lost


def launch_times(block: Block, setting: Setting) -> Times:
    """When each launch happens, int64 (replication, launch); time 0 is the first entry's schedule."""
    columns = [_entry_times(block, entry, setting) for entry in block.scenario.launches]
    return np.concatenate(columns).T


def _entry_times(block: Block, entry: LaunchEntry, setting: Setting) -> Times:
    """The launches of one entry, int64 (launch, replication)."""
    times = np.full((entry.count, block.n_replications), entry.at_us, np.int64)
    if entry.offsets_us:
        return times + np.array(entry.offsets_us, np.int64)[:, None]
    if entry.gap and entry.count > 1:
        keys = tuple((entry.name, number) for number in range(1, entry.count))
        gaps = block.times(Source(entry.name, "gap"), entry.gap.at(setting), keys)
        for number, gap in enumerate(gaps, start=1):  # row by row: NumPy's cumsum goes down the columns
            np.minimum(times[number - 1] + gap, LATEST_LAUNCH_US, out=times[number])
    return times


def _jobs(block: Block, arm: Arm, network: Network, setting: Setting, horizon: Times) -> Iterator[Jobs | None]:
    for desk in network.desks:
        background = arm.desks[desk.name].background
        yield _background(block, desk.name, background, setting, horizon) if background else None


def _background(block: Block, desk: str, background: Background, setting: Setting, horizon: Times) -> Jobs:
    """Jobs from -warm_up until every replication's horizon is passed."""
    interarrival, service = background.interarrival.at(setting), background.service.at(setting)
    arrivals: list[Times] = []
    holds: list[Times] = []
    last = np.full(block.n_replications, -background.warm_up_us, np.int64)
    while (last <= horizon).any():
        keys = tuple(("", len(arrivals) * JOBS_AT_ONCE + number) for number in range(JOBS_AT_ONCE))
        between = np.maximum(block.times(Source(desk, "interarrival"), interarrival, keys), 1)
        arrivals.append(np.cumsum(between, axis=0) + last)
        holds.append(np.maximum(block.times(Source(desk, "service"), service, keys), 1))
        last = arrivals[-1][-1]
    arrival, hold = (np.concatenate(times) for times in (arrivals, holds))
    n_needed = int((arrival <= horizon).any(axis=1).sum()) + 1
    return Jobs(arrival[:n_needed].T, hold[:n_needed].T)
