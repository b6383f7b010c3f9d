"""A study as a command: its options beside those of all studies, its answer found or made, and printed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.asking.oddities import oddities
from sim.asking.option import Option, checked
from sim.asking.order import Order, place, stored
from sim.asking.scenarios import load, parse_sets
from sim.asking.study import Plan, Study
from sim.cli.options import (
    arms_option,
    printing,
    printing_options,
    seed_option,
    sets_option,
    simulating_options,
    tell,
    tell_of_letters,
    telling_options,
    together,
)
from sim.plots.render import FORMATS

if TYPE_CHECKING:
    from sim.experiment.execution import Execution, Means
    from sim.model.scenario import Scenario
    from sim.store.study import Stored


def command_of(study: Study) -> click.Command:
    """The command of a study."""

    def command(**given: Any) -> None:
        own = checked(study.options, {option.name: given.pop(option.name) for option in study.options})
        _answer(study, own, **given)

    shared = [sets_option] if study.subject else []
    shared += [arms_option, seed_option] if study.is_simulated and study.subject else []
    shared += [simulating_options] if study.is_simulated else []
    shared += [printing_options, telling_options]
    if study.is_simulated:
        shared.append(click.option("--plan", "is_plan", is_flag=True, help="Say how much would be run; run nothing."))
    argument = [click.argument("scenario", metavar=study.subject)] if study.subject else []
    options = together(*argument, *(_click_option(option) for option in study.options), *shared)
    return click.command(study.name, help=study.help)(options(command))


def _click_option(option: Option) -> Any:
    """The option as help shows it; what it takes is checked by the option itself."""
    if option.is_argument:
        return click.argument(option.name, nargs=-1, metavar=f"[{option.flag}]...")
    if option.form == "flag":
        return click.option(option.flag, option.name, is_flag=True, help=option.help)
    shown = {"choice": f"[{'|'.join(option.choices)}]", "number": "N", "text": "TEXT", "path": "FILE"}[option.form]
    limits = f"  [{option.least:,} to {option.most:,}]" if option.form == "number" else ""
    default = f"  [default: {option.default:,}]" if isinstance(option.default, int) else ""
    default = f"  [default: {option.default}]" if isinstance(option.default, str) else default
    return click.option(
        option.flag,
        option.name,
        multiple=option.is_many,
        metavar=option.metavar or shown,
        help=f"{option.help}{limits}{default}",
    )


def _answer(
    study: Study,
    own: dict[str, Any],
    *,
    out: Path,
    again: bool,
    formats: tuple[str, ...],
    width_cm: float | None,
    as_json: bool,
    quiet: bool,
    is_plan: bool = False,
    engine: Any = "reference",
    workers: int | None = 1,
    cluster: str | None = None,
    **which: Any,
) -> None:
    """Find a study or make it, and print what it says."""
    from sim.experiment.execution import Means

    plan = study.plan(_scenario(study, **which) if study.subject else None, **own)
    if is_plan:
        tell(f"plan: {plan.cost}")
        return
    means, how = Means(place(workers, cluster), engine, tell=tell), printing(formats, width_cm)
    with _watched(plan, means, is_shown=not quiet) as execution:
        result = stored(study, plan, Order(out, again, how=how), execution, tell)
    if how and result.was_there:
        tell("the figures that are there were left as they are — --again makes them as asked for")
    if as_json:
        click.echo((result.path / f"{study.name}.json").read_text(encoding="utf-8"), nl=False)
    elif quiet:
        click.echo(str(result.path))
    else:
        click.echo(f"{result.text}{_files_line(result)}")
    if not result.was_there:
        tell_of_letters(plan.scenario, "--again")


def _scenario(
    study: Study, scenario: str, sets: tuple[str, ...], arms: str | None = None, seed: str | None = None
) -> Scenario:
    """The scenario that is asked about; what is odd about it is said."""
    found = load(scenario, parse_sets(sets, {"seed": seed}), arms, study.kind)
    for text in oddities(found):
        tell(text)
    return found


@contextmanager
def _watched(plan: Plan, means: Means, *, is_shown: bool) -> Iterator[Any]:
    """How to simulate, with a bar that shows how far it is."""
    from sim.cli.progress import progress

    with progress(plan.scenario.name, is_shown=is_shown, n_about=plan.n_replications) as bar:

        def execute() -> Execution:
            if is_shown and plan.cost:
                tell(f"plan: {plan.cost}")
            return replace(means.settled(plan.scenario, plan.n_launches), begin=bar.extend, watch=bar.advance)

        yield execute


def _files_line(result: Stored) -> str:
    names = " ".join(sorted(path.name for path in result.path.iterdir() if path.suffix[1:] in (*FORMATS, "csv", "md")))
    there = "\nthis result was there already, complete and identical; nothing was run" if result.was_there else ""
    return f"{'Files':<10}{result.path}/  {names}{there}"
