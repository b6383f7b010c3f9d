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

    numbers : what an arm is in a setting, by arm and values, as a number.
    latencies : int64 (replication, launch) by how many replications and that number; ``outcomes``, what they come to.
    made : columns of variates; ``corners``, where searches may begin, once they are found.
    """

    numbers: dict[object, int] = field(default_factory=dict)
    latencies: dict[object, Times] = field(default_factory=dict)
    outcomes: dict[object, Known] = field(default_factory=dict)
    made: dict[object, Columns] = field(default_factory=dict)
    corners: list[Mapping[str, float]] = field(default_factory=list)

    @property
    def nbytes(self) -> int:
        """How much memory it holds, about."""
        known = [values for _, values in self.outcomes.values()]
        return sum(one.nbytes for one in (*self.latencies.values(), *self.made.values(), *known))

    def of(self, keys: Sequence[object], ask: Callable[[list[int]], Outcomes]) -> Outcomes:
        """The outcomes of settings by their keys; those that are not known are asked for by their places."""
        new = {key: place for place, key in enumerate(keys) if key not in self.outcomes}
        if new:
            found = ask([*new.values()])
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

    def numbers(self, arm: str, settings: Sequence[Setting]) -> list[int]:
        """What names each setting to an arm."""
        used, known = self._used[arm], self.seen.numbers
        keys = [(arm, *map(setting.get, used, used.values())) for setting in settings]
        return [known.setdefault(key, len(known)) for key in keys]

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
        numbers = self._arms.numbers(arm, settings)

        def ask(new: list[int]) -> Outcomes:
            return outcomes(self._arms.each[arm], {arm: self._latency(arm, numbers, settings, new)})

        return self._seen.of([(self._n, number) for number in numbers], ask)

    def _of_pair(self, a: str, b: str, settings: tuple[Setting, ...]) -> Outcomes:
        numbers = {arm: self._arms.numbers(arm, settings) for arm in (a, b)}

        def ask(new: list[int]) -> Outcomes:
            found = {arm: self._latency(arm, each, settings, new) for arm, each in numbers.items()}
            return differences(comparing(self._scenario, (a, b)), found)

        return self._seen.of([(self._n, *pair) for pair in zip(*numbers.values(), strict=True)], ask)

    def _latency(self, arm: str, numbers: list[int], settings: tuple[Setting, ...], places: list[int]) -> Times:
        """int64 (place, replication, launch); what is known of an arm is not simulated again."""
        known = self._seen.latencies
        new = {numbers[place]: place for place in places if (self._n, numbers[place]) not in known}
        if new:
            apart = self._arms.apart(arm, [settings[place] for place in new.values()])
            latency, _ = simulate_block(self._arms.each[arm], self._engine, apart, 0, self._n, self._seen.made)
            known.update(zip(((self._n, number) for number in new), latency[arm], strict=True))
        found: Times = np.stack([known[self._n, numbers[place]] for place in places])
        return found
