"""A launch on the map and the ways of its report, as a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from sim.model.scenario import Scenario
from sim.model.scope import has_no_path
from sim.pages.page import Drawing, Page, Section, Table
from sim.pages.sheets import number
from sim.say.channels import NO_PATH, no_path_words
from sim.say.numbers import capital, minutes_cell, share_text
from sim.studies.map import figure
from sim.studies.map.find import Found, MapPlan
from sim.studies.map.routes import Route
from sim.studies.map.say import title, way_words
from sim.studies.sight.say import owner_name, sentence
from sim.units import minutes

UNIT = (
    "median minutes from launch at which the last stage of the delivering branch at each centre ended, at working "
    "values; on branch: the share of reports that it carried"
)


def page(plan: MapPlan, found: Found) -> Page:
    """What is said of a launch and of the routes of its report."""
    scenario, routes, seen = plan.scenario, found.routes, found.sighting
    run = f"n = {routes[0].n:,} replications at working values, seed {scenario.seed}, {plan.digest}"
    draw = partial(
        figure.draw,
        scenario=scenario,
        found=seen,
        region=found.region,
        routes=routes,
        run=f"{scenario.name}: {run}",
    )
    ways = tuple(f"{way_words(scenario, route)}." for route in routes)
    return Page(
        study=plan.study,
        scenario=scenario.name,
        digest=plan.digest,
        title=scenario.title,
        question=f"The ways of the report of {seen.entry.name}",
        headline=f"{title(scenario, routes)}.",
        sections=(Section(sentences=ways), Section(table=Table.of(table(scenario, routes)), notes=(UNIT,))),
        labels={"Sight": sentence(seen)},
        repeat=run,
        sheet=Table.of(sheet(scenario, routes)),
        data=_data(found),
        drawings=(Drawing("map", title(scenario, routes), draw),),
    )


def table(scenario: Scenario, routes: Sequence[Route]) -> list[list[str]]:
    """A row a centre, and one for the arrival, under every arm; text cells, header first."""
    rows = [["", "median", "on branch"]]
    for route in routes:
        rows.append([scenario.arm(route.arm).title, "", ""])
        if has_no_path(scenario, scenario.arm(route.arm)):
            rows.append(["  arrives", NO_PATH, ""])
            continue
        rows += [
            [f"  {capital(owner_name(stop.centre))}", minutes_cell(stop.p50_us), share_text(stop.n / route.n_alerts)]
            for stop in route.stops
        ]
        rows.append(["  arrives", minutes_cell(route.p50_us), f"{share_text(route.n_alerts / route.n)} of launches"])
    return rows


def sheet(scenario: Scenario, routes: Sequence[Route]) -> list[list[str]]:
    """One row a centre of every arm, and one for its arrival: median minutes from launch, and of how many."""
    rows = [["arm", "centre", "p50_min", "n"]]
    for route in routes:
        rows += [[route.arm, stop.centre, number(minutes(stop.p50_us)), str(stop.n)] for stop in route.stops]
        why = no_path_words(scenario, scenario.arm(route.arm))
        rows.append([route.arm, "arrival", why or number(minutes(route.p50_us)), str(route.n_alerts)])
    return rows


def _data(found: Found) -> dict[str, Any]:
    """The same as plain JSON: minutes from launch, of the flight seconds and metres."""
    path = found.sighting.track.trajectory
    return {
        "launch": found.sighting.entry.name,
        "flight": {**asdict(found.sighting.flight), "flight_time_s": path.flight_time_s},
        "routes": [_plain(route) for route in found.routes],
    }


def _plain(route: Route) -> dict[str, Any]:
    return {
        "arm": route.arm,
        "replications": route.n,
        "alerts": route.n_alerts,
        "p50_min": minutes(route.p50_us),
        "stops": [{"centre": stop.centre, "p50_min": minutes(stop.p50_us), "alerts": stop.n} for stop in route.stops],
    }
