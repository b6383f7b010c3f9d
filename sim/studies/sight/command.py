"""``sim sight``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.asking.order import load
from sim.asking.scenarios import parse_sets, sets_option
from sim.asking.study import Order, answer, launch_option, telling_options

if TYPE_CHECKING:
    from sim.store.study import Answer, Simulate

DRAWN_ALONE = {"draws": "philox"}  # nothing is drawn here, and only runs may draw otherwise


@click.command("sight")
@click.argument("scenario", metavar="LAUNCH")
@launch_option
@sets_option
@telling_options
def command(
    scenario: str, launch: str | None, sets: tuple[str, ...], again: bool, as_json: bool, quiet: bool, out: Path
) -> None:
    """Show which sensors see a launch, from when to when, and how high it is then.

    LAUNCH is a scenario with sensors, or a launch of the catalogue, which takes those of the base case.

    \b
    Examples:
      sim sight 2019-10-02
      sim sight my-scenario.yaml --launch "the second" --set sensors.sado.range="1500 km"
    """
    from sim.studies.sight.find import sighting

    given = parse_sets(sets) | DRAWN_ALONE
    order = Order(load(scenario, given, None), None, out, 1, "reference", again, as_json, quiet)
    found = sighting(order.scenario, launch)

    def make(_: Simulate, digest: str) -> Answer:
        from sim.studies.sight.page import answer as said

        return said(order.scenario, found, digest)

    answer(order, "sight", {"launch": found.entry.name}, 0, make)
