"""All variates of a block of replications, as the tables an engine reads.

Everything an arm adds beyond delays (losses, refusals, gaps, background work) becomes table
contents here. A uniform depends on its meaning alone, so arms and settings share them; `Block`
keeps those already made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.draws.nouns import Draws, Flags, Jobs, Times
from sim.draws.quantiles import quantile
from sim.draws.streams import Floats, Purpose, Source, uniforms
from sim.model.flow import Step
from sim.model.ranges import Setting, settle
from sim.model.scenario import Arm, Background, LaunchEntry, Scenario, Stage
from sim.network import NONE, Network
from sim.units import LONGEST_US


@dataclass(frozen=True)
class Block:
    """Replications ``start`` to ``stop`` (excluded) of a scenario, and the uniforms already made for them."""

    scenario: Scenario
    start: int
    stop: int
    made: dict[tuple[Source, str, int], Floats] = field(default_factory=dict)

    @property
    def n_replications(self) -> int:
        return self.stop - self.start

    def uniforms(self, source: Source, launch: str, number: int) -> Floats:
        """One column: a uniform for each replication."""
        key = (source, launch, number)
        if key not in self.made:
            self.made[key] = uniforms(self.scenario.seed, source, launch, number, self.start, self.stop)
        return self.made[key]


def whole(us: Floats) -> Times:
    """Whole microseconds, half to even; what exceeds any horizon is cut there."""
    return np.rint(np.clip(us, 0, LONGEST_US)).astype(np.int64)


def draw(block: Block, arm: Arm, network: Network, setting: Setting) -> Draws:
    """The tables of one arm in one setting."""
    scenario = block.scenario
    launches = scenario.launch_keys()
    launch = launch_times(block, setting)
    shape = (block.n_replications, len(launches), network.n_nodes)
    hold, refused = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
    for node, step in network.stages:
        stage = arm.stages[step.stage]
        least = 0 if network.nodes[node].desk == NONE else 1
        for position, (entry, number) in enumerate(launches):
            times, is_refused = stage_column(block, stage, step, entry.name, number, setting)
            hold[:, position, node] = np.maximum(times, least)
            refused[:, position, node] = is_refused
    horizon = launch.max(axis=1) + scenario.horizon_us
    return Draws(launch, hold, refused, horizon, tuple(_jobs(block, arm, network, setting, horizon)))


def stage_column(
    block: Block, stage: Stage, step: Step, launch: str, number: int, setting: Setting
) -> tuple[Times, Flags]:
    """Hold and refusal of one stage for one launch, over replications (rule 8)."""

    def column(purpose: Purpose) -> Floats:
        return block.uniforms(Source(step.stage, purpose, step.label), launch, number)

    hold = whole(quantile(stage.delay.at(setting), column("delay")))
    refused = np.zeros(hold.shape, np.bool_)
    if stage.refusal:
        refused = column("refusal") < settle(stage.refusal.probability, setting)
    if stage.loss:
        retry = int(settle(stage.loss.retry_after, setting))
        probability = settle(stage.loss.probability, setting)
        n_lost = lost_attempts(column("loss"), probability, stage.loss.attempts)
        is_lost = n_lost == stage.loss.attempts
        hold = np.where(is_lost, n_lost * retry, n_lost * retry + hold)
        refused |= is_lost
    return hold, refused


def lost_attempts(u: Floats, probability: float, attempts: int) -> NDArray[np.int64]:
    """How many attempts are lost, ``attempts`` if all are: #{j >= 1: u < p**j}, cut there."""
    lost = np.zeros(u.shape, np.int64)
    power = probability
    for _ in range(attempts):
        is_lost = u < power
        if not is_lost.any():
            break
        lost += is_lost
        power *= probability
    return lost


def launch_times(block: Block, setting: Setting) -> Times:
    """When each launch happens, int64 (replication, launch); time 0 is the first entry's schedule."""
    columns = [column for entry in block.scenario.launches for column in _entry_times(block, entry, setting)]
    return np.stack(columns, axis=1)


def _entry_times(block: Block, entry: LaunchEntry, setting: Setting) -> Iterator[Times]:
    time = np.full(block.n_replications, entry.at_us, np.int64)
    if entry.offsets_us:
        yield from (time + offset for offset in entry.offsets_us)
        return
    for number in range(entry.count):
        if number and entry.gap:
            u = block.uniforms(Source(entry.name, "gap"), entry.name, number)
            time = time + whole(quantile(entry.gap.at(setting), u))
        yield time


def _jobs(block: Block, arm: Arm, network: Network, setting: Setting, horizon: Times) -> Iterator[Jobs | None]:
    for desk in network.desks:
        background = arm.desks[desk.name].background
        yield _background(block, desk.name, background, setting, horizon) if background else None


def _background(block: Block, desk: str, background: Background, setting: Setting, horizon: Times) -> Jobs:
    """Jobs from -warm_up until every replication's horizon is passed."""
    interarrival, service = background.interarrival.at(setting), background.service.at(setting)
    time = np.full(block.n_replications, -background.warm_up_us, np.int64)
    arrivals: list[Times] = []
    holds: list[Times] = []
    while (time <= horizon).any():
        number = len(arrivals)
        time = time + np.maximum(
            whole(quantile(interarrival, block.uniforms(Source(desk, "interarrival"), "", number))), 1
        )
        arrivals.append(time)
        holds.append(np.maximum(whole(quantile(service, block.uniforms(Source(desk, "service"), "", number))), 1))
    return Jobs(np.stack(arrivals, axis=1), np.stack(holds, axis=1))
