"""When each centre has done its part of the report of one launch, and when it arrives: medians over replications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.branch import delivering
from sim.draws.nouns import Times
from sim.engines.contract import NEVER, Paths
from sim.model.scenario import Arm
from sim.say.whose import SENDERS, city

NOWHERE = ""  # of stages without a centre


@dataclass(frozen=True)
class Stop:
    """A centre with stages on the delivering branch: the median time, from launch, at which the last of them ended.

    `n` is in how many replications it lay on that branch.
    """

    centre: str
    p50_us: float
    n: int


@dataclass(frozen=True)
class Route:
    """The way of one arm's report: its median alert latency (nan if none arrives), and its stops in order of time.

    `n_unplaced` is in how many replications a stage without a centre lay on the delivering branch; `origin` and
    `goal` are the capitals between which it goes.
    """

    arm: str
    p50_us: float
    n_alerts: int
    n: int
    stops: tuple[Stop, ...]
    n_unplaced: int = 0
    origin: str = "seoul"
    goal: str = "tokyo"

    @property
    def usual(self) -> tuple[Stop, ...]:
        """The stops that most reports make."""
        return tuple(stop for stop in self.stops if 2 * stop.n > self.n_alerts)

    @property
    def is_from_origin(self) -> bool:
        """Whether most reports come by their origin, or by stages of which nobody has said where they are."""
        return any(stop.centre == self.origin for stop in self.usual) or 2 * self.n_unplaced > self.n_alerts

    @property
    def onward(self) -> tuple[Stop, ...]:
        """The usual stops from its origin on; all of them if it is not among them."""
        start = next((number for number, stop in enumerate(self.usual) if stop.centre == self.origin), 0)
        return self.usual[start:]


def done_at(arm: Arm, paths: Paths, launch: int) -> dict[str, Times]:
    """By centre, from launch, when its last stage on the delivering branch ended; int64 (replication,), or `NEVER`.

    Those of stages without a centre stand under `NOWHERE`.
    """
    on = delivering(paths)[:, launch]
    found: dict[str, Times] = {}
    for node, step in paths.network.stages:
        centre = arm.stages[step.stage].at or NOWHERE
        ended = np.where(on[:, node], paths.ended[:, launch, node] - paths.launch[:, launch], NEVER)
        found[centre] = np.maximum(found[centre], ended) if centre in found else ended
    return found


def route(arm: Arm, latency: Times, done: Sequence[Mapping[str, Times]]) -> Route:
    """The medians, from latencies (replication,) and from what `done_at` gave of block after block."""
    came = latency[latency != NEVER]
    stops = []
    for centre in done[0]:
        every = np.concatenate([block[centre] for block in done])
        times = every[every != NEVER]
        if len(times):
            stops.append(Stop(centre, float(np.median(times)), len(times)))
    placed = sorted((stop for stop in stops if stop.centre != NOWHERE), key=lambda stop: stop.p50_us)
    n_unplaced = sum(stop.n for stop in stops if stop.centre == NOWHERE)
    p50_us = float(np.median(came)) if len(came) else float("nan")
    goal = city(arm)
    return Route(
        arm.name, p50_us, len(came), len(latency), tuple(placed), n_unplaced, SENDERS[goal].lower(), goal.lower()
    )
