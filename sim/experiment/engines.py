"""Which engine runs: all give the same bytes, so the choice is one of time alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import Literal

from sim.analysis.branch import StageSums, stage_sums
from sim.draws.columns import PLAIN, Maker
from sim.draws.nouns import Times
from sim.engines import reference
from sim.engines.contract import Draws, Paths
from sim.model.flow import steps
from sim.model.scenario import Scenario
from sim.network import Network

EngineName = Literal["reference", "compiled"]

REFERENCE_US = 7.0  # of one stage of one launch on the reference engine, draws included
LOADING_S = 1.0  # the compiler is imported and compiled code is read
COMPILING_S = 20.0  # or it is compiled, once


@dataclass(frozen=True)
class Runner:
    """A network ready to run: draws to sample paths, or straight to latencies and sums along the branch."""

    paths: Callable[[Draws], Paths]
    alerts: Callable[[Draws], tuple[Times, StageSums]]


@dataclass(frozen=True)
class Engine:
    """A way of simulating: how columns are drawn, how a network is run."""

    name: EngineName
    maker: Maker
    prepare: Callable[[Network], Runner]


def _reference(network: Network) -> Runner:
    def alerts(draws: Draws) -> tuple[Times, StageSums]:
        paths = reference.simulate(network, draws)
        return paths.latency, stage_sums(paths)

    return Runner(partial(reference.simulate, network), alerts)


REFERENCE = Engine("reference", PLAIN, _reference)


def engine_of(name: EngineName) -> Engine:
    """The engine of a name; the compiler is imported only for the compiled one."""
    if name == "reference":
        return REFERENCE
    from sim.analysis.compiled import summed
    from sim.draws.compiled import COMPILED
    from sim.engines.compiled import prepare

    def ready(network: Network) -> Runner:
        engine = prepare(network)
        return Runner(engine.paths, partial(summed, engine))

    return Engine("compiled", COMPILED, ready)


def can_compile() -> bool:
    """Whether the compiler can be imported."""
    return find_spec("numba") is not None


def quicker(scenario: Scenario, n_workers: int) -> EngineName:
    """The engine that answers sooner, as far as can be told beforehand."""
    if not can_compile():
        return "reference"
    from sim.kernels.cache import is_warm

    needed_s = n_stages(scenario) * REFERENCE_US / 1e6 / n_workers
    return "compiled" if needed_s > LOADING_S + (0 if is_warm() else COMPILING_S) else "reference"


def n_stages(scenario: Scenario) -> int:
    """How many stages of launches a whole run simulates."""
    n_others = max(scenario.settings.count - 1, 0) if scenario.ranges() else 0
    n_replications = scenario.replications + n_others * scenario.settings.replications
    per_launch = sum(1 for arm in scenario.arms for _ in steps(arm.flow))
    return per_launch * len(scenario.launch_keys()) * n_replications
