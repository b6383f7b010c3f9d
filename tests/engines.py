"""Every engine there is, by name: to be listed is to be tested."""

from __future__ import annotations

from functools import partial

from sim.analysis.compiled import summed
from sim.draws.compiled import COMPILED
from sim.draws.nouns import Draws, Times
from sim.engines.compiled import prepare
from sim.engines.contract import Paths
from sim.engines.program import program_of
from sim.experiment.engines import REFERENCE, Engine, Runner, engine_of
from sim.experiment.simulate import simulate_block
from sim.model.ranges import TYPICAL
from sim.model.scenario import Scenario
from sim.network import Network


def _by_events(network: Network) -> Runner:
    engine = prepare(network, is_by_events=True)
    return Runner(engine.paths, partial(summed, engine))


ENGINES = {
    "reference": REFERENCE,
    "compiled": engine_of("compiled"),  # by columns wherever desks have no feedback
    "compiled by events": Engine("compiled", COMPILED, _by_events),
}


def paths_of(engine: Engine, network: Network, draws: Draws) -> Paths:
    """The sample paths of one engine."""
    return engine.prepare(network).paths(draws)


def latencies(scenario: Scenario, engine: Engine, arm: str = "x") -> Times:
    """All alert latencies of an arm at the typical setting, int64 (replication, launch)."""
    return simulate_block(scenario, engine, (TYPICAL,), 0, scenario.replications)[0][arm][0]


def has_columns(network: Network) -> bool:
    """Whether the compiled engine runs it by columns."""
    return program_of(network) is not None
