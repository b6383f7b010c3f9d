"""What facts name of scenarios, files and arms, is there; one says how many launches were missed; places are places.

A scenario takes one launch and tells what that cannot have; here all are taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sim.errors import Fault, ScenarioError, SimError
from sim.model.scenario import Scenario
from sim.scenario.catalogue import CATALOGUE, Record
from sim.scenario.cells import day, degrees
from sim.scenario.document import printable, suggestion
from sim.scenario.facts import ClaimKind, Facts
from sim.scenario.loader import load_scenario
from sim.scenario.sheet import MOST_FAULTS, CellError

DEGREES = {"lat": (-90.0, 90.0), "lon": (-180.0, 180.0), "azimuth_deg": (0.0, 360.0)}
MISSED: ClaimKind = "missed at least"


def rule_scenarios(facts: Facts, folder: Path) -> Mapping[str, Scenario]:
    """The scenarios of the days of a rule, by the name of their file.

    Raises SimError, with the sheet, the row by its day, and what to write; as does `check_named`.
    """
    for one in facts.rulings:
        if not (folder / one.scenario).is_file():
            said = f'names a scenario "{printable(one.scenario[:80])}", and there is no such file — write one that is'
            raise SimError(f"{_sheet(folder, 'rules')}: {one.launch} {said} there")
    return {name: load_scenario(folder / name) for name in dict.fromkeys(one.scenario for one in facts.rulings)}


def check_named(facts: Facts, folder: Path, rules: Mapping[str, Scenario], exchanged: Scenario) -> None:
    """Whether every arm that is named is there, and a claim that sight is held against."""
    for one in facts.rulings:
        _check_arm(f"{_sheet(folder, 'rules')}: {one.launch}", one.arm, rules[one.scenario])
    for use in facts.uses:
        for arm in filter(None, (use.arm, use.rival)):
            _check_arm(f"{_sheet(folder, 'exchanges')}: {use.start}", arm, exchanged)
    if not any(claim.claim == MISSED for claim in facts.claims):
        raise SimError(f'{_sheet(folder, "tracked")}: no row says "{MISSED}" — add one: sight is held against it')


def check_places(launches: Iterable[Record], folder: Path) -> None:
    """Whether launches are of a day, from a place and in a direction, where the catalogue has one.

    Raises ScenarioError, each fault at its line.
    """
    if faults := tuple(fault for launch in launches for fault in _misplaced(launch, str(folder / CATALOGUE))):
        raise ScenarioError(faults[:MOST_FAULTS])


def _misplaced(launch: Record, shown: str) -> Iterator[Fault]:
    cells = {"date": launch.date, "lat": launch.lat, "lon": launch.lon, "azimuth_deg": launch.azimuth_deg}
    try:
        day(cells, "date")
        for column, (least, most) in DEGREES.items():
            degrees(cells, column, least, most)
    except CellError as error:
        yield Fault(shown, launch.line, 0, error.column, error.message)


def _check_arm(place: str, arm: str, scenario: Scenario) -> None:
    known = [one.name for one in scenario.arms]
    if arm not in known:
        near = suggestion(arm[:60], known) or f" — known: {', '.join(known)}"
        raise SimError(f'{place} names an arm "{printable(arm[:40])}", and there is none{near}')


def _sheet(folder: Path, name: str) -> Path:
    return folder / "catalogue" / f"{name}.csv"
