"""A value that is asked about: a range of the file, or any number of it with bounds to look between."""

from __future__ import annotations

import json
from collections.abc import Callable
from shlex import quote

from sim.errors import ScenarioError, SimError
from sim.model.ranges import Range
from sim.model.scenario import Scenario
from sim.say.values import kind_of
from sim.scenario.document import find, parse_path, printable, ranged, suggestion
from sim.scenario.loader import reload
from sim.units import exact_text, parse_duration, parse_number, parse_share, split_range

PARSERS: tuple[Callable[[str], float], ...] = (parse_duration, parse_share, parse_number)
EXAMPLE = '--on stages.us_evaluates.delay.lognormal.median="30 s:1 h"'


def bounded(scenario: Scenario, given: str) -> tuple[Scenario, str]:
    """The scenario in which the value asked about is a range, and its path.

    Parameters
    ----------
    given : ``PATH``, of a range, or ``PATH=from:to``, of any number.

    Raises
    ------
    SimError : it has no such number, or the bounds do not hold it.
    """
    path, has_bounds, bounds = (part.strip() for part in given.partition("="))
    path = path.removesuffix(".constant")  # whose range bears the path of its delay
    said = f"--on {printable(given)}"
    text = _text(scenario, path, said)
    if not has_bounds:
        return scenario, path
    low, colon, high = (end.strip() for end in bounds.partition(":"))
    if not (colon and low and high and text):
        raise SimError(f"{said}: needs a number and PATH=from:to — e.g. {EXAMPLE}")
    _check_order(said, low, text, high)
    ends = {"low": low, "typical": text, "high": high}
    try:
        return reload(scenario, {path: json.dumps(ranged(parse_path(path), ends))}, "--on"), path
    except ScenarioError:
        for end in (low, high):
            reload(scenario, {path: end}, "--on")
    raise SimError(f"{said}: takes no range — ask sim sweep --vary {quote(f'{printable(path)}={low}:{high}:N')}")


def asked_range(scenario: Scenario, path: str, given: str) -> Range:
    """The range of a path among those that the arms of a scenario rest on.

    Raises
    ------
    SimError : there is none; says what is there.
    """
    found = {one.path: one for one in scenario.ranges()}
    if path in found:
        return found[path]
    said = f"--on {printable(given)}"
    titles = " or ".join(arm.title for arm in scenario.arms)
    text = find(scenario.document, parse_path(path))
    if (isinstance(text, dict) and "low" in text) or (isinstance(text, str) and split_range(text)):
        raise SimError(f"{said}: nothing of {titles} depends on it{suggestion(path, list(found))}")
    if isinstance(text, str):
        raise SimError(f"{said}: is {printable(text)} in the file — give bounds, {path}=from:to")
    raise SimError(f"{said}: is no number but divided further{suggestion(path, list(found))}")


def _text(scenario: Scenario, path: str, said: str) -> str | None:
    """What the file has at a path, of a range the typical value; None if that is no number."""
    try:
        found = find(scenario.document, parse_path(path))
    except ValueError as error:
        raise SimError(f"{said}: {error}") from None
    except (KeyError, IndexError, TypeError):
        known = [one.path for one in scenario.ranges()]
        raise SimError(f"{said}: the scenario has no such value{suggestion(path, known)}") from None
    if isinstance(found, dict):
        found = found.get("constant", found)
    middle = next((one.typical for one in scenario.ranges() if one.path == path and one.is_middle), None)
    if middle is not None:
        return exact_text(kind_of(path), middle)
    text = found.get("typical") if isinstance(found, dict) else found
    return text if isinstance(text, str) else None


def _check_order(said: str, *texts: str) -> None:
    """Refuse bounds that do not hold the value of the file; what is no number is left to the schema."""
    for parse in PARSERS:
        try:
            low, typical, high = map(parse, texts)
        except ValueError:
            continue
        if low >= high:
            raise SimError(f"{said}: must rise, but {texts[0]} is not below {texts[2]}")
        if not low <= typical <= high:
            raise SimError(f"{said}: must hold the value of the file, {texts[1]} — widen it, or move that with --set")
        return
