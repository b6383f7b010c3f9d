"""The hours of a week as a page."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import Any

import numpy as np

from sim.analysis.measures import Measure
from sim.analysis.outcomes import noise
from sim.model.calendar import WEEKDAYS
from sim.model.scenario import Arm, Scenario
from sim.pages.page import Drawing, Page, Section, Table
from sim.pages.sheets import number
from sim.say.hours import hours_of
from sim.say.numbers import capital, ends_cell, minutes_cell, share_text
from sim.say.repeat import study_words
from sim.studies.hours import figure
from sim.studies.hours.find import HoursPlan, Week
from sim.studies.hours.say import (
    clock_text,
    desk_sentences,
    finding,
    hour_text,
    pair_words,
    rests_on,
    shown_arms,
    title,
    week_words,
    zone_text,
)
from sim.studies.hours.week import DAY, HOURS, hour_of, is_staffed
from sim.units import minutes

UNITS = (
    "Minutes from launch to the report at the median, of reports that arrive, at working values; across the ranges: "
    "the lowest and highest found, searched for at the slowest hour of each."
)
SHEET = (
    "arm",
    "hour",
    "day",
    "time",
    "p50_min",
    "p50_low_min",
    "p50_high_min",
    "p50_band_low_min",
    "p50_band_high_min",
)
NONE = "–"
SHARES = ("arrives_share", "in_time_share")


def page(plan: HoursPlan, week: Week) -> Page:
    """What is said of the hours: the fastest and slowest of every arm, and all of the arm that they move most."""
    scenario = plan.scenario
    run = study_words(scenario, plan.n, HOURS, plan.digest, "hour")
    moved = max(shown_arms(scenario), key=lambda arm: _moved(week, arm))
    draw = partial(figure.draw, scenario=scenario, week=week, run=run)
    return Page(
        study=plan.study,
        scenario=scenario.name,
        digest=plan.digest,
        title=scenario.title,
        question="At which hour is the launch, and who is there then?",
        headline=finding(scenario, week),
        findings=tuple(filter(None, [pair_words(scenario, week)])),
        sections=(
            Section(table=arms_table(scenario, week), notes=(UNITS,)),
            Section(
                table=hours_table(week, moved),
                notes=(f"{capital(moved.title)} by hour of the launch. {week_words(scenario)}",),
            ),
            Section(sentences=desk_sentences(scenario)),
        ),
        rests_on=rests_on(scenario),
        repeat=run,
        sheet=sheet(scenario, week),
        data=_data(scenario, week),
        drawings=(Drawing("hours", title(scenario, week), draw),),
    )


def _moved(week: Week, arm: Arm) -> float:
    medians = week.of_arm(arm.name)[0]
    return 0.0 if np.isnan(medians).all() else float(np.nanmax(medians) - np.nanmin(medians))


def arms_table(scenario: Scenario, week: Week) -> Table:
    """Every arm at its fastest and its slowest hour, and across the ranges there."""
    header = ["", "hour", "p50", "across ranges", *(["in time"] if week.has_deadlines else [])]
    return Table.of([header, *(row for arm in scenario.arms for row in _ends(week, arm))])


def _ends(week: Week, arm: Arm) -> Iterator[list[str]]:
    """Two rows, or one of an arm that no hour moves; and one where some launches have no report."""
    medians = week.of_arm(arm.name)[0]
    is_never = np.isnan(medians)
    if _moved(week, arm):
        for which, hour in (("fastest", np.nanargmin(medians)), ("slowest", np.nanargmax(medians))):
            yield [f"{arm.title}: {which}", hour_text(int(hour)), *_at(week, arm, int(hour))]
    elif not is_never.all():
        yield [arm.title, "any" if not is_never.any() else "some", *_at(week, arm, int(np.argmin(is_never)))]
    if is_never.any():
        first = int(np.argmax(is_never))
        yield [f"{arm.title}: no report", hour_text(first), *_at(week, arm, first)]


def _at(week: Week, arm: Arm, hour: int) -> Iterator[str]:
    yield minutes_cell(week.of_arm(arm.name)[0][hour])
    yield ends_cell(*(ends[arm.name][hour] for ends in (week.low, week.high)))
    if week.has_deadlines:
        share = week.in_time(arm.name)[hour]
        yield NONE if math.isnan(share) else share_text(share)


def hours_table(week: Week, arm: Arm) -> Table:
    """The median of one arm, a column a day and a row an hour, or several in a row that are alike."""
    by_day = week.of_arm(arm.name)[0].reshape(7, DAY)
    alike = groupby(range(DAY), key=lambda hour: [minutes_cell(value) for value in by_day[:, hour]])
    rows = ((cells, [*hours]) for cells, hours in alike)
    return Table.of(
        [
            ["p50", *WEEKDAYS],
            *([f"{clock_text(hours[0])}–{clock_text(hours[-1] + 1)}", *cells] for cells, hours in rows),
        ]
    )


def sheet(scenario: Scenario, week: Week) -> Table:
    """A row an hour of every arm."""
    header = [*SHEET, *(SHARES if week.has_deadlines else SHARES[:1])]
    rows = (
        [arm.name, str(hour), *hour_text(hour).split(), *map(number, values.values())]
        for arm in scenario.arms
        for hour, values in enumerate(_values(week, arm))
    )
    return Table.of([header, *rows])


def _values(week: Week, arm: Arm) -> Iterator[dict[str, float]]:
    """The numbers of every hour of an arm, by their columns."""
    medians = week.of_arm(arm.name)
    times = (medians[0], *noise(medians), week.low[arm.name], week.high[arm.name])
    shares = [week.of_arm(arm.name, Measure.ARRIVES)[0]]
    if week.has_deadlines:
        shares.append(week.in_time(arm.name))
    for hour in range(HOURS):
        found = (*(minutes(float(values[hour])) for values in times), *(float(values[hour]) for values in shares))
        yield dict(zip((*SHEET[4:], *SHARES), found, strict=False))


def _data(scenario: Scenario, week: Week) -> dict[str, Any]:
    return {
        "zone": zone_text(scenario),
        "launch_hour": hour_of(scenario),
        "desks": [
            {"desk": name, "zone": hours.zone.key, "is_staffed": is_staffed(scenario, hours)}
            for name, hours in hours_of(scenario.arms).items()
        ],
        "arms": [
            {
                "arm": arm.name,
                "title": arm.title,
                "hours": [{"hour": hour_text(hour), **values} for hour, values in enumerate(_values(week, arm))],
            }
            for arm in scenario.arms
        ],
    }
