"""``sim report``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.asking.scenarios import PIPE
from sim.cli.options import found_option, tell


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
    from sim.reporting.files import report_of, stored_parts
    from sim.reporting.report import is_report
    from sim.store.handed import check_place, hand_over

    is_printed = str(to) == PIPE
    if not is_printed:
        check_place(to, is_report, "" if again else "--again")
    html = report_of(stored_parts(answers, out, tell), out)
    if is_printed:
        click.echo(html, nl=False)
    else:
        click.echo(str(hand_over(to, html)))
