"""Which pair of arms a study is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.errors import SimError
from sim.experiment.batch import comparing
from sim.model.scenario import Scenario

if TYPE_CHECKING:
    from sim.analysis.outcomes import Measure


def first_pair(scenario: Scenario, measure: Measure, study: str) -> Scenario:
    """The scenario with the first pair that it compares alone; ``study`` is what needs it, in words.

    Raises
    ------
    SimError : it compares nothing, or has no deadline where it is asked who is in time.
    """
    need_pair(scenario, study)
    if measure == "in-time" and not has_deadline(scenario):
        raise SimError(f"--for in-time: {scenario.name} has no deadline — ask for mean, p50 or p95")
    return comparing(scenario, scenario.contrasts[0])


def need_pair(scenario: Scenario, study: str) -> None:
    """Refuse a scenario that compares nothing; ``study`` is what needs a pair, in words.

    Raises
    ------
    SimError : it has one arm.
    """
    if not scenario.contrasts:
        raise SimError(f"{scenario.name}: has one arm, and {study} needs two — name them: --arms A,B")


def has_deadline(scenario: Scenario) -> bool:
    """Whether some launch has one."""
    return any(entry.deadline for entry in scenario.launches)
