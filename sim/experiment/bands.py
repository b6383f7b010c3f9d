"""The lowest and highest of what is said of a scenario over its ranges, searched for by simulating few launches each.

What is looked at depends on the scenario alone, so that neither engine nor workers nor an interruption show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from sim.analysis.box import Extent, Extents, extents
from sim.analysis.measures import Measure
from sim.analysis.outcomes import Outcomes, Quantity, outcomes
from sim.draws.block import Columns
from sim.draws.nouns import Times
from sim.draws.settings import settings_of
from sim.experiment.batch import alone, comparing
from sim.experiment.engines import LOOKED_AT, N_CORNERS, EngineName, engine_of
from sim.experiment.simulate import simulate_block
from sim.model.ranges import Exactly, Setting
from sim.model.scenario import Scenario, Settings

MEASURED = 1_000  # launches of each arm at an end
LEAST = 20  # replications of either, where launches are many


@dataclass(frozen=True)
class Seen:
    """What searches of scenarios that differ in nothing but typical values have in common: see `find_bands`.

    latencies : int64 (replication, launch) by how many replications, arm and its values; ``made`` : columns.
    """

    latencies: dict[object, Times] = field(default_factory=dict)
    made: dict[object, Columns] = field(default_factory=dict)


def find_bands(scenario: Scenario, engine: EngineName, seen: Seen | None = None) -> dict[Quantity, Extent]:
    """The ends of every measure of each arm and of the differences of each pair; nothing where no setting is asked for.

    Their noise is that of replications drawn one by one, whatever the draws of the run. ``seen`` saves a search what
    one before has simulated, of a scenario that differs in typical values alone.
    """
    if scenario.settings.count < 2:
        return {}
    plain, seen = replace(scenario, draws="philox"), seen or Seen()
    look, measure = (_Latencies(plain, n_each(scenario, n), engine, seen) for n in (LOOKED_AT, MEASURED))
    subjects = [*(alone(plain, arm) for arm in plain.arms), *(comparing(plain, pair) for pair in plain.contrasts)]
    corners, found = _corners(plain), dict[Quantity, Extent]()
    for subject in subjects:
        if ranges := subject.ranges():
            starts = [*_apart(subject, found), *corners]
            asks = partial(look.outcomes, subject), partial(measure.outcomes, subject)
            found |= extents(ranges, [*_quantities(subject)], *asks, starts)
    return found


class _Latencies:
    """Latencies of every arm in the settings that were looked at; a setting is to an arm what of it the arm uses."""

    def __init__(self, scenario: Scenario, n: int, engine: EngineName, seen: Seen) -> None:
        self._arms = {arm.name: alone(scenario, arm) for arm in scenario.arms}
        self._used = {
            name: {one.path: Exactly(one.typical) for one in of_arm.ranges()} for name, of_arm in self._arms.items()
        }
        self._n, self._engine, self._seen = n, engine_of(engine), seen

    def outcomes(self, subject: Scenario, settings: tuple[Setting, ...]) -> Outcomes:
        """The outcomes of settings under the arms of a subject; what is known of an arm is not simulated again."""
        return outcomes(subject, {arm.name: self._of(arm.name, settings) for arm in subject.arms})

    def _of(self, arm: str, settings: tuple[Setting, ...]) -> Times:
        """int64 (setting, replication, launch)."""
        known, used_by = self._seen.latencies, self._used[arm]
        used = [(self._n, arm, *map(setting.get, used_by, used_by.values())) for setting in settings]
        new = {key: setting for key, setting in zip(used, settings, strict=True) if key not in known}
        if new:
            apart = tuple({path: at for path, at in setting.items() if path in used_by} for setting in new.values())
            latency, _ = simulate_block(self._arms[arm], self._engine, apart, 0, self._n, self._seen.made)
            known.update(zip(new, latency[arm], strict=True))
        found: Times = np.stack([known[key] for key in used])
        return found


def _apart(subject: Scenario, of_arms: Extents) -> Iterator[Mapping[str, float]]:
    """Of a pair, where one arm is slowest and the other fastest; a value that both use is at the end of either."""
    for pair in subject.contrasts:
        a, b = (of_arms.get(Quantity(Measure.MEAN, arm)) for arm in pair)
        if a and b:
            for one, other in ((a.low, b.high), (a.high, b.low)):
                yield {**one.setting, **other.setting}
                yield {**other.setting, **one.setting}


def _corners(scenario: Scenario) -> list[Mapping[str, float]]:
    """Corners of the box at random, each value at the end that is nearer to where a drawn setting has it."""
    drawn = settings_of(replace(scenario, settings=Settings(1 + N_CORNERS, 1)))[1:]
    middles = [(one, one.at(0.5)) for one in scenario.ranges()]
    return [
        {one.path: one.low if one.at(setting[one.path]) < middle else one.high for one, middle in middles}
        for setting in drawn
    ]


def _quantities(subject: Scenario) -> Iterator[Quantity]:
    """What is asked of an arm alone, or of the only pair."""
    about = subject.contrasts[0] if subject.contrasts else (subject.arms[0].name, "")
    if subject.real.launches:
        yield from (Quantity(measure, *about) for measure in (Measure.MEAN, Measure.P50, Measure.P95))
        if subject.is_timed:
            yield Quantity(Measure.IN_TIME, *about)
    if not subject.contrasts:
        yield from (Quantity(measure, *about) for measure in _shares(subject))


def _shares(subject: Scenario) -> Iterator[Measure]:
    if subject.real.launches:
        yield Measure.ARRIVES
    if any(entry.false_report is not None for entry in subject.launches):
        yield Measure.FALSE_ALERT


def n_each(scenario: Scenario, n_launches: int) -> int:
    """How many replications have about so many launches, no more than the run has."""
    return min(scenario.replications, max(LEAST, n_launches // len(scenario.launch_keys())))
