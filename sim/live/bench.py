"""Answers to one change of a scenario after another, each as soon as it can be had.

An answer is that of ``sim run``, to the last digit. What makes it quick is what is left out: the file is read once, the
engine is held against the reference engine once, and what a working value does not touch (its columns of variates, the
other settings, much of the search for bands) is kept from one answer to the next.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from sim.analysis.analyse import NO_EXTENTS, analyse
from sim.analysis.box import Extents
from sim.analysis.refine import refined
from sim.analysis.results import Alerts
from sim.analysis.tally import NOTHING, Tally
from sim.asking.scenarios import load
from sim.draws.block import Columns
from sim.draws.settings import settings_of
from sim.errors import SimError
from sim.experiment.bands import Seen
from sim.experiment.engines import Engine, EngineName, engine_of
from sim.experiment.run import Job, reports_of, tally_of
from sim.experiment.simulate import check, simulate_block
from sim.experiment.work import find_extents
from sim.live.change import Change
from sim.live.controls import Controls, controls_of
from sim.model.ranges import TYPICAL
from sim.model.scenario import Scenario, Settings
from sim.scenario.loader import reload
from sim.store.run import Run, run_digest
from sim.studies.run.reverses import plain_reverses

MOST_WORLDS, MOST_RUNS = 4, 8  # that are kept
MOST_LAUNCHES = 200_000  # of each arm
MOST_BYTES = 64 * 1024 * 1024  # of columns, and of latencies, that are kept of a world
Key = TypeVar("Key")
Kept = TypeVar("Kept")


@dataclass(eq=False)
class World:
    """A scenario, and what all that differ from it in working values alone have in common.

    made, seen : columns of variates, and what was found of bands; either is given up as a whole where it grows large.
    """

    scenario: Scenario
    engine: EngineName
    made: dict[object, Columns] = field(default_factory=dict)
    seen: Seen = field(default_factory=Seen)

    def of(self, working: Mapping[str, str]) -> Scenario:
        """The scenario with other working values, by path.

        Raises
        ------
        ScenarioError : one is no value, or lies outside of its range.
        """
        return reload(self.scenario, working, "--set") if working else self.scenario

    def typical(self, scenario: Scenario) -> Tally:
        """Of every replication at working values, quantiles exact."""
        self.made = {} if _is_full(self.made) else self.made
        engine = engine_of(self.engine)
        job, made = Job((0,), 0, scenario.replications), self.made
        latency, sums = simulate_block(scenario, engine, (TYPICAL,), 0, job.stop, made, is_summed=True)
        return refined(tally_of(scenario, job, latency, sums), lambda: reports_of(scenario, job, latency))

    def bands(self, scenario: Scenario) -> Extents:
        """How far the answers go over the ranges."""
        self.seen = Seen() if _is_full(self.seen.latencies) else self.seen
        return find_extents(scenario, self.engine, self.seen)

    @cached_property
    def others(self) -> Tally:
        """Of the settings beside the typical one, in which no range stands at its working value."""
        scenario, settings = self.scenario, settings_of(self.scenario)
        if len(settings) < 2:
            return NOTHING
        job = Job(tuple(range(1, len(settings))), 0, scenario.settings.replications)
        latency, _ = simulate_block(scenario, engine_of(self.engine), settings[1:], 0, job.stop)
        return refined(tally_of(scenario, job, latency, {}), lambda: reports_of(scenario, job, latency))


class Bench:
    """Where a scenario lies that is changed again and again.

    name : what the scenario was called by. `controls` are those of the scenario as it is in its file.
    """

    def __init__(self, name: str, base: Scenario, engine: EngineName) -> None:
        self.name, self.base = name, base
        self.controls: Controls = controls_of(base)
        self._working = frozenset(slider.path for slider in self.controls.sliders if slider.path != slider.known_path)
        self._engine, self._lock = engine, Lock()
        self._worlds: OrderedDict[object, World] = OrderedDict()
        self._runs: OrderedDict[str, Run] = OrderedDict()
        self.world(Change())

    @property
    def engine(self) -> Engine:
        """What simulates."""
        return engine_of(self._engine)

    def line(self, change: Change) -> str:
        """The command that gives the same answer."""
        return f"sim run {self.name} {change.options}".rstrip()

    def world(self, rest: Change) -> World:
        """What answers to all changes with this rest have in common; it is read and checked when it is first asked for.

        Raises
        ------
        SimError : as ``sim run`` says it.
        EngineError : the engine differs from the reference engine.
        """
        with self._lock:
            return _kept(self._worlds, rest.key, MOST_WORLDS, lambda: self._new_world(rest))

    def _new_world(self, rest: Change) -> World:
        is_base = rest.key == Change().key
        scenario = self.base if is_base else load(self.name, {**rest.sets}, ",".join(rest.arms or ()) or None)
        check(scenario, self.engine)
        return World(scenario, self._engine)

    def scenario(self, change: Change) -> tuple[World, Scenario]:
        """The scenario of a change, and what answers with it.

        Raises
        ------
        SimError : as ``sim run`` says it, or where it has too many launches for an answer at once.
        """
        working, rest = change.apart(self._working)
        world = self.world(rest)
        scenario = world.of(working)
        n = scenario.replications * len(scenario.launch_keys())
        if n > MOST_LAUNCHES:
            raise SimError(
                f"replications: {n:,} launches are too many for an answer at once — at most {MOST_LAUNCHES:,} here; "
                "sim run takes any number"
            )
        return world, scenario

    def now(self, change: Change) -> Run:
        """The answer at working values alone, at once."""
        world, scenario = self.scenario(change)
        alone = replace(scenario, settings=Settings(1, scenario.settings.replications))
        return _run(alone, world.typical(alone))

    def whole(self, change: Change, go_on: Callable[[], None] = lambda: None) -> Run:
        """The answer with its bands and what would turn it: that of ``sim run``.

        ``go_on`` is called now and then, and raises where nobody waits for it any more.
        """
        world, scenario = self.scenario(change)
        return _kept(self._runs, run_digest(scenario), MOST_RUNS, lambda: self._whole(world, scenario, go_on))

    def _whole(self, world: World, scenario: Scenario, go_on: Callable[[], None]) -> Run:
        tally = world.typical(scenario) + world.others
        go_on()
        extents = world.bands(scenario)
        go_on()
        return _run(scenario, tally, extents, plain_reverses(scenario, self._engine))


def _is_full(kept: Mapping[object, Columns]) -> bool:
    return sum(one.nbytes for one in [*kept.values()]) > MOST_BYTES


def _run(
    scenario: Scenario, tally: Tally, extents: Extents = NO_EXTENTS, reverses: Mapping[str, Any] | None = None
) -> Run:
    """A run that is in no folder."""
    results = analyse(scenario, tally, extents)
    return Run(Path(), scenario, Alerts(tally, {}, {}), results, {}, reverses, extents)


def _kept(kept: OrderedDict[Key, Kept], key: Key, most: int, make: Callable[[], Kept]) -> Kept:
    """What is kept under a key, or is made; what was asked for longest ago goes."""
    if key not in kept:
        kept[key] = make()
        while len(kept) > most:
            kept.popitem(last=False)
    kept.move_to_end(key)
    return kept[key]
