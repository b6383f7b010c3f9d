"""``sim diff``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def command(old: Path, new: Path) -> None:
    """Show what changed between two stored runs: in the scenarios and in the answers.

    \b
    Example:
      sim diff results/first-look/1f3a9c2e results/first-look/77ab01c4
    """
    from sim.store.run import load_run
    from sim.studies.run.difference import compare_runs

    one, other = load_run(old), load_run(new)
    click.echo(compare_runs((one.scenario, one.results), (other.scenario, other.results)))
