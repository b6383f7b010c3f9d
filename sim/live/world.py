"""What answers to one change after another have in common, where they differ in working values alone.

The file is read once, the engine is held against the reference engine once, and what a working value does not touch is
kept from one answer to the next: columns of variates, arms that do not use it, the other settings, much of the search
for bands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from sim.analysis.box import Extents
from sim.analysis.refine import refined
from sim.analysis.tally import NOTHING, Tally
from sim.draws.block import Columns
from sim.draws.nouns import Times
from sim.draws.settings import settings_of
from sim.experiment.batch import alone
from sim.experiment.engines import EngineName, engine_of
from sim.experiment.run import Job, reports_of, tally_of
from sim.experiment.seen import Seen
from sim.experiment.simulate import simulate_block
from sim.experiment.work import find_extents
from sim.model.ranges import TYPICAL
from sim.model.scenario import Scenario
from sim.say.values import kind_of
from sim.scenario.loader import reload
from sim.scenario.working import with_working
from sim.studies.run.reverses import plain_reverses

MOST_BYTES = 128 * 1024 * 1024  # of columns, and of what was looked at, that are kept


@dataclass(frozen=True, eq=False)
class Known:
    """The answer before: of every arm the working values that it used, and its latencies; and the tally of all."""

    used: Mapping[str, Sequence[float]]
    latency: Mapping[str, Times]
    tally: Tally


@dataclass(eq=False)
class World:
    """A scenario, and what all that differ from it in working values alone have in common.

    made, seen : columns of variates, and what was found of bands; either is given up as a whole where it grows large.
    """

    scenario: Scenario
    engine: EngineName
    made: dict[object, Columns] = field(default_factory=dict)
    seen: Seen = field(default_factory=Seen)
    known: Known = field(default_factory=lambda: Known({}, {}, NOTHING))

    def of(self, working: Mapping[str, str]) -> Scenario:
        """The scenario with other working values, by path.

        Raises
        ------
        ScenarioError : one is no value, or lies outside of its range.
        """
        quick = with_working(self.scenario, working, kind_of)
        return reload(self.scenario, working, "--set") if quick is None else quick

    def typical(self, scenario: Scenario) -> Tally:
        """Of every replication at working values, quantiles exact; of arms that use no new value it is as before."""
        before, used = self.known, {arm.name: _used(scenario, arm.name) for arm in scenario.arms}
        new = {arm for arm, values in used.items() if before.used.get(arm) != values}
        if not new:
            return before.tally
        latency, tally = self._simulated(scenario, new, before.latency)
        tally = Tally(
            {**before.tally.sums, **tally.sums},
            {**before.tally.spreads, **tally.spreads},
            {**before.tally.stages, **tally.stages},
        )
        self.known = Known(used, latency, tally)
        return tally

    def _simulated(
        self, scenario: Scenario, new: set[str], latency: Mapping[str, Times]
    ) -> tuple[Mapping[str, Times], Tally]:
        """Latencies of all arms, and the tally of some arms and of whatever they are compared with."""
        self.made = {} if sum(one.nbytes for one in [*self.made.values()]) > MOST_BYTES else self.made
        job, made = Job((0,), 0, scenario.replications), self.made
        anew = replace(scenario, arms=tuple(arm for arm in scenario.arms if arm.name in new))
        found, sums = simulate_block(anew, engine_of(self.engine), (TYPICAL,), 0, job.stop, made, is_summed=True)
        latency = {**latency, **found}
        part = _touched(scenario, new)
        of_part = {arm.name: latency[arm.name] for arm in part.arms}
        return latency, refined(tally_of(part, job, of_part, sums), lambda: reports_of(part, job, of_part))

    def bands(self, scenario: Scenario) -> Extents:
        """How far the answers go over the ranges."""
        self.seen = Seen() if self.seen.nbytes > MOST_BYTES else self.seen
        return find_extents(scenario, self.engine, self.seen)

    def reverses(self, scenario: Scenario) -> Mapping[str, Any] | None:
        """What would turn the first pair, as plain JSON."""
        return plain_reverses(scenario, self.engine, self.seen)

    @cached_property
    def others(self) -> Tally:
        """Of the settings beside the typical one, in which no range stands at its working value."""
        scenario, settings = self.scenario, settings_of(self.scenario)
        if len(settings) < 2:
            return NOTHING
        job = Job(tuple(range(1, len(settings))), 0, scenario.settings.replications)
        latency, _ = simulate_block(scenario, engine_of(self.engine), settings[1:], 0, job.stop)
        return refined(tally_of(scenario, job, latency, {}), lambda: reports_of(scenario, job, latency))


def _used(scenario: Scenario, arm: str) -> Sequence[float]:
    """The working values that an arm uses, in the order of their paths."""
    return [one.typical for one in alone(scenario, scenario.arm(arm)).ranges()]


def _touched(scenario: Scenario, new: set[str]) -> Scenario:
    """The scenario with some arms, their pairs, and whatever they are compared with."""
    if scenario.baseline in new:
        return scenario
    pairs = tuple(pair for pair in scenario.contrasts if new & {*pair})
    named = {*new, scenario.baseline, *(arm for pair in pairs for arm in pair)}
    return replace(scenario, arms=tuple(arm for arm in scenario.arms if arm.name in named), contrasts=pairs)
