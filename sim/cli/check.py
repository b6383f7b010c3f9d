"""``sim check``."""

from __future__ import annotations

import click

from sim.asking.oddities import oddities
from sim.asking.scenarios import find_scenario, parse_sets
from sim.asking.taken import taken
from sim.cli.options import sets_option, tell
from sim.errors import Fault, ScenarioError
from sim.say.channels import channels_line
from sim.units import count_text


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
        for text in (*oddities(scenario), *taken(scenario)):
            tell(text)
        runs = scenario.runs or (scenario,)
        n, n_all = (sum(len(one.launch_keys()) for one in every) for every in ([run.real for run in runs], runs))
        n_false = n_all - n
        counted = [f"a campaign of {count_text(len(runs), 'run')}"] if scenario.runs else []
        counted += [count_text(len(scenario.arms), "arm"), count_text(n, "launch", "launches")]
        counted += [count_text(n_false, "false report")] if n_false else []
        counted += [f"{count_text(len(scenario.ranges()), 'range')} of what is not known"]
        used = {channel for arm in scenario.arms for channel in arm.used_channels()}
        counted += [count_text(len(used), "channel")] if used else []
        click.echo(f"{name}: sound — {', '.join(counted)}")
        if line := channels_line(scenario):
            click.echo(f"  {line}")
    if faults:
        raise ScenarioError(tuple(faults))
