"""``sim list``."""

from __future__ import annotations

import click

from sim.asking.scenarios import shipped_names
from sim.errors import SimError
from sim.scenario.catalogue import Record, load_catalogue
from sim.scenario.document import printable
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
    catalogue = load_catalogue(folder)
    _check("--year", year, sorted({record.date[:4] for record in catalogue}))
    _check("--class", kind, sorted({record.kind for record in catalogue}))
    if not (year or kind or missile):
        click.echo("Scenarios (sim run NAME)")
        for name in shipped_names():
            click.echo(f"  {name:<36} {read_document(folder / f'{name}.yaml', name).tree['title']}")
        click.echo("")
    found = [record for record in catalogue if _matches(record, year, kind, missile)]
    click.echo(f"Launches of the catalogue ({len(found)} of {len(catalogue)}; sim run ID)")
    for record in found:
        click.echo(f"  {_line(record)}".rstrip())


def _check(option: str, given: str | None, known: list[str]) -> None:
    """Refuse what no launch has, which nobody would tell from a year without launches."""
    if given and given.lower() not in [one.lower() for one in known]:
        raise SimError(
            f"{option} {printable(given)}: no launch of the catalogue has it — write one of {', '.join(known)}"
        )


def _matches(record: Record, year: str | None, kind: str | None, missile: str | None) -> bool:
    return (
        (not year or record.date.startswith(f"{year}-"))
        and (not kind or kind.lower() == record.kind.lower())
        and (not missile or missile.lower() in record.missile.lower())
    )


def _line(record: Record) -> str:
    flight = f"{record.flight_time_min} min" if record.flight_time_min else "no flight time"
    return f"{record.id:<14} {record.time_local:<6} {record.kind:<9} {record.missile[:38]:<38} {flight}"
