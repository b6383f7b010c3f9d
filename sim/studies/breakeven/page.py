"""Break-evens as a text for the terminal, a sheet, JSON and a figure."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.analysis.intervals import Interval
from sim.analysis.outcomes import Measure
from sim.model.scenario import Scenario
from sim.pages.tables import aligned
from sim.pages.texts import CAVEAT, assumed_line, csv_text, filled, labelled, number, numbers, plain_difference, unit
from sim.plots.render import figure_files
from sim.say.findings import study_words
from sim.say.measures import MEASURES, is_told_apart, names, side_words
from sim.say.numbers import grade_text, list_text
from sim.say.values import Value
from sim.store.run import json_text
from sim.store.study import Answer
from sim.studies.breakeven import figure as figure
from sim.studies.breakeven.find import BreakEven, BreakEvens, Curve, plain
from sim.studies.breakeven.say import findings, is_idle, noise_text, range_text, turned_text

ALONE = (
    "One value at a time, all others at placeholder values: two together may turn what neither turns alone. A range "
    "is what is not known, not a distribution."
)
ORDER = " First comes what turns it nearest to its placeholder, as a share of the way to the end of the range."


def answer(scenario: Scenario, every: BreakEvens, curves: Sequence[Curve], digest: str, *, is_one: bool) -> Answer:
    """What is said of break-evens.

    Parameters
    ----------
    scenario : with the arms of the pair alone.
    is_one : whether one value was asked about, so that its whole curve is shown.
    """
    n_settings = sum(len(curve.values) for curve in curves) - len(curves) + 1  # the typical one is the same in all
    run = study_words(scenario, every.n_replications, n_settings, digest)
    curve = curves[0] if is_one else None
    drawn = figure.draw_curve(scenario, every, curve, run) if curve else figure.draw(scenario, every, run)
    rows = curve_csv(names(scenario)[curve.range.path], curve) if curve else sheet(scenario, every)
    files = {
        "breakeven.json": json_text(_document(scenario, every, curve, digest)).encode(),
        "breakeven.csv": rows.encode(),
        **figure_files("breakeven", drawn),
    }
    return Answer(text(scenario, every, run), files)


def _document(scenario: Scenario, every: BreakEvens, curve: Curve | None, digest: str) -> dict[str, object]:
    found = {"scenario": scenario.name, "digest": digest, **plain(every)}
    if curve is None:
        return found
    points = zip(curve.values.tolist(), map(curve.at, curve.values.tolist()), strict=True)
    return {**found, "curve": [{"value": x, "estimate": y.estimate, "low": y.low, "high": y.high} for x, y in points]}


def text(scenario: Scenario, every: BreakEvens, run: str) -> str:
    """For the terminal: the finding, the table, what it rests on."""
    a, b, known = scenario.arm(every.a).title, scenario.arm(every.b).title, names(scenario)
    lines = [scenario.title, filled(f"{a} against {b}: {MEASURES[every.measure]}"), CAVEAT, ""]
    lines += [filled(findings(scenario, every)), "", aligned(table(scenario, every))]
    idle = [known[one.range.path].name for one in every.found if is_idle(one)]
    if 0 < len(idle) < len(every.found):
        lines.append(filled(f"Not moved by {list_text(idle)}."))
    lines.append(filled(f"{ALONE}{ORDER if len(every.turning) > 1 else ''}"))
    if turned := [known[one.range.path].name for one in every.found if not one.is_monotone]:
        said = f"The difference turns back over the range of {list_text(turned)}; every crossing found is given."
        lines.append(filled(said))
    grades = [known[one.range.path].grade for one in every.found]
    lines.append(assumed_line(grades))
    lines.append(labelled("Run", run))
    return "\n".join(lines) + "\n"


def table(scenario: Scenario, every: BreakEvens) -> list[list[str]]:
    """A row a value that moves the difference, as text cells, header first."""
    at, known = every.found[0].at_typical, names(scenario)
    is_apart = is_told_apart(at)
    side = side_words(every.measure, at.estimate)
    turns = f"{scenario.arm(every.a).title} no longer {side}" if is_apart else "turns"
    moving = [one for one in every.found if not is_idle(one)] or every.found
    header = ["", "rests on", "placeholder", "range", f"{turns} (noise)"]
    return [header, *(_row(every.measure, known[one.range.path], one) for one in moving)]


def _row(measure: Measure, value: Value, one: BreakEven) -> list[str]:
    start = [value.name, grade_text(value.grade) or "–", value.text(value.range.typical), value.ends]
    if not one.crossings:
        return [*start, f"never: {range_text(measure, one)}"]
    noise = noise_text(value, one)
    return [*start, f"{turned_text(value, one)}{f' ({noise})' if noise else ''}"]


def sheet(scenario: Scenario, every: BreakEvens) -> str:
    """One row a crossing, or a value without one; times and differences of times in minutes."""
    known = names(scenario)
    header = ["path", "name", "rests_on", "unit", "low", "placeholder", "high", "break_even", "noise_low", "noise_high"]
    header += ["ease", "is_monotone", "difference_at_low", "difference_at_placeholder", "difference_at_high"]
    rows = [row for one in every.found for row in _sheet_rows(every.measure, known[one.range.path], one)]
    return csv_text([header, *rows])


def _sheet_rows(measure: Measure, value: Value, one: BreakEven) -> list[list[str]]:
    found = value.range
    start = [found.path, value.name, value.grade, unit(value), *numbers(value, found.low, found.typical, found.high)]
    end = [number(one.ease), str(one.is_monotone).lower()]
    end += [number(plain_difference(measure, at.estimate)) for at in (one.at_low, one.at_typical, one.at_high)]
    ats = [crossing.at for crossing in one.crossings] or [Interval(math.nan, math.nan, math.nan)]
    return [[*start, *numbers(value, at.estimate, at.low, at.high), *end] for at in ats]


def curve_csv(value: Value, curve: Curve) -> str:
    """The difference at every value that was simulated, with its noise."""
    header = [f"{value.path} ({unit(value) or 'number'})", "difference", "noise_low", "noise_high"]
    return csv_text([header, *_curve_rows(value, curve)])


def _curve_rows(value: Value, curve: Curve) -> list[list[str]]:
    points = ((x, curve.at(x)) for x in curve.values.tolist())
    return [[*numbers(value, x), *(number(end) for end in (y.estimate, y.low, y.high))] for x, y in points]
