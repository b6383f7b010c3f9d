"""What several commands share: finding scenarios, and the options that change them."""

from __future__ import annotations

import os
from pathlib import Path

import click

from sim.errors import Fault, ScenarioError, SimError
from sim.model.load import overloaded
from sim.model.scenario import Scenario
from sim.model.sources import unaware
from sim.scenario.catalogue import Record, find_records, load_catalogue, records_of
from sim.scenario.document import printable, suggestion
from sim.scenario.folders import shipped_folder

SUFFIXES = (".yaml", ".yml", ".json")
SHORT_RANGE = ("SRBM", "MLRS")
CATALOGUE = "catalogue:"  # before a year, a class or all: every launch of it

sets_option = click.option(
    "--set", "sets", multiple=True, metavar="PATH=VALUE", help="Change one value; may be given again."
)
out_option = click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path("results"), help="Folder for results."
)


def parse_sets(sets: tuple[str, ...]) -> dict[str, str]:
    """Overrides as text by path."""
    found = {}
    for text in sets:
        path, equals, value = text.partition("=")
        if not equals or not value.strip():
            raise SimError(f'--set {printable(text)}: needs PATH=VALUE — e.g. --set stages.us_evaluates.delay="4 min"')
        found[path.strip()] = value
    return found


def tell_of_oddities(scenario: Scenario) -> None:
    """Say on standard error what is allowed and seldom meant: desks that other work fills, sources not told of."""
    for desk, share in overloaded(scenario).items():
        click.echo(
            f"{scenario.name}: desk {desk}: other work alone fills it ({100 * share:.0f} % of its time at typical "
            "values), so its queue grows until the horizon — if that is not meant, lengthen interarrival, shorten "
            "service or raise capacity",
            err=True,
        )
    for stage in unaware(scenario):
        click.echo(
            f"{scenario.name}: stage {stage}: begins by itself and is no source, so it takes place when a report is "
            "false as well — if it sees or hears of launches, give it false_alarms: {per_year: 0.5, evidence: assumed}",
            err=True,
        )


def find_scenario(name: str, sets: dict[str, str]) -> Scenario:
    """A scenario by path, by shipped name, or by a date of the catalogue under the base case."""
    from sim.scenario.loader import load_scenario, load_text  # a list needs no schema

    path = Path(name)
    if os.path.isdir(path) or (path.suffix in SUFFIXES and not os.path.lexists(path)):
        raise _fault(name, _instead(path))
    if path.suffix in SUFFIXES or os.path.lexists(path):
        return load_scenario(path, sets)
    if name in shipped_names():
        return load_scenario(shipped_folder() / f"{name}.yaml", sets)
    catalogue = load_catalogue(shipped_folder())
    records = find_records(catalogue, name)
    if len(records) == 1:
        return load_text(base_case(records[0]), records[0].id, sets=sets)
    if records:
        which = "\n".join(f"  {record.id}  {record.time_local}  {record.missile}" for record in records)
        raise _fault(name, f"several launches that day; name one\n{which}")
    known = [*shipped_names(), *(record.id for record in catalogue)]
    hint = suggestion(name[:60], known) or " — sim list shows the scenarios and the catalogue"
    raise _fault(name, f"no such file, scenario or launch of the catalogue{hint}")


def _instead(path: Path) -> str:
    """Why a path is no scenario file, and what to give in its place."""
    if os.path.isdir(path):
        files = sorted(str(file) for suffix in SUFFIXES for file in path.glob(f"*{suffix}"))
        return f"is a folder — give a scenario file{f', such as {printable(files[0])}' if files else ''}"
    files = [str(file) for suffix in SUFFIXES for file in path.parent.glob(f"*{suffix}")]
    hint = suggestion(str(path)[:60], files) or suggestion(path.stem[:60], shipped_names())
    return f"there is no such file{hint or ' — sim list shows the scenarios that are shipped'}"


def _fault(name: str, message: str) -> ScenarioError:
    return ScenarioError((Fault(printable(name), 0, 0, "", message),))


def shipped_names() -> list[str]:
    """The names of the shipped scenarios."""
    return sorted(path.stem for path in shipped_folder().glob("*.yaml"))


def names_of(name: str) -> list[str]:
    """What a name stands for: `catalogue:2019` for every launch of a year (a class, or all) whose flight is known."""
    if not name.startswith(CATALOGUE):
        return [name]
    wanted, catalogue = name.removeprefix(CATALOGUE), load_catalogue(shipped_folder())
    found = records_of(catalogue, wanted)
    if not found:
        kinds = sorted({record.kind for record in catalogue}), sorted({record.date[:4] for record in catalogue})
        known = ", ".join(["all", *kinds[1], *kinds[0]])
        raise _fault(f"{CATALOGUE}{wanted}", f"no launch of the catalogue has it — write one of {known}")
    if not any(record.is_flown for record in found):
        said = f"of none of its launches is on record where from, where to, how far and how high — write {found[0].id}"
        raise _fault(f"{CATALOGUE}{wanted}", f"{said}, which is run without sensors")
    if left_out := [record.id for record in found if not record.is_flown]:
        click.echo(
            f"{CATALOGUE}{printable(wanted)}: {len(found) - len(left_out)} of {len(found)} launches; left out, since "
            f"where from, where to, how far or how high is not on record: {', '.join(left_out)}",
            err=True,
        )
    return [record.id for record in found if record.is_flown]


def base_case(record: Record) -> str:
    """The text of a scenario for one launch of the catalogue; desks have ranges where missiles can queue.

    Of several missiles that the record does not time, it is one.
    """
    is_one = record.lacks_times or not record.is_several
    desks = "one-launch-desks" if is_one else "desks"
    launch = f"catalogue: {record.id}, count: 1" if record.lacks_times else f"catalogue: {record.id}"
    sight = "short-range" if record.kind in SHORT_RANGE else "large-rocket"
    radar = "sensors-2019" if record.is_flown else "assumed-radar"
    names = ("stages", desks, sight, radar, "flows", "arrangements")
    parts = ", ".join(f"base-case/{name}.yaml" for name in names)
    return f'title: "{record.missile}, {record.date}"\nuse: [{parts}]\nlaunches: [{{{launch}}}]\n'
