"""The work of a scenario by arm and centre in settings, and how far it goes over the ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from sim.analysis.box import Extent, extents
from sim.analysis.measures import Measure
from sim.analysis.outcomes import Outcomes, Quantity, work_outcomes
from sim.analysis.work import WorkSums, centres_of
from sim.draws.block import Columns
from sim.experiment.bands import find_bands, n_each
from sim.experiment.batch import alone, comparing
from sim.experiment.engines import EngineName, engine_of
from sim.experiment.seen import Arms, Seen
from sim.experiment.simulate import WORKED, simulate_block, simulate_work
from sim.model.ranges import TYPICAL, Setting
from sim.model.scenario import Scenario

LOOKED_AT, MEASURED = 60, 400  # launches in a setting while an end is looked for, and at an end: work has little noise


class Worked:
    """The work of a scenario in settings, of the first ``n`` replications; what is known of an arm is kept."""

    def __init__(self, scenario: Scenario, n: int, engine: EngineName, seen: Seen) -> None:
        self._arms, self._n, self._engine, self._seen = Arms(scenario, seen), n, engine, seen

    def outcomes(self, subject: Scenario, settings: tuple[Setting, ...]) -> Outcomes:
        """Work a launch by arm and centre."""
        found = [self._of_arm(arm.name, settings) for arm in subject.arms]
        return Outcomes({quantity: values for one in found for quantity, values in one.values.items()})

    def _of_arm(self, arm: str, settings: tuple[Setting, ...]) -> Outcomes:
        scenario, made = self._arms.each[arm], self._seen.made

        def ask(new: list[int]) -> Outcomes:
            apart = self._arms.apart(arm, [settings[place] for place in new])
            return in_settings(scenario, apart, self._n, self._engine, made)

        keys = [(Measure.WORK, self._n, number) for number in self._arms.numbers(arm, settings)]
        return self._seen.of(keys, ask)


def in_settings(
    scenario: Scenario,
    settings: tuple[Setting, ...],
    n: int,
    engine: EngineName,
    made: dict[object, Columns] | None = None,
) -> Outcomes:
    """Work a launch by arm and centre, of the first ``n`` replications of some settings, microseconds."""
    work = simulate_work(scenario, engine_of(engine), settings, n, {} if made is None else made)
    return work_outcomes(work, len(scenario.real.launch_keys()))


def sums_of(scenario: Scenario, n: int, engine: EngineName) -> dict[str, WorkSums]:
    """By arm, the work of the first ``n`` replications at the typical setting, exactly, and how its desks stood."""
    _, sums = simulate_block(scenario, engine_of(engine), (TYPICAL,), 0, min(n, WORKED), is_summed=True)
    return {arm: one.work for arm, one in sums.items()}


def find_extents(scenario: Scenario, engine: EngineName, seen: Seen | None = None) -> dict[Quantity, Extent]:
    """How far all answers of a run go over the ranges: those of `find_bands`, and its work."""
    seen = seen or Seen()
    return {**find_bands(scenario, engine, seen), **find_work(scenario, engine, seen=seen)}


def find_work(
    scenario: Scenario, engine: EngineName, pairs: Sequence[tuple[str, str]] = (), seen: Seen | None = None
) -> dict[Quantity, Extent]:
    """The ends of the work of every arm at every centre, and of the differences of pairs; nothing without settings."""
    if scenario.settings.count < 2 or not scenario.real.launches:
        return {}
    plain, seen = replace(scenario, draws="philox"), seen or Seen()
    look, measure = (Worked(plain, n_each(scenario, n), engine, seen) for n in (LOOKED_AT, MEASURED))
    found = dict[Quantity, Extent]()
    subjects = [(alone(plain, arm), (arm.name, "")) for arm in plain.arms]
    subjects += [(comparing(plain, pair), pair) for pair in pairs]
    for subject, about in subjects:
        centres = dict.fromkeys(centre for arm in subject.arms for centre in centres_of(arm))
        quantities = [Quantity(Measure.WORK, *about, at=centre) for centre in centres]
        if ranges := subject.ranges():
            asks = partial(look.outcomes, subject), partial(measure.outcomes, subject)
            found |= extents(ranges, quantities, *asks)
    return found
