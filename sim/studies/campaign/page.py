"""A campaign as a page."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from typing import Any

from sim.analysis.ledger import bases
from sim.analysis.measures import Measure
from sim.model.scenario import Scenario
from sim.pages.page import Drawing, Page, Section, Table
from sim.pages.sheets import number, plain_interval
from sim.say.numbers import ends_cell, minutes_cell
from sim.say.values import assumed_words
from sim.scenario.campaign import id_of
from sim.studies.campaign import figure
from sim.studies.campaign.calendars import EVER
from sim.studies.campaign.find import CampaignPlan
from sim.studies.campaign.say import (
    ADDED,
    SHARED,
    WORK,
    figure_title,
    findings,
    headline,
    notes,
    titles,
    work_sentence,
    work_title,
)
from sim.studies.campaign.totals import Campaign, CentreTotal, Measured, Reported, Total
from sim.studies.run.burden import centre_title
from sim.units import minutes

NONE = "="
NO_MISSILE = "–"  # of an event
SAME = f"Mean minutes from launch, and differences at working values (lowest to highest); {NONE}: nothing changes."
SHEET = (
    "launch",
    "time",
    "missiles",
    "arm",
    "minus",
    "measure",
    "unit",
    "value",
    "noise_low",
    "noise_high",
    "low",
    "high",
)


def page(plan: CampaignPlan, found: Campaign) -> Page:
    """What is said of a campaign: totals of each pair, and launch by launch."""
    scenario = plan.scenario
    run = f"{len(plan.runs)} {scenario.happenings} × {plan.n:,} replications, seed {scenario.seed}, {plan.digest}"
    draw = partial(figure.draw, scenario=scenario, found=found, run=run)
    return Page(
        study=plan.study,
        scenario=scenario.name,
        digest=plan.digest,
        title=scenario.title,
        question="what calendars change over all launches of a period",
        headline=headline(scenario, found),
        findings=findings(scenario, found),
        sections=(
            Section(table=totals_table(scenario, found), notes=(SHARED, ADDED)),
            Section(table=launches_table(scenario, found), notes=(SAME, *notes(found))),
            *([Section("Work by centre", table=work_table(scenario, found), notes=(WORK,))] if found.work else []),
            *([Section(sentences=(scenario.story,))] if scenario.story else []),
        ),
        rests_on=assumed_words([basis.evidence.value for basis in bases(scenario)]),
        repeat=f"{run}; bands over {found.n_settings} settings",
        sheet=sheet(scenario, found),
        data=_data(scenario, found),
        drawings=(Drawing("campaign", figure_title(scenario, found), draw), *_work_drawing(scenario, found, run)),
    )


def _work_drawing(scenario: Scenario, found: Campaign, run: str) -> Iterator[Drawing]:
    """What calendars change of the work of centres, where they change any."""
    if any(work.total.typical.estimate for one in found.totals for work in found.work_of(one.pair)):
        draw = partial(figure.draw_work, scenario=scenario, found=found, run=run)
        yield Drawing("work", work_title(scenario, found), draw, work_sentence(scenario, found, found.totals[0]))


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


def _hours(us: float) -> str:
    return minutes_cell(us / 60) if us else NONE


def sheet(scenario: Scenario, found: Campaign) -> Table:
    """A row a launch and arm or pair, then the totals of pairs, whose launch is empty."""
    rows = [row for launch in found.launches for row in _launch_sheet(scenario, found, launch)]
    totals = (row for one in found.totals for row in _total_sheet(one))
    return Table.of([[*SHEET], *rows, *totals, *map(_work_sheet, found.work)])


def _launch_sheet(scenario: Scenario, found: Campaign, launch: Reported) -> Iterator[list[str]]:
    start = [id_of(launch.run), launch.run.clock.isoformat(), str(launch.run.launches[0].count)]
    for arm in scenario.arms:
        yield [*start, arm.name, "", "mean", *_numbers(launch.latency[arm.name])]
        yield [*start, arm.name, "", "arrives", *_share(launch.arrives[arm.name])]
        if arm.name in launch.in_time:
            yield [*start, arm.name, "", "in_time", *_share(launch.in_time[arm.name])]
    for one in found.totals:
        yield [*start, *one.pair, "mean", *_numbers(launch.pairs[one.pair])]
        total = one.cumulative[found.launches.index(launch)]
        yield [*start, *one.pair, "cumulative", "min", number(minutes(total)), "", "", "", ""]


def _total_sheet(one: Total) -> Iterator[list[str]]:
    for name, count in (("launches_after", one.n_after), ("changed", len(one.changed)), ("lost", one.n_lost)):
        yield ["", "", "", *one.pair, name, "launches", str(count), "", "", "", ""]
    yield ["", "", "", *one.pair, "each", *_numbers(one.mean)]
    yield ["", "", "", *one.pair, "median", *_numbers(one.median)]
    yield ["", "", "", *one.pair, "total", *_numbers(one.total)]


def _work_sheet(one: CentreTotal) -> list[str]:
    """Work at a centre: over a year, which then stands in place of a time, or in all."""
    year = "" if one.year is None else str(one.year)
    return ["", year, str(one.n_missiles), *one.pair, f"work_{one.centre or 'nowhere'}", *_numbers(one.total)]


def _numbers(found: Measured) -> list[str]:
    typical, band = found.typical, found.band
    ends = (typical.estimate, typical.low, typical.high, band.low, band.high)
    return ["min", *(number(minutes(end)) for end in ends)]


def _share(share: float) -> list[str]:
    return ["share", number(share), "", "", "", ""]


def _data(scenario: Scenario, found: Campaign) -> dict[str, Any]:
    """The same as plain JSON, times in minutes and beside them the exact mean in microseconds."""
    return {
        "settings": found.n_settings,
        "totals": [_plain_total(one) for one in found.totals],
        "launches": [_plain_launch(scenario, found, launch) for launch in found.launches],
        "work": [_plain_work(one) for one in found.work],
    }


def _plain_work(one: CentreTotal) -> dict[str, Any]:
    return {
        "arm": one.pair[0],
        "minus": one.pair[1],
        "centre": one.centre,
        "year": one.year,
        "missiles": one.n_missiles,
        "total_min": _plain(one.total),
        "each_min": _plain(one.each),
    }


def _plain_total(one: Total) -> dict[str, Any]:
    return {
        "arm": one.pair[0],
        "minus": one.pair[1],
        "since": one.since.isoformat() if one.since and one.since != EVER else None,
        "launches_after": one.n_after,
        "changed": [id_of(launch.run) for launch in one.changed],
        "lost": one.n_lost,
        "each_min": _plain(one.mean),
        "median_min": _plain(one.median),
        "total_min": _plain(one.total),
        "cumulative_min": [minutes(us) for us in one.cumulative],
    }


def _plain_launch(scenario: Scenario, found: Campaign, launch: Reported) -> dict[str, Any]:
    entry = launch.run.launches[0]
    return {
        "launch": id_of(launch.run),
        "name": entry.name,
        "time": launch.run.clock.isoformat(),
        "missiles": entry.count,
        "note": entry.note,
        "arms": [
            {
                "arm": arm.name,
                "mean_min": _plain(launch.latency[arm.name]),
                "arrives": launch.arrives[arm.name],
                "in_time": launch.in_time.get(arm.name),
            }
            for arm in scenario.arms
        ],
        "pairs": [
            {"arm": one.pair[0], "minus": one.pair[1], "is_changed": launch in one.changed}
            | {"difference_min": _plain(launch.pairs[one.pair])}
            for one in found.totals
        ],
    }


def _plain(found: Measured) -> dict[str, float]:
    band = {"lowest": minutes(found.band.low), "highest": minutes(found.band.high)}
    return {**plain_interval(Measure.MEAN, found.typical), **band}
