"""What moves a difference most, as a text for the terminal, a sheet, JSON and a figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from sim.analysis.outcomes import Measure
from sim.model.scenario import Scenario
from sim.pages.tables import aligned
from sim.pages.texts import CAVEAT, assumed_line, csv_text, filled, labelled, number, numbers, plain_difference, unit
from sim.plots.render import figure_files
from sim.say.findings import study_words
from sim.say.measures import MEASURES, names
from sim.say.numbers import grade_text, list_text, minutes_cell
from sim.store.run import json_text
from sim.store.study import Answer
from sim.studies.sensitivity import figure as figure
from sim.studies.sensitivity.find import Finding, Index, Sensitivity
from sim.studies.sensitivity.say import (
    NOT_A_BELIEF,
    findings,
    has_row,
    index_text,
    noise_sentence,
    turning_paths,
    values_in_order,
)

SHORT: dict[Measure, str] = {"mean": "mean", "p50": "p50", "p95": "p95", "in-time": "in time"}


def answer(scenario: Scenario, every: Sensitivity, digest: str) -> Answer:
    """What is said of a sensitivity; the scenario has the arms of the pair alone."""
    n_settings = every.findings[0].indices.n_settings + every.findings[0].indices.n_left_out
    run = study_words(scenario, every.n_sampled, n_settings, digest)
    files = {
        "sensitivity.json": json_text(_document(scenario, every, digest)).encode(),
        "sensitivity.csv": sheet(scenario, every).encode(),
        **figure_files("sensitivity", figure.draw(scenario, every, run)),
    }
    return Answer(text(scenario, every, run), files)


def _document(scenario: Scenario, every: Sensitivity, digest: str) -> dict[str, object]:
    return {"scenario": scenario.name, "digest": digest, **asdict(every)}


def text(scenario: Scenario, every: Sensitivity, run: str) -> str:
    """For the terminal: the finding, the table, how sure it is, what it rests on."""
    a, b, main = scenario.arm(every.a).title, scenario.arm(every.b).title, every.findings[0]
    lines = [scenario.title, filled(f"{a} against {b}: {MEASURES[main.measure]}"), CAVEAT, ""]
    lines += [filled(findings(scenario, every)), "", aligned(swing_table(scenario, every))]
    known = names(scenario)
    unit_words = "percentage points" if main.measure == "in-time" else "minutes"
    lines.append(filled(f"Low end and high end: the difference there in {unit_words}; ⇄: its sign is turned."))
    lines += ["", aligned(index_table(scenario, every))]
    idle = [known[every.ranges[place].path].name for place in values_in_order(every) if not has_row(every, place)]
    if 0 < len(idle) < len(every.ranges):
        lines.append(filled(f"Hardly moved, or not at all, by {list_text(idle)}."))
    lines.append(filled(NOT_A_BELIEF))
    lines += [
        filled(f"{SHORT[found.measure]}: {noise_sentence(found)}") for found in every.findings if found.indices.sd
    ]
    grades = [known[one.path].grade for one in every.ranges]
    lines.append(assumed_line(grades))
    lines.append(labelled("Run", f"{run}; at the ends {every.n_at_ends:,} replications"))
    return "\n".join(lines) + "\n"


def _rows(every: Sensitivity) -> tuple[int, ...]:
    """The places of the values that have a row: all where nothing moves anything."""
    order = values_in_order(every)
    return tuple(place for place in order if has_row(every, place)) or order


def swing_table(scenario: Scenario, every: Sensitivity) -> list[list[str]]:
    """What a value rests on, and the difference at both ends of its range, as text cells, header first."""
    known, main, turning = names(scenario), every.findings[0], turning_paths(every)
    rows = [["", "rests on", "range", "low end", "high end"]]
    for place in _rows(every):
        value, swing = known[every.ranges[place].path], main.swings[place]
        ends = [_cell(main.measure, end.estimate) for end in (swing.at_low, swing.at_high)]
        mark = " ⇄" if value.path in turning else ""
        rows.append([f"{value.name}{mark}", grade_text(value.grade) or "–", value.ends, *ends])
    return rows


def index_table(scenario: Scenario, every: Sensitivity) -> list[list[str]]:
    """The share of the variance that a value makes, of every measure, as text cells, header first."""
    known, (main, *others) = names(scenario), every.findings
    rows = [["share of the variance", "alone", "in all", *(f"in all, {SHORT[found.measure]}" for found in others)]]
    for place in _rows(every):
        totals = [_index(found, found.indices.total[place]) for found in every.findings]
        rows.append([known[every.ranges[place].path].name, _index(main, main.indices.first[place]), *totals])
    return rows


def _cell(measure: Measure, difference: float) -> str:
    return f"{100 * difference:.1f}" if measure == "in-time" else minutes_cell(difference)


def _index(found: Finding, index: Index) -> str:
    """A share with its half-width in points; a dash where nothing varies."""
    if not found.indices.sd:
        return "–"
    return f"{index_text(index.value)} ± {100 * index.half_width:.0f}"


def sheet(scenario: Scenario, every: Sensitivity) -> str:
    """One row a value and measure; times and differences of times in minutes, shares as shares."""
    header = ["measure", "path", "name", "rests_on", "unit", "low", "placeholder", "high"]
    header += ["difference_at_low", "low_noise_low", "low_noise_high"]
    header += ["difference_at_high", "high_noise_low", "high_noise_high"]
    header += [f"{order}_{part}" for order in ("first", "total") for part in ("index", "half_width", "by_half_sample")]
    header += ["sd", "noise_share"]
    return csv_text([header, *(row for found in every.findings for row in _sheet_rows(scenario, every, found))])


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
            *(found.measure, one.path, value.name, value.grade, unit(value)),
            *numbers(value, one.low, one.typical, one.high),
            *(number(plain_difference(found.measure, end)) for end in ends),
            *map(number, shares),
            number(plain_difference(found.measure, indices.sd)),
            number(indices.noise),
        ]
