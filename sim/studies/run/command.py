"""``sim run``."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.asking.order import load, place, provenance, simulating_options
from sim.asking.scenarios import names_of, out_option, parse_sets, sets_option
from sim.errors import SimError
from sim.model.scenario import Scenario
from sim.studies.run.precise import Sized, asked_precision, precision_options, sized

if TYPE_CHECKING:
    from sim.experiment.engines import Asked
    from sim.experiment.pools import Where
    from sim.experiment.run import Keep
    from sim.store.run import Run
    from sim.studies.run.precision import Of


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
@precision_options
@click.option("--settings", metavar="N", help="Settings of the values that are not known; 1 for the typical alone.")
@click.option("--seed", metavar="N", help="The source of all draws.")
@click.option(
    "--draws",
    type=click.Choice(["philox", "antithetic", "sobol"]),
    help="How replications are drawn: alone, or for less noise in pairs or as points of 32 Sobol sequences.",
)
@click.option("--arms", metavar="A,B", help="Compare these arms only.")
@click.option(
    "--keep",
    type=click.Choice(["paths", "summary"]),
    default="paths",
    show_default=True,
    help="Store every latency, or a summary alone: small, quantiles within 0.4 %.",
)
@simulating_options
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
    precision: str | None,
    of: Of | None,
    at_most: int | None,
    **fields: str | None,
) -> None:
    """Run scenarios: a path, a shipped name, or a date of the catalogue under the base case.

    catalogue:2019, catalogue:SRBM and catalogue:all run every launch of a year, of a class, or of all.

    \b
    Examples:
      sim run first-look
      sim run 2019-10-02 --replications 2000
      sim run first-look --precision 1%
      sim run catalogue:2019 --arms direct,via_washington --replications 1000
      sim run first-look --set stages.us_evaluates.delay="4 min" --arms direct,via_washington
    """
    names = [one for name in scenarios for one in names_of(name)]
    is_catalogue = len(names) > len(scenarios)
    given = parse_sets(sets) | {name: value for name, value in fields.items() if value is not None}
    loaded = [load(name, given, arms) for name in names]
    order = Order(out, place(workers, cluster), engine, keep, is_again=again, is_resumed=resume, is_quiet=quiet)
    if again and resume:
        raise SimError("--again begins afresh and --resume goes on — give one of them")
    asked = asked_precision(precision, of, at_most, has_replications="replications" in given)
    runs: list[Run] = []
    _tell_of_missing_compiler(loaded, order)
    for name, scenario in zip(names, loaded, strict=True):
        if runs and not (as_json or quiet or is_catalogue):
            click.echo()
        again_with = partial(_with_replications, name, given, arms)
        one = sized(scenario, asked, order, again_with) if asked else Sized(scenario)
        say = partial(_print, precision=one, as_json=as_json, is_quiet=quiet, is_one_of_many=is_catalogue)
        runs.append(_obtain(one, order, say))
    different = list({run.digest: run for run in runs}.values())
    if len(different) > 1:
        _draw_together(out, different, as_json=as_json, is_quiet=quiet, has_table=is_catalogue)


def _with_replications(name: str, given: dict[str, str], arms: str | None, n: int) -> Scenario:
    return load(name, {**given, "replications": str(n)}, arms)


def _obtain(one: Sized, order: Order, say: Callable[[Run, str], None]) -> Run:
    """The run, said as soon as it is known, with how it was found if it was there already."""
    from sim.store.run import check_resumable, discard_interrupted, is_intact, load_run, run_path

    scenario = one.scenario
    if _is_there(scenario, order):
        run = load_run(run_path(order.out, scenario))
        is_alike = run.provenance["keep"] == order.keep
        say(run, "complete and identical" if is_alike else "complete and with all its paths")
        return run
    path = run_path(order.out, scenario)
    if order.is_again:
        discard_interrupted(order.out, scenario)
    elif path.exists() and not is_intact(path):
        click.echo(f"{path}: a file is missing or has changed since it was written, so it is run again", err=True)
    if order.is_resumed:
        check_resumable(order.out, scenario)
    return _run(one, order, say)


def _is_there(scenario: Scenario, order: Order) -> bool:
    """Whether nothing is to be run."""
    from sim.store.run import has_kept, is_intact, run_path

    path = run_path(order.out, scenario)
    return not order.is_again and is_intact(path) and has_kept(path, order.keep)


def _run(one: Sized, order: Order, say: Callable[[Run, str], None]) -> Run:
    """Run and store it; nobody waits for the figures to read the answer."""
    from sim.asking.progress import progress
    from sim.experiment.engines import chosen, must_compile
    from sim.experiment.pools import make_ready
    from sim.experiment.run import How, jobs_of, n_replications
    from sim.store.run import Extras, run_stored
    from sim.studies.run.files import WORKERS_IMPORT, write_files
    from sim.studies.run.reverses import plain_reverses

    def dress(folder: Path, run: Run) -> None:
        say(run, "")
        write_files(folder, run, order.n_workers)

    scenario = one.scenario
    if order.n_workers > 1:
        make_ready(WORKERS_IMPORT)
    engine = chosen(order.engine, scenario, order.n_workers)
    if must_compile(engine):
        click.echo("compiling the engine, once: about half a minute", err=True)
    with progress(scenario.name, is_shown=not order.is_quiet) as bar:
        bar.extend(sum(map(n_replications, jobs_of(scenario))))
        noted = {**provenance(order.where, time.time()), **one.noted}
        extras = Extras(lambda job: bar.advance(n_replications(job)), dress, plain_reverses, noted)
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


def _print(run: Run, there: str, *, precision: Sized, as_json: bool, is_quiet: bool, is_one_of_many: bool) -> None:
    from sim.store.run import summary_text
    from sim.studies.run.page import show

    if (as_json or is_quiet) and not precision.is_enough:
        click.echo(precision.said, err=True)
    if as_json:
        click.echo(summary_text(run.scenario, run.results), nl=False)
    elif is_quiet:
        click.echo(str(run.path))
    elif not is_one_of_many:
        width = shutil.get_terminal_size((88, 24)).columns
        click.echo(show(run, there=there, precision=precision.said, width=width))


def _draw_together(out: Path, runs: list[Run], *, as_json: bool, is_quiet: bool, has_table: bool) -> None:
    """One figure with the launches of all runs; of launches of the catalogue a table as well."""
    from sim.studies.run.catalogue import plain
    from sim.studies.run.files import write_together
    from sim.studies.run.page import show_together

    paths = write_together(out, runs)
    if has_table and not (as_json or is_quiet):
        click.echo(plain(runs))
    if not is_quiet:
        click.echo(show_together(paths), err=as_json)
    elif paths:
        click.echo(str(paths[0]), err=as_json)
