"""Rules of confirmation as a text for the terminal, a sheet, JSON and a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sim.analysis.confirm import Found, Rule, sources_of, unaware
from sim.analysis.findings import typical_words
from sim.analysis.results import Band
from sim.analysis.rules import finding, in_brackets, number
from sim.analysis.words import grade_text, list_text, share_text
from sim.model.scenario import Scenario
from sim.plots import confirm as figure
from sim.report.files import figure_files
from sim.report.study import csv_text, filled, labelled
from sim.report.study import number as cell
from sim.report.table import CAVEAT, aligned, minutes_cell
from sim.store import json_text
from sim.studies import Answer
from sim.units import minutes

NOTE = (
    "Shares of launches at placeholder values, in brackets from the lowest to the highest over the settings; p50 in "
    "minutes from launch, of the alerts that come. False alerts a year: in brackets over the ranges of the rates and "
    "the settings together, which is no distribution. Each false report stands alone: two sources false at the same "
    "time, by chance or by one cause, are not counted."
)


def answer(scenario: Scenario, every: tuple[Rule, ...], n: int, n_settings: int, digest: str) -> Answer:
    """What is said of the rules, from ``n`` replications at the typical setting and so many settings in all."""
    run = f"{typical_words(scenario, n, digest)}; {settings_words(scenario, n_settings)}"
    document = {"scenario": scenario.name, "digest": digest, "finding": finding(every)}
    files = {
        "confirm.json": json_text({**document, "rules": [asdict(rule) for rule in every]}).encode(),
        "confirm.csv": sheet(every).encode(),
        **figure_files("confirm", figure.draw(scenario, every, run)),
    }
    return Answer(text(scenario, every, run), files)


def settings_words(scenario: Scenario, n_settings: int) -> str:
    """How bands were found."""
    if n_settings == 1:
        return "typical setting alone"
    return f"bands over {n_settings:,} settings × {scenario.settings.replications:,}"


def text(scenario: Scenario, every: tuple[Rule, ...], run: str) -> str:
    """For the terminal: the finding, the rules, and what becomes of the false reports of each source."""
    sources = sources_of(scenario).values()
    grades = [stage.false_alarms.evidence.value for stage in sources if stage.false_alarms]
    lines = [scenario.title, CAVEAT, "", filled(finding(every)), "", aligned(_rules(every)), filled(NOTE), ""]
    lines += [aligned(_sources(every))]
    if others := unaware(scenario):
        lines.append(filled(f"No sources, so that they take place without a launch as well: {list_text([*others])}."))
    n_assumed = grades.count("assumed")
    lines.append(f"{'Rests on':<10}{n_assumed} of {len(grades)} rates of false reports are {grade_text('assumed')}")
    return "\n".join([*lines, labelled("Run", run)]) + "\n"


def _rules(every: Sequence[Rule]) -> list[list[str]]:
    """A row a rule, header first."""
    rows = [
        [
            rule.title,
            *(_share(found) for found in (rule.in_time, rule.late, rule.never)),
            minutes_cell(rule.median.typical.estimate),
            f"{number(rule.false_per_year)}{in_brackets(rule.false_per_year_band)}",
        ]
        for rule in every
    ]
    return [["", "in time", "late", "never", "p50", "false alerts a year"], *rows]


def _share(found: Found) -> str:
    return f"{share_text(found.typical.estimate)}{_shares(found.band)}"


def _shares(band: Band) -> str:
    ends = [share_text(end) for end in (band.low, band.high)]
    return f" ({' to '.join(ends)})" if ends[0] != ends[1] else ""


def _sources(every: Sequence[Rule]) -> list[list[str]]:
    """A row a source: how often it is false, and the share of that which every rule lets through."""
    shown = [
        [
            source.title,
            f"{number(source.per_year)}{in_brackets(source.per_year_band)}",
            *(share_text(rule.sources[place].share.typical.estimate) for rule in every),
        ]
        for place, source in enumerate(every[0].sources)
    ]
    return [["false reports of", "a year", *(f"alerts, {rule.title}" for rule in every)], *shown]


def sheet(every: Sequence[Rule]) -> str:
    """One row a number of a rule, then of its sources: shares, minutes, times a year; noise, then the band."""
    rows = [["rule", "source", "number", "unit", "typical", "noise_low", "noise_high", "band_low", "band_high"]]
    for rule in every:
        shares = {"in_time": rule.in_time, "late": rule.late, "never": rule.never}
        rows += [[rule.arm, "", name, "share", *_numbers(found)] for name, found in shares.items()]
        rows.append([rule.arm, "", "p50", "min", *_numbers(rule.median, minutes(1))])
        rows.append([rule.arm, "", "false_alerts", "a year", *_ends(rule.false_per_year, rule.false_per_year_band)])
        for one in rule.sources:
            rows.append([rule.arm, one.source, "false_reports", "a year", *_ends(one.per_year, one.per_year_band)])
            rows.append([rule.arm, one.source, "false_alerts", "share", *_numbers(one.share)])
    return csv_text(rows)


def _numbers(found: Found, factor: float = 1.0) -> list[str]:
    noise, ends = found.typical, found.band
    return [cell(factor * value) for value in (noise.estimate, noise.low, noise.high, ends.low, ends.high)]


def _ends(per_year: float, ends: Band) -> list[str]:
    return [cell(per_year), "", "", cell(ends.low), cell(ends.high)]
