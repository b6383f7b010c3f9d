"""A launch on the map, as a figure, and the ways of its report as a text for the terminal, a sheet and JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sim.model.scenario import Scenario
from sim.pages.tables import aligned
from sim.pages.texts import CAVEAT, csv_text, filled, labelled, number
from sim.plots.render import figure_files
from sim.say.numbers import capital, minutes_cell, share_text
from sim.store.run import json_text
from sim.store.study import Answer
from sim.studies.map import figure as figure
from sim.studies.map.routes import Route
from sim.studies.map.say import title, way_words
from sim.studies.sight.find import Sighting
from sim.studies.sight.say import owner_name, sentence
from sim.units import minutes

UNIT = (
    "median minutes from launch at which the last stage of the delivering branch at each centre ended, at placeholder "
    "values; on branch: the share of reports that it carried"
)


def answer(scenario: Scenario, found: Sighting, routes: Sequence[Route], digest: str) -> Answer:
    """What is said of a launch and of the routes of its report."""
    run = f"n = {routes[0].n:,} replications at placeholder values, seed {scenario.seed}, {digest}"
    files = {
        "map.json": json_text(_document(scenario, found, routes, digest)).encode(),
        "map.csv": csv_text(sheet(routes)).encode(),
        **figure_files("map", figure.draw(scenario, found, routes, f"{scenario.name}: {run}")),
    }
    return Answer(text(scenario, found, routes, run), files)


def text(scenario: Scenario, found: Sighting, routes: Sequence[Route], run: str) -> str:
    """For the terminal: when the reports arrive, by which centres, and who could see the launch."""
    lines = [scenario.title, f"The ways of the report of {found.entry.name}", CAVEAT, ""]
    lines += [filled(f"{title(scenario, routes)}."), ""]
    lines += [filled(f"{way_words(scenario.arm(route.arm), route)}.") for route in routes]
    lines += ["", aligned(table(scenario, routes)), filled(UNIT), ""]
    lines += [labelled("Sight", sentence(found)), labelled("Run", run)]
    return "\n".join(lines) + "\n"


def table(scenario: Scenario, routes: Sequence[Route]) -> list[list[str]]:
    """A row a centre, and one for the arrival, under every arm; text cells, header first."""
    rows = [["", "median", "on branch"]]
    for route in routes:
        rows.append([scenario.arm(route.arm).title, "", ""])
        rows += [
            [f"  {capital(owner_name(stop.centre))}", minutes_cell(stop.p50_us), share_text(stop.n / route.n_alerts)]
            for stop in route.stops
        ]
        rows.append(["  arrives", minutes_cell(route.p50_us), f"{share_text(route.n_alerts / route.n)} of launches"])
    return rows


def sheet(routes: Sequence[Route]) -> list[list[str]]:
    """One row a centre of every arm, and one for its arrival: median minutes from launch, and of how many."""
    rows = [["arm", "centre", "p50_min", "n"]]
    for route in routes:
        rows += [[route.arm, stop.centre, number(minutes(stop.p50_us)), str(stop.n)] for stop in route.stops]
        rows.append([route.arm, "arrival", number(minutes(route.p50_us)), str(route.n_alerts)])
    return rows


def _document(scenario: Scenario, found: Sighting, routes: Sequence[Route], digest: str) -> dict[str, Any]:
    path = found.track.trajectory
    return {
        "scenario": scenario.name,
        "digest": digest,
        "launch": found.entry.name,
        "says": title(scenario, routes),
        "flight": {**asdict(found.flight), "flight_time_s": path.flight_time_s},
        "routes": [_plain(route) for route in routes],
    }


def _plain(route: Route) -> dict[str, Any]:
    return {**asdict(route), "p50_us": None if math.isnan(route.p50_us) else route.p50_us}
