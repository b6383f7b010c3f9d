"""``sim list``."""

from __future__ import annotations

import click

from sim.cli.common import shipped_names
from sim.scenario.catalogue import Record, load_catalogue
from sim.scenario.folders import shipped_folder
from sim.scenario.reader import read_document


@click.command("list")
@click.option("--year", help="Launches of this year.")
@click.option("--class", "kind", help="Launches of this class, e.g. SRBM.")
@click.option("--missile", help="Launches whose missile has this in its name.")
def command(year: str | None, kind: str | None, missile: str | None) -> None:
    """Show the shipped scenarios and the catalogue of launches.

    \b
    Example:
      sim list --year 2019 --class SRBM
    """
    folder = shipped_folder()
    if not (year or kind or missile):
        click.echo("Scenarios (sim run NAME)")
        for name in shipped_names():
            click.echo(f"  {name:<36} {read_document(folder / f'{name}.yaml', name).tree['title']}")
        click.echo("")
    catalogue = load_catalogue(folder)
    found = [record for record in catalogue if _matches(record, year, kind, missile)]
    click.echo(f"Launches of the catalogue ({len(found)} of {len(catalogue)}; sim run ID)")
    for record in found:
        click.echo(f"  {_line(record)}".rstrip())


def _matches(record: Record, year: str | None, kind: str | None, missile: str | None) -> bool:
    return (
        (not year or record.date.startswith(year))
        and (not kind or kind.lower() == record.kind.lower())
        and (not missile or missile.lower() in record.missile.lower())
    )


def _line(record: Record) -> str:
    flight = f"{record.flight_time_min} min" if record.flight_time_min else "no flight time"
    return f"{record.id:<14} {record.time_local:<6} {record.kind:<9} {record.missile[:38]:<38} {flight}"
