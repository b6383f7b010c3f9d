"""Sweeps: the difference of two arms over values of the scenario, in every cell with the same draws.

A cell fixes one value on every axis. What the format lets be a range is varied as the settings of one
scenario are; whatever else (a choice, a number of attempts, a flow) makes a scenario of its own, loaded once
for all cells that have it. Either way a cell is the run that has its values in the file.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

import numpy as np

from sim.analysis.outcomes import MEASURES, SECTIONS, Floats, Measure, Outcomes, Quantity, joined
from sim.analysis.tally import deadlines_us
from sim.draws.settings import settings_of
from sim.errors import ScenarioError, SimError
from sim.model.flow import steps
from sim.model.ranges import Exactly, Range, Setting
from sim.model.scenario import Scenario, Settings
from sim.scenario.document import parse_path, printable
from sim.studies.breakeven.bounds import DELAYS
from sim.studies.sweep.axes import Axis, listed, whole

MOST_CELLS = 100_000
MOST_WORLDS = 5_000  # scenarios that are loaded one by one, some milliseconds each
MOST_SETTINGS = 1_000_000
NAMES = "case"  # the column of a file of cases that names them

Places = tuple[int, ...]
Load = Callable[[Mapping[str, str]], Scenario]  # with other values, and with the arms of the pair alone
Ask = Callable[[Scenario, tuple[Setting, ...], int, int], Outcomes]  # of settings: replications of each, sections


@dataclass(frozen=True)
class Grid:
    """What was asked for: the axes, and the place of every cell on each; cases have names."""

    axes: tuple[Axis, ...]
    cells: tuple[Places, ...]
    names: tuple[str, ...] = ()

    def texts(self, cell: Places) -> dict[str, str]:
        """The values of a cell by path, as a scenario file has them."""
        return {axis.path: axis.texts[place] for axis, place in zip(self.axes, cell, strict=True)}


@dataclass(frozen=True, eq=False)
class World:
    """A scenario, the cells that are settings of it by number, and those settings."""

    scenario: Scenario
    cells: tuple[int, ...]
    settings: tuple[Setting, ...]


@dataclass(frozen=True, eq=False)
class Plan:
    """A sweep before it is run: of which pair, over which cells, and with how much work.

    n_settings : of the values that are not known, for the band; 1 for none.
    n_each : replications of each of those.
    """

    scenario: Scenario
    pair: tuple[str, str]
    measure: Measure
    grid: Grid
    worlds: tuple[World, ...]
    n_replications: int
    n_settings: int
    n_each: int

    @property
    def n_band(self) -> int:
        """How many settings are simulated for the band, over all cells."""
        return sum(len(world.cells) * len(self.others(world)) for world in self.worlds)

    @property
    def n_launches(self) -> int:
        """How many launches are simulated, each under both arms."""
        n = len(self.grid.cells) * self.n_replications + self.n_band * self.n_each
        return n * len(self.scenario.launch_keys())

    def others(self, world: World) -> tuple[Setting, ...]:
        """The settings of what a world does not vary; none where all of it is known, or no band is asked for."""
        varied = {path for setting in world.settings[:1] for path in setting}
        if self.n_settings < 2 or not {found.path for found in world.scenario.ranges()} - varied:
            return ()
        return settings_of(replace(world.scenario, settings=Settings(self.n_settings, self.n_each)))


@dataclass(frozen=True, eq=False)
class Swept:
    """What came out, cell by cell in the order of the grid.

    low, high : float64 (cell,), the ends of the band over the settings; nan where there is none.
    """

    plan: Plan
    outcomes: Outcomes
    low: Floats
    high: Floats

    @property
    def difference(self) -> Floats:
        """First arm minus second, (1 + section, cell)."""
        return self.outcomes.difference(self.plan.measure, *self.plan.pair)

    def of_arm(self, number: int, measure: Measure | None = None) -> Floats:
        """A measure of one of the two arms, (1 + section, cell)."""
        return self.outcomes.values[Quantity(measure or self.plan.measure, self.plan.pair[number])]

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What is known of both arms."""
        known = {(quantity.measure, quantity.arm) for quantity in self.outcomes.values}
        return tuple(measure for measure in MEASURES if all((measure, arm) in known for arm in self.plan.pair))

    @property
    def has_band(self) -> bool:
        """Whether what is not known beside it moves the difference."""
        return bool((self.low < self.high).any())


def grid_of(axes: Sequence[Axis]) -> Grid:
    """Every combination of one axis or several.

    Raises
    ------
    SimError : there are none or more than two, one is varied twice, or the cells are too many.
    """
    if not 1 <= len(axes) <= 2:
        raise SimError(f"--vary: one or two parameters make a curve or a map, got {len(axes)} — for more, --cases")
    if len({axis.path for axis in axes}) < len(axes):
        raise SimError(f"--vary {axes[0].path}: is varied twice — give it once")
    n = math.prod(len(axis.texts) for axis in axes)
    if n > MOST_CELLS:
        by = " × ".join(f"{len(axis.texts):,}" for axis in axes)
        raise SimError(f"--vary: {by} are {n:,} cells, more than {MOST_CELLS:,} — take fewer values")
    return Grid(tuple(axes), tuple(product(*(range(len(axis.texts)) for axis in axes))))


