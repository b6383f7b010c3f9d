"""The scenarios that a grid needs.

A cell fixes one value on every axis. What the format lets be a range is varied as the settings of one
scenario are; whatever else (a choice, a number of attempts, a flow) makes a scenario of its own, made once
for all cells that have it. Either way a cell is the run that has its values in the file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.errors import ScenarioError, SimError
from sim.model.flow import steps
from sim.model.ranges import Exactly, Range, Setting
from sim.model.scenario import Scenario
from sim.scenario.document import parse_path, printable, ranged
from sim.studies.sweep.axes import Axis, own_number, whole
from sim.studies.sweep.grid import Grid, Places

MOST_WORLDS = 5_000  # scenarios that are loaded one by one, some milliseconds each
Load = Callable[[Mapping[str, str]], Scenario]  # with other values, and with the arms of the pair alone


@dataclass(frozen=True, eq=False)
class World:
    """A scenario, the cells that are settings of it by number, and those settings."""

    scenario: Scenario
    cells: tuple[int, ...]
    settings: tuple[Setting, ...]


def with_whole_numbers(axis: Axis, load: Load) -> Axis:
    """The axis as it is, or rounded where the file takes whole numbers alone."""
    broken = [text for text, number in zip(axis.texts, axis.numbers, strict=False) if number != round(number)]
    if axis.kind != "number" or not broken or not axis.n_asked:
        return axis
    rounded = whole(axis)
    return rounded if not _loads(load, {axis.path: broken[0]}) and _loads(load, {axis.path: rounded.texts[0]}) else axis


def worlds_of(scenario: Scenario, pair: tuple[str, str], grid: Grid, load: Load) -> tuple[World, ...]:
    """The scenarios of a grid, with the arms of the pair alone.

    Raises
    ------
    ScenarioError : the format does not take a path or a value.
    SimError : a path changes nothing of the pair, or the scenarios are too many.
    """
    ranged = tuple(axis for axis in grid.axes if _is_ranged(scenario, axis, load))
    try:
        worlds = _worlds(pair, grid, ranged, load)
    except ScenarioError:  # ends that do not go together, though perhaps no cell has both
        worlds = _worlds(pair, grid, (), load) if len(ranged) > 1 else _worlds(pair, grid, ranged, load)
    for axis in grid.axes:
        is_used = any(axis.path in setting for world in worlds for setting in world.settings)
        if not is_used and (axis in ranged or not _matters(scenario, axis, grid, load)):
            arms = " nor ".join(scenario.arm(arm).title for arm in pair)
            raise SimError(f"{printable(axis.path)}: changes nothing of {arms} — compare others with --arms A,B")
    return worlds


def _loads(load: Load, texts: Mapping[str, str]) -> bool:
    try:
        load(texts)
    except ScenarioError:
        return False
    return True


def _is_ranged(scenario: Scenario, axis: Axis, load: Load) -> bool:
    """Whether the values can be settings of one scenario: a range may stand there, and no arm puts another on top."""
    if len(axis.numbers) < 2 or any(axis.path.startswith(path) for path in _arm_paths(scenario)):
        return False
    return _loads(load, {axis.path: _range_text(axis)})


def _arm_paths(scenario: Scenario) -> Iterator[str]:
    """What arms of the file set for themselves."""
    arms = scenario.document.get("arms", {})
    for arm in arms.values() if isinstance(arms, Mapping) else ():
        yield from arm.get("set", {})


def _range_text(axis: Axis) -> str:
    by_number = dict(zip(axis.numbers, axis.texts, strict=True))
    low, high = by_number[min(by_number)], by_number[max(by_number)]
    ends = {"low": low, "typical": low, "high": high}
    return json.dumps(ranged(parse_path(axis.path), ends))


def _worlds(pair: tuple[str, str], grid: Grid, ranged: tuple[Axis, ...], load: Load) -> tuple[World, ...]:
    fixed = [number for number, axis in enumerate(grid.axes) if axis not in ranged]
    groups: dict[Places, list[int]] = {}
    for number, cell in enumerate(grid.cells):
        groups.setdefault(tuple(cell[at] for at in fixed), []).append(number)
    if len(groups) > MOST_WORLDS:
        paths = ", ".join(grid.axes[at].path for at in fixed)
        raise SimError(
            f"{printable(paths)}: {len(groups):,} combinations are each a scenario of their own, more than "
            f"{MOST_WORLDS:,} — take fewer values"
        )
    ranges = {axis.path: _range_text(axis) for axis in ranged}
    found = []
    for cells in groups.values():
        texts = grid.texts(grid.cells[cells[0]])
        scenario = load({**texts, **ranges})
        if {arm.name for arm in scenario.arms} != set(pair):
            raise SimError(
                f"{printable(grid.axes[fixed[0]].path)}: changes which arms are compared — vary what they do"
            )
        known = {one.path: one for one in scenario.ranges()}
        places = [number for number, axis in enumerate(grid.axes) if axis in ranged]
        settings = tuple(_setting(grid, grid.cells[number], places, known) for number in cells)
        found.append(World(scenario, tuple(cells), settings))
    return tuple(found)


def _setting(grid: Grid, cell: Places, places: Sequence[int], known: Mapping[str, Range]) -> Setting:
    """The values of a cell that are settings, where some arm uses them."""
    numbers = {grid.axes[at].path: grid.axes[at].numbers[cell[at]] for at in places}
    used = {path: number for path, number in numbers.items() if path in known}
    return {path: Exactly(int(number) if known[path].is_whole else number) for path, number in used.items()}


def _matters(scenario: Scenario, axis: Axis, grid: Grid, load: Load) -> bool:
    """Whether some cell would be another without its value on this axis; of the file's own value nothing tells."""
    own = own_number(scenario, axis)
    others = [cell for cell in map(grid.texts, grid.cells) if own is None or axis.number(cell[axis.path]) != own]
    return not others or any(_differs(cell, axis.path, load) for cell in others)


def _differs(texts: Mapping[str, str], path: str, load: Load) -> bool:
    """Whether values that are loaded make another scenario than the same without one of them."""
    try:
        without = load({other: text for other, text in texts.items() if other != path})
    except ScenarioError:  # the others need it
        return True
    return _core(load(texts)) != _core(without)


def _core(scenario: Scenario) -> object:
    """All of a scenario that its paths depend on."""
    arms = [
        (
            arm.flow,
            [arm.stages[step.stage] for step in steps(arm.flow)],
            [arm.desks[desk] for desk in arm.used_desks()],
        )
        for arm in scenario.arms
    ]
    return arms, scenario.launches, scenario.seed, scenario.horizon_us
