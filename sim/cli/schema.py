"""``sim schema``."""

from __future__ import annotations

import json

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of scenario files, for editors.

    \b
    Example:
      sim schema > scenario.schema.json
    """
    from sim.scenario.fields import json_schema

    click.echo(json.dumps(json_schema(), indent=1, ensure_ascii=False))
