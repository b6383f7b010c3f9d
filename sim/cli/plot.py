"""``sim plot``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import stored_runs
from sim.plots.render import EVERY_FORMAT, FORMATS

RESULTS = Path("results")


@click.command("plot")
@click.argument("run")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder; left out, that of the run.")
@click.option(
    "--format",
    "formats",
    type=click.Choice(EVERY_FORMAT),
    multiple=True,
    default=FORMATS,
    show_default=True,
    help="What kind of file; may be given again.",
)
def command(run: str, out: Path | None, formats: tuple[str, ...]) -> None:
    """Draw the figures of a stored run again.

    RUN is a folder of a run or a file in it, or under results the digest of a run, or a scenario for the newest of
    its runs.

    \b
    Example:
      sim plot first-look --out figures --format pdf
    """
    from sim.studies.run.files import view_of, write_figures

    (stored,) = stored_runs(run, RESULTS)
    folder = out or stored.path
    folder.mkdir(parents=True, exist_ok=True)
    view = view_of(stored.scenario, stored.alerts.tally, stored.results)
    for path in write_figures(folder, view, formats=[*dict.fromkeys(formats)]):
        click.echo(str(path))
