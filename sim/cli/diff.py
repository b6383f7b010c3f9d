"""``sim diff``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import found_option, stored_runs
from sim.errors import SimError


@click.command("diff")
@click.argument("old")
@click.argument("new", required=False)
@found_option
def command(old: str, new: str | None, out: Path) -> None:
    """Show what changed between two stored runs: in the scenarios, in the versions and in the answers.

    OLD and NEW are each a folder of a run or a file in it, the digest of a run, or a scenario for the newest of its
    runs. A scenario alone stands for the newest two of its runs.

    \b
    Examples:
      sim diff first-look
      sim diff first-look 2019-10-02-pukguksong-3
    """
    from sim.studies.run.difference import compare_runs

    runs = stored_runs(old, out, 2) if new is None else [*stored_runs(old, out), *stored_runs(new, out)]
    if len(runs) == 1:
        raise SimError(f"{old}: is one run — give another to compare it with, or a scenario that has two")
    click.echo(compare_runs(*runs))
