"""What facts name of scenarios, files and arms, is there; and one says how many launches were missed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sim.errors import SimError
from sim.model.scenario import Scenario
from sim.scenario.document import printable, suggestion
from sim.scenario.facts import ClaimKind, Facts
from sim.scenario.loader import load_scenario

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
        _check_arm(f"{_sheet(folder, 'exchanges')}: {use.start}", use.arm, exchanged)
    if not any(claim.claim == MISSED for claim in facts.claims):
        raise SimError(f'{_sheet(folder, "tracked")}: no row says "{MISSED}" — add one: sight is held against it')


def _check_arm(place: str, arm: str, scenario: Scenario) -> None:
    known = [one.name for one in scenario.arms]
    if arm not in known:
        near = suggestion(arm[:60], known) or f" — known: {', '.join(known)}"
        raise SimError(f'{place} names an arm "{printable(arm[:40])}", and there is none{near}')


def _sheet(folder: Path, name: str) -> Path:
    return folder / "catalogue" / f"{name}.csv"
