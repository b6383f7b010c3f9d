"""What arms do in settings, simulated once for all that ask for it again.

A setting is to an arm what of it the arm uses; so searches whose points differ in what an arm does not use, pairs that
share an arm, and scenarios that differ in nothing but working values share most of what they look at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.analysis.outcomes import Floats, Outcomes, Quantity, differences, outcomes
from sim.draws.block import Columns
from sim.draws.nouns import Times
from sim.experiment.batch import alone, comparing
from sim.experiment.engines import EngineName, engine_of
from sim.experiment.simulate import simulate_block
from sim.model.ranges import Exactly, Setting
from sim.model.scenario import Scenario

Known = tuple[tuple[Quantity, ...], Floats]  # quantities, and their values in a setting, (quantity, 1 + section)


@dataclass(frozen=True)
class Seen:
    """What is kept of scenarios that differ in nothing but working values.

    latencies : int64 (replication, launch) by how many replications, arm and values; ``outcomes``, what they come to.
    made : columns of variates; ``corners``, where searches may begin, once they are found.
    """

    latencies: dict[object, Times] = field(default_factory=dict)
    outcomes: dict[object, Known] = field(default_factory=dict)
    made: dict[object, Columns] = field(default_factory=dict)
    corners: list[Mapping[str, float]] = field(default_factory=list)

    @property
    def nbytes(self) -> int:
        """How much memory it holds, about."""
        known = [values for _, values in self.outcomes.values()]
        return sum(one.nbytes for one in (*self.latencies.values(), *self.made.values(), *known))

    def of(
        self,
        keys: Sequence[object],
        settings: Sequence[Setting],
        ask: Callable[[tuple[Setting, ...]], Outcomes],
    ) -> Outcomes:
        """The outcomes of settings by their keys; those of which nothing is known are asked for, once each."""
        new = {key: at for key, at in zip(keys, settings, strict=True) if key not in self.outcomes}
        if new:
            found = ask(tuple(new.values()))
            quantities, values = tuple(found.values), np.stack([*found.values.values()])
            self.outcomes.update({key: (quantities, values[:, :, place].copy()) for place, key in enumerate(new)})
        quantities = self.outcomes[keys[0]][0]
        each = np.stack([self.outcomes[key][1] for key in keys], axis=2)
        return Outcomes(dict(zip(quantities, each, strict=True)))


class Arms:
    """The arms of a scenario, of which settings are asked for again and again, and what of a setting each uses."""

    def __init__(self, scenario: Scenario, seen: Seen) -> None:
        self.each = {arm.name: alone(scenario, arm) for arm in scenario.arms}
        self.seen = seen
        self._used = {name: {one.path: Exactly(one.typical) for one in arm.ranges()} for name, arm in self.each.items()}

    def keys(self, arm: str, settings: Sequence[Setting]) -> list[tuple[object, ...]]:
        """What names each setting to an arm."""
        used = self._used[arm]
        return [tuple(map(setting.get, used, used.values())) for setting in settings]

    def apart(self, arm: str, settings: Sequence[Setting]) -> tuple[Setting, ...]:
        """Of each setting what an arm uses."""
        used = self._used[arm]
        return tuple({path: at for path, at in setting.items() if path in used} for setting in settings)


class Looked:
    """Outcomes in settings, each of the first ``n`` replications."""

    def __init__(self, scenario: Scenario, n: int, engine: EngineName, seen: Seen) -> None:
        self._scenario, self._arms = scenario, Arms(scenario, seen)
        self._n, self._engine, self._seen = n, engine_of(engine), seen

    def outcomes(self, subject: Scenario, settings: tuple[Setting, ...]) -> Outcomes:
        """The outcomes of settings under the arms and pairs of a subject."""
        found = [self._of_arm(arm.name, settings) for arm in subject.arms]
        found += [self._of_pair(*pair, settings) for pair in subject.contrasts]
        return Outcomes({quantity: values for one in found for quantity, values in one.values.items()})

    def _of_arm(self, arm: str, settings: tuple[Setting, ...]) -> Outcomes:
        keys = [(self._n, arm, *key) for key in self._arms.keys(arm, settings)]
        return self._seen.of(keys, settings, lambda new: outcomes(self._arms.each[arm], {arm: self._latency(arm, new)}))

    def _of_pair(self, a: str, b: str, settings: tuple[Setting, ...]) -> Outcomes:
        pair, of_each = comparing(self._scenario, (a, b)), (self._arms.keys(arm, settings) for arm in (a, b))
        keys = [(self._n, a, b, *of_a, *of_b) for of_a, of_b in zip(*of_each, strict=True)]
        return self._seen.of(
            keys, settings, lambda new: differences(pair, {arm: self._latency(arm, new) for arm in (a, b)})
        )

    def _latency(self, arm: str, settings: tuple[Setting, ...]) -> Times:
        """int64 (setting, replication, launch); what is known of an arm is not simulated again."""
        known, used = self._seen.latencies, [(self._n, arm, *key) for key in self._arms.keys(arm, settings)]
        new = {key: setting for key, setting in zip(used, settings, strict=True) if key not in known}
        if new:
            apart = self._arms.apart(arm, [*new.values()])
            scenario = self._arms.each[arm]
            latency, _ = simulate_block(scenario, self._engine, apart, 0, self._n, self._seen.made)
            known.update(zip(new, latency[arm], strict=True))
        found: Times = np.stack([known[key] for key in used])
        return found
