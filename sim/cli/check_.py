"""``sim check``."""

from __future__ import annotations

import click

from sim.cli.common import find_scenario, parse_sets, sets_option
from sim.errors import Fault, ScenarioError


@click.command("check")
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")
@sets_option
def command(scenarios: tuple[str, ...], sets: tuple[str, ...]) -> None:
    """Check scenario files and say what they ask; run nothing.

    \b
    Example:
      sim check my-scenario.yaml
    """
    faults: list[Fault] = []
    for name in scenarios:
        try:
            scenario = find_scenario(name, parse_sets(sets))
        except ScenarioError as error:
            faults += error.faults
            continue
        n_launches = len(scenario.launch_keys())
        click.echo(
            f"{name}: sound — {len(scenario.arms)} arms, {n_launches} launch{'es' if n_launches > 1 else ''}, "
            f"{len(scenario.ranges())} ranges of what is not known"
        )
    if faults:
        raise ScenarioError(tuple(faults))
