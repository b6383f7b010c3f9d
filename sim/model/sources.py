"""Which stages of a scenario with false reports only seem to tell of launches by themselves."""

from __future__ import annotations

from sim.model.flow import first_steps, steps
from sim.model.scenario import Scenario


def unaware(scenario: Scenario) -> tuple[str, ...]:
    """The stages that an arm begins with and that are no source, by name: a false report does not keep them back.

    None in a scenario without false reports and without sources that say how often they are false.
    """
    named = {entry.false_report for entry in scenario.launches} - {None}
    has_rates = any(arm.stages[step.stage].false_alarms for arm in scenario.arms for step in steps(arm.flow))
    if not named and not has_rates:
        return ()
    found = (arm.stages[step.stage] for arm in scenario.arms for step in first_steps(arm.flow))
    return tuple(dict.fromkeys(stage.name for stage in found if not stage.is_source and stage.name not in named))
