"""Options of the command line that several commands share.

Those of a study are data, in its ``command.py`` and `sim.asking.option`; those of a run are in `sim.cli.run`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sim.asking.order import WORKERS
from sim.asking.scenarios import PIPE
from sim.cli.console import check_style_file
from sim.errors import SimError
from sim.plots.render import AS_USUAL, FORMATS, WIDTHS_CM, Print

if TYPE_CHECKING:
    from sim.model.scenario import Scenario
    from sim.store.run import Run

Command = TypeVar("Command", bound=Callable[..., Any])

sets_option = click.option(
    "--set", "sets", multiple=True, metavar="PATH=VALUE", help="Change one value; may be given again."
)


def a_folder(_: click.Context, option: click.Parameter, given: Path | None) -> Path | None:
    """The folder that was given; a dash is none, and would be made one of that name."""
    if given is not None and str(given) == PIPE:
        raise SimError(f"{option.opts[0]} -: is no folder — name one; what is printed goes to standard output anyway")
    return given


out_option = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("results"),
    callback=a_folder,
    help="Folder for results.",
)
found_option = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("results"),
    help="Folder of results, where a digest or a name is looked for.",
)
arms_option = click.option("--arms", metavar="A,B", help="Compare these arms only.")
seed_option = click.option("--seed", metavar="N", help="The source of all draws.")


def together(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options as one decorator, in the order of help."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


simulating_options = together(
    click.option(
        "--engine",
        type=click.Choice(["auto", "reference", "columns", "compiled"]),
        default="auto",
        show_default=True,
        help="What simulates; auto takes the one that answers sooner. Changes no result.",
    ),
    click.option(
        "--workers",
        type=click.IntRange(WORKERS.least, WORKERS.most),
        help="Processes; as many as usable CPUs unless given. Changes no result.",
    ),
    click.option("--cluster", metavar="PLACE", help="Run on a cluster, dask://HOST:PORT or mpi. Changes no result."),
)
telling_options = together(
    click.option("--again", is_flag=True, help="Make it anew even if it is there."),
    click.option("--json", "as_json", is_flag=True, help="Print the result as JSON."),
    click.option("--quiet", is_flag=True, help="Print only where the results are."),
    out_option,
)


printing_options = together(
    click.option(
        "--format",
        "formats",
        type=click.Choice(FORMATS),
        multiple=True,
        help="What kind of file a figure is; may be given again.  [default: png]",
    ),
    click.option(
        "--width",
        "width_cm",
        type=click.FloatRange(*WIDTHS_CM),
        metavar="CM",
        help=f"How wide figures will be printed, {WIDTHS_CM[0]:g} to {WIDTHS_CM[1]:g} cm: the smallest letters are 6 "
        f"points then.  [default: {AS_USUAL.width_cm:g}]",
    ),
)


def printing(formats: tuple[str, ...], width_cm: float | None) -> Print | None:
    """How figures are printed; None where nothing was said of it.

    Raises
    ------
    SimError : the width is none, or matplotlib cannot be loaded, since a file of the user hinders it.
    """
    check_style_file()
    if not formats and width_cm is None:
        return None
    if width_cm is not None and math.isnan(width_cm):  # which no limit keeps out
        raise SimError(f"--width {width_cm}: needs {WIDTHS_CM[0]:g} to {WIDTHS_CM[1]:g} cm")
    return Print(tuple(dict.fromkeys(formats)) or AS_USUAL.formats, width_cm or AS_USUAL.width_cm)


def stored_runs(given: str, out: Path, n: int = 1) -> list[Run]:
    """The stored run that is meant, or the ``n`` newest of a scenario, the newest last; which, and whose, is told."""
    from sim.store.run import load_run, other_code
    from sim.store.which import find_runs

    found = [load_run(path) for path in find_runs(given, out, n, tell)]
    for run in found:
        if other := other_code(run.path):
            tell(f"{run.path}: {other}; it is read as it is — sim run makes it anew")
    return found


def tell_of_letters(scenario: Scenario, anew: str) -> None:
    """Say what figures that were made cannot show, and what makes them anew."""
    from sim.plots.lettering import lettering

    if said := lettering([scenario]).said(anew):
        tell(said)


def tell(text: str) -> None:
    """Say something beside the answer."""
    click.echo(text, err=True)
