"""``--precision``: as many replications as one number of the first pair takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim import __version__
from sim.errors import SimError
from sim.model.scenario import Scenario
from sim.units import parse_duration, parse_share

if TYPE_CHECKING:
    from sim.studies.run.command import Order
    from sim.studies.run.precision import Of, Precision, Reached

MOST = 1_000_000


@dataclass(frozen=True)
class Sized:
    """A scenario with as many replications as it needs; what to say of that, and what to note."""

    scenario: Scenario
    said: str = ""
    noted: Mapping[str, Any] = field(default_factory=dict)
    is_enough: bool = True


def precision_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of how precise a run is to be."""
    options = (
        click.option(
            "--precision",
            metavar="SIZE",
            help='Add replications until the difference of the first pair is so sure: "1%" of it, or "10 s".',
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
    for option in reversed(options):
        command = option(command)
    return command


def asked_precision(
    text: str | None, of: Of | None, at_most: int | None, *, has_replications: bool
) -> Precision | None:
    """What the options ask for; None for as many replications as the scenario says."""
    from sim.studies.run.precision import Precision

    if text is None:
        if of is not None or at_most is not None:
            raise SimError(f"{'--for' if of else '--at-most'} goes with --precision — e.g. --precision 1%")
        return None
    if has_replications:
        raise SimError("--precision finds how many replications it takes and --replications says it — give one of them")
    is_share = text.strip().endswith("%")
    try:
        if of == "in-time" and not is_share:
            raise ValueError('is of a share of launches here — write points, e.g. "1 %"')
        size = parse_share(text) if is_share else parse_duration(text)
        if size == 0:
            raise ValueError("is never reached — write a larger one")
    except ValueError as error:
        raise SimError(f'--precision "{text}" {error}') from None
    return Precision(of or "mean", size, is_share and of != "in-time", at_most or MOST)


def sized(scenario: Scenario, precision: Precision, order: Order, reload: Callable[[int], Scenario]) -> Sized:
    """The scenario with the replications that it takes; ``reload`` gives it with so many."""
    from sim.store.run import run_digest

    asked = {"asked": asdict(precision), "of_scenario": run_digest(scenario)}
    before = None if order.is_again else _noted_before(order.out / scenario.name, asked)
    noted = before or {**asked, **_noted(scenario, precision, _find(scenario, precision, order))}
    return Sized(reload(noted["replications"]), noted["said"], {"precision": noted}, noted["is_enough"])


def _noted_before(folder: Path, asked: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a stored run of this version has noted of the same question."""
    from sim.store.run import PROVENANCE

    for path in sorted(folder.glob(f"*/{PROVENANCE}")):
        with suppress(OSError, ValueError):
            noted = json.loads(path.read_text(encoding="utf-8"))
            old: dict[str, Any] = noted.get("precision", {})
            if noted.get("alertpath") == __version__ and asked.items() <= old.items():
                return old
    return None


def _noted(scenario: Scenario, precision: Precision, reached: Reached) -> dict[str, Any]:
    from sim.studies.run.precision import RULE, reached_words

    return {
        "rule": RULE,
        "rounds": reached.n_rounds,
        "replications": reached.n,
        "is_enough": reached.is_enough,
        "said": reached_words(scenario, precision, reached),
    }


def _find(scenario: Scenario, precision: Precision, order: Order) -> Reached:
    """Simulate as many replications as it takes."""
    from sim.asking.progress import progress
    from sim.experiment.engines import EngineName, chosen, must_compile
    from sim.studies.run.rounds import Rounds, replications_for

    def engine(n_launches: int) -> EngineName:
        name = chosen(order.engine, scenario, order.n_workers, n_launches)
        if must_compile(name):
            click.echo("compiling the engine, once: about half a minute", err=True)
        return name

    with progress(f"{scenario.name}, how many it takes", is_shown=not order.is_quiet) as bar:
        return replications_for(scenario, precision, Rounds(order.where, engine, bar.extend, bar.advance))
