"""Flight times that are needed, and those that were, as a page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from sim.analysis.ledger import bases
from sim.model.scenario import Scenario
from sim.pages.page import Drawing, Page, Section, Table
from sim.pages.sheets import number
from sim.say.numbers import ends_cell, minutes_cell, share_text
from sim.say.values import assumed_words
from sim.scenario.campaign import id_of
from sim.studies.flights import figure
from sim.studies.flights.find import Flights, FlightsPlan
from sim.studies.flights.say import headline, notes, title
from sim.units import minutes

SHEET = ("launch", "time", "flight_min", "arm", "measure", "unit", "value", "noise_low", "noise_high", "low", "high")


def page(plan: FlightsPlan, found: Flights) -> Page:
    """What is said of the arms, and launch by launch."""
    scenario = plan.scenario
    run = f"{len(plan.runs)} {scenario.happenings} × {plan.n:,} replications, seed {scenario.seed}, {plan.digest}"
    draw = partial(figure.draw, scenario=scenario, found=found, run=run)
    return Page(
        study=plan.study,
        scenario=scenario.name,
        digest=plan.digest,
        title=scenario.title,
        question="At what flight time does each arrangement stop being in time?",
        headline=headline(scenario, found),
        sections=(
            Section(table=needed_table(scenario, found), notes=notes(plan.left_out, scenario)),
            Section(table=launches_table(scenario, found)),
        ),
        rests_on=assumed_words([basis.evidence.value for basis in bases(plan.runs[0])]),
        repeat=f"{run}; bands over {found.n_settings} settings",
        sheet=sheet(found),
        data=_data(found),
        drawings=(Drawing("flights", title(scenario, found), draw),),
    )


def needed_table(scenario: Scenario, found: Flights) -> Table:
    """A row an arm: the flight it needs, and how many launches of each year flew so long."""
    header = ["", "flight needed, min", "lowest to highest", "so long flew", *map(str, found.years)]
    rows = []
    for one in found.needed:
        at, band = one.flight.typical.estimate, one.flight.band
        counts = [f"{found.n_long(at, year)} of {len(found.of_year(year))}" for year in found.years]
        all_of_them = f"{found.n_long(at)} of {len(found.launches)}"
        title = scenario.arm(one.arm).title
        rows.append([title, minutes_cell(at), ends_cell(band.low, band.high), all_of_them, *counts])
    return Table.of([header, *rows])


def launches_table(scenario: Scenario, found: Flights) -> Table:
    """A row a launch, the shortest flight first: what each arm reports in time."""
    header = [scenario.happening, "flight, min", *(f"in time: {arm.title}" for arm in scenario.arms)]
    rows = []
    for launch in sorted(found.launches, key=lambda launch: launch.flight_us):
        shares = (share_text(launch.in_time[arm.name].typical.estimate) for arm in scenario.arms)
        rows.append([f"{launch.run.clock:%Y-%m-%d %H:%M}", minutes_cell(launch.flight_us), *shares])
    return Table.of([header, *rows])


def sheet(found: Flights) -> Table:
    """A row a launch and arm, then what every arm needs, whose launch is empty."""
    return Table.of([[*SHEET], *_rows(found)])


def _rows(found: Flights) -> Iterator[list[str]]:
    for launch in found.launches:
        start = [id_of(launch.run), launch.run.clock.isoformat(), number(minutes(launch.flight_us))]
        for arm, share in launch.in_time.items():
            at, band = share.typical, share.band
            yield [*start, arm, "in_time", "share", *map(number, (at.estimate, at.low, at.high, band.low, band.high))]
    for one in found.needed:
        at, band = one.flight.typical, one.flight.band
        ends = (number(minutes(end)) for end in (at.estimate, at.low, at.high, band.low, band.high))
        yield ["", "", "", one.arm, "flight_needed", "min", *ends]


def _data(found: Flights) -> dict[str, Any]:
    return {
        "settings": found.n_settings,
        "needed": [
            {
                "arm": one.arm,
                "flight_min": {
                    "estimate": minutes(one.flight.typical.estimate),
                    "lowest": minutes(one.flight.band.low),
                    "highest": minutes(one.flight.band.high),
                },
                "so_long": {str(year): found.n_long(one.flight.typical.estimate, year) for year in found.years},
            }
            for one in found.needed
        ],
        "launches": [
            {
                "launch": id_of(launch.run),
                "time": launch.run.clock.isoformat(),
                "flight_min": minutes(launch.flight_us),
                "in_time_share": {arm: one.typical.estimate for arm, one in launch.in_time.items()},
            }
            for launch in found.launches
        ],
    }
