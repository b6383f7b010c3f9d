"""``sim confirm``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sim.asking.study import Order, answer, study_options

if TYPE_CHECKING:
    from sim.model.scenario import Scenario
    from sim.store.study import Answer, Simulate


@click.command("confirm")
@study_options
def command(order: Order) -> None:
    """Show what every arm, as a rule of confirmation, costs in delay and saves in false alerts.

    Launches alerted in time, late and never; and beside it the false alerts a year, from the false reports of every
    stage or sensor with false_alarms, one source at a time.

    \b
    Examples:
      sim confirm confirmation
      sim confirm confirmation --arms two_with_direct,one_source --json
    """
    from sim.draws.settings import settings_of
    from sim.studies.confirm.find import Told, falsely_reported, prices, rules, sources_of

    scenario = order.scenario
    n = order.n_replications or scenario.replications
    settings = settings_of(scenario)
    sources = sources_of(scenario)

    def make(simulate: Simulate, digest: str) -> Answer:
        from sim.experiment.study import Study
        from sim.model.ranges import TYPICAL
        from sim.studies.confirm.page import answer as said

        def told(world: Scenario) -> Told:
            typical = simulate(Study(world, (TYPICAL,), n))
            return Told(typical, simulate(Study(world, settings, n_each, 0)) if len(settings) > 1 else typical)

        launched = told(scenario)
        every = rules(scenario, launched, {name: told(falsely_reported(scenario, name)) for name in sources})
        return said(scenario, every, prices(scenario, launched, every), n, len(settings), digest)

    n_each = scenario.settings.replications
    n_launches = len(scenario.launch_keys()) * (n + (len(settings) * n_each if len(settings) > 1 else 0))
    answer(order, "confirm", {"replications": n}, (1 + len(sources)) * n_launches, make)
