"""What the difference of the first pair rests on, in words."""

from __future__ import annotations

from sim.analysis.results import Contrast
from sim.model.scenario import Scenario
from sim.say.findings import claim
from sim.say.numbers import capital
from sim.say.rests import rests_on_title, rests_on_words

QUESTION = "What the mean latencies and their differences rest on"
UNIT = (
    "Mean minutes at working values, along the branch that delivers; the rows add up to the mean exactly. What "
    "both arms spend alike cancels."
)
WEAKEST = (
    "A part counts whole under the weakest grade of the values that make it: a stage with losses rests on its delay "
    "and on its loss, a wait on who serves and on all work done there. Shares are of the sizes of the parts, whatever "
    "their sign."
)


WORK = (
    "Mean minutes of work a launch of the first {n:,} replications: all that steps held a centre, on the delivering "
    "branch or not, in time to count or not. It is time of the modelled steps and no staffing of any office."
)


def headline(scenario: Scenario, first: Contrast) -> str:
    """What it rests on most, and what it is, where there is one."""
    most = f"{rests_on_title(scenario, first)}."
    return f"{most} At working values {claim(scenario, first)}." if first.counts.both else most


def pair_title(scenario: Scenario, first: Contrast) -> str:
    """What the difference is, above its parts."""
    return capital(claim(scenario, first))


def rests_on(scenario: Scenario, first: Contrast) -> str:
    """How much of it rests on values of which grade; empty without a difference."""
    return rests_on_words(scenario, first) if first.counts.both else ""
