"""``sim run``: a study of several scenarios at once, of which all that was simulated is kept."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.asking.oddities import oddities
from sim.asking.order import Order, place, provenance
from sim.asking.scenarios import left_out, load, names_of, parse_sets
from sim.cli.options import (
    arms_option,
    out_option,
    printing,
    printing_options,
    seed_option,
    sets_option,
    simulating_options,
    tell,
    tell_of_letters,
    together,
)
from sim.errors import SimError
from sim.model.scenario import Scenario
from sim.plots.render import AS_USUAL, Print
from sim.studies.run.precise import MOST, Sized, asked_precision, sized

if TYPE_CHECKING:
    from sim.experiment.execution import Execution, Means
    from sim.store.run import Run
    from sim.studies.run.ahead import Ahead
    from sim.studies.run.precision import Precision

Noted = Mapping[str, Any]

LEAST_WIDTH, MOST_WIDTH = 60, 100
DRAWN_BY = "sim plot"

precision_options = together(
    click.option(
        "--precision",
        metavar="SIZE",
        help='Add replications until the noise of the first difference is below SIZE: "1%" of it, or "10 s".',
    ),
    click.option(
        "--for",
        "of",
        type=click.Choice(["mean", "p50", "p95", "in-time"]),
        help="What is to be so precise: mean (unless given), p50 or p95 of the differences of the first pair, "
        "or the difference of its shares in time, whose SIZE is in points.",
    ),
    click.option(
        "--at-most",
        type=click.IntRange(2, 100_000_000),
        help=f"Replications that --precision may take; {MOST:,} unless given.",
    ),
)


@dataclass(frozen=True)
class Output:
    """What is printed of a run."""

    as_json: bool
    is_quiet: bool
    is_one_of_many: bool
    formats: Sequence[str] = AS_USUAL.formats

    @property
    def is_text(self) -> bool:
        """Whether it is for people."""
        return not (self.as_json or self.is_quiet)


@click.command("run")
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")
@sets_option
@click.option("--replications", metavar="N", help="Replications at the typical setting.")
@precision_options
@click.option("--settings", metavar="N", help="Settings of the values that are not known; 1 for the typical alone.")
@seed_option
@click.option(
    "--draws",
    type=click.Choice(["philox", "sobol"]),
    help="How replications are drawn: alone, or for less noise as points of 32 Sobol sequences.",
)
@arms_option
@click.option(
    "--keep",
    type=click.Choice(["paths", "summary"]),
    default="paths",
    show_default=True,
    help="Store every latency, or a summary alone: small, quantiles within 0.4 %.",
)
@simulating_options
@printing_options
@click.option("--again", is_flag=True, help="Run even if the result is there, and afresh if a run was interrupted.")
@click.option("--resume", is_flag=True, help="Go on with an interrupted run, and with no other.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, of several scenarios as one document.")
@click.option("--quiet", is_flag=True, help="Print only where the results are.")
@out_option
def command(scenarios: tuple[str, ...], **given: Any) -> None:
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
    from sim.experiment.beside import HERE, beside
    from sim.studies.run.ahead import IMPORTS, Ahead
    from sim.studies.run.figures import WORKERS_IMPORT

    every = [name for given_name in scenarios for name in names_of(given_name)]
    for text in filter(None, map(left_out, scenarios)):
        tell(text)
    how = printing(given["formats"], given["width_cm"])
    order = Order(given["out"], given["again"], given["resume"], how)
    is_one_of_many = len(every) > len(scenarios)
    output = Output(given["as_json"], given["quiet"], is_one_of_many, (how or AS_USUAL).formats)
    where, sets = place(given["workers"], given["cluster"]), _sets(given)
    n_workers = where if isinstance(where, int) else 1
    with beside(IMPORTS, WORKERS_IMPORT, is_wanted=n_workers > 1) as other:
        ahead, loaded = Ahead(other, given["engine"], n_workers), list[tuple[str, Scenario]]()
        may_begin = other is not HERE and given["precision"] is None  # which finds another scenario to run
        for name in every:
            loaded.append((name, _loaded(name, sets, given["arms"])))
            if may_begin and _is_missing(loaded[-1][1], order):
                ahead.begin(loaded[-1][1])
                may_begin = False
        from sim.experiment.execution import Means  # large, and the other process waits for a scenario

        means = Means(where, given["engine"], given["keep"], tell)
        asked = asked_precision(
            given["precision"], given["of"], given["at_most"], has_replications="replications" in sets
        )
        _run_all(loaded, Alike(order, means, output, ahead, sets, given["arms"]), asked)


FIELDS = ("replications", "settings", "seed", "draws")


def _sets(given: dict[str, Any]) -> dict[str, str]:
    """The overrides, those that have an option of their own among them."""
    return parse_sets(given["sets"], {name: given[name] for name in FIELDS})


@dataclass(frozen=True)
class Alike:
    """What is asked of every scenario of a command alike; overrides and arms as they were given."""

    order: Order
    means: Means
    output: Output
    ahead: Ahead
    sets: dict[str, str]
    arms: str | None


def _run_all(loaded: Sequence[tuple[str, Scenario]], alike: Alike, asked: Precision | None) -> None:
    """Run every scenario, say each as soon as it is known, and all of them together."""
    order, means, output = alike.order, alike.means, alike.output
    if order.is_again and order.is_resumed:
        raise SimError("--again begins afresh and --resume goes on — give one of them")
    scenarios = [scenario for _, scenario in loaded]
    _tell_of_missing_compiler(scenarios, order, means)
    if not output.is_quiet:
        _tell_of_many(scenarios, order, means, is_least=asked is not None)
    runs: list[tuple[Run, Sized]] = []
    for name, scenario in loaded:
        if runs and output.is_text and not output.is_one_of_many:
            click.echo()
        enough = Sized(scenario)
        if asked:
            with _watched(f"{scenario.name}, how many it takes", scenario, means, output) as execute:
                more = partial(_with_replications, name, alike.sets, alike.arms)
                enough = sized(scenario, asked, order, execute, more)
        say = partial(_print, precision=enough, output=output)
        runs.append((_obtain(enough, alike, say), enough))
    if output.as_json:
        _print_json(runs)
    different = list({run.digest: run for run, _ in runs}.values())
    if len(different) > 1:
        _draw_together(order, different, output)


def _loaded(name: str, sets: dict[str, str], arms: str | None) -> Scenario:
    scenario = load(name, sets, arms)
    for text in oddities(scenario):
        tell(text)
    return scenario


def _with_replications(name: str, sets: dict[str, str], arms: str | None, n: int) -> Scenario:
    return load(name, {**sets, "replications": str(n)}, arms)


@contextmanager
def _watched(name: str, scenario: Scenario, means: Means, output: Output) -> Iterator[Callable[..., Execution]]:
    """How to simulate so many launches, or a whole run, with a bar that shows how far it is."""
    from sim.cli.progress import progress

    with progress(name, is_shown=not output.is_quiet) as bar:

        def execute(n_launches: int | None = None) -> Execution:
            return replace(means.settled(scenario, n_launches), begin=bar.extend, watch=bar.advance)

        yield execute


def _obtain(enough: Sized, alike: Alike, say: Callable[[Run, str], None]) -> Run:
    """The run, said as soon as it is known, with how it was found if it was there already."""
    from sim.store.place import run_path
    from sim.store.run import check_resumable, discard_interrupted, load_run

    scenario, order, means = enough.scenario, alike.order, alike.means
    path = run_path(order.out, scenario)
    if _is_there(scenario, order, means):
        run = load_run(path)
        is_alike = run.provenance["keep"] == means.keep
        say(run, "complete and identical" if is_alike else "complete and with all its paths")
        if order.how:
            _draw(run, means.n_workers, order.how)
        return run
    if order.is_again:
        discard_interrupted(order.out, scenario)
    elif path.exists() and (spoilt := _spoilt(path)):
        tell(f"{path}: {spoilt}, so it is run again")
    if order.is_resumed:
        check_resumable(order.out, scenario)
    return _run(enough, alike, say)


def _draw(run: Run, n_workers: int, how: Print) -> None:
    """The figures of a run that was there, as they are asked for."""
    from sim.studies.run.files import view_of, write_figures

    write_figures(run.path, view_of(run.scenario, run.alerts.tally, run.results), n_workers, how)
    tell_of_letters(run.scenario, DRAWN_BY)


def _is_missing(scenario: Scenario, order: Order) -> bool:
    """Whether it is sure to be run, without looking into what is there."""
    from sim.store.place import PROVENANCE, run_path

    return order.is_again or not (run_path(order.out, scenario) / PROVENANCE).exists()


def _is_there(scenario: Scenario, order: Order, means: Means) -> bool:
    """Whether nothing is to be run."""
    from sim.store.place import run_path
    from sim.store.run import has_kept

    path = run_path(order.out, scenario)
    return not order.is_again and not _spoilt(path) and has_kept(path, means.keep)


def _spoilt(path: Path) -> str:
    """Why what is in the folder of a run does not stand for running it; empty if it does."""
    from sim.store.run import is_intact, other_code

    return other_code(path) if is_intact(path) else "a file is missing or has changed since it was written"


def _run(enough: Sized, alike: Alike, say: Callable[[Run, str], None]) -> Run:
    """Run and store it; nobody waits for the figures to read the answer, and it is kept if nobody reads it."""
    unsaid: list[OSError] = []

    def said(run: Run) -> None:
        try:
            say(run, "")
        except OSError as error:  # a closed pipe, a full disk: no fault of the run
            unsaid.append(error)

    def noted() -> Noted:
        return {**provenance(alike.means.where, started), **enough.noted}

    started = time.time()
    with _watched(enough.scenario.name, enough.scenario, alike.means, alike.output) as execute:
        run = _stored(enough.scenario, alike, execute(), said, noted)
    if unsaid:
        raise unsaid[0]
    blocks = run.provenance["blocks"]
    if blocks["taken_up"]:
        tell(f"{blocks['taken_up']} of {blocks['all']} blocks were taken up from an interrupted run")
    tell_of_letters(run.scenario, DRAWN_BY)
    return run


def _stored(
    scenario: Scenario, alike: Alike, execution: Execution, said: Callable[[Run], None], noted: Callable[[], Noted]
) -> Run:
    """Another process finds what else is said while this one simulates, and draws while this one writes."""
    from sim.experiment.work import find_work
    from sim.store.run import Extras, run_stored
    from sim.studies.run.reverses import plain_reverses

    def dress(folder: Path, run: Run) -> None:
        from sim.studies.run.files import write_files  # nobody waits for it to read the answer

        write_files(folder, run, alike.means.n_workers, alike.order.how or AS_USUAL, alike.ahead.other)

    alike.ahead.begin(scenario)
    extras = Extras(said, dress, plain_reverses, alike.ahead.bands, find_work, noted)
    return run_stored(scenario, alike.order.out, execution, extras)


def _tell_of_missing_compiler(scenarios: Sequence[Scenario], order: Order, means: Means) -> None:
    """Say it once, and only where the compiler would have been used."""
    from sim.experiment.engines import can_compile, is_long

    long = [one for one in scenarios if is_long(one, means.n_workers)] if means.engine == "auto" else []
    if long and not can_compile() and not all(_is_there(one, order, means) for one in long):
        tell("in columns by NumPy, since Numba cannot be imported — pip install 'alertpath[fast]' to be faster")


def _tell_of_many(scenarios: Sequence[Scenario], order: Order, means: Means, *, is_least: bool) -> None:
    """Of several runs, how many there are and about how long they take, before the first."""
    from sim.cli.progress import time_text
    from sim.experiment.engines import runs_s
    from sim.store.place import run_path

    every = {run_path(order.out, one): one for one in scenarios}
    if len(every) < 2:
        return
    missing = [one for one in every.values() if not _is_there(one, order, means)]
    if not missing:
        tell(f"plan: {len(every)} runs, all there already")
        return
    there = f", {len(every) - len(missing)} there already" if len(missing) < len(every) else ""
    about = "at least about" if is_least else "about"
    on = "one process" if means.n_workers == 1 else f"{means.n_workers} processes"
    tell(f"plan: {len(every)} runs{there}, {about} {time_text(runs_s(missing, means.engine, means.n_workers))} on {on}")


def _print(run: Run, there: str, *, precision: Sized, output: Output) -> None:
    from sim.pages.terminal import terminal
    from sim.pages.texts import LABEL_WIDTH, labelled
    from sim.studies.run.page import page

    if not output.is_text and not precision.is_enough:
        tell(precision.said)
    if output.is_quiet and not output.as_json:
        click.echo(str(run.path))
    elif output.is_text and not output.is_one_of_many:
        width = _width()
        figures = " ".join(f"*.{suffix}" for suffix in output.formats)
        files = f"{'Files':<{LABEL_WIDTH}}{run.path}/  table.md summary.csv {figures}"
        found = f"\n{labelled('', f'this result was there already, {there}; nothing was run', width)}" if there else ""
        click.echo(f"{terminal(page(run, precision.said), width)}{files}{found}")


def _width() -> int:
    """Of the terminal, in letters, within what reads well."""
    return max(LEAST_WIDTH, min(shutil.get_terminal_size((88, 24)).columns, MOST_WIDTH))


def _print_json(runs: Sequence[tuple[Run, Sized]]) -> None:
    """One document, whatever their number."""
    from sim.pages.document import document
    from sim.store.files import json_text
    from sim.studies.run.page import page

    documents = [document(page(run, precision.said)) for run, precision in runs]
    click.echo(json_text(documents[0] if len(documents) == 1 else {"runs": documents}), nl=False)


def _draw_together(order: Order, runs: Sequence[Run], output: Output) -> None:
    """One figure with the launches of all runs; of launches of the catalogue a table as well."""
    from sim.pages.texts import LABEL_WIDTH
    from sim.studies.run.catalogue import plain
    from sim.studies.run.files import write_together

    paths = write_together(order.out, runs, order.how or AS_USUAL)
    if output.is_one_of_many and output.is_text:
        click.echo(plain(runs, _width()))
    if output.is_quiet:
        click.echo(str(paths[0]), err=output.as_json)
        return
    names = " ".join([str(paths[0]), *(path.suffix for path in paths[1:])])
    names += "  a row a launch" if len(paths) > 1 else "  no common figure: too many launches for one"
    click.echo(f"{'Together':<{LABEL_WIDTH}}{names}", err=output.as_json)
