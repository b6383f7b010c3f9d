"""By when reports must be there, in words."""

from __future__ import annotations

from sim.model.scenario import Scenario
from sim.units import duration_text


def deadline_name(scenario: Scenario) -> str:
    """What the deadlines are called, if all are called the same."""
    names = {deadline.name for deadline in scenario.deadlines()}
    return names.pop() if len(names) == 1 else "deadline"


def deadline_after(scenario: Scenario) -> str:
    """How long after its launch a deadline is: 17 min, 5.2 min to 17 min; empty without deadlines."""
    after = sorted({deadline.after_us for deadline in scenario.deadlines()})
    return " to ".join(dict.fromkeys(duration_text(end) for end in (*after[:1], *after[-1:])))
