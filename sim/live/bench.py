"""Answers to one change of a scenario after another, each as soon as it can be had.

An answer is that of ``sim run``, to the last digit; ``world.py`` says what is kept from one to the next.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from shlex import quote
from threading import Lock
from typing import Any, TypeVar

from sim.analysis.analyse import NO_EXTENTS, analyse
from sim.analysis.box import Extents
from sim.analysis.results import Alerts
from sim.analysis.tally import Tally
from sim.asking.scenarios import load
from sim.errors import SimError
from sim.experiment.engines import Engine, EngineName, engine_of
from sim.experiment.simulate import check
from sim.live.change import Change
from sim.live.controls import Controls, controls_of
from sim.live.world import World
from sim.model.scenario import Scenario, Settings
from sim.store.place import run_digest
from sim.store.run import Run

MOST_WORLDS, MOST_RUNS = 4, 8  # that are kept
MOST_LAUNCHES = 200_000  # of each arm
Key = TypeVar("Key")
Kept = TypeVar("Kept")


class Bench:
    """Where a scenario lies that is changed again and again.

    name : what the scenario was called by. `controls` are those of the scenario as it is in its file.
    """

    def __init__(self, name: str, base: Scenario, engine: EngineName) -> None:
        self.name, self.base = name, base
        self.controls: Controls = controls_of(base)
        self._working = frozenset(slider.path for slider in self.controls.sliders)
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
        return f"sim run {quote(self.name)} {change.options}".rstrip()

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
        return _run(scenario, tally, extents, world.reverses(scenario))


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
