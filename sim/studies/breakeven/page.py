"""Break-evens as a page."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

from sim.analysis.intervals import Interval
from sim.analysis.measures import Measure
from sim.model.scenario import Scenario
from sim.pages.page import Drawing, Page, Section, Table
from sim.pages.sheets import column, number, numbers, plain_interval, scaled, unit
from sim.say.measures import MEASURES, is_told_apart, names, side_words
from sim.say.numbers import grade_text, list_text
from sim.say.repeat import study_words
from sim.say.values import Value, assumed_words
from sim.studies.breakeven import figure
from sim.studies.breakeven.crossings import BreakEven, BreakEvens
from sim.studies.breakeven.curves import Curve
from sim.studies.breakeven.find import BreakEvenPlan, Found
from sim.studies.breakeven.say import findings, is_idle, noise_text, range_text, title, turned_text

ALONE = (
    "One value at a time, all others at working values: two together may turn what neither turns alone. A range "
    "is what is not known, not a distribution."
)
NOISE = ("noise_low", "noise_high")
ORDER = " First comes what turns it nearest to its working value, as a share of the way to the end of the range."


def page(plan: BreakEvenPlan, found: Found) -> Page:
    """What is said of break-evens; of one value, its whole curve is shown."""
    scenario, results = plan.scenario, found.break_evens
    n_settings = sum(len(curve.values) for curve in found.curves) - len(found.curves) + 1  # all share the typical one
    run = study_words(scenario, plan.n_each, n_settings, plan.digest)
    curve = found.curves[0] if plan.is_one else None
    known = names(scenario)
    draw = (
        partial(figure.draw_curve, scenario=scenario, every=results, curve=curve, run=run)
        if curve
        else partial(figure.draw, scenario=scenario, every=results, run=run)
    )
    return Page(
        study=plan.study,
        scenario=scenario.name,
        digest=plan.digest,
        title=scenario.title,
        question=f"{scenario.arm(results.a).title} against {scenario.arm(results.b).title}: {MEASURES[plan.measure]}",
        headline=findings(scenario, results),
        sections=(Section(table=table(scenario, results), notes=tuple(_notes(results, known))),),
        rests_on=assumed_words([known[one.range.path].grade for one in results.found]),
        repeat=run,
        sheet=curve_sheet(plan.measure, known[curve.range.path], curve) if curve else sheet(results, known),
        data=_data(results, known, curve),
        drawings=(Drawing("breakeven", title(scenario, results), draw),),
    )


def _notes(results: BreakEvens, known: dict[str, Value]) -> list[str]:
    """What moves nothing, how to read the table, and where the difference turns back."""
    idle = [known[one.range.path].name for one in results.found if is_idle(one)]
    turned = [known[one.range.path].name for one in results.found if not one.is_monotone]
    return [
        *([f"Not moved by {list_text(idle)}."] if 0 < len(idle) < len(results.found) else []),
        f"{ALONE}{ORDER if len(results.turning) > 1 else ''}",
        *(
            [f"The difference turns back over the range of {list_text(turned)}; every crossing found is given."]
            if turned
            else []
        ),
    ]


def table(scenario: Scenario, results: BreakEvens) -> Table:
    """A row a value that moves the difference."""
    at, known = results.found[0].at_typical, names(scenario)
    side = side_words(results.measure, at.estimate)
    turns = f"{scenario.arm(results.a).title} no longer {side}" if is_told_apart(at) else "turns"
    moving = [one for one in results.found if not is_idle(one)] or results.found
    header = ["", "rests on", "working value", "range", f"{turns} (noise)"]
    return Table.of([header, *(_row(results.measure, known[one.range.path], one) for one in moving)])


def _row(measure: Measure, value: Value, one: BreakEven) -> list[str]:
    start = [value.name, grade_text(value.grade) or "–", value.text(value.range.typical), value.ends]
    if not one.crossings:
        return [*start, f"never: {range_text(measure, one)}"]
    noise = noise_text(value, one)
    return [*start, f"{turned_text(value, one)}{f' ({noise})' if noise else ''}"]


def sheet(results: BreakEvens, known: dict[str, Value]) -> Table:
    """One row a crossing, or a value without one; what is of the value is in the unit of its row."""
    of = results.measure.sheet_unit
    header = ["path", "name", "rests_on", "unit", "low", "working_value", "high"]
    header += ["break_even", *NOISE, "ease_share", "is_monotone"]
    header += [f"difference_at_{at}_{of}" for at in ("low", "working_value", "high")]
    rows = [row for one in results.found for row in _sheet_rows(results.measure, known[one.range.path], one)]
    return Table.of([header, *rows])


def _sheet_rows(measure: Measure, value: Value, one: BreakEven) -> list[list[str]]:
    found = value.range
    start = [found.path, value.name, value.grade, unit(value), *numbers(value, found.low, found.typical, found.high)]
    end = [number(one.ease), str(one.is_monotone).lower()]
    end += [number(measure.in_sheet(at.estimate)) for at in (one.at_low, one.at_typical, one.at_high)]
    ats = [crossing.at for crossing in one.crossings] or [Interval(math.nan, math.nan, math.nan)]
    return [[*start, *numbers(value, at.estimate, at.low, at.high), *end] for at in ats]


def curve_sheet(measure: Measure, value: Value, curve: Curve) -> Table:
    """The difference at every value that was simulated, with its noise, in minutes or as a share."""
    points = [(x, plain_interval(measure, curve.at(x))) for x in curve.values.tolist()]
    rows = [[*numbers(value, x), *map(number, interval.values())] for x, interval in points]
    header = [column(value.path, value.kind), *(f"{of}_{measure.sheet_unit}" for of in ("difference", *NOISE))]
    return Table.of([header, *rows])


def _data(results: BreakEvens, known: dict[str, Value], curve: Curve | None) -> dict[str, Any]:
    """The same as plain JSON, a value in the unit that stands beside it."""
    unit_of = results.measure.sheet_unit
    values = [_plain(results.measure, known[one.range.path], one) for one in results.found]
    plain = {"a": results.a, "b": results.b, "measure": results.measure, "replications": results.n_replications}
    if curve is None:
        return {**plain, "difference_unit": unit_of, "values": values}
    value = known[curve.range.path]
    points = [
        {"value": scaled(value, x), **plain_interval(results.measure, curve.at(x))} for x in curve.values.tolist()
    ]
    return {**plain, "difference_unit": unit_of, "values": values, "curve": points}


def _plain(measure: Measure, value: Value, one: BreakEven) -> dict[str, Any]:
    found = value.range
    ends = {"low": one.at_low, "working_value": one.at_typical, "high": one.at_high}
    return {
        "path": found.path,
        "name": value.name,
        "rests_on": value.grade,
        "unit": unit(value),
        "low": scaled(value, found.low),
        "working_value": scaled(value, found.typical),
        "high": scaled(value, found.high),
        "break_evens": [
            {
                "value": scaled(value, crossing.at.estimate),
                "noise_low": scaled(value, crossing.at.low),
                "noise_high": scaled(value, crossing.at.high),
                "is_rising": crossing.is_rising,
            }
            for crossing in one.crossings
        ],
        "ease": one.ease,
        "is_monotone": one.is_monotone,
        "difference": {at: plain_interval(measure, interval) for at, interval in ends.items()},
    }
