"""A block of replications of every arm in some settings: drawn, run, summed, a slice that fits the cache at a time.

Before a run on the compiled engine the first replications of every arm run on the reference engine as
well, draws included (rule 5): a difference stops the run.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.branch import StageSums, stage_sums
from sim.analysis.tally import is_real
from sim.draws.nouns import Flags, Times
from sim.draws.settings import settings_of
from sim.draws.table import Block, draw
from sim.engines.compare import first_difference
from sim.engines.contract import Draws
from sim.errors import EngineError
from sim.experiment.engines import REFERENCE, Engine, Runner
from sim.model.network import Network, compile_network
from sim.model.ranges import Setting, settle
from sim.model.scenario import Arm, Scenario, network_numbers

SLICE = 1 << 17  # nodes × launches × replications whose paths stay in the cache
CHECKED = 1_000  # nodes × launches × replications of an arm that run on both engines


@dataclass(frozen=True, eq=False)
class World:
    """An arm in a setting, ready to run."""

    arm: Arm
    setting: Setting
    network: Network
    runner: Runner


def simulate_block(
    scenario: Scenario, engine: Engine, settings: tuple[Setting, ...], start: int, stop: int
) -> tuple[dict[str, Times], dict[str, StageSums]]:
    """By arm: latencies, int64 (setting, replication, launch), and in the first setting sums along the branch.

    Latencies are of launches and false reports, sums of launches alone.
    """
    real = is_real(scenario)
    worlds = [_worlds(arm, settings, engine) for arm in scenario.arms]
    n_launches = len(scenario.launch_keys())
    latency = {arm.name: np.empty((len(settings), stop - start, n_launches), np.int64) for arm in scenario.arms}
    sums: dict[str, StageSums] = {}
    size = slice_size(worlds, n_launches)
    for first in range(start, stop, size):
        block = Block(scenario, first, min(first + size, stop), engine.maker)
        for world, number in ((w, n) for of_arm in worlds for n, w in enumerate(of_arm)):
            draws = draw(block, world.arm, world.network, world.setting)
            found, added = world.runner.alerts(draws)
            latency[world.arm.name][number, first - start : first - start + block.n_replications] = found
            if number == 0:
                added = added if real.all() else _sums_of(world, draws, real)
                sums[world.arm.name] = sums[world.arm.name] + added if world.arm.name in sums else added
    return latency, sums


def _sums_of(world: World, draws: Draws, launches: Flags) -> StageSums:
    """The sums along the branch of some launches: from paths, since an engine adds up those of all."""
    return stage_sums(world.runner.paths(draws).of(launches))


def check(scenario: Scenario, engine: Engine) -> None:
    """Run the first replications of every arm on the reference engine as well, at the typical setting and at another.

    Raises
    ------
    EngineError : with the arm and the first node that differs.
    """
    settings = settings_of(scenario)[:2] if engine is not REFERENCE else ()
    for arm in scenario.arms:
        for setting in settings:
            check_world(scenario, _world(arm, setting, engine), engine)


def _world(arm: Arm, setting: Setting, engine: Engine) -> World:
    network = compile_network(arm, setting)
    return World(arm, setting, network, engine.prepare(network))


def _worlds(arm: Arm, settings: tuple[Setting, ...], engine: Engine) -> list[World]:
    """An arm in many settings; those with equal time limits and capacities share a network, as most do."""
    ready: dict[tuple[float, ...], World] = {}
    worlds = []
    for setting in settings:
        key = tuple(settle(number, setting) for number in network_numbers(arm))
        if key not in ready:
            ready[key] = _world(arm, setting, engine)
        worlds.append(replace(ready[key], setting=setting))
    return worlds


def slice_size(worlds: list[list[World]], n_launches: int) -> int:
    """How many replications at once: a multiple of four, as draws come by fours."""
    n_nodes = max(of_arm[0].network.n_nodes for of_arm in worlds)
    return max(4, SLICE // (n_nodes * n_launches) // 4 * 4)


def check_world(scenario: Scenario, world: World, engine: Engine) -> None:
    """Draws, paths, and what is told of them without keeping paths."""
    per_replication = world.network.n_nodes * len(scenario.launch_keys())
    n = min(scenario.replications, max(1, CHECKED // per_replication))
    ours, theirs = (
        draw(Block(scenario, 0, n, maker), world.arm, world.network, world.setting)
        for maker in (engine.maker, REFERENCE.maker)
    )
    expected = REFERENCE.prepare(world.network).paths(theirs)
    difference = first_difference(world.runner.paths(ours), expected)
    if not difference:
        latency, sums = world.runner.alerts(ours)
        if not np.array_equal(latency, expected.latency) or sums != stage_sums(expected):
            difference = "its latencies or sums are not those of its paths"
    if difference:
        raise EngineError(
            f"the {engine.name} engine differs from the reference engine: arm {world.arm.name}, {difference} — "
            "nothing of this run is kept; run it with --engine reference"
        )
