"""What is said of the hours of desks: when they are staffed, what happens outside of that, and what both rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

import numpy as np

from sim.draws.quantiles import quantile
from sim.model.calendar import WEEKDAYS, Hours
from sim.model.delay import Delay
from sim.model.flow import needed_steps
from sim.model.scenario import Arm, Scenario
from sim.say.names import desk_name
from sim.say.numbers import grade_text, list_text
from sim.units import count_text, duration_text


def hours_of(arms: Sequence[Arm]) -> dict[str, Hours]:
    """The hours of every desk that some arm uses and that has any, by its name; of an arm's own, with its title."""
    found: dict[str, Hours] = {}
    for arm in arms:
        for name, hours in arm.hours().items():
            if found.setdefault(name, hours) != hours:
                found[f"{name} ({arm.title})"] = hours
    return dict(sorted(found.items()))


def staffed_notes(scenario: Scenario) -> tuple[str, ...]:
    """When every desk with hours is staffed, what else, what that rests on, and what time the launch meets there."""
    if scenario.zero is None:
        return ()
    found = hours_of(scenario.arms).items()
    return tuple(
        f"{desk_name(name)} is {hours_words(hours)}; {met_words(hours, scenario.zero)}" for name, hours in found
    )


def hours_words(hours: Hours) -> str:
    """When a desk is staffed, what happens outside of that, and what both rest on."""
    outside = "work waits for the next shift"
    if hours.on_call is not None:
        outside = f"somebody is called, which takes {median_text(hours.on_call)} at the median"
    grades = f"{hours.evidence.step}, {grade_text(hours.evidence.value)}"
    return f"{staffed_words(hours)}; outside, {outside} ({grades})"


def staffed_words(hours: Hours) -> str:
    """When a desk is staffed: staffed Mon–Fri 08:00–17:00 (Asia/Tokyo), but on 2 holidays."""
    but = f", but on {count_text(len(hours.holidays), 'holiday')}" if hours.holidays else ""
    return f"staffed {days_text(hours.days)} {span_text(hours)} ({hours.zone.key}){but}"


def shut_words(arms: Sequence[Arm], instant: datetime) -> str:
    """Which desks some arm needs are shut at an instant, with nobody to call: desk office, staffed Mon 09:00–17:00."""
    said: dict[str, None] = {}
    for arm in arms:
        needed = {arm.stages[step.stage].desk for step in needed_steps(arm.flow)}
        for name, hours in arm.hours().items():
            if name in needed and hours.on_call is None and not hours.is_staffed(instant):
                said[f"desk {name}, {staffed_words(hours)}"] = None
    return "; ".join(said)


def met_words(hours: Hours, launch: datetime) -> str:
    """What time it is there at a launch, though hours count from when the report is there."""
    there = launch.astimezone(hours.zone)
    which = "within" if hours.is_staffed(launch) else "outside"
    met = f"at the launch it is {WEEKDAYS[there.weekday()]} {there:%H:%M} there, {which} these hours"
    return f"{met}, which count when the report reaches the desk"


def what_if_sentence(found: Mapping[str, Hours]) -> str:
    """Whose hours are hypothetical; empty where nobody's are."""
    names = [desk_name(name) for name, hours in found.items() if hours.evidence.step == "hypothetical"]
    return f"The hours of {list_text(names)} are hypothetical, a what-if." if names else ""


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
    return duration_text(median_us(delay))


def median_us(delay: Delay) -> float:
    """The same, in microseconds."""
    return float(quantile(delay.typical, np.array([0.5]))[0])
