"""What every study shares on the command line: its options, and finding, making and printing its answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.asking.order import load, place, provenance, simulating_options
from sim.asking.scenarios import out_option, parse_sets, sets_option
from sim.errors import SimError
from sim.model.scenario import Scenario

if TYPE_CHECKING:
    from sim.analysis.outcomes import Measure
    from sim.experiment import engines
    from sim.experiment.pools import Where
    from sim.store.study import Answer, Simulate, Stored


@dataclass(frozen=True)
class Order:
    """What was asked for, whatever the study; ``n_replications`` of each setting, if that was said."""

    scenario: Scenario
    n_replications: int | None
    out: Path
    where: Where
    engine: engines.Asked
    is_again: bool
    as_json: bool
    is_quiet: bool

    @property
    def n_workers(self) -> int:
        """How many are sure to be there."""
        return self.where if isinstance(self.where, int) else 1


def telling_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of what is done with an answer."""
    options = (
        click.option("--again", is_flag=True, help="Make it anew even if it is there."),
        click.option("--json", "as_json", is_flag=True, help="Print the result as JSON."),
        click.option("--quiet", is_flag=True, help="Print only where the results are."),
        out_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


def study_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of all studies; it gets an `Order` and its own options."""

    @wraps(function)
    def command(
        scenario: str,
        sets: tuple[str, ...],
        arms: str | None,
        replications: int | None,
        seed: str | None,
        engine: engines.Asked,
        workers: int | None,
        cluster: str | None,
        again: bool,
        as_json: bool,
        quiet: bool,
        out: Path,
        **own: Any,
    ) -> None:
        given = parse_sets(sets) | ({"seed": seed} if seed is not None else {})
        found = load(scenario, given, arms)
        function(Order(found, replications, out, place(workers, cluster), engine, again, as_json, quiet), **own)

    options = (
        click.argument("scenario", metavar="SCENARIO"),
        sets_option,
        click.option("--arms", metavar="A,B", help="Compare these arms only."),
        click.option("--replications", type=click.IntRange(2, 1_000_000), help="Replications of each setting."),
        click.option("--seed", metavar="N", help="The source of all draws."),
        simulating_options,
        telling_options,
    )
    for option in reversed(options):
        command = option(command)
    return command


launch_option = click.option("--launch", metavar="NAME", help="Which launch, where the scenario has several.")

measure_option = click.option(
    "--for",
    "measure",
    type=click.Choice(["mean", "p50", "p95", "in-time"]),
    default="mean",
    show_default=True,
    help="What is compared: alert latency, or the share of launches reported in time.",
)


def first_pair(scenario: Scenario, measure: Measure, study: str) -> Scenario:
    """The scenario with the first pair that it compares alone.

    Raises
    ------
    SimError : it compares nothing, or has no deadline where it is asked who is in time.
    """
    from sim.experiment.study import comparing

    if not scenario.contrasts:
        raise SimError(f"{scenario.name}: has one arm, and {study} needs two — name them: --arms A,B")
    if measure == "in-time" and not any(entry.deadline for entry in scenario.launches):
        raise SimError(f"--for in-time: {scenario.name} has no deadline — ask for mean, p50 or p95")
    return comparing(scenario, scenario.contrasts[0])


def answer(
    order: Order, kind: str, options: Mapping[str, Any], n_launches: int, make: Callable[[Simulate, str], Answer]
) -> None:
    """Find a study or make it, and print what it says.

    Parameters
    ----------
    options : all that the answer depends on beside the scenario, as plain JSON.
    n_launches : about how many it simulates.
    make : the answer, given a way to simulate and the digest that names it; its JSON is ``<kind>.json``.
    """
    from sim.store.study import Asked, discard_interrupted, find_study

    asked = Asked(kind, order.scenario, options)
    found = None if order.is_again else find_study(order.out, asked)
    if order.is_again:
        discard_interrupted(order.out, asked)
    stored = found or _made(order, asked, n_launches, make)
    if order.as_json:
        click.echo((stored.path / f"{kind}.json").read_text(encoding="utf-8"), nl=False)
    elif order.is_quiet:
        click.echo(str(stored.path))
    else:
        click.echo(f"{stored.text}{_files_line(stored)}")


def _made(order: Order, asked: Any, n_launches: int, make: Callable[[Simulate, str], Answer]) -> Stored:
    from sim.asking.progress import progress
    from sim.experiment.engines import chosen, must_compile
    from sim.store.study import Means, answered

    engine = chosen(order.engine, order.scenario, order.n_workers, n_launches)
    if must_compile(engine):
        click.echo("compiling the engine, once: about half a minute", err=True)
    with progress(asked.scenario.name, is_shown=not order.is_quiet) as bar:
        means = Means(
            order.where,
            engine,
            begin=lambda study: bar.extend(len(study.settings) * study.n_replications),
            watch=lambda part: bar.advance(len(part.settings) * part.n_replications),
            provenance=provenance(order.where, time.time()),
        )
        return answered(order.out, asked, means, make)


def _files_line(stored: Stored) -> str:
    names = " ".join(sorted(path.name for path in stored.path.iterdir() if path.suffix in (".png", ".csv", ".md")))
    there = "\nthis result was there already, complete and identical; nothing was run" if stored.was_there else ""
    return f"{'Files':<10}{stored.path}/  {names}{there}"
