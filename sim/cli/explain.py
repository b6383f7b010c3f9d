"""``sim explain``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("explain")
@click.argument("run", type=click.Path(path_type=Path))
def command(run: Path) -> None:
    """Say in plain words what a stored run found: half a page of Markdown, ready for a memo.

    \b
    Example:
      sim explain results/first-look/1f3a9c2e > memo.md
    """
    from sim.store.run import load_run
    from sim.studies.run.explain import explain

    click.echo(explain(load_run(run)), nl=False)
