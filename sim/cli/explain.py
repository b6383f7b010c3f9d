"""``sim explain``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import found_option, stored_runs


@click.command("explain")
@click.argument("run")
@found_option
def command(run: str, out: Path) -> None:
    """Say in plain words what a stored run found: half a page of Markdown, ready for a memo.

    RUN is a folder of a run or a file in it, the digest of a run, or a scenario for the newest of its runs.

    \b
    Example:
      sim explain first-look > memo.md
    """
    from sim.studies.run.explain import explain

    (stored,) = stored_runs(run, out)
    click.echo(explain(stored), nl=False)
