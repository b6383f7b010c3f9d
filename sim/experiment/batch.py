"""A batch: many settings of one scenario, each simulated with the same replications.

A run has few settings and says much of them; a study has batches of up to a million and says of each
what `sim.analysis.outcomes` holds. Its jobs are groups of whole settings, which share all draws that
they do not change, so a group costs far less than its settings one by one.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sim.analysis.outcomes import SECTIONS, Outcomes, outcomes
from sim.experiment.engines import EngineName, engine_of
from sim.experiment.execution import Execution
from sim.experiment.run import BLOCK_WORK, MANY_JOBS, MOST_WORK
from sim.experiment.simulate import check, simulate_block
from sim.model.ranges import Setting
from sim.model.scenario import Arm, Scenario


@dataclass(frozen=True, eq=False)
class Batch:
    """Settings of a scenario, and how many replications each of them has."""

    scenario: Scenario
    settings: tuple[Setting, ...]
    n_each: int
    n_sections: int = SECTIONS

    @property
    def n_launches(self) -> int:
        """How many launches it simulates, each under every arm."""
        return self.n_replications * len(self.scenario.launch_keys())

    @property
    def n_replications(self) -> int:
        """How many replications it has over all settings."""
        return len(self.settings) * self.n_each

    def jobs(self) -> tuple[Batch, ...]:
        """The same in parts, in order; they depend on the batch alone."""
        each = self.n_each * len(self.scenario.launch_keys())
        size = max(1, max(BLOCK_WORK, min(self.n_launches // MANY_JOBS, MOST_WORK)) // each)
        starts = range(0, len(self.settings), size)
        return tuple(replace(self, settings=self.settings[start : start + size]) for start in starts)


def comparing(scenario: Scenario, *pairs: tuple[str, str]) -> Scenario:
    """The scenario with no more than the arms of some pairs: what is not compared is not simulated."""
    arms = tuple(arm for arm in scenario.arms if any(arm.name in pair for pair in pairs))
    baseline = scenario.baseline if any(arm.name == scenario.baseline for arm in arms) else None
    return replace(scenario, arms=arms, contrasts=pairs, baseline=baseline)


def alone(scenario: Scenario, arm: Arm) -> Scenario:
    """The scenario with one arm and nothing to compare it with."""
    return replace(scenario, arms=(arm,), contrasts=(), baseline=None)


def run_part(part: Batch, engine: EngineName) -> Outcomes:
    """Simulate the settings of one part."""
    latency, _ = simulate_block(part.scenario, engine_of(engine), part.settings, 0, part.n_each)
    return outcomes(part.scenario, latency, part.n_sections)


def run_parts(parts: Sequence[Batch], execution: Execution) -> Generator[Outcomes]:
    """Simulate parts, wherever that is, in their order; several scenarios share the work of a check."""
    if parts:
        scenarios = {id(part.scenario): part.scenario for part in parts}
        for scenario in scenarios.values():
            check(scenario, engine_of(execution.engine), len(scenarios))
        yield from execution.spread(partial(run_part, engine=execution.engine), parts, parts[0].scenario)
