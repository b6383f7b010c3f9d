"""A launch, who sees it, and the ways of its report: geometry, and paths simulated at the typical setting."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from sim.analysis.measures import Measure
from sim.asking.pairs import first_pair
from sim.asking.study import Plan
from sim.draws.block import Block
from sim.draws.table import draw
from sim.errors import SimError
from sim.experiment.engines import EngineName, cost_words, engine_of
from sim.experiment.execution import Execution
from sim.experiment.simulate import check, slice_size
from sim.experiment.simulator import Simulator
from sim.model.network import compile_network
from sim.model.ranges import TYPICAL
from sim.model.scenario import Arm, Scenario
from sim.say.whose import SENDERS, where
from sim.studies.map.coverage import Region, region_of
from sim.studies.map.routes import Route, done_at, route
from sim.studies.sight.find import Sighting, sighting

N = 1_000  # replications: medians within some per cent, in a second or two


@dataclass(frozen=True, kw_only=True)
class MapPlan(Plan):
    """The launch, what sensors see of it, and how many replications its routes are simulated with."""

    sighting: Sighting
    n: int

    @property
    def place(self) -> int:
        """The place of the launch among all of the scenario."""
        entries = self.scenario.launches
        return sum(entry.count for entry in entries[: entries.index(self.sighting.entry)])


@dataclass(frozen=True, eq=False)
class Found:
    """What sensors see of a launch and of the sky around it, and the route of its report under either arm."""

    sighting: Sighting
    region: Region
    routes: tuple[Route, ...]


def plan(scenario: Scenario, *, launch: str | None = None, replications: int | None = None) -> MapPlan:
    """One launch, and the first pair that the scenario compares.

    Raises
    ------
    SimError : there are no sensors, no pair, no launch whose flight is known, or reports go both ways.
    """
    seen = sighting(scenario, launch)
    pair = first_pair(scenario, Measure.MEAN, "a map")
    if where(pair) not in SENDERS:
        raise SimError(f"{scenario.name}: its reports go to {where(pair)}, and a map shows one way — name arms of one")
    n = replications or N
    n_launches = n * len(pair.launch_keys())
    return MapPlan(
        study="map",
        scenario=pair,
        asked={"pair": pair.contrasts[0], "launch": seen.entry.name, "replications": n},
        cost=cost_words(pair, f"{n:,} replications with their paths", 1, n_launches),
        n_launches=n_launches,
        n_settings=1,
        sighting=seen,
        n=n,
    )


def find(plan: MapPlan, simulator: Simulator) -> Found:
    """The region around the launch, and the routes."""
    routes = typical_routes(plan.scenario, plan.place, plan.n, simulator.execution)
    return Found(plan.sighting, region_of(plan.sighting), routes)


def typical_routes(scenario: Scenario, launch: int, n: int, execution: Execution = Execution()) -> tuple[Route, ...]:
    """The route of every arm for one launch, by its place, over the first ``n`` replications; an arm is a job."""
    check(scenario, engine_of(execution.engine))
    execution.begin(n * len(scenario.arms))
    routes = []
    for found in execution.spread(
        partial(_typical_route, scenario, launch=launch, n=n, engine=execution.engine), scenario.arms, scenario
    ):
        routes.append(found)
        execution.watch(n)
    return tuple(routes)


def _typical_route(scenario: Scenario, arm: Arm, launch: int, n: int, engine: EngineName) -> Route:
    runs = engine_of(engine)
    network = compile_network(arm)
    runner = runs.prepare(network)
    size = slice_size(network.n_nodes, len(scenario.launch_keys()))
    latency, done = [], []
    for start in range(0, n, size):
        block = Block(scenario, start, min(start + size, n), runs.maker)
        paths = runner.paths(draw(block, arm, network, TYPICAL))
        latency.append(paths.latency[:, launch])
        done.append(done_at(arm, paths, launch))
    return route(arm, np.concatenate(latency), done)
