"""What moves a difference most, as a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from typing import Any

from sim.analysis.measures import Measure
from sim.model.scenario import Scenario
from sim.pages.page import Drawing, Page, Section, Table
from sim.pages.sheets import number, numbers, plain_interval, scaled, unit
from sim.say.measures import MEASURES, names
from sim.say.numbers import grade_text, list_text, minutes_cell
from sim.say.repeat import study_words
from sim.say.values import Value, assumed_words
from sim.studies.sensitivity import figure
from sim.studies.sensitivity.find import SensitivityPlan
from sim.studies.sensitivity.indices import Finding, Index, Sensitivity
from sim.studies.sensitivity.say import (
    NOT_A_BELIEF,
    findings,
    has_row,
    index_text,
    noise_sentence,
    title,
    turning_paths,
    values_in_order,
)

SHORT = {Measure.IN_TIME: "in time"}  # the others are called as they are asked for
ENDS = "Low end and high end: the difference there in {unit}; ⇄: its sign is turned."


def page(plan: SensitivityPlan, found: Sensitivity) -> Page:
    """What is said of a sensitivity."""
    scenario, main, known = plan.scenario, found.findings[0], names(plan.scenario)
    n_settings = main.indices.n_settings + main.indices.n_left_out
    run = study_words(scenario, found.n_sampled, n_settings, plan.digest)
    draw = partial(figure.draw, scenario=scenario, every=found, run=run)
    return Page(
        study=plan.study,
        scenario=scenario.name,
        digest=plan.digest,
        title=scenario.title,
        question=f"{scenario.arm(found.a).title} against {scenario.arm(found.b).title}: {MEASURES[main.measure]}",
        headline=findings(scenario, found),
        sections=(
            Section(
                table=swing_table(scenario, found),
                notes=(ENDS.format(unit=main.measure.axis_unit),),
            ),
            Section(table=index_table(scenario, found), notes=tuple(_notes(found, known))),
        ),
        rests_on=assumed_words([known[vary.path].grade for vary in found.ranges]),
        repeat=f"{run}; at the ends {found.n_at_ends:,} replications",
        sheet=sheet(scenario, found),
        data=_data(found, known),
        drawings=(Drawing("sensitivity", title(scenario, found), draw),),
    )


def _notes(found: Sensitivity, known: dict[str, Value]) -> Iterator[str]:
    """What hardly moves it, how to read the indices, and how far the sample may be off."""
    idle = [known[found.ranges[place].path].name for place in values_in_order(found) if not has_row(found, place)]
    if 0 < len(idle) < len(found.ranges):
        yield f"Hardly moved, or not at all, by {list_text(idle)}."
    yield NOT_A_BELIEF
    for finding in found.findings:
        if finding.indices.sd:
            yield f"{_short(finding)}: {noise_sentence(finding)}"


def _short(found: Finding) -> str:
    return SHORT.get(found.measure, found.measure)


def _rows(every: Sensitivity) -> tuple[int, ...]:
    """The places of the values that have a row: all where nothing moves anything."""
    order = values_in_order(every)
    return tuple(place for place in order if has_row(every, place)) or order


def swing_table(scenario: Scenario, every: Sensitivity) -> Table:
    """What a value rests on, and the difference at both ends of its range."""
    known, main, turning = names(scenario), every.findings[0], turning_paths(every)
    rows = [["", "rests on", "range", "low end", "high end"]]
    for place in _rows(every):
        value, swing = known[every.ranges[place].path], main.swings[place]
        ends = [_cell(main.measure, end.estimate) for end in (swing.at_low, swing.at_high)]
        mark = " ⇄" if value.path in turning else ""
        rows.append([f"{value.name}{mark}", grade_text(value.grade) or "–", value.ends, *ends])
    return Table.of(rows)


def index_table(scenario: Scenario, every: Sensitivity) -> Table:
    """The share of the variance that a value makes, of every measure."""
    known, (main, *others) = names(scenario), every.findings
    rows = [
        [
            "share of the variance",
            "alone",
            "in all",
            *(f"in all, {_short(found)}" for found in others),
        ]
    ]
    for place in _rows(every):
        totals = [_index(found, found.indices.total[place]) for found in every.findings]
        rows.append([known[every.ranges[place].path].name, _index(main, main.indices.first[place]), *totals])
    return Table.of(rows)


def _cell(measure: Measure, difference: float) -> str:
    return f"{100 * difference:.1f}" if measure == Measure.IN_TIME else minutes_cell(difference)


def _index(found: Finding, index: Index) -> str:
    """A share with its half-width in points; a dash where nothing varies."""
    if not found.indices.sd:
        return "–"
    return f"{index_text(index.value)} ± {100 * index.half_width:.0f}"


def sheet(scenario: Scenario, every: Sensitivity) -> Table:
    """One row a value and measure; ends are in the unit of the row, differences in theirs."""
    header = ["measure", "path", "name", "rests_on", "unit", "low", "working_value", "high"]
    header += ["difference_unit", "difference_at_low", "low_noise_low", "low_noise_high"]
    header += ["difference_at_high", "high_noise_low", "high_noise_high"]
    header += [f"{order}_{part}" for order in ("first", "total") for part in ("index", "half_width", "by_half_sample")]
    header += ["sd_in_difference_unit", "noise_share"]
    return Table.of([header, *(row for found in every.findings for row in _sheet_rows(scenario, every, found))])


def _sheet_rows(scenario: Scenario, every: Sensitivity, found: Finding) -> Iterator[list[str]]:
    known, indices = names(scenario), found.indices
    for place, one in enumerate(every.ranges):
        value, swing = known[one.path], found.swings[place]
        ends = [part for end in (swing.at_low, swing.at_high) for part in (end.estimate, end.low, end.high)]
        shares = [
            part
            for index in (indices.first[place], indices.total[place])
            for part in (index.value, index.half_width, index.by_half)
        ]
        yield [
            *(found.measure.column, one.path, value.name, value.grade, unit(value)),
            *numbers(value, one.low, one.typical, one.high),
            found.measure.sheet_unit,
            *(number(found.measure.in_sheet(end)) for end in ends),
            *map(number, shares),
            number(found.measure.in_sheet(indices.sd)),
            number(indices.noise),
        ]


def _data(every: Sensitivity, known: dict[str, Value]) -> dict[str, Any]:
    """The same as plain JSON, a value in the unit that stands beside it."""
    return {
        "a": every.a,
        "b": every.b,
        "replications": every.n_sampled,
        "replications_at_ends": every.n_at_ends,
        "measures": [_plain(every, found, known) for found in every.findings],
    }


def _plain(every: Sensitivity, found: Finding, known: dict[str, Value]) -> dict[str, Any]:
    indices, measure = found.indices, found.measure
    return {
        "measure": measure,
        "difference_unit": measure.sheet_unit,
        "typical": plain_interval(measure, found.typical),
        "sd": measure.in_sheet(indices.sd),
        "noise_share": indices.noise,
        "settings": indices.n_settings,
        "settings_left_out": indices.n_left_out,
        "values": [
            {
                "path": one.path,
                "name": known[one.path].name,
                "rests_on": known[one.path].grade,
                "unit": unit(known[one.path]),
                "low": scaled(known[one.path], one.low),
                "working_value": scaled(known[one.path], one.typical),
                "high": scaled(known[one.path], one.high),
                "difference_at_low": plain_interval(measure, found.swings[place].at_low),
                "difference_at_high": plain_interval(measure, found.swings[place].at_high),
                "first_share": asdict(indices.first[place]),
                "total_share": asdict(indices.total[place]),
            }
            for place, one in enumerate(every.ranges)
        ],
    }
