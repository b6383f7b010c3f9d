"""A block of replications of every arm in some settings: drawn, run and summed, a slice at a time.

Before a run on the compiled engine the first replications of every arm run on the reference engine as
well, draws included (rule 5): a difference stops the run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.branch import StageSums, stage_sums
from sim.analysis.tally import is_real
from sim.analysis.work import centres_of, work_by_centre, work_sums
from sim.draws.block import Block, Columns
from sim.draws.nouns import Flags, Times
from sim.draws.settings import settings_of
from sim.draws.table import draw
from sim.engines.compare import first_difference
from sim.engines.contract import Draws
from sim.errors import EngineError
from sim.experiment.engines import REFERENCE, Engine, Runner
from sim.model.network import Network, compile_network
from sim.model.ranges import Setting, distinct
from sim.model.scenario import Arm, Scenario, network_numbers

SLICE = 1 << 19  # nodes × launches × replications that are drawn and run together: fewer, and getting ready shows
PART = 1 << 18  # the same of settings side by side: more leave the cache
WORKED = 10_000  # replications of a run, the first, of which work is told: it needs whole paths
CHECKED = 4_000  # nodes × launches × replications, of all arms together, that run on both engines
CHECKED_ARMS = 50  # that do, as many as a file has: a web has hundreds, and each takes its time


@dataclass(frozen=True, eq=False)
class World:
    """An arm in some settings that share a network, as most do, ready to run; ``places`` are those of the settings."""

    arm: Arm
    settings: tuple[Setting, ...]
    network: Network
    runner: Runner
    places: tuple[int, ...] = (0,)

    def parts(self, n: int) -> Iterator[World]:
        """The same in parts of so many settings."""
        for first in range(0, len(self.settings), n):
            here = slice(first, first + n)
            yield replace(self, settings=self.settings[here], places=self.places[here])


def simulate_block(
    scenario: Scenario,
    engine: Engine,
    settings: tuple[Setting, ...],
    start: int,
    stop: int,
    made: dict[object, Columns] | None = None,
    *,
    is_summed: bool = False,
) -> tuple[dict[str, Times], dict[str, StageSums]]:
    """By arm: latencies, int64 (setting, replication, launch), and if asked for sums along the branch in the first.

    Latencies are of launches and false reports, sums of launches alone, and work of the first `WORKED` replications.
    ``made`` keeps columns for other calls.
    """
    real, n_launches = is_real(scenario), len(scenario.launch_keys())
    n_alone = 1 if is_summed else 0
    worlds = [world for arm in scenario.arms for world in _worlds(arm, settings, n_alone, engine)]
    latency = {arm.name: np.empty((len(settings), stop - start, n_launches), np.int64) for arm in scenario.arms}
    sums: dict[str, StageSums] = {}
    n_nodes = max(world.network.n_nodes for world in worlds)
    size, part_size = slice_size(n_nodes, n_launches), slice_size(n_nodes, n_launches, PART)
    for first in range(start, stop, size):
        block = Block(scenario, first, min(first + size, stop), engine.maker, {} if made is None else made)
        for world in (part for whole in worlds for part in whole.parts(max(1, part_size // block.n_replications))):
            name, draws = world.arm.name, draw(block, world.arm, world.network, *world.settings)
            if world.places[0] < n_alone:
                found, added = _alerts(world, draws, real, WORKED - first)
                sums[name] = sums[name] + added if name in sums else added
            else:
                found = world.runner.latencies(draws)
            here = [*world.places], slice(first - start, first - start + block.n_replications)
            latency[name][here] = found.reshape(len(world.places), -1, n_launches)
    return latency, sums


def _alerts(world: World, draws: Draws, launches: Flags, n_worked: int) -> tuple[Times, StageSums]:
    """Latencies, and the sums of what was launched: from paths where that is not all, or where work is asked for."""
    if launches.all() and n_worked <= 0:
        return world.runner.alerts(draws)
    paths = world.runner.paths(draws)
    launched = paths if launches.all() else paths.of(launches)
    sums = stage_sums(launched)
    if n_worked > 0:
        sums = replace(sums, work=work_sums(world.arm, launched.of(slice(None), slice(n_worked))))
    return paths.latency, sums


def simulate_work(
    scenario: Scenario, engine: Engine, settings: tuple[Setting, ...], n: int, made: dict[object, Columns]
) -> dict[str, dict[str, Times]]:
    """By arm and centre, the work of the first ``n`` replications, int64 (setting, replication), microseconds."""
    real, found = is_real(scenario), dict[str, dict[str, Times]]()
    block = Block(scenario, 0, n, engine.maker, made)
    for arm in scenario.arms:
        found[arm.name] = {centre: np.empty((len(settings), n), np.int64) for centre in centres_of(arm)}
        for whole in _worlds(arm, settings, 0, engine):
            for world in whole.parts(max(1, slice_size(whole.network.n_nodes, len(real), PART) // n)):
                paths = world.runner.paths(draw(block, arm, world.network, *world.settings)).of(real)
                for centre, work in work_by_centre(arm, paths).items():
                    found[arm.name][centre][[*world.places]] = work.reshape(len(world.places), n)
    return found


def check(scenario: Scenario, engine: Engine, n_scenarios: int = 1) -> None:
    """Run the first replications of every arm on the reference engine as well, at the typical setting and at another.

    Of many arms, or several scenarios, each has fewer replications, so that all cost about what one does; of hundreds
    of arms the first, the last and some between run.

    Raises
    ------
    EngineError : with the arm and the first node that differs.
    """
    settings = settings_of(scenario)[:2] if engine is not REFERENCE else ()
    n_arms = min(len(scenario.arms), CHECKED_ARMS)
    arms = [scenario.arms[place] for place in np.linspace(0, len(scenario.arms) - 1, n_arms).astype(int)]
    n_worlds = n_scenarios * n_arms * len(settings)
    for arm in arms:
        for setting in settings:
            check_world(scenario, _world(arm, (setting,), (0,), engine), engine, CHECKED // n_worlds)


def _worlds(arm: Arm, settings: tuple[Setting, ...], n_alone: int, engine: Engine) -> Iterator[World]:
    """An arm in many settings: the first few alone, the others with those of an equal network."""
    for place in range(n_alone):
        yield _world(arm, (settings[place],), (place,), engine)
    apart, which = distinct(settings[n_alone:], network_numbers(arm))
    for number in range(len(apart)):
        places = tuple(place for place, mine in enumerate(which, start=n_alone) if mine == number)
        yield _world(arm, tuple(settings[place] for place in places), places, engine)


def _world(arm: Arm, settings: tuple[Setting, ...], places: tuple[int, ...], engine: Engine) -> World:
    network = compile_network(arm, settings[0])
    return World(arm, settings, network, engine.prepare(network), places)


def slice_size(n_nodes: int, n_launches: int, most: int = SLICE) -> int:
    """How many replications at once, over all settings: a multiple of four, as draws come by fours."""
    return max(4, most // (n_nodes * n_launches) // 4 * 4)


def check_world(scenario: Scenario, world: World, engine: Engine, checked: int) -> None:
    """Draws, paths, and what is told of them without keeping paths; of so many nodes × launches × replications."""
    per_replication = world.network.n_nodes * len(scenario.launch_keys())
    n = min(scenario.replications, max(1, checked // per_replication))
    theirs = draw(Block(scenario, 0, n, REFERENCE.maker), world.arm, world.network, *world.settings)
    ours = theirs
    if engine.maker != REFERENCE.maker:
        ours = draw(Block(scenario, 0, n, engine.maker), world.arm, world.network, *world.settings)
    expected = REFERENCE.prepare(world.network).paths(theirs)
    difference = first_difference(world.runner.paths(ours), expected)
    if not difference:
        latency, sums = world.runner.alerts(ours)
        told = (latency, world.runner.latencies(ours))
        if not all(np.array_equal(one, expected.latency) for one in told) or sums != stage_sums(expected):
            difference = "its latencies or sums are not those of its paths"
    if difference:
        raise EngineError(
            f"the {engine.name} engine differs from the reference engine: arm {world.arm.name}, {difference} — "
            "nothing of this run is kept; run it with --engine reference"
        )
