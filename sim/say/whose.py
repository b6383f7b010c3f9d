"""Whose report it is and where it goes, as the recipients tell."""

from __future__ import annotations

from collections.abc import Sequence

from sim.model.scenario import Arm, Scenario
from sim.say.numbers import list_text

SENDERS = {"Tokyo": "Seoul", "Seoul": "Tokyo"}
BOTH = "Seoul and Tokyo"


def city(arm: Arm) -> str:
    """Where the recipient of an arm sits: what its name ends with, and Tokyo where that is neither capital nor both."""
    end = arm.recipient.rpartition(", ")[2]
    return end if end in (*SENDERS, BOTH) else "Tokyo"


def where(scenario: Scenario) -> str:
    """Where the reports go, the baseline's apart."""
    return list_text(list(dict.fromkeys(map(city, _reporting(scenario)))))


def report_words(scenario: Scenario) -> str:
    """Whose report it is: Seoul's report, Tokyo's report, or the report where they go both ways."""
    place = where(scenario)
    return f"{SENDERS[place]}'s report" if place in SENDERS else "the report"


def recipients(scenario: Scenario) -> str:
    """Whom the reports must reach."""
    return "; ".join(dict.fromkeys(arm.recipient for arm in _reporting(scenario)))


def _reporting(scenario: Scenario) -> Sequence[Arm]:
    return scenario.compared or scenario.arms
