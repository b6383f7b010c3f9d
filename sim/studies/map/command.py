"""``sim map``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from sim.asking.study import Order, answer, first_pair, launch_option, study_options

if TYPE_CHECKING:
    from sim.store.study import Answer, Simulate

N = 1_000  # replications: medians within some per cent, in a second or two


@click.command("map")
@study_options
@launch_option
def command(order: Order, launch: str | None) -> None:
    """Draw a launch, who sees it, and the ways its report takes to Tokyo.

    SCENARIO is one with sensors, or a launch of the catalogue, which takes those of the base case. The ways are of the
    first pair that it compares, or of --arms A,B.

    \b
    Examples:
      sim map 2019-10-02
      sim map 2019-10-02 --arms direct_standing,via_washington_standing
    """
    from sim.studies.sight.find import sighting

    found = sighting(order.scenario, launch)
    pair = first_pair(order.scenario, "mean", "a map")
    n = order.n_replications or N
    n_launches = n * len(pair.launch_keys())

    def make(_: Simulate, digest: str) -> Answer:
        from sim.experiment.engines import chosen
        from sim.studies.map.find import typical_routes
        from sim.studies.map.page import answer as said

        place = sum(entry.count for entry in pair.launches[: pair.launches.index(found.entry)])
        routes = typical_routes(pair, place, n, chosen(order.engine, pair, 1, n_launches))
        return said(pair, found, routes, digest)

    options = {"pair": pair.contrasts[0], "launch": found.entry.name, "replications": n}
    answer(replace(order, scenario=pair), "map", options, n_launches, make)
