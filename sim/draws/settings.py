"""Settings: a Latin hypercube over the ranges, the typical setting first.

McKay, Beckman and Conover, A Comparison of Three Methods for Selecting Values of Input Variables,
Technometrics 21 (1979). Each range has its own streams, so adding one moves no other.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.draws.streams import Source, uniforms
from sim.model.scenario import Scenario


def settings_of(scenario: Scenario) -> tuple[Mapping[str, float], ...]:
    """The settings of a scenario; the typical one alone if nothing in it is a range."""
    paths = [found.path for found in scenario.ranges()]
    n_others = scenario.settings.count - 1 if paths else 0
    columns = {path: _positions(scenario.seed, path, n_others) for path in paths}
    return ({}, *({path: columns[path][s] for path in paths} for s in range(n_others)))


def _positions(seed: int, path: str, n: int) -> list[float]:
    """One position in each of ``n`` equal strata, in random order."""
    order = np.argsort(uniforms(seed, Source(path, "stratum"), "", 0, 0, n), kind="stable")
    within = uniforms(seed, Source(path, "setting"), "", 0, 0, n)
    strata = np.empty(n)
    strata[order] = np.arange(n)
    positions: list[float] = ((strata + within) / max(n, 1)).tolist()
    return positions
