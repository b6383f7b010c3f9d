"""Sweeps: the difference of two arms over values of the scenario, in every cell with the same draws."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np

from sim.analysis.measures import Measure
from sim.analysis.outcomes import SECTIONS, Floats, Outcomes, Quantity, joined
from sim.asking.pairs import need_deadlines, need_paths
from sim.asking.study import Plan
from sim.draws.settings import settings_of
from sim.errors import ScenarioError, SimError
from sim.experiment.batch import Batch, comparing
from sim.experiment.engines import cost_words
from sim.experiment.simulator import Simulator
from sim.model.ranges import Setting
from sim.model.scenario import Scenario, Settings
from sim.say.channels import no_path_words
from sim.scenario.loader import reload
from sim.scenario.reader import utf8_text
from sim.studies.sweep.axes import Axis, parse_axis
from sim.studies.sweep.grid import Grid, cases_of, grid_of
from sim.studies.sweep.rows import in_rows
from sim.studies.sweep.worlds import World, with_whole_numbers, worlds_of
from sim.units import count_text

MOST_SETTINGS = 1_000_000
MOST_LAUNCHES = 1_000_000  # of each arm over all cells, unless it is said how many: seconds on the compiled engine
LEAST = 200  # replications of a cell
N_SETTINGS, N_EACH = 32, 100  # of a curve's band, and replications of each
N_EACH_OF_SHARES = 400
MOST_BYTES = 4_000_000  # of a file of cases


@dataclass(frozen=True, kw_only=True, eq=False)
class SweepPlan(Plan):
    """A sweep before it is run: of which pair, over which cells, and with how much work.

    n_replications : of each cell.
    n_band_settings : of the values that are not known, for the band; 1 for none; n_each : replications of each.
    """

    pair: tuple[str, str]
    measure: Measure
    grid: Grid
    worlds: tuple[World, ...]
    n_replications: int
    n_band_settings: int
    n_each: int

    @cached_property
    def no_path(self) -> Mapping[int, Mapping[str, str]]:
        """Why an arm of the pair has no path, by cell and name; of the cells where one has none."""
        found: dict[int, dict[str, str]] = {}
        for world in self.worlds:
            words = {name: no_path_words(world.scenario, world.scenario.arm(name)) for name in self.pair}
            if why := {name: said for name, said in words.items() if said}:
                found.update(dict.fromkeys(world.cells, why))
        return found

    def others(self, world: World) -> tuple[Setting, ...]:
        """The settings of what a world does not vary; none where all of it is known, or no band is asked for."""
        return others_of(world, self.n_band_settings, self.n_each)


@dataclass(frozen=True, eq=False)
class Swept:
    """What came out, cell by cell in the order of the grid.

    low, high : float64 (cell,), the ends of the band over the settings; nan where there is none.
    """

    plan: SweepPlan
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
        return tuple(measure for measure in Measure if all((measure, arm) in known for arm in self.plan.pair))

    @property
    def has_band(self) -> bool:
        """Whether what is not known beside it moves the difference."""
        return bool((self.low < self.high).any())


def plan(
    scenario: Scenario,
    *,
    measure: Measure = Measure.MEAN,
    vary: Sequence[str] = (),
    cases: str | None = None,
    settings: int | None = None,
    replications: int | None = None,
) -> SweepPlan:
    """The cells of one parameter or two (``vary``), or of a file of cases.

    Raises
    ------
    ScenarioError : the format does not take a path or a value.
    SimError : there is no pair, the axes or cases cannot be read, change nothing, or are too many.
    """
    if not scenario.contrasts:
        raise SimError("a sweep compares two arms, and here is one — name two with --arms A,B")
    pair, option = scenario.contrasts[0], f"--cases {cases}:" if cases else "--vary"
    grid = _grid(vary, cases)

    def load(texts: Mapping[str, str]) -> Scenario:
        return comparing(reload(scenario, texts, option) if texts else scenario, pair)

    if not grid.names:
        grid = grid_of([with_whole_numbers(axis, load) for axis in grid.axes])
    try:
        worlds = worlds_of(scenario, pair, grid, load)
    except ScenarioError as error:
        raise in_rows(grid, load, cases, error) if cases else error from None
    n_cells, per_replication = len(grid.cells), len(scenario.launch_keys())
    n = replications or min(scenario.replications, max(LEAST, MOST_LAUNCHES // n_cells // per_replication))
    n_settings, n_each = (
        settings or (N_SETTINGS if len(grid.axes) == 1 else 1),
        min(n, N_EACH_OF_SHARES if measure.is_share else N_EACH),
    )
    n_band = sum(len(world.cells) * len(others_of(world, n_settings, n_each)) for world in worlds)
    _check(measure, pair, worlds, n_settings, n_band)
    n_launches = (n_cells * n + n_band * n_each) * per_replication
    what = _what(grid, n, per_replication, n_band, n_each)
    return SweepPlan(
        study="sweep",
        scenario=scenario,
        asked=_asked(pair, measure, grid, n, [n_settings, n_each]),
        cost=cost_words(worlds[0].scenario, what, n_cells + n_band, n_launches) + _lost(grid),
        n_launches=n_launches,
        n_settings=n_cells + n_band,
        pair=pair,
        measure=measure,
        grid=grid,
        worlds=worlds,
        n_replications=n,
        n_band_settings=n_settings,
        n_each=n_each,
    )


def _grid(varied: Sequence[str], cases: str | None) -> Grid:
    if cases is None:
        return grid_of([parse_axis(given) for given in varied])
    if varied:
        raise SimError("--vary makes all combinations and --cases has its own — give one of them")
    try:
        if (size := Path(cases).stat().st_size) > MOST_BYTES:
            raise SimError(f"--cases {cases}: {size:,} bytes are more than {MOST_BYTES:,}")
        return cases_of(utf8_text(Path(cases).read_bytes()), cases)
    except UnicodeDecodeError as error:
        raise SimError(f"--cases {cases}: {error.reason}") from None
    except OSError as error:
        raise SimError(f"--cases {cases}: cannot be read ({error}) — give a CSV in UTF-8") from None


def others_of(world: World, n_settings: int, n_each: int) -> tuple[Setting, ...]:
    """So many settings of what a world does not vary; none where all of it is known."""
    varied = {path for setting in world.settings[:1] for path in setting}
    if n_settings < 2 or not {vary.path for vary in world.scenario.ranges()} - varied:
        return ()
    return settings_of(replace(world.scenario, settings=Settings(n_settings, n_each)))


def _check(measure: Measure, pair: tuple[str, str], worlds: Sequence[World], n_settings: int, n_band: int) -> None:
    """Refuse what cannot be answered, before anything runs."""
    for world in worlds:
        need_deadlines(world.scenario, measure)
    if all(any(no_path_words(world.scenario, world.scenario.arm(name)) for name in pair) for world in worlds):
        need_paths(worlds[0].scenario, pair, "a sweep")
    if n_band > MOST_SETTINGS:
        raise SimError(
            f"--settings {n_settings}: {n_band:,} settings over all cells are more than {MOST_SETTINGS:,} — "
            "take fewer settings or cells"
        )


def _asked(pair: tuple[str, str], measure: Measure, grid: Grid, n: int, settings: list[int]) -> dict[str, object]:
    return {
        "pair": pair,
        "for": measure,
        "axes": [[axis.path, axis.texts, axis.is_log] for axis in grid.axes],
        "cells": grid.cells if grid.names else "every",
        "names": grid.names,
        "replications": n,
        "settings": settings,
    }


def _what(grid: Grid, n: int, n_launches: int, n_band: int, n_each: int) -> str:
    """How many cells and settings, in words."""
    launches = f" × {n_launches} launches" if n_launches > 1 else ""
    band = f" and {n_band:,} settings × {n_each:,}" if n_band else ""
    return f"{count_text(len(grid.cells), 'cell')} × {n:,} replications{launches}{band}"


def _lost(grid: Grid) -> str:
    """Of which axes some values that were asked for are equal once rounded."""
    lost = [axis for axis in grid.axes if len(axis.texts) < axis.n_asked]
    return "".join(f"; {axis.path}: {len(axis.texts)} of {axis.n_asked} values differ" for axis in lost)


def find(plan: SweepPlan, simulator: Simulator) -> Swept:
    """Simulate every cell at the typical setting, and those of the band with fewer replications.

    A setting of the band is measured from the typical one of the same few replications, and laid at the difference
    of all replications: so the band is about the curve, and the noise that both share is taken out. Not so of shares,
    which have ends that nothing may be laid beyond: there a setting is as it is, of more replications.
    """
    typical: list[Outcomes] = []
    low, high = (np.full(len(plan.grid.cells), math.nan) for _ in range(2))
    for world in plan.worlds:
        outcomes = simulator.outcomes(Batch(world.scenario, world.settings, plan.n_replications, SECTIONS))
        typical.append(outcomes)
        others = plan.others(world)
        if others:
            settings = tuple({**other, **cell} for cell in world.settings for other in others)
            few = simulator.outcomes(Batch(world.scenario, settings, plan.n_each, 0))
            by_cell = few.difference(plan.measure, *plan.pair)[0].reshape(len(world.cells), len(others))
            at = outcomes.difference(plan.measure, *plan.pair)[0][:, None]
            beside = by_cell[:, 1:] if plan.measure.is_share else by_cell[:, 1:] - by_cell[:, :1] + at
            low[list(world.cells)], high[list(world.cells)] = _ends(np.hstack([at, beside]))
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
