"""``sim run``."""

from __future__ import annotations

import json
import platform
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim import __version__
from sim.cli.common import find_scenario, out_option, parse_sets, sets_option
from sim.errors import SimError
from sim.model.scenario import Scenario

if TYPE_CHECKING:
    from sim.analysis.results import Alerts, Results
    from sim.experiment.engines import Asked
    from sim.experiment.pools import Where
    from sim.experiment.run import Keep
    from sim.store import Run

LIBRARIES = ("numpy", "scipy", "simpy", "numba", "matplotlib", "pyarrow")


@dataclass(frozen=True)
class Order:
    """What was asked for, whatever the scenario."""

    out: Path
    where: Where
    engine: Asked
    keep: Keep
    is_again: bool
    is_resumed: bool
    is_quiet: bool

    @property
    def n_workers(self) -> int:
        """How many are sure to be there."""
        return self.where if isinstance(self.where, int) else 1


@click.command("run")
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")
@sets_option
@click.option("--replications", metavar="N", help="Replications at the typical setting.")
@click.option("--settings", metavar="N", help="Settings of the values that are not known; 1 for the typical alone.")
@click.option("--seed", metavar="N", help="The source of all draws.")
@click.option("--arms", metavar="A,B", help="Compare these arms only.")
@click.option(
    "--keep",
    type=click.Choice(["paths", "summary"]),
    default="paths",
    show_default=True,
    help="Store every latency, or a summary alone: small, quantiles within 0.4 %.",
)
@click.option(
    "--engine",
    type=click.Choice(["auto", "reference", "compiled"]),
    default="auto",
    show_default=True,
    help="What simulates; auto takes the one that answers sooner. Changes no result.",
)
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
    keep: Keep,
    engine: Asked,
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
    order = Order(out, _place(workers, cluster), engine, keep, is_again=again, is_resumed=resume, is_quiet=quiet)
    if again and resume:
        raise SimError("--again begins afresh and --resume goes on — give one of them")
    runs: list[Run] = []
    _tell_of_missing_compiler(loaded, order)
    for scenario in loaded:
        if runs and not (as_json or quiet):
            click.echo()
        runs.append(_obtain(scenario, order, partial(_print, as_json=as_json, is_quiet=quiet)))
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


def _obtain(scenario: Scenario, order: Order, say: Callable[[Run, str], None]) -> Run:
    """The run, said as soon as it is known, with how it was found if it was there already."""
    from sim.store import check_resumable, discard_interrupted, load_run, run_path

    if _is_there(scenario, order):
        run = load_run(run_path(order.out, scenario))
        is_alike = run.provenance["keep"] == order.keep
        say(run, "complete and identical" if is_alike else "complete and with all its paths")
        return run
    if order.is_again:
        discard_interrupted(order.out, scenario)
    if order.is_resumed:
        check_resumable(order.out, scenario)
    return _run(scenario, order, say)


def _is_there(scenario: Scenario, order: Order) -> bool:
    """Whether nothing is to be run."""
    from sim.store import has_kept, is_intact, run_path

    path = run_path(order.out, scenario)
    return not order.is_again and is_intact(path) and has_kept(path, order.keep)


def _run(scenario: Scenario, order: Order, say: Callable[[Run, str], None]) -> Run:
    """Run and store it; nobody waits for the figures to read the answer."""
    from sim.cli.progress import progress
    from sim.experiment.engines import chosen, must_compile
    from sim.experiment.run import How
    from sim.report.files import write_files
    from sim.store import Extras, Run, run_path, run_stored

    def dress(folder: Path, scenario: Scenario, alerts: Alerts, results: Results) -> None:
        say(Run(run_path(order.out, scenario), scenario, alerts, results, {}), "")
        write_files(folder, scenario, alerts, results)

    engine = chosen(order.engine, scenario, order.n_workers)
    if must_compile(engine):
        click.echo("compiling the engine, once: about half a minute", err=True)
    with progress(scenario, is_shown=not order.is_quiet) as watch:
        extras = Extras(watch, dress, _provenance(order.where, time.time()))
        run = run_stored(scenario, order.out, order.where, How(engine, order.keep), extras)
    blocks = run.provenance["blocks"]
    if blocks["taken_up"]:
        click.echo(f"{blocks['taken_up']} of {blocks['all']} blocks were taken up from an interrupted run", err=True)
    return run


def _tell_of_missing_compiler(scenarios: list[Scenario], order: Order) -> None:
    """Say it once, and only where the compiler would have been used."""
    from sim.experiment.engines import can_compile, is_long

    long = [one for one in scenarios if is_long(one, order.n_workers)] if order.engine == "auto" else []
    if long and not can_compile() and not all(_is_there(one, order) for one in long):
        click.echo("on the reference engine, since Numba cannot be imported — pip install numba to be faster", err=True)


def _print(run: Run, there: str, *, as_json: bool, is_quiet: bool) -> None:
    from sim.cli.show import show
    from sim.store import summary_text

    if as_json:
        click.echo(summary_text(run.scenario, run.results), nl=False)
    elif is_quiet:
        click.echo(str(run.path))
    else:
        click.echo(show(run, there=there, width=shutil.get_terminal_size((88, 24)).columns))


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
        "where": "this machine" if isinstance(where, int) else where,
        **({"workers": where} if isinstance(where, int) else {}),
        "command": ["sim", *sys.argv[1:]],
        "alertpath": __version__,
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES if find_spec(name)},
        "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(started)),
    }
