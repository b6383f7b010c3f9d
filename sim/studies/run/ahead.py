"""How far the answers of a run go, found by another process from when its scenario is known, before all else.

This module imports nothing large, so that nobody waits for that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.experiment.beside import Beside

if TYPE_CHECKING:
    from sim.analysis.box import Extents
    from sim.experiment.engines import Asked, EngineName
    from sim.model.scenario import Scenario

IMPORTS = ("sim.experiment.bands",)


class Ahead:
    """Who finds it for run after run, on the engine that they take; ``other`` does other things when it does not."""

    def __init__(self, other: Beside, asked: Asked, n_workers: int) -> None:
        self.other, self._asked, self._n_workers = other, asked, n_workers
        self._begun: tuple[Scenario, Callable[[], Extents | None]] | None = None

    def begin(self, scenario: Scenario) -> Callable[[], Extents | None]:
        """Begin with a scenario, unless that is begun; what is asked for what is found."""
        if self._begun is not None:
            begun, found = self._begun
            if begun is scenario:
                return found
            found()  # nobody has asked for it, but one thing is done at a time
        found = self.other.begin(_bands, scenario, self._asked, self._n_workers)
        self._begun = scenario, found
        return found

    def bands(self, scenario: Scenario, engine: EngineName) -> Extents:
        """What `find_bands` finds."""
        from sim.experiment.bands import find_bands

        extents = self.begin(scenario)()
        self._begun = None
        return find_bands(scenario, engine) if extents is None else extents


def _bands(scenario: Scenario, asked: Asked, n_workers: int) -> Extents | None:
    """What `find_bands` finds on the engine of a run; None if that is still to be compiled, by who simulates."""
    from sim.experiment.bands import find_bands
    from sim.experiment.engines import chosen, must_compile

    engine = chosen(asked, scenario, n_workers)
    return None if must_compile(engine, scenario) else find_bands(scenario, engine)
