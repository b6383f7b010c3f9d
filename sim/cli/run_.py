"""``sim run``."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim import __version__
from sim.cli.common import find_scenario, out_option, parse_sets, sets_option
from sim.model.scenario import Scenario

if TYPE_CHECKING:
    from sim.experiment.run import Keep

LIBRARIES = ("numpy", "scipy", "simpy", "matplotlib", "pyarrow")


@click.command("run")
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")
@sets_option
@click.option("--replications", metavar="N", help="Replications at the typical setting.")
@click.option("--settings", metavar="N", help="Settings of the values that are not known; 1 for the typical alone.")
@click.option("--seed", metavar="N", help="The source of all draws.")
@click.option("--arms", metavar="A,B", help="Compare these arms only.")
@click.option(
    "--workers", type=click.IntRange(1, 1024), default=os.cpu_count() or 1, help="Processes; changes no result."
)
@click.option(
    "--keep",
    type=click.Choice(["paths", "summary"]),
    default="paths",
    show_default=True,
    help="Store every latency, or a summary alone: small, quantiles within 0.4 %.",
)
@click.option("--again", is_flag=True, help="Run even if the result is there.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("--quiet", is_flag=True, help="Print only where the results are.")
@out_option
def command(
    scenarios: tuple[str, ...],
    sets: tuple[str, ...],
    out: Path,
    workers: int,
    keep: Keep,
    again: bool,
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
    for scenario in loaded:
        _run_one(scenario, out, workers, keep, is_again=again, as_json=as_json, is_quiet=quiet)


def _load(name: str, sets: dict[str, str], arms: str | None) -> Scenario:
    """The scenario, and of its arms only those asked for, with the pairs among them."""
    scenario = find_scenario(name, sets)
    if arms is None:
        return scenario
    chosen = [arm.strip() for arm in arms.split(",")]
    pairs = [pair for pair in scenario.contrasts if {*pair} <= {*chosen, scenario.baseline}]
    contrasts = pairs or [(chosen[0], other) for other in chosen[1:]]
    return find_scenario(name, {**sets, "compare": json.dumps(chosen), "contrasts": json.dumps(contrasts)})


def _run_one(
    scenario: Scenario, out: Path, n_workers: int, keep: Keep, *, is_again: bool, as_json: bool, is_quiet: bool
) -> None:
    from sim.cli.show import show
    from sim.report.files import write_files
    from sim.store import has_kept, is_intact, load_run, run_path, run_stored, summary_text

    path = run_path(out, scenario)
    there = ""
    if not is_again and is_intact(path) and has_kept(path, keep):
        run = load_run(path)
        there = "complete and identical" if run.provenance["keep"] == keep else "complete and with all its paths"
    else:
        started = time.time()
        provenance = _provenance(n_workers, started)
        with _progress(scenario, is_shown=not is_quiet) as watch:
            run = run_stored(scenario, out, n_workers, watch, write_files, provenance, keep)
    if as_json:
        click.echo(summary_text(run.scenario, run.results), nl=False)
    elif is_quiet:
        click.echo(str(run.path))
    else:
        click.echo(show(run, there=there, width=shutil.get_terminal_size((88, 24)).columns))


def _provenance(n_workers: int, started: float) -> dict[str, Any]:
    return {
        "engine": "reference",
        "workers": n_workers,
        "command": ["sim", *sys.argv[1:]],
        "alertpath": __version__,
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(started)),
    }


@contextmanager
def _progress(scenario: Scenario, *, is_shown: bool) -> Iterator[Callable[[object], None]]:
    """Progress with the time left, on a terminal; nothing when piped."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from sim.experiment.run import jobs_of

    console = Console(stderr=True)
    if not is_shown or not console.is_terminal:
        yield lambda _: None
        return
    bars = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total} blocks"))
    with Progress(*bars, TimeRemainingColumn(), console=console, transient=True) as progress:
        task = progress.add_task(scenario.name, total=len(jobs_of(scenario)))
        yield lambda _: progress.advance(task)
