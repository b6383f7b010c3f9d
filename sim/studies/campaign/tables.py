"""A campaign as tables."""

from __future__ import annotations

import math

from sim.model.scenario import Scenario
from sim.pages.page import Table
from sim.say.numbers import ends_cell, minutes_cell
from sim.studies.campaign.say import titles
from sim.studies.campaign.totals import Campaign, Measured, Reported, Total
from sim.studies.run.burden import centre_title, desk_title, queue_text

NONE = "="
NO_MISSILE = "–"  # of an event


def totals_table(scenario: Scenario, found: Campaign) -> Table:
    """A row a pair: how many launches it concerns, what it changes each of them by, and in all."""
    header = [
        "",
        f"{scenario.happenings} after",
        "changed",
        "each, min",
        "lowest to highest",
        "median, min",
        "in all, min",
        "lowest to highest",
    ]
    return Table.of([header, *(_total_row(scenario, one) for one in found.totals)])


def _total_row(scenario: Scenario, one: Total) -> list[str]:
    a, b = titles(scenario, one)
    start = [f"{a} − {b}", str(one.n_after), str(len(one.changed))]
    if not one.changed:
        return [*start, NONE, "", NONE, NONE, ""]
    each, total = ([_estimate(part), _ends(part)] for part in (one.mean, one.total))
    return [*start, *each, _estimate(one.median), *total]


def launches_table(scenario: Scenario, found: Campaign) -> Table:
    """A row a launch: the mean under what the others are compared with, and what each of those changes it by."""
    pairs = [" − ".join(titles(scenario, one)) for one in found.totals]
    against = tuple(dict.fromkeys(one.pair[1] for one in found.totals))
    header = [scenario.happening, "missiles", *(scenario.arm(arm).title for arm in against), *pairs]
    return Table.of([header, *(_launch_row(found, launch, against) for launch in found.launches)])


def _launch_row(found: Campaign, launch: Reported, against: tuple[str, ...]) -> list[str]:
    changes = (_change(launch.pairs[one.pair]) if launch in one.changed else NONE for one in found.totals)
    entry = launch.run.launches[0]
    start = [f"{launch.run.clock:%Y-%m-%d %H:%M}", NO_MISSILE if entry.is_event else str(entry.count)]
    return [*start, *(_estimate(launch.latency[arm]) for arm in against), *changes]


def _estimate(found: Measured) -> str:
    return minutes_cell(found.typical.estimate)


def _ends(found: Measured) -> str:
    return ends_cell(found.band.low, found.band.high)


def _change(found: Measured) -> str:
    """A difference, and its band where there is one."""
    return _estimate(found) if math.isnan(found.band.low) else f"{_estimate(found)} ({_ends(found)})"


def work_table(scenario: Scenario, found: Campaign) -> Table:
    """A row an arm or pair and centre: hours over the whole period, and in each of its years."""
    years = sorted({one.year for one in found.work if one.year is not None})
    header = ["hours of work", "centre", "in all", "lowest to highest", *map(str, years)]
    rows = []
    for one in (one for one in found.work if one.year is None):
        of_years = [_hours(found.work_at(one, year).total.typical.estimate) for year in years]
        band = one.total.band
        ends = NO_MISSILE if math.isnan(band.low) else f"{_hours(band.low)} to {_hours(band.high)}"
        title = " − ".join(scenario.arm(arm).title for arm in one.pair if arm)
        rows.append([title, centre_title(one.centre), _hours(one.total.typical.estimate), ends, *of_years])
    return Table.of([header, *rows])


def desks_table(scenario: Scenario, found: Campaign) -> Table:
    """A row an arm and desk: hours over the whole period, the share of each year, and how work waited."""
    years = [*found.desks[0].in_use]
    header = [
        "",
        "desk",
        "pieces",
        "hours",
        *(f"in use {year}" for year in years),
        "wait a piece, min",
        "longest queue",
    ]
    rows = [
        [
            scenario.arm(one.arm).title,
            desk_title(one.desk),
            f"{one.pieces:.1f}",
            minutes_cell(one.work_us / 60),
            *(tiny_share_text(one.in_use[year]) for year in years),
            minutes_cell(one.wait_us),
            queue_text(one.longest, one.most),
        ]
        for one in found.desks
    ]
    return Table.of([header, *rows])


def tiny_share_text(share: float) -> str:
    """A share with two digits, however small: 0.0083 %."""
    return f"{100 * share:.2g} %"


def _hours(us: float) -> str:
    """Hours of work; 0 where there is none at all."""
    return minutes_cell(us / 60) if us else "0"
