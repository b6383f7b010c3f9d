"""What is said of the hours of desks: when they are staffed, what happens outside of that, and what both rest on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

import numpy as np

from sim.draws.quantiles import quantile
from sim.model.calendar import WEEKDAYS, Hours
from sim.model.delay import Delay
from sim.model.scenario import Scenario
from sim.model.stage import Desk
from sim.say.numbers import grade_text
from sim.units import count_text, duration_text


def staffed(scenario: Scenario) -> dict[str, Desk]:
    """The desks with hours that some arm uses, by name, each once."""
    used = {name: arm.desks[name] for arm in reversed(scenario.arms) for name in arm.used_desks()}
    return {name: desk for name, desk in sorted(used.items()) if desk.hours is not None}


def staffed_notes(scenario: Scenario) -> tuple[str, ...]:
    """When every desk with hours is staffed, what else, what that rests on, and what time the launch meets there."""
    return tuple(
        f"desk {name} is {hours_words(desk.hours)}; {met_words(desk.hours, scenario.zero)}"
        for name, desk in staffed(scenario).items()
        if desk.hours is not None and scenario.zero is not None
    )


def hours_words(hours: Hours) -> str:
    """When a desk is staffed, what happens outside of that, and what both rest on."""
    outside = "work waits for the next shift"
    if hours.on_call is not None:
        outside = f"somebody is called, which takes {median_text(hours.on_call)} at the median"
    but = f", but on {count_text(len(hours.holidays), 'holiday')}" if hours.holidays else ""
    grades = f"{hours.evidence.step}, {grade_text(hours.evidence.value)}"
    return f"staffed {days_text(hours.days)} {span_text(hours)} ({hours.zone.key}){but}; outside, {outside} ({grades})"


def met_words(hours: Hours, launch: datetime) -> str:
    """What time it is there at a launch."""
    there = launch.astimezone(hours.zone)
    which = "within" if hours.is_staffed(launch) else "outside"
    return f"at the launch it is {WEEKDAYS[there.weekday()]} {there:%H:%M} there, {which} these hours"


def span_text(hours: Hours) -> str:
    """From when to when: 08:00–17:00."""
    return f"{hours.start:%H:%M}–{hours.stop:%H:%M}"


def days_text(days: Sequence[int]) -> str:
    """Days of the week, of which three or more in a row are from one to another: Mon–Fri, Sun."""
    runs = [[day for _, day in run] for _, run in groupby(enumerate(days), lambda pair: pair[1] - pair[0])]
    return ", ".join(
        f"{WEEKDAYS[run[0]]}–{WEEKDAYS[run[-1]]}" if len(run) > 2 else ", ".join(WEEKDAYS[day] for day in run)
        for run in runs
    )


def median_text(delay: Delay) -> str:
    """The median of a delay at working values."""
    return duration_text(float(quantile(delay.typical, np.array([0.5]))[0]))