def cases_of(text: str, shown: str) -> Grid:
    """The cases of a CSV: the header has paths, a row is a case; a column ``case`` names them.

    Raises
    ------
    SimError : with the line that is wrong.
    """
    reader = csv.reader(io.StringIO(text))
    rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(map(str.strip, row))]
    if len(rows) < 2:
        raise SimError(f"{shown}: needs a header of paths and a row for every case")
    lines, (header, *body) = zip(*rows, strict=True)
    if len(body) > MOST_CELLS:
        raise SimError(f"{shown}: {len(body):,} cases are more than {MOST_CELLS:,}")
    for line, row in zip(lines[1:], body, strict=True):
        if len(row) != len(header) or not all(row):
            raise SimError(f"{shown}:{line}: needs {len(header)} values, one under each path, none empty")
    columns = {path: [row[at] for row in body] for at, path in enumerate(header)}
    names = tuple(columns.pop(NAMES, [str(number) for number in range(1, len(body) + 1)]))
    if len(columns) < len(header) - (NAMES in header) or not columns:
        raise SimError(f"{shown}:{lines[0]}: needs one path or several, each once")
    for path in columns:
        try:
            parse_path(path)
        except ValueError as error:
            raise SimError(f"{shown}:{lines[0]}: {error}") from None
    axes = tuple(listed(path, tuple(dict.fromkeys(texts))) for path, texts in columns.items())
    at = [{text: place for place, text in enumerate(axis.texts)} for axis in axes]
    places = zip(*([at[i][text] for text in texts] for i, texts in enumerate(columns.values())), strict=True)
    return Grid(axes, tuple(places), names)


def pair_of(scenario: Scenario) -> tuple[str, str]:
    """The pair that a sweep is of: the first.

    Raises
    ------
    SimError : only one arm is compared.
    """
    if not scenario.contrasts:
        raise SimError("a sweep compares two arms, and here is one — name two with --arms A,B")
    return scenario.contrasts[0]


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
    for number, axis in enumerate(grid.axes):
        if not _matters(number, axis, grid, worlds):
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
    return json.dumps({"constant": ends} if axis.path.rpartition(".")[2] in DELAYS else ends)


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


def _matters(number: int, axis: Axis, grid: Grid, worlds: Sequence[World]) -> bool:
    """Whether some cell would be another with another value on this axis."""
    if any(axis.path in setting for world in worlds for setting in world.settings):
        return True
    seen: dict[Places, Scenario] = {}
    is_alone = True
    for world in worlds:
        cell = grid.cells[world.cells[0]]
        rest = (*cell[:number], *cell[number + 1 :])
        first = seen.setdefault(rest, world.scenario)
        if first is not world.scenario:
            is_alone = False
            if _core(first) != _core(world.scenario):
                return True
    return is_alone and len(worlds) > 1  # cases that differ in all at once: nothing tells


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


def check_plan(plan: Plan) -> None:
    """Refuse what cannot be answered, before anything runs.

    Raises
    ------
    SimError : shares in time are asked for and some cell has no deadline, or there is too much work.
    """
    if plan.measure == "in-time" and any(deadlines_us(world.scenario) is None for world in plan.worlds):
        raise SimError("--for in-time: a launch has no deadline — add flight_time or deadline, or take another measure")
    if plan.n_band > MOST_SETTINGS:
        raise SimError(
            f"--settings {plan.n_settings}: {plan.n_band:,} settings over all cells are more than {MOST_SETTINGS:,} — "
            "take fewer settings or cells"
        )


def sweep(plan: Plan, ask: Ask) -> Swept:
    """Simulate every cell at the typical setting, and those of the band with fewer replications.

    A setting of the band is measured from the typical one of the same few replications, and laid at the difference
    of all replications: so the band is about the curve, and the noise that both share is taken out.
    """
    typical: list[Outcomes] = []
    low, high = (np.full(len(plan.grid.cells), math.nan) for _ in range(2))
    for world in plan.worlds:
        found = ask(world.scenario, world.settings, plan.n_replications, SECTIONS)
        typical.append(found)
        others = plan.others(world)
        if others:
            settings = tuple({**other, **cell} for cell in world.settings for other in others)
            few = ask(world.scenario, settings, plan.n_each, 0).difference(plan.measure, *plan.pair)
            by_cell = few[0].reshape(len(world.cells), len(others))
            at = found.difference(plan.measure, *plan.pair)[0][:, None]
            low[list(world.cells)], high[list(world.cells)] = _ends(by_cell - by_cell[:, :1] + at)
    order = np.argsort([number for world in plan.worlds for number in world.cells])
    return Swept(plan, joined(_common(typical)).take(order.tolist()), low, high)


def _ends(by_cell: Floats) -> tuple[Floats, Floats]:
    """Lowest and highest of the settings of each cell that have a difference."""
    is_known = ~np.isnan(by_cell)
    low = np.where(is_known, by_cell, math.inf).min(axis=1)
    high = np.where(is_known, by_cell, -math.inf).max(axis=1)
    has_any = is_known.any(axis=1)
    return np.where(has_any, low, math.nan), np.where(has_any, high, math.nan)


def _common(parts: Sequence[Outcomes]) -> list[Outcomes]:
    """Those quantities that all parts have: a world without deadlines has no share in time."""
    names = [name for name in parts[0].values if all(name in part.values for part in parts)]
    return [Outcomes({name: part.values[name] for name in names}) for part in parts]


def crossings(swept: Swept) -> tuple[float, ...]:
    """Where the curve of one axis meets zero, by straight lines between its cells."""
    (axis,) = swept.plan.grid.axes
    return zeros(axis, swept.difference[0])


def zeros(axis: Axis, values: Floats) -> tuple[float, ...]:
    """Where values along an axis meet zero, on straight lines between them; a stretch of zeros where it ends."""
    known = [(axis.along(x), y) for x, y in zip(axis.numbers, values.tolist(), strict=True) if y and not math.isnan(y)]
    return tuple(
        axis.back(x0 + (x1 - x0) * y0 / (y0 - y1)) for (x0, y0), (x1, y1) in pairwise(known) if (y0 < 0) != (y1 < 0)
    )
