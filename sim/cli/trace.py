"""``sim trace``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.asking.scenarios import find_scenario, parse_sets, shipped_names
from sim.cli.options import found_option, sets_option, tell
from sim.errors import SimError
from sim.model.scenario import Scenario
from sim.scenario.catalogue import find_records, load_catalogue
from sim.scenario.folders import shipped_folder


@click.command("trace")
@click.argument("scenario")
@click.option("--replication", type=click.IntRange(0, 10**9), default=0, show_default=True)
@click.option("--launch", type=click.IntRange(1), default=1, show_default=True, help="Its place in the file.")
@sets_option
@found_option
def command(scenario: str, replication: int, launch: int, sets: tuple[str, ...], out: Path) -> None:
    """Tell one simulated launch event by event, under all arms side by side.

    SCENARIO is one as sim run takes it, or a stored run: its folder, a file in it, its digest, or the folder of a
    scenario for the newest of its runs.

    \b
    Examples:
      sim trace first-look
      sim trace salvo-of-eight-2022-06-05 --replication 3 --launch 8
    """
    from sim.experiment.run import replay
    from sim.studies.run.trace import trace

    found = _found(scenario, parse_sets(sets), out)
    n_launches = len(found.launch_keys())
    if launch > n_launches:
        raise SimError(f"--launch {launch}: the scenario has {n_launches} — give a number from 1 to {n_launches}")
    paths = {arm.name: replay(found, arm, replication) for arm in found.arms}
    click.echo(trace(found, paths, replication, launch - 1))


def _found(given: str, sets: dict[str, str], out: Path) -> Scenario:
    """A scenario, or that of a stored run where it is none."""
    from sim.scenario.loader import load_scenario
    from sim.store.run import RESOLVED, load_run
    from sim.store.which import find_runs, means_run

    is_known = given in shipped_names() or bool(find_records(load_catalogue(shipped_folder()), given))
    if is_known or not means_run(given, out):
        return find_scenario(given, sets)
    (path,) = find_runs(given, out, tell=tell)
    return load_scenario(load_run(path).path / RESOLVED, sets)
