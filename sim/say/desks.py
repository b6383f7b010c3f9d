"""What is said of desks before anything is run, and on the page of a run as well."""

from __future__ import annotations

from sim.model.scenario import Scenario


def empty_words(scenario: Scenario, share: float) -> str:
    """That a desk begins empty, and how busy it is."""
    first = f"is empty at the first {scenario.happening}"
    return f"{first}, though other work keeps it busy {100 * share:.0f} % of the time"
