"""Every engine there is, by name: to be listed is to be tested."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from sim.analysis.branch import StageSums, stage_sums
from sim.analysis.compiled import summed
from sim.analysis.tally import is_real
from sim.analysis.work import work_sums
from sim.draws.block import Block
from sim.draws.columns import PLAIN
from sim.draws.compiled import COMPILED
from sim.draws.nouns import Draws, Times
from sim.draws.settings import settings_of
from sim.draws.table import draw
from sim.engines.compare import first_difference
from sim.engines.compiled import prepare
from sim.engines.contract import Paths
from sim.engines.program import program_of
from sim.experiment.engines import REFERENCE, Engine, Runner, engine_of
from sim.experiment.simulate import WORKED, simulate_block
from sim.model.network import Network, compile_network
from sim.model.ranges import TYPICAL
from sim.model.scenario import Scenario


def _by_events(network: Network) -> Runner:
    engine = prepare(network, is_by_events=True)
    return Runner(engine.paths, partial(summed, engine), engine.latencies)


ENGINES = {
    "reference": REFERENCE,
    "columns": engine_of("columns"),  # wherever desks have no feedback
    "compiled": engine_of("compiled"),  # by columns wherever desks have no feedback
    "compiled by events": Engine("compiled", COMPILED, _by_events),
}
QUICK_ENGINES = {name: engine for name, engine in ENGINES.items() if engine is not REFERENCE}


def paths_of(engine: Engine, network: Network, draws: Draws) -> Paths:
    """The sample paths of one engine."""
    return engine.prepare(network).paths(draws)


def latencies(scenario: Scenario, engine: Engine, arm: str = "x") -> Times:
    """All alert latencies of an arm at the typical setting, int64 (replication, launch)."""
    return simulate_block(scenario, engine, (TYPICAL,), 0, scenario.replications)[0][arm][0]


def has_columns(network: Network) -> bool:
    """Whether it runs by columns."""
    return program_of(network) is not None


def same_alerts(alerts: tuple[Times, StageSums], latencies: Times, paths: Paths) -> bool:
    """Whether an engine's latencies and sums are exactly those of the paths."""
    is_same = all(np.array_equal(latency, paths.latency) for latency in (alerts[0], latencies))
    return is_same and alerts[1] == stage_sums(paths)


def same_draws(draws: Draws, other: Draws) -> bool:
    """Whether two makers gave the same tables."""
    for name in ("launch", "hold", "refused", "earliest", "horizon"):
        if not np.array_equal(getattr(draws, name), getattr(other, name)):
            return False
    pairs = zip(draws.jobs, other.jobs, strict=True)
    return all(a is b is None or np.array_equal((a.arrival, a.hold), (b.arrival, b.hold)) for a, b in pairs)


def part_ways(network: Network, draws: Draws, expected: Paths) -> str:
    """The first quick engine whose paths, latencies or sums are not those of the reference engine; "" if none."""
    for name, engine in QUICK_ENGINES.items():
        runner = engine.prepare(network)
        if difference := first_difference(runner.paths(draws), expected):
            return f"{name}: {difference}"
        if not same_alerts(runner.alerts(draws), runner.latencies(draws), expected):
            return f"{name}: its latencies or sums are not those of its paths"
    return ""


@dataclass(frozen=True)
class Comparison:
    """A block of replications of a scenario on every engine: where they part (""), the reference's paths by arm."""

    difference: str
    paths: dict[str, tuple[Paths, ...]]


def compare(scenario: Scenario, start: int, stop: int, n_settings: int | None = None) -> Comparison:
    """Draws, paths, latencies and sums of every arm in every setting, and whole blocks, on every engine."""
    settings, found = settings_of(scenario)[:n_settings], {}
    for arm in scenario.arms:
        for setting in settings:
            network = compile_network(arm, setting)
            plain, quick = (
                draw(Block(scenario, start, stop, maker), arm, network, setting) for maker in (PLAIN, COMPILED)
            )
            expected = paths_of(REFERENCE, network, plain)
            found[arm.name] = (*found.get(arm.name, ()), expected)
            difference = "" if same_draws(plain, quick) else "the compiled draws differ"
            if difference := difference or part_ways(network, plain, expected):
                return Comparison(f"arm {arm.name}, setting {dict(setting)}, {difference}", found)
    for name, engine in QUICK_ENGINES.items():
        block = simulate_block(scenario, engine, settings, start, stop, is_summed=True)
        if not _same_block(scenario, block, found, WORKED - start):
            return Comparison(f"{name}: a whole block is not what its parts are", found)
    return Comparison("", found)


def _same_block(
    scenario: Scenario,
    block: tuple[dict[str, Times], dict[str, StageSums]],
    paths: dict[str, tuple[Paths, ...]],
    n_worked: int,
) -> bool:
    """Latencies of all, sums of launches alone, and of so many replications their work."""
    latency, sums = block
    for arm in scenario.arms:
        found = paths[arm.name]
        launched = found[0].of(is_real(scenario))
        work = work_sums(arm, launched.of(slice(None), slice(n_worked)))
        if sums[arm.name] != replace(stage_sums(launched), work=work):
            return False
        if not np.array_equal(latency[arm.name], [path.latency for path in found]):
            return False
    return True
