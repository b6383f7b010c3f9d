"""Replications of a scenario, and the columns of variates that they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.draws.columns import PLAIN, Maker
from sim.draws.designs import Points, points_of, sobol
from sim.draws.nouns import Times
from sim.draws.streams import Floats, Key, Source
from sim.model.distributions import Constant, Distribution
from sim.model.scenario import Scenario

Columns = NDArray[Any]  # uniforms or times, (key, replication)


@dataclass(frozen=True)
class Block:
    """Replications ``start`` to ``stop`` (excluded) of a scenario, and the columns already made for them."""

    scenario: Scenario
    start: int
    stop: int
    maker: Maker = PLAIN
    made: dict[object, Columns] = field(default_factory=dict)  # a seed's, of these replications and others

    @property
    def n_replications(self) -> int:
        return self.stop - self.start

    def uniforms(self, source: Source, keys: tuple[Key, ...]) -> Floats:
        """Uniforms of a source, float64 (key, replication)."""
        meaning = (self.start, self.stop, source, keys)
        if meaning not in self.made:
            self.made[meaning] = self._uniforms(source, keys)
        return self.made[meaning]

    def _uniforms(self, source: Source, keys: tuple[Key, ...]) -> Floats:
        if self.scenario.draws == "sobol":
            return sobol(self.maker, self.points, source, keys, self.start, self.stop)
        return self.maker.uniforms(self.scenario.seed, source, keys, self.start, self.stop)

    def times(self, source: Source, distributions: Sequence[Distribution], keys: tuple[Key, ...]) -> Times:
        """Whole microseconds, int64 (key, distribution, replication); each made once for all arms and settings."""
        meanings = [(self.start, self.stop, source, one, keys) for one in distributions]
        new = {meaning: one for meaning, one in zip(meanings, distributions, strict=True) if meaning not in self.made}
        if new:
            self.made.update(zip(new, self._times(source, tuple(new.values()), keys), strict=True))
        if len(meanings) == 1:
            return self.made[meanings[0]][:, None]  # no copy
        return np.stack([self.made[meaning] for meaning in meanings], axis=1)

    def _times(self, source: Source, distributions: tuple[Distribution, ...], keys: tuple[Key, ...]) -> Times:
        if self.scenario.draws == "philox" or all(isinstance(one, Constant) for one in distributions):
            return self.maker.times(self.scenario.seed, source, distributions, keys, self.start, self.stop)  # faster
        return self.maker.quantiles(distributions, self.uniforms(source, keys))

    @cached_property
    def points(self) -> Points:
        """The Sobol points of the scenario."""
        return points_of(self.scenario)
