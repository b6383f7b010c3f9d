"""``sim plot``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.plots.render import EVERY_FORMAT, FORMATS


@click.command("plot")
@click.argument("run", type=click.Path(path_type=Path))
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
def command(run: Path, out: Path | None, formats: tuple[str, ...]) -> None:
    """Draw the figures of a stored run again.

    \b
    Example:
      sim plot results/first-look/1f3a9c2e --out figures --format pdf
    """
    from sim.store.run import load_run
    from sim.studies.run.files import view_of, write_figures

    stored = load_run(run)
    folder = out or run
    folder.mkdir(parents=True, exist_ok=True)
    view = view_of(stored.scenario, stored.alerts.tally, stored.results)
    for path in write_figures(folder, view, formats=[*dict.fromkeys(formats)]):
        click.echo(str(path))
