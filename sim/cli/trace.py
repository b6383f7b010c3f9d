"""``sim trace``."""

from __future__ import annotations

import click

from sim.asking.scenarios import find_scenario, parse_sets
from sim.cli.options import sets_option
from sim.errors import SimError


@click.command("trace")
@click.argument("scenario")
@click.option("--replication", type=click.IntRange(0, 10**9), default=0, show_default=True)
@click.option("--launch", type=click.IntRange(1), default=1, show_default=True, help="Its place in the file.")
@sets_option
def command(scenario: str, replication: int, launch: int, sets: tuple[str, ...]) -> None:
    """Tell one simulated launch event by event, under all arms side by side.

    \b
    Example:
      sim trace salvo-of-eight-2022-06-05 --replication 3 --launch 8
    """
    from sim.experiment.run import replay
    from sim.studies.run.trace import trace

    found = find_scenario(scenario, parse_sets(sets))
    n_launches = len(found.launch_keys())
    if launch > n_launches:
        raise SimError(f"--launch {launch}: the scenario has {n_launches} — give a number from 1 to {n_launches}")
    paths = {arm.name: replay(found, arm, replication) for arm in found.arms}
    click.echo(trace(found, paths, replication, launch - 1))
