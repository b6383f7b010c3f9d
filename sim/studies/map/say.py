"""The ways of a report in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.model.scenario import Scenario
from sim.model.scope import has_no_path
from sim.say.channels import NO_PATH, no_path_words
from sim.say.numbers import capital, minutes_text
from sim.say.whose import report_words, where
from sim.studies.map.routes import Route, Stop
from sim.studies.sight.say import NEVER, owner_name


def title(scenario: Scenario, routes: Sequence[Route]) -> str:
    """When the reports arrive, in short; whose they are, if one side sends them all."""
    said = (f"{scenario.arm(route.arm).title} {_short(scenario, route)}" for route in routes)
    is_from_one = all(route.is_from_origin for route in routes if route.n_alerts)
    what = report_words(scenario) if is_from_one else "the report"
    return f"{capital(what)} in {where(scenario)}, at working values: {'; '.join(said)}"


def way_words(scenario: Scenario, route: Route) -> str:
    """When each centre has done its part, calls included, and when the report arrives, or why it has no path."""
    arm = scenario.arm(route.arm)
    if why := no_path_words(scenario, arm):
        return f"{capital(arm.title)}: {why}"
    done = [f"{owner_name(stop.centre)} is done after {minutes_text(stop.p50_us)} min" for stop in way(route)]
    return f"{capital(arm.title)}: {', '.join([*done, _arrives(route)])}"


def way(route: Route) -> tuple[Stop, ...]:
    """The stops on the way, from its origin if it goes by there, without the last, where it arrives, and its goal."""
    stops = [stop for stop in route.onward if stop.centre != route.goal]
    return tuple(stop for stop in stops if stop.p50_us < route.p50_us)


def _short(scenario: Scenario, route: Route) -> str:
    return NO_PATH if has_no_path(scenario, scenario.arm(route.arm)) else _when(route)


def _arrives(route: Route) -> str:
    return "never arrives" if math.isnan(route.p50_us) else f"arrives after {_when(route)}"


def _when(route: Route) -> str:
    return NEVER if math.isnan(route.p50_us) else f"{minutes_text(route.p50_us)} min"
