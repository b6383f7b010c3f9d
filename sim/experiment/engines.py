"""Which engine runs: all give the same bytes, so the choice is one of time alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Literal, get_args

from sim.analysis.branch import StageSums, stage_sums
from sim.draws.columns import PLAIN, Maker
from sim.draws.nouns import Times
from sim.engines import columns, reference
from sim.engines.contract import Draws, Paths
from sim.engines.memory import keep_freed_memory
from sim.errors import SimError
from sim.model.flow import steps
from sim.model.network import Network, compile_network
from sim.model.scenario import Arm, Scenario
from sim.scenario.document import shown

EngineName = Literal["reference", "columns", "compiled"]
Asked = Literal["auto", "reference", "columns", "compiled"]

REFERENCE_US = 30.0  # of one stage of one launch on the reference engine, draws included; 18 to 48 were measured
COLUMNS_US = 0.15  # the same in columns by NumPy, tally included
COMPILED_US = 0.1  # the same in compiled loops; 0.06 to 0.11 were measured
LOADING_S = 0.7  # the compiler is imported and compiled code is read
LOOKED_AT = 200  # launches of each arm in a setting, while the ends of bands are looked for
N_CORNERS = 255  # where that search may begin: a plateau that seven values must leave together is left by two of them
TRIED_A_RANGE = 25  # settings that it tries beside, about, for each range
SETTING_S = 0.0002  # an arm in a setting costs so much beside its launches, those of a study side by side
READY_S = 0.0005  # a step of an arm, until it may be simulated, checks included; 0.45 to 0.56 ms were measured
AROUND_STUDY_S = 2.5  # of a study beside simulating: starting, its page and figure; 2.3 to 3 were measured
AROUND_RUN_S = 5.0  # of a run beside simulating: what would turn it, bands and figures; 3.4 to 6.8 were measured
COMPILING_S = 15.0  # or it is compiled, once; 10 to 15 were measured
NO_COMPILER = "the compiled engine needs Numba, which cannot be imported — pip install 'alertpath[fast]'"


@dataclass(frozen=True)
class Runner:
    """A network ready to run: draws to sample paths, to latencies and sums along the branch, or to latencies alone."""

    paths: Callable[[Draws], Paths]
    alerts: Callable[[Draws], tuple[Times, StageSums]]
    latencies: Callable[[Draws], Times]


@dataclass(frozen=True)
class Engine:
    """A way of simulating: how columns are drawn, how a network is run."""

    name: EngineName
    maker: Maker
    prepare: Callable[[Network], Runner]


def runner_of(paths: Callable[[Draws], Paths], latencies: Callable[[Draws], Times] | None = None) -> Runner:
    """A runner that has all it tells from paths, but latencies where there is a quicker way."""

    def alerts(draws: Draws) -> tuple[Times, StageSums]:
        found = paths(draws)
        return found.latency, stage_sums(found)

    return Runner(paths, alerts, latencies or (lambda draws: paths(draws).latency))


def _reference(network: Network) -> Runner:
    return runner_of(partial(reference.simulate, network))


def _columns(network: Network) -> Runner:
    """What has feedback runs on the reference engine."""
    engine = columns.prepare(network)
    return _reference(network) if engine is None else runner_of(engine.paths, engine.latencies)


REFERENCE = Engine("reference", PLAIN, _reference)
COLUMNS = Engine("columns", PLAIN, _columns)


def engine_of(name: EngineName) -> Engine:
    """The engine of a name; the compiler is imported only for the compiled one.

    Raises
    ------
    SimError : it cannot be imported here.
    """
    if name == "reference":
        return REFERENCE
    keep_freed_memory()
    if name == "columns":
        return COLUMNS
    if not can_compile():
        raise SimError(NO_COMPILER)
    from sim.analysis.compiled import summed
    from sim.draws.compiled import COMPILED
    from sim.engines.compiled import prepare

    def ready(network: Network) -> Runner:
        engine = prepare(network)
        return Runner(engine.paths, partial(summed, engine), engine.latencies)

    return Engine("compiled", COMPILED, ready)


def chosen(asked: Asked, scenario: Scenario, n_workers: int, n: int | None = None) -> EngineName:
    """The engine that a run takes, or a study of ``n`` launches; of ``auto`` the one that answers sooner, as it seems.

    Raises
    ------
    SimError : there is no such engine, or the compiled one is asked for and cannot be had.
    """
    if not isinstance(asked, str) or asked not in get_args(Asked):
        raise SimError(
            f'engine "{shown(asked)}": there is none of this name — write one of {", ".join(get_args(Asked))}'
        )
    if asked == "compiled" and not can_compile():
        raise SimError(NO_COMPILER)
    if asked == "auto":
        return "compiled" if is_long(scenario, n_workers, n) and can_compile() else "columns"
    return asked


def can_compile() -> bool:
    """Whether the compiler can be imported: it can be missing, or too old for the NumPy beside it."""
    try:
        import_module("sim.kernels.compiler")
    except (ImportError, OSError):
        return False
    return True


def must_compile(engine: EngineName, scenario: Scenario) -> bool:
    """Whether the first use will take a quarter of a minute."""
    return engine == "compiled" and not is_warm(scenario)


def is_warm(scenario: Scenario) -> bool:
    """Whether the compiled loops that its arms run on are kept from a run before."""
    from sim.kernels import cache  # and with it what knows the versions of packages

    return cache.is_warm({cache.BY_EVENTS if has_feedback(arm) else cache.BY_COLUMNS for arm in scenario.arms})


def has_feedback(arm: Arm) -> bool:
    """Whether work at a desk can cause work at the same desk, so that there are no columns."""
    return columns.prepare(compile_network(arm)) is None


def is_long(scenario: Scenario, n_workers: int, n: int | None = None) -> bool:
    """Whether compiled loops save a run, or a study of ``n`` launches, more than it takes to have them."""
    n = n_launches(scenario) + n_looked_at(scenario) if n is None else n
    saved_s = (stages_s(scenario, n, "columns") - stages_s(scenario, n, "compiled")) / n_workers
    return saved_s > LOADING_S and saved_s > LOADING_S + (0 if is_warm(scenario) else COMPILING_S)


def stages_s(scenario: Scenario, n: int, engine: EngineName) -> float:
    """About how long the stages of ``n`` launches take on one core; an arm without columns is as slow as ever there."""
    each_us = {"reference": REFERENCE_US, "columns": COLUMNS_US, "compiled": COMPILED_US}
    n_each = {arm.name: sum(1 for _ in steps(arm.flow)) for arm in scenario.arms}
    slow = [arm for arm in scenario.arms if engine == "columns" and has_feedback(arm)]
    n_slow = sum(n_each[arm.name] for arm in slow)
    return n * ((sum(n_each.values()) - n_slow) * each_us[engine] + n_slow * REFERENCE_US) / 1e6


def n_looked_at(scenario: Scenario) -> int:
    """About how many launches the search for the bands of a run simulates, each under every arm."""
    return n_tried(scenario) * min(len(scenario.launch_keys()) * scenario.replications, LOOKED_AT)


def n_tried(scenario: Scenario) -> int:
    """About how many settings that search tries under each arm."""
    n = len(scenario.ranges())
    return N_CORNERS + TRIED_A_RANGE * n if n and scenario.settings.count > 1 else 0


def study_s(scenario: Scenario, n_settings: int, n: int, engine: EngineName) -> float:
    """About how long a study of so many settings and launches takes on one core."""
    loading_s = LOADING_S if engine == "compiled" else 0.0
    ready_s = READY_S * sum(1 for arm in scenario.arms for _ in steps(arm.flow))
    return loading_s + ready_s + n_settings * len(scenario.arms) * SETTING_S + stages_s(scenario, n, engine)


def runs_s(scenarios: Sequence[Scenario], asked: Asked, n_workers: int) -> float:
    """About how long whole runs take, one after another."""
    n_each = ((one, max(one.settings.count, 1) if one.ranges() else 1) for one in scenarios)
    return sum(
        AROUND_RUN_S + study_s(one, n_settings, n_launches(one), chosen(asked, one, n_workers)) / n_workers
        for one, n_settings in n_each
    )


def cost_words(scenario: Scenario, what: str, n_settings: int, n: int) -> str:
    """What a study of so many settings and launches costs on the engine that answers sooner; ``what`` is told first."""
    s, engine = min((study_s(scenario, n_settings, n, engine), engine) for engine in ("columns", "compiled"))
    how = ", compiled" if engine == "compiled" else ""
    return f"{what}, about {round(AROUND_STUDY_S + s):,} s on one core{how}"


def n_launches(scenario: Scenario) -> int:
    """How many launches a whole run simulates, each under every arm."""
    return len(scenario.launch_keys()) * scenario.n_replications
