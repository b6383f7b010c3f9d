"""A sweep as a page."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from shlex import quote
from typing import Any

import numpy as np

from sim.analysis.measures import Measure
from sim.analysis.outcomes import Floats, noise
from sim.pages.page import Drawing, Page, Section, Table
from sim.pages.sheets import UNITS, column
from sim.pages.sheets import number as number_text
from sim.say.channels import NO_PATH
from sim.say.names import name
from sim.say.numbers import interval_cell, list_text, minutes_cell
from sim.say.repeat import study_words
from sim.studies.sweep import figure
from sim.studies.sweep.axes import Axis
from sim.studies.sweep.find import SweepPlan, Swept, crossings
from sim.studies.sweep.say import finding, is_curve, title, with_band
from sim.units import ON_AXES

MOST_ROWS = 12
REPEATS = "Each row of the sheet has the --set options with which sim run repeats its cell, to the last digit."
NO_PROBABILITY = "A count of cells is not a probability."
BAND = (
    "Over settings: lowest and highest over some drawn settings of what is not known beside what is varied; the band "
    "of a run is searched for and wider."
)


def page(plan: SweepPlan, swept: Swept) -> Page:
    """What is said of a sweep."""
    scenario = plan.scenario
    run = study_words(scenario, plan.n_replications, len(plan.grid.cells), plan.digest, "cell")
    a, b = (scenario.arm(arm).title for arm in plan.pair)
    over = list_text([name(scenario, axis.path) for axis in plan.grid.axes])
    said, shown = finding(swept), table(swept)
    notes = [*([BAND] if swept.has_band else []), *([] if is_curve(swept) else [NO_PROBABILITY]), REPEATS]
    return Page(
        study=plan.study,
        scenario=scenario.name,
        digest=plan.digest,
        title=scenario.title,
        question=f"{a} against {b} over {over}",
        headline=f"{said} All else at working values.",
        sections=(Section(table=shown, notes=(*_thinned(swept, shown), " ".join(notes))),),
        repeat=run,
        sheet=Table.of([*_sheet_rows(swept)]),
        data=_data(swept),
        drawings=(Drawing("sweep", title(swept), partial(figure.draw, swept=swept, run=run), with_band(swept, said)),),
    )


def _thinned(swept: Swept, shown: Table) -> tuple[str, ...]:
    """That the table has not all cells, where it has not."""
    n, n_cells = len(shown.rows), len(swept.plan.grid.cells)
    return (f"{n} of {n_cells:,} cells; all are in sweep.csv.",) if n < n_cells else ()


def table(swept: Swept) -> Table:
    """Some of the cells, a row each: all if they are few, else evenly spaced ones."""
    plan = swept.plan
    cells = plan.grid.cells
    shown = sorted({round(at) for at in np.linspace(0, len(cells) - 1, min(MOST_ROWS, len(cells)))})
    low, high = noise(swept.difference)
    titles = [plan.scenario.arm(arm).title for arm in plan.pair]
    header = [
        *_headers(swept),
        *titles,
        "difference (noise)",
        *([f"over {swept.plan.n_band_settings} settings"] if swept.has_band else []),
    ]
    rows = []
    for at in shown:
        values = [*(axis.shown[place] for axis, place in zip(plan.grid.axes, cells[at], strict=True))]
        none = plan.no_path.get(at, {})
        arms = [
            NO_PATH if arm in none else _cell(swept, swept.of_arm(number)[0, at])
            for number, arm in enumerate(plan.pair)
        ]
        apart = NO_PATH if none else _noisy_cell(swept, swept.difference[0, at], low[at], high[at])
        band = [_ends_cell(swept, swept.low[at], swept.high[at]) or "–"] if swept.has_band else []
        names = [plan.grid.names[at]] if plan.grid.names else []
        rows.append([*names, *values, *arms, apart, *band])
    return Table.of([header, *rows])


def _headers(swept: Swept) -> list[str]:
    from_names = ["case"] if swept.plan.grid.names else []
    return [*from_names, *(name(swept.plan.scenario, axis.path).removeprefix("the ") for axis in swept.plan.grid.axes)]


def _cell(swept: Swept, value: float) -> str:
    if math.isnan(value):
        return "–"
    return f"{100 * value:.1f} %" if swept.plan.measure.is_share else minutes_cell(value)


def _noisy_cell(swept: Swept, value: float, low: float, high: float) -> str:
    """A value with its noise, where it can be told."""
    if not swept.plan.measure.is_share:
        return interval_cell(value, low, high)
    return _cell(swept, value) if math.isnan(low) else f"{_cell(swept, value)} ({_ends_cell(swept, low, high)})"


def _ends_cell(swept: Swept, low: float, high: float) -> str:
    """Both ends of an interval; empty where there is none."""
    return "" if math.isnan(low) else f"{_cell(swept, low)} to {_cell(swept, high)}"


def _sheet_rows(swept: Swept) -> Iterator[list[str]]:
    plan = swept.plan
    header = [*(["case"] if plan.grid.names else []), *(column(axis.path, axis.kind) for axis in plan.grid.axes)]
    for arm in plan.pair:
        header += [f"{arm}_{measure.column}_{measure.sheet_unit}" for measure in swept.measures]
    of = plan.measure.sheet_unit
    header += [f"difference_{plan.measure.column}_{of}"]
    ends = [f"{end}_{of}" for end in ("noise_low", "noise_high", "band_low", "band_high")]
    yield [*header, *ends, *(["no_path"] if plan.no_path else []), "set"]
    low, high = noise(swept.difference)
    for at, cell in enumerate(plan.grid.cells):
        texts = plan.grid.texts(cell)
        row = [*([plan.grid.names[at]] if plan.grid.names else []), *map(_value, plan.grid.axes, cell)]
        for number in (0, 1):
            row += [_number(measure, swept.of_arm(number, measure)[0, at]) for measure in swept.measures]
        found = (swept.difference[0, at], low[at], high[at], swept.low[at], swept.high[at])
        row += [_number(plan.measure, float(end)) for end in found]
        row += ["; ".join(plan.no_path.get(at, {}).values())] if plan.no_path else []
        yield [*row, " ".join(f"--set {quote(f'{path}={text}')}" for path, text in texts.items())]


def _value(axis: Axis, place: int) -> str:
    """A value of an axis in the unit of its column; a choice as it is written."""
    return f"{scaled_number(axis, axis.numbers[place]):.12g}" if axis.kind else axis.texts[place]


def _number(measure: Measure, value: float) -> str:
    return number_text(measure.in_sheet(value))


def _data(swept: Swept) -> dict[str, Any]:
    """The same as plain JSON, differences in the unit that stands beside them."""
    plan, (low, high) = swept.plan, noise(swept.difference)
    ends: dict[str, Floats] = {
        "difference": swept.difference[0],
        "noise_low": low,
        "noise_high": high,
        "band_low": swept.low,
        "band_high": swept.high,
    }
    return {
        "a": plan.pair[0],
        "b": plan.pair[1],
        "measure": plan.measure,
        "difference_unit": plan.measure.sheet_unit,
        "replications": plan.n_replications,
        "settings": plan.n_band_settings,
        "axes": [_plain_axis(axis) for axis in plan.grid.axes],
        "equal_at": [scaled_number(plan.grid.axes[0], at) for at in crossings(swept)] if is_curve(swept) else [],
        "cells": [
            {
                **_named(swept, at),
                **({"no_path": plan.no_path[at]} if at in plan.no_path else {}),
                "set": plan.grid.texts(cell),
                **{what: plan.measure.in_sheet(float(values[at])) for what, values in ends.items()},
            }
            for at, cell in enumerate(plan.grid.cells)
        ],
    }


def scaled_number(axis: Axis, number: float) -> float:
    """A number of an axis in the unit of the sheet."""
    return number * (1.0 if axis.kind in (None, "share") else ON_AXES[axis.kind][0])


def _named(swept: Swept, cell: int) -> dict[str, str]:
    """The name of a case."""
    names = swept.plan.grid.names
    return {"case": names[cell]} if names else {}


def _plain_axis(axis: Axis) -> dict[str, object]:
    return {
        "path": axis.path,
        "kind": axis.kind or "choice",
        "unit": UNITS[axis.kind] if axis.kind else "",
        "values": list(axis.texts),
        "numbers": [scaled_number(axis, number) for number in axis.numbers],
    }
