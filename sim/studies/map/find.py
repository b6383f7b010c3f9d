"""The routes of arms, simulated at the typical setting with their paths."""

from __future__ import annotations

import numpy as np

from sim.draws.table import Block, draw
from sim.experiment.engines import Engine, EngineName, engine_of
from sim.experiment.simulate import World, check, slice_size
from sim.model.network import compile_network
from sim.model.ranges import TYPICAL
from sim.model.scenario import Arm, Scenario
from sim.studies.map.routes import Route, done_at, route


def typical_routes(scenario: Scenario, launch: int, n: int, name: EngineName = "reference") -> tuple[Route, ...]:
    """The route of every arm for one launch, by its place, over the first ``n`` replications."""
    engine = engine_of(name)
    check(scenario, engine)
    return tuple(_typical_route(scenario, arm, launch, n, engine) for arm in scenario.arms)


def _typical_route(scenario: Scenario, arm: Arm, launch: int, n: int, engine: Engine) -> Route:
    network = compile_network(arm)
    runner = engine.prepare(network)
    size = slice_size([[World(arm, TYPICAL, network, runner)]], len(scenario.launch_keys()))
    latency, done = [], []
    for start in range(0, n, size):
        block = Block(scenario, start, min(start + size, n), engine.maker)
        paths = runner.paths(draw(block, arm, network, TYPICAL))
        latency.append(paths.latency[:, launch])
        done.append(done_at(arm, paths, launch))
    return route(arm, np.concatenate(latency), done)
