"""``sim report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.asking.scenarios import PIPE
from sim.cli.options import found_option, tell

if TYPE_CHECKING:
    from sim.report.parts import Part


@click.command("report")
@click.argument("answers", nargs=-1, required=True, metavar="RUN|STUDY...")
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    default=Path("report.html"),
    show_default=True,
    help="File to write; - prints it.",
)
@click.option("--again", is_flag=True, help="Replace a file that is no report.")
@found_option
def command(answers: tuple[str, ...], to: Path, again: bool, out: Path) -> None:
    """Make one file to hand in, of one stored answer or of several: HTML that can be mailed, printed and attacked.

    RUN and STUDY are each a folder of a run or study or a file in it, a digest, or a scenario for the newest of its
    runs. Two runs are compared as well.

    \b
    Examples:
      sim report first-look
      sim report first-look results/first-look/breakeven-* --to first-look.html
    """
    from sim.report.parts import part_of
    from sim.report.report import Report, is_report, report_html
    from sim.store.handed import check_place, hand_over
    from sim.store.which import find_kept

    is_printed = str(to) == PIPE
    if not is_printed:
        check_place(to, is_report, "" if again else "--again")
    paths = dict.fromkeys(find_kept(given, out, tell).resolve() for given in answers)
    parts = tuple(_told(path, part_of(path)) for path in paths)
    html = report_html(Report(parts, _record(out))).encode()
    if is_printed:
        click.echo(html, nl=False)
    else:
        click.echo(str(hand_over(to, html)))


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
