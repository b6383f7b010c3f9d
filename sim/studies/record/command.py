"""``sim record``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.asking.scenarios import out_option
from sim.scenario.folders import shipped_folder

if TYPE_CHECKING:
    from sim.studies.record.page import Compared

FOLDER = "record"


@click.command("record")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@out_option
def command(as_json: bool, out: Path) -> None:
    """Hold the model against the public record, row by row: what agrees, what does not, what cannot be decided.

    \b
    Examples:
      sim record
      sim record --json
    """
    from sim.store.files import write_whole
    from sim.store.resume import no_folder
    from sim.studies.record.page import answer

    said = answer(_compared())
    folder = out / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in {"record.txt": said.text.encode(), **said.files}.items():
            write_whole(folder / name, data)
    except OSError as error:
        raise no_folder(folder, error) from None
    if as_json:
        click.echo(said.files["record.json"].decode(), nl=False)
    else:
        click.echo(f"{said.text}{'Files':<10}{folder}/  record.txt record.csv record.json *.png")


def _compared() -> Compared:
    from sim.studies.record.find import missed_in_record, record_rows, watch_of_record
    from sim.studies.record.page import Compared

    folder = shipped_folder()
    watched = watch_of_record(folder)
    return Compared(record_rows(folder, watched), *missed_in_record(folder, watched))
