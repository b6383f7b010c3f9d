"""A sweep as a text for the terminal, a sheet, JSON and a figure."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from sim.analysis.outcomes import Floats, noise
from sim.pages.tables import aligned
from sim.pages.texts import CAVEAT, csv_text, filled, labelled
from sim.pages.texts import number as number_text
from sim.plots.render import figure_files
from sim.say.findings import study_words
from sim.say.measures import size_words
from sim.say.names import name
from sim.say.numbers import capital, list_text, minutes_cell
from sim.store.run import json_text
from sim.store.study import Answer
from sim.studies.sweep import figure as figure
from sim.studies.sweep.axes import Axis, own_number
from sim.studies.sweep.find import Swept, crossings
from sim.units import minutes

MOST_ROWS = 12
TIMES = ("mean", "p50", "p95")
REPEATS = "Each row of the sheet has the --set options with which sim run repeats its cell, to the last digit."
NO_PROBABILITY = "A count of cells is not a probability."
BAND = "A band is the lowest and highest over the settings of what is not known beside what is varied."


def answer(swept: Swept, digest: str) -> Answer:
    """What is said of a sweep."""
    plan = swept.plan
    run = study_words(plan.scenario, plan.n_replications, len(plan.grid.cells), digest).replace("setting", "cell")
    said = finding(swept)
    files = {
        "sweep.json": json_text(_plain(swept, digest)).encode(),
        "sweep.csv": sheet(swept).encode(),
        **figure_files("sweep", figure.draw(swept, (_across(swept) or said).rstrip("."), run)),
    }
    a, b = (plan.scenario.arm(arm).title for arm in plan.pair)
    over = list_text([name(plan.scenario, axis.path) for axis in plan.grid.axes])
    lines = [plan.scenario.title, filled(f"{a} against {b} over {over}"), CAVEAT, ""]
    lines += [filled(f"{said} All else at placeholder values."), "", aligned(table(swept))]
    notes = [*([BAND] if swept.has_band else []), *([] if _is_curve(swept) else [NO_PROBABILITY]), REPEATS]
    lines += [filled(" ".join(notes))]
    lines.append(labelled("Run", run))
    return Answer("\n".join(lines) + "\n", files)


def finding(swept: Swept) -> str:
    """Which arm is better where."""
    plan = swept.plan
    whole, (low, high) = swept.difference[0], noise(swept.difference)
    a, b = (plan.scenario.arm(arm).title for arm in plan.pair)
    if np.isnan(whole).all():
        return f"No cell has a launch with a report under both {a} and {b}."
    is_first = (whole > 0) if plan.measure == "in-time" else (whole < 0)
    is_sure = (low > 0) | (high < 0)
    if _is_curve(swept):
        return _along(swept, a, b)
    n, n_first, n_second = len(whole), int((is_first & is_sure).sum()), int((~is_first & is_sure).sum())
    what = "more often in time" if plan.measure == "in-time" else "sooner"
    rest = n - n_first - n_second
    equal = f", and {rest} {'is' if rest == 1 else 'are'} within noise or without a pair" if rest else ""
    said = f"{a} is {what} in {n_first} of {n} {'cases' if plan.grid.names else 'cells'}, {b} in {n_second}{equal}"
    return f"{capital(said)}."


def _is_curve(swept: Swept) -> bool:
    grid = swept.plan.grid
    return len(grid.axes) == 1 and not grid.names and grid.axes[0].is_curve


def _across(swept: Swept) -> str:
    """Of a map with a line: whose side has the placeholders; nothing without either."""
    plan, whole = swept.plan, swept.difference[0]
    own = [own_number(plan.scenario, axis) for axis in plan.grid.axes]
    is_map = len(own) == 2 and not plan.grid.names and all(axis.is_curve for axis in plan.grid.axes)
    if not is_map or None in own or not np.nanmin(whole, initial=0) < 0 < np.nanmax(whole, initial=0):
        return ""
    places = [nearest(axis, number) for axis, number in zip(plan.grid.axes, own, strict=True) if number is not None]
    at = whole[places[0] * len(plan.grid.axes[1].texts) + places[1]]
    a, b = (plan.scenario.arm(arm).title for arm in plan.pair)
    is_share = plan.measure == "in-time"
    here, there = (a, b) if (at > 0) == is_share else (b, a)
    what = "more often in time" if is_share else "sooner"
    return f"{capital(here)} is {what} at the placeholders, {there} across the line"


def nearest(axis: Axis, number: float) -> int:
    """The place of the value that is nearest to a number."""
    return int(np.argmin([abs(axis.along(one) - axis.along(number)) for one in axis.numbers]))


def _along(swept: Swept, a: str, b: str) -> str:
    """How the answer goes along one axis."""
    plan, (axis,) = swept.plan, swept.plan.grid.axes
    whole, at = swept.difference[0], crossings(swept)
    known = np.flatnonzero(~np.isnan(whole))
    first, last = known[0], known[-1]
    over = f"as {name(plan.scenario, axis.path)} goes from {axis.shown[first]} to {axis.shown[last]}"
    ends = [size_words(plan.measure, float(whole[end])) for end in (first, last)]
    gaps = ", of the values at which launches have both reports" if len(known) < len(whole) else ""
    if np.ptp(whole[known]) == 0:
        return f"{capital(a)} is {ends[0]} than {b} throughout, {over}{gaps}."
    said = f"{capital(a)} goes from {ends[0]} to {ends[1]} than {b} {over}{gaps}"
    if at:
        return f"{said}; the two are equal at about {list_text([axis.text(one) for one in at])}."
    low, high = noise(swept.difference)
    is_sure = ((low > 0) | (high < 0))[known].all()
    return (
        f"{said}, and the two are nowhere equal."
        if is_sure
        else f"{said}; they meet nowhere, but noise has room for it."
    )


def table(swept: Swept) -> list[list[str]]:
    """Some rows of the cells, as text cells, header first: all if they are few, else evenly spaced ones."""
    plan = swept.plan
    cells = plan.grid.cells
    shown = sorted({round(at) for at in np.linspace(0, len(cells) - 1, min(MOST_ROWS, len(cells)))})
    low, high = noise(swept.difference)
    titles = [plan.scenario.arm(arm).title for arm in plan.pair]
    header = [*_headers(swept), *titles, "difference (noise)", *(["band"] if swept.has_band else [])]
    rows = []
    for at in shown:
        values = [*(axis.shown[place] for axis, place in zip(plan.grid.axes, cells[at], strict=True))]
        arms = [_cell(swept, swept.of_arm(number)[0, at]) for number in (0, 1)]
        interval = _ends_cell(swept, low[at], high[at], " ({})")
        apart = f"{_cell(swept, swept.difference[0, at])}{interval}"
        band = [_ends_cell(swept, swept.low[at], swept.high[at]) or "–"] if swept.has_band else []
        names = [plan.grid.names[at]] if plan.grid.names else []
        rows.append([*names, *values, *arms, apart, *band])
    return [header, *rows]


def _headers(swept: Swept) -> list[str]:
    from_names = ["case"] if swept.plan.grid.names else []
    return [*from_names, *(name(swept.plan.scenario, axis.path).removeprefix("the ") for axis in swept.plan.grid.axes)]


def _cell(swept: Swept, value: float) -> str:
    if math.isnan(value):
        return "–"
    return f"{100 * value:.1f} %" if swept.plan.measure == "in-time" else minutes_cell(value)


def _ends_cell(swept: Swept, low: float, high: float, form: str = "{}") -> str:
    """Both ends of an interval; empty where there is none."""
    return "" if math.isnan(low) else form.format(f"{_cell(swept, low)} to {_cell(swept, high)}")


def sheet(swept: Swept) -> str:
    """A row a cell: its values, what is known of both arms and of their difference, and how to repeat it."""
    return csv_text([*_sheet_rows(swept)])


def _sheet_rows(swept: Swept) -> Iterator[list[str]]:
    plan = swept.plan
    unit = "share" if plan.measure == "in-time" else "min"
    header = [*(["case"] if plan.grid.names else []), *(axis.path for axis in plan.grid.axes)]
    for arm in plan.pair:
        header += [f"{arm}_{measure}{'_min' if measure in TIMES else ''}" for measure in swept.measures]
    header += [f"difference_{plan.measure}_{unit}", "noise_low", "noise_high", "band_low", "band_high", "set"]
    yield header
    low, high = noise(swept.difference)
    for at, cell in enumerate(plan.grid.cells):
        texts = plan.grid.texts(cell)
        row = [*([plan.grid.names[at]] if plan.grid.names else []), *texts.values()]
        for number in (0, 1):
            row += [_number(measure, swept.of_arm(number, measure)[0, at]) for measure in swept.measures]
        ends = (swept.difference[0, at], low[at], high[at], swept.low[at], swept.high[at])
        row += [_number(plan.measure, float(end)) for end in ends]
        yield [*row, " ".join(f"--set {_quoted(f'{path}={text}')}" for path, text in texts.items())]


def _quoted(text: str) -> str:
    """One word of a shell."""
    return "'{}'".format(text.replace("'", "'\\''"))


def _number(measure: str, value: float) -> str:
    return number_text(minutes(value) if measure in TIMES else value)


def _plain(swept: Swept, digest: str) -> dict[str, object]:
    plan, (low, high) = swept.plan, noise(swept.difference)
    ends: dict[str, Floats] = {
        "difference": swept.difference[0],
        "noise_low": low,
        "noise_high": high,
        "band_low": swept.low,
        "band_high": swept.high,
    }
    return {
        "scenario": plan.scenario.name,
        "digest": digest,
        "a": plan.pair[0],
        "b": plan.pair[1],
        "measure": plan.measure,
        "replications": plan.n_replications,
        "settings": plan.n_settings,
        "axes": [_plain_axis(axis) for axis in plan.grid.axes],
        "equal_at": [*crossings(swept)] if _is_curve(swept) else [],
        "cells": [
            {
                **_named(swept, at),
                "set": plan.grid.texts(cell),
                **{what: float(values[at]) for what, values in ends.items()},
            }
            for at, cell in enumerate(plan.grid.cells)
        ],
    }


def _named(swept: Swept, cell: int) -> dict[str, str]:
    """The name of a case."""
    names = swept.plan.grid.names
    return {"case": names[cell]} if names else {}


def _plain_axis(axis: Axis) -> dict[str, object]:
    return {"path": axis.path, "kind": axis.kind or "choice", "values": list(axis.texts), "numbers": list(axis.numbers)}
