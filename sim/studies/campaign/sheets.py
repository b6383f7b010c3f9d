"""Every number of a campaign: as a sheet, and as plain JSON."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from sim.analysis.measures import Measure
from sim.model.scenario import Scenario
from sim.pages.page import Table
from sim.pages.sheets import number, plain_interval
from sim.scenario.campaign import id_of
from sim.studies.campaign.calendars import EVER
from sim.studies.campaign.desks import DeskTotal
from sim.studies.campaign.totals import Campaign, CentreTotal, Measured, Reported, Total
from sim.units import minutes

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


def sheet(scenario: Scenario, found: Campaign) -> Table:
    """A row a launch and arm or pair, then the totals of pairs, whose launch is empty."""
    rows = [row for launch in found.launches for row in _launch_sheet(scenario, found, launch)]
    totals = (row for one in found.totals for row in _total_sheet(one))
    return Table.of([[*SHEET], *rows, *totals, *map(_work_sheet, found.work), *_desk_sheet(found)])


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


def _desk_sheet(found: Campaign) -> Iterator[list[str]]:
    """How a desk stood, all at working values: over the whole period, and its share of each year."""
    for one in found.desks:
        start, ends = [one.arm, ""], ["", "", "", ""]
        for name, unit, value in _of_desk(one):
            yield ["", "", "", *start, f"{name}_{one.desk}", unit, number(value), *ends]
        for year, share in one.in_use.items():
            yield ["", str(year), "", *start, f"in_use_{one.desk}", "share", number(share), *ends]


def _of_desk(one: DeskTotal) -> tuple[tuple[str, str, float], ...]:
    return (
        ("pieces", "pieces", one.pieces),
        ("desk_work", "min", minutes(one.work_us)),
        ("wait", "min", minutes(one.wait_us)),
        ("longest_queue", "pieces", one.longest),
        ("longest_queue_of_all", "pieces", one.most),
    )


def _numbers(found: Measured) -> list[str]:
    typical, band = found.typical, found.band
    ends = (typical.estimate, typical.low, typical.high, band.low, band.high)
    return ["min", *(number(minutes(end)) for end in ends)]


def _share(share: float) -> list[str]:
    return ["share", number(share), "", "", "", ""]


def data_of(scenario: Scenario, found: Campaign) -> dict[str, Any]:
    """The same as plain JSON, times in minutes and beside them the exact mean in microseconds."""
    return {
        "settings": found.n_settings,
        "totals": [_plain_total(one) for one in found.totals],
        "launches": [_plain_launch(scenario, found, launch) for launch in found.launches],
        "work": [_plain_work(one) for one in found.work],
        "desks": [_plain_desk(one) for one in found.desks],
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


def _plain_desk(one: DeskTotal) -> dict[str, Any]:
    return {
        "arm": one.arm,
        "desk": one.desk,
        "pieces": one.pieces,
        "work_min": minutes(one.work_us),
        "wait_min": None if math.isnan(one.wait_us) else minutes(one.wait_us),
        "in_use_share": {str(year): share for year, share in one.in_use.items()},
        "longest_queue": one.longest,
        "longest_queue_of_all": one.most,
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
