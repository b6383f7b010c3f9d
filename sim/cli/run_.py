"""``sim run``."""

from __future__ import annotations

import json
import platform
import shutil
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim import __version__
from sim.cli.common import find_scenario, out_option, parse_sets, sets_option
from sim.errors import SimError
from sim.model.scenario import Scenario

if TYPE_CHECKING:
    from sim.experiment.pools import Where
    from sim.store import Run

LIBRARIES = ("numpy", "scipy", "simpy", "matplotlib", "pyarrow")


@click.command("run")
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")
@sets_option
@click.option("--replications", metavar="N", help="Replications at the typical setting.")
@click.option("--settings", metavar="N", help="Settings of the values that are not known; 1 for the typical alone.")
@click.option("--seed", metavar="N", help="The source of all draws.")
@click.option("--arms", metavar="A,B", help="Compare these arms only.")
@click.option(
    "--workers", type=click.IntRange(1, 1024), help="Processes; as many as usable CPUs unless given. Changes no result."
)
@click.option("--cluster", metavar="PLACE", help="Run on a cluster, dask://HOST:PORT or mpi. Changes no result.")
@click.option("--again", is_flag=True, help="Run even if the result is there, and afresh if a run was interrupted.")
@click.option("--resume", is_flag=True, help="Go on with an interrupted run, and with no other.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("--quiet", is_flag=True, help="Print only where the results are.")
@out_option
def command(
    scenarios: tuple[str, ...],
    sets: tuple[str, ...],
    out: Path,
    workers: int | None,
    cluster: str | None,
    again: bool,
    resume: bool,
    as_json: bool,
    quiet: bool,
    arms: str | None,
    **fields: str | None,
) -> None:
    """Run scenarios: a path, a shipped name, or a date of the catalogue under the base case.

    \b
    Examples:
      sim run first-look
      sim run 2019-10-02 --replications 2000
      sim run first-look --set stages.us_evaluates.delay="4 min" --arms direct,via_washington
    """
    given = parse_sets(sets) | {name: value for name, value in fields.items() if value is not None}
    loaded = [_load(name, given, arms) for name in scenarios]
    where = _place(workers, cluster)
    if again and resume:
        raise SimError("--again begins afresh and --resume goes on — give one of them")
    runs: list[Run] = []
    for scenario in loaded:
        run, is_there = _obtain(scenario, out, where, is_again=again, is_resumed=resume, is_quiet=quiet)
        if runs and not (as_json or quiet):
            click.echo()
        _print(run, is_there=is_there, as_json=as_json, is_quiet=quiet)
        runs.append(run)
    different = list({run.digest: run for run in runs}.values())
    if len(different) > 1:
        _draw_together(out, different, as_json=as_json, is_quiet=quiet)


def _place(workers: int | None, cluster: str | None) -> Where:
    from sim.experiment import pools

    if cluster is None:
        return workers or pools.usable_cpus()
    if workers is not None:
        raise SimError("--workers is for this machine and --cluster for others — give one of them")
    return pools.cluster(cluster)


def _load(name: str, sets: dict[str, str], arms: str | None) -> Scenario:
    """The scenario, and of its arms only those asked for, with the pairs among them."""
    scenario = find_scenario(name, sets)
    if arms is None:
        return scenario
    chosen = [arm.strip() for arm in arms.split(",")]
    pairs = [pair for pair in scenario.contrasts if {*pair} <= {*chosen, scenario.baseline}]
    contrasts = pairs or [(chosen[0], other) for other in chosen[1:]]
    return find_scenario(name, {**sets, "compare": json.dumps(chosen), "contrasts": json.dumps(contrasts)})


def _obtain(
    scenario: Scenario, out: Path, where: Where, *, is_again: bool, is_resumed: bool, is_quiet: bool
) -> tuple[Run, bool]:
    """The run, and whether it was there already."""
    from sim.cli.progress import progress
    from sim.report.files import write_files
    from sim.store import check_resumable, discard_interrupted, is_intact, load_run, run_path, run_stored

    path = run_path(out, scenario)
    if not is_again and is_intact(path):
        return load_run(path), True
    if is_again:
        discard_interrupted(out, scenario)
    if is_resumed:
        check_resumable(out, scenario)
    provenance = _provenance(where, time.time())
    with progress(scenario, is_shown=not is_quiet) as watch:
        run = run_stored(scenario, out, where, watch, write_files, provenance)
    blocks = run.provenance["blocks"]
    if blocks["taken_up"]:
        click.echo(f"{blocks['taken_up']} of {blocks['all']} blocks were taken up from an interrupted run", err=True)
    return run, False


def _print(run: Run, *, is_there: bool, as_json: bool, is_quiet: bool) -> None:
    from sim.cli.show import show
    from sim.store import summary_text

    if as_json:
        click.echo(summary_text(run.scenario, run.results), nl=False)
    elif is_quiet:
        click.echo(str(run.path))
    else:
        click.echo(show(run, is_there=is_there, width=shutil.get_terminal_size((88, 24)).columns))


def _draw_together(out: Path, runs: list[Run], *, as_json: bool, is_quiet: bool) -> None:
    """One figure with the launches of all runs."""
    from sim.cli.show import show_together
    from sim.report.files import write_together

    paths = write_together(out, runs)
    if not is_quiet:
        click.echo(show_together(paths), err=as_json)
    elif paths:
        click.echo(str(paths[0]), err=as_json)


def _provenance(where: Where, started: float) -> dict[str, Any]:
    return {
        "engine": "reference",
        "where": "this machine" if isinstance(where, int) else where,
        **({"workers": where} if isinstance(where, int) else {}),
        "command": ["sim", *sys.argv[1:]],
        "alertpath": __version__,
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(started)),
    }
