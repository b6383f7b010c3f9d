"""Which pair of arms a study is about."""

from __future__ import annotations

from collections.abc import Iterable

from sim.analysis.measures import Measure
from sim.errors import SimError
from sim.experiment.batch import comparing
from sim.model.scenario import Scenario
from sim.say.channels import no_path_words


def first_pair(scenario: Scenario, measure: Measure, study: str) -> Scenario:
    """The scenario with the first pair that it compares alone; ``study`` is what needs it, in words.

    Raises
    ------
    SimError : it compares nothing, or a launch has no deadline where it is asked who is in time.
    """
    need_pair(scenario, study)
    need_deadlines(scenario, measure)
    return comparing(scenario, scenario.contrasts[0])


def need_pair(scenario: Scenario, study: str) -> None:
    """Refuse a scenario that compares nothing; ``study`` is what needs a pair, in words.

    Raises
    ------
    SimError : it has one arm.
    """
    if not scenario.contrasts:
        raise SimError(f"{scenario.name}: has one arm, and {study} needs two — name them: --arms A,B")


def need_paths(scenario: Scenario, names: Iterable[str], study: str) -> None:
    """Refuse arms, by name, of which one has no path, so that no value turns or moves anything.

    Raises
    ------
    SimError : one has none; says why.
    """
    for arm in map(scenario.arm, names):
        if words := no_path_words(scenario, arm):
            mend = "name arms that have one: --arms A,B"
            raise SimError(f"{scenario.name}: {arm.title}: {words}, and {study} needs a path on both sides — {mend}")


def need_deadlines(scenario: Scenario, measure: Measure) -> None:
    """Refuse to ask who is in time where some launch has no deadline.

    Raises
    ------
    SimError : it is asked, and one has none; names it.
    """
    if measure == Measure.IN_TIME and not scenario.is_timed:
        launches, arms = scenario.real.launches, scenario.arms
        bare = [entry.name for entry in launches if not all(arm.deadline_of(entry) for arm in arms)]
        which = f"launch {bare[0]} of {scenario.name}" if bare else scenario.name
        raise SimError(f"--for in-time: {which} has no deadline — give it one, or ask for mean, p50 or p95")
