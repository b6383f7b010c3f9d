"""``sim ledger``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sim.asking.study import Order, answer, study_options
from sim.errors import SimError

if TYPE_CHECKING:
    from sim.analysis.tally import Tally
    from sim.store.study import Answer, Simulate


@click.command("ledger")
@study_options
def command(order: Order) -> None:
    """Show what mean latencies and differences are made of, and what each part rests on.

    \b
    Examples:
      sim ledger 2019-10-02-pukguksong-3
      sim ledger first-look --arms direct,via_washington --json
    """
    scenario = order.scenario
    if not scenario.contrasts:
        raise SimError(f"{scenario.name}: has one arm, and a ledger needs two — name them: --arms A,B")
    n = order.n_replications or scenario.replications

    def make(_: Simulate, digest: str) -> Answer:
        from sim.studies.ledger.page import answer as said

        return said(scenario, _tally(order, n), n, digest)

    answer(order, "ledger", {"replications": n}, n * len(scenario.launch_keys()), make)


def _tally(order: Order, n: int) -> Tally:
    """That of the stored run if it is there, else of as many replications at the typical setting."""
    from sim.experiment.engines import chosen
    from sim.experiment.run import simulate_typical
    from sim.store.run import is_intact, load_run, run_path

    scenario = order.scenario
    path = run_path(order.out, scenario)
    if n == scenario.replications and is_intact(path):
        return load_run(path).alerts.tally
    engine = chosen(order.engine, scenario, order.n_workers, n * len(scenario.launch_keys()))
    return simulate_typical(scenario, n, order.where, engine)
