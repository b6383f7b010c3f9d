"""``sim report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.options import found_option, tell

if TYPE_CHECKING:
    from sim.report.parts import Part


@click.command("report")
@click.argument("answers", nargs=-1, required=True, metavar="RUN|STUDY...")
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("report.html"),
    show_default=True,
    help="File to write.",
)
@found_option
def command(answers: tuple[str, ...], to: Path, out: Path) -> None:
    """Make one file to hand in, of one stored answer or of several: HTML that can be mailed, printed and attacked.

    RUN and STUDY are each a folder of a run or study or a file in it, a digest, or a scenario for the newest of its
    runs. Two runs are compared as well.

    \b
    Examples:
      sim report first-look
      sim report first-look results/first-look/breakeven-* --to first-look.html
    """
    from sim.report.parts import part_of
    from sim.report.report import Report, report_html
    from sim.store.files import write_whole
    from sim.store.which import find_kept

    paths = dict.fromkeys(find_kept(given, out, tell).resolve() for given in answers)
    parts = tuple(_told(path, part_of(path)) for path in paths)
    html = report_html(Report(parts, _record(out)))
    to.parent.mkdir(parents=True, exist_ok=True)
    write_whole(to, html.encode())
    click.echo(str(to))


def _told(path: Path, part: Part) -> Part:
    """The answer, of which it is told if other code made it."""
    from sim.store.run import other_code

    if other := other_code(path):
        tell(f"{path}: {other}; it is read as it is")
    return part


def _record(out: Path) -> Part | None:
    """How the model fares beside the record, if this code was asked that."""
    from sim.report.parts import part_of
    from sim.store.run import is_intact, other_code
    from sim.store.study import KEPT

    for path in sorted(out.glob("record/record-*")):
        if is_intact(path, KEPT) and not other_code(path):
            return part_of(path)
    return None
