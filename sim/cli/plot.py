"""``sim plot``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import a_folder, printing, printing_options, stored_runs, tell_of_letters
from sim.plots.render import AS_USUAL

RESULTS = Path("results")


@click.command("plot")
@click.argument("run")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    callback=a_folder,
    help="Folder; left out, that of the run.",
)
@click.option("--again", is_flag=True, help="Replace other files of these names in that folder.")
@printing_options
def command(run: str, out: Path | None, again: bool, formats: tuple[str, ...], width_cm: float | None) -> None:
    """Draw the figures of a stored run again.

    RUN is a folder of a run or a file in it, or under results the digest of a run, or a scenario for the newest of
    its runs.

    \b
    Example:
      sim plot first-look --out figures --format pdf --width 16
    """
    from sim.store.handed import hand_out
    from sim.studies.run.files import figure_files, view_of, write_figures

    (stored,) = stored_runs(run, RESULTS)
    view = view_of(stored.scenario, stored.alerts.tally, stored.results)
    how = printing(formats, width_cm) or AS_USUAL
    if out is None or out.resolve() == stored.path.resolve():
        paths = write_figures(stored.path, view, how=how)
    else:
        paths = hand_out(out, figure_files(view, how), "" if again else "--again")
    for path in paths:
        click.echo(str(path))
    tell_of_letters(stored.scenario, "the same command")
