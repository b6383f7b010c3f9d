"""The lowest and highest of what is said of a scenario over its ranges, searched for by simulating few launches each.

What is looked at depends on the scenario alone, so that neither engine nor workers nor an interruption show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from sim.analysis.box import Extent, Extents, extents
from sim.analysis.measures import Measure
from sim.analysis.outcomes import Quantity
from sim.draws.settings import settings_of
from sim.experiment.batch import alone, comparing
from sim.experiment.engines import LOOKED_AT, N_CORNERS, EngineName
from sim.experiment.seen import Looked, Seen
from sim.model.ranges import Range
from sim.model.scenario import Scenario, Settings

MEASURED = 1_000  # launches of each arm at an end
FEW = 100  # of so few whole numbers many positions share one
LEAST = 20  # replications of either, where launches are many


def find_bands(scenario: Scenario, engine: EngineName, seen: Seen | None = None) -> dict[Quantity, Extent]:
    """The ends of every measure of each arm and of the differences of each pair; nothing where no setting is asked for.

    Their noise is that of replications drawn one by one, whatever the draws of the run. ``seen`` saves a search what
    one before has simulated, of a scenario that differs in typical values alone.
    """
    if scenario.settings.count < 2:
        return {}
    plain, seen = replace(scenario, draws="philox"), seen or Seen()
    look, measure = (Looked(plain, n_each(scenario, n), engine, seen) for n in (LOOKED_AT, MEASURED))
    subjects = [*(alone(plain, arm) for arm in plain.arms), *(comparing(plain, pair) for pair in plain.contrasts)]
    found = dict[Quantity, Extent]()
    if not seen.corners:
        seen.corners.extend(_corners(plain))
    for subject in subjects:
        if ranges := subject.ranges():
            starts = [*_apart(subject, found), *seen.corners]
            asks = partial(look.outcomes, subject), partial(measure.outcomes, subject)
            found |= extents(ranges, [*_quantities(subject)], *asks, starts)
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
    drawn, ranges = settings_of(replace(scenario, settings=Settings(1 + N_CORNERS, 1)))[1:], scenario.ranges()
    return [{one.path: one.low if _is_low(one, setting[one.path]) else one.high for one in ranges} for setting in drawn]


def _is_low(one: Range, position: float) -> bool:
    """Whether a place in a range is nearer to its low end; of few whole numbers by the one that it is rounded to."""
    is_rounded = one.is_whole and one.high - one.low < FEW
    return one.at(position) < one.at(0.5) if is_rounded else position < 0.5


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
