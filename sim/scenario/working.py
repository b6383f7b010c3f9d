"""Working values put into a checked scenario, which are all that the page of a scenario changes at a time.

Every rule of the format holds over whole ranges, so that a working value within its range breaks none, and needs no
loader. What is written in another way than as ``typical`` of a range is left to the loader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sim.model.ranges import Range
from sim.model.scenario import Arm, Scenario
from sim.model.trees import put
from sim.scenario.document import TreePath, parse_path, written
from sim.units import QuantityKind, parse_quantity

TYPICAL, CONSTANT = ".typical", ".constant"
PLAIN = re.compile(r"\d[\w. ]*%?")  # a number with its unit, which YAML reads as it stands
SECTIONS = ("stages", "sensors", "desks")  # of an arm's world, whose ranges may be moved so
Instead = Callable[[Any], Any]  # what stands in place of a part of it
KindOf = Callable[[str], QuantityKind]


def with_working(scenario: Scenario, texts: Mapping[str, str], kind_of: KindOf) -> Scenario | None:
    """The scenario with other working values, as text by path; None where only the loader can tell.

    It is the one that the loader makes of the same. ``kind_of`` says of what kind the range at a path is.
    """
    known = {one.path: one for one in scenario.ranges()}
    moved = {}
    for text_path, text in texts.items():
        found = known.get(text_path.removesuffix(TYPICAL).removesuffix(CONSTANT))
        one = _moved(found, text, kind_of) if found and text_path.endswith(TYPICAL) else None
        if one is None:
            return None
        moved[one.path] = one
    places = [parse_path(path) for path in moved]
    document: Mapping[str, Any] = scenario.document
    for text_path, text in texts.items():
        document = written(document, parse_path(text_path), text)

    def instead(noun: Any) -> Any:
        return moved.get(noun.path, noun) if isinstance(noun, Range) else noun

    return replace(
        scenario,
        arms=tuple(_arm(arm, places, instead) for arm in scenario.arms),
        sensors=_sensors(scenario, places, instead),
        document=document,
    )


def _moved(found: Range, text: str, kind_of: KindOf) -> Range | None:
    """The range with another working value; None for what is no plain number within it."""
    is_ours = parse_path(found.path)[0] in SECTIONS and not found.is_middle
    if not is_ours or not PLAIN.fullmatch(text) or text != text.strip():
        return None
    try:
        value = parse_quantity(kind_of(found.path), text)
    except ValueError:
        return None
    if found.is_whole and value != int(value):
        return None
    return replace(found, typical=int(value) if found.is_whole else value) if found.low <= value <= found.high else None


def _arm(arm: Arm, places: list[TreePath], instead: Instead) -> Arm:
    """An arm whose world has other ranges; the same where it has not."""
    stages, desks = _entries(arm.stages, places, instead), _entries(arm.desks, places, instead)
    return arm if stages is arm.stages and desks is arm.desks else replace(arm, stages=stages, desks=desks)


def _entries(every: Mapping[str, Any], places: list[TreePath], instead: Instead) -> Mapping[str, Any]:
    named = {name: every[name] for name in _names(places) if name in every}
    new = {name: put(entry, instead) for name, entry in named.items()}
    return {**every, **new} if any(entry is not named[name] for name, entry in new.items()) else every


def _sensors(scenario: Scenario, places: list[TreePath], instead: Instead) -> tuple[Any, ...]:
    names = _names(places)
    return tuple(put(one, instead) if one.name in names else one for one in scenario.sensors)


def _names(places: list[TreePath]) -> set[str]:
    """Whose the ranges are: a stage's, a sensor's or a desk's."""
    return {str(path[1]) for path in places}
