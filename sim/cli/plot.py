"""``sim plot``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import printing, printing_options, stored_runs, tell_of_letters
from sim.plots.render import AS_USUAL

RESULTS = Path("results")


@click.command("plot")
@click.argument("run")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder; left out, that of the run.")
@printing_options
def command(run: str, out: Path | None, formats: tuple[str, ...], width_cm: float | None) -> None:
    """Draw the figures of a stored run again.

    RUN is a folder of a run or a file in it, or under results the digest of a run, or a scenario for the newest of
    its runs.

    \b
    Example:
      sim plot first-look --out figures --format pdf --width 16
    """
    from sim.studies.run.files import view_of, write_figures

    (stored,) = stored_runs(run, RESULTS)
    folder = out or stored.path
    folder.mkdir(parents=True, exist_ok=True)
    view = view_of(stored.scenario, stored.alerts.tally, stored.results)
    for path in write_figures(folder, view, how=printing(formats, width_cm) or AS_USUAL):
        click.echo(str(path))
    tell_of_letters(stored.scenario, "the same command")
