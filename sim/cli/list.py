"""``sim list``."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten

import click

from sim.asking.scenarios import campaign_names, known_names, shipped_names
from sim.errors import SimError
from sim.scenario.catalogue import Record, load_catalogue
from sim.scenario.document import printable
from sim.scenario.folders import shipped_claims, shipped_folder
from sim.scenario.reader import read_document

ABOUT = 76  # characters of what a file is about


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
        files = known_names() | shipped_claims()
        for heading, names in (
            ("Scenarios (sim run NAME)", shipped_names()),
            ("Campaigns (sim campaign NAME)", campaign_names()),
            ("Claims (sim claims NAME)", [*shipped_claims()]),
        ):
            click.echo(heading)
            click.echo("\n".join(_aligned([[name, _told(read_document(files[name], name).tree)] for name in names])))
            click.echo("")
    found = [record for record in catalogue if _matches(record, year, kind, missile)]
    click.echo(f"Launches of the catalogue ({len(found)} of {len(catalogue)}; sim run ID)")
    if found:
        click.echo("\n".join(_aligned([_cells(record) for record in found])))


def _told(tree: Mapping[str, object]) -> str:
    """What a file is about in a line: its claim, or its title."""
    return shorten(str(tree.get("claim", tree["title"])), ABOUT, placeholder=" …")


def _aligned(rows: list[list[str]]) -> list[str]:
    """Rows of cells, each column as wide as its longest."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        f"  {'  '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))}".rstrip() for row in rows
    ]


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


def _cells(record: Record) -> list[str]:
    return [record.id, record.time_local, record.kind, record.missile, _flight_time(record)]


def _flight_time(record: Record) -> str:
    """As the record tells it; else as a run computes it from range and apogee, where those are told."""
    from sim.flight.trajectory import trajectory

    if record.flight_time_s:
        return f"{record.flight_time_s.value / 60:.3g} min"
    if not (record.range_km and record.apogee_km):
        return "no flight time"
    try:
        seconds = trajectory(1000 * record.range_km.value, 1000 * record.apogee_km.value).flight_time_s
    except ValueError:  # no missile flies so
        return "no flight time"
    return f"{seconds / 60:.1f} min, computed"
