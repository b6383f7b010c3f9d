"""What would turn the answer of a run: the break-evens of its first pair, simulated beside it.

The plan depends on the scenario alone, so that neither engine nor workers nor an interruption show. It
is cheap: both ends of every range, and more only where the answer turns between them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from sim.analysis.measures import Measure
from sim.experiment.batch import comparing
from sim.experiment.engines import EngineName
from sim.experiment.seen import Looked, Seen
from sim.model.scenario import Scenario
from sim.say.channels import pathless_words
from sim.studies.breakeven.crossings import BreakEvens, break_evens, from_plain, plain
from sim.studies.breakeven.curves import ENDS_FIRST, curves_of

if TYPE_CHECKING:
    from sim.store.run import Run

MOST_LAUNCHES = 500  # of each arm at a value


def find_reverses(scenario: Scenario, engine: EngineName, seen: Seen | None = None) -> BreakEvens | None:
    """What every value of the first pair does to its mean difference; None without a pair, a path or ranges.

    Its noise is that of replications drawn one by one, whatever the draws of the run. ``seen`` is as for the bands.
    """
    pair = comparing(replace(scenario, draws="philox"), *scenario.contrasts[:1])
    if not pair.contrasts or not pair.ranges() or pathless_words(pair, *pair.contrasts[0]):
        return None
    n = min(scenario.replications, max(2, MOST_LAUNCHES // len(scenario.launch_keys())))

    ask = partial(Looked(pair, n, engine, seen or Seen()).outcomes, pair)
    return break_evens(pair, Measure.MEAN, n, curves_of(pair, pair.ranges(), Measure.MEAN, ENDS_FIRST, ask))


def plain_reverses(scenario: Scenario, engine: EngineName, seen: Seen | None = None) -> Mapping[str, Any] | None:
    """The same as a store keeps it."""
    found = find_reverses(scenario, engine, seen)
    return plain(found) if found else None


def reverses_of(run: Run) -> BreakEvens | None:
    """What a run has kept of it."""
    return from_plain(run.reverses) if run.reverses else None
