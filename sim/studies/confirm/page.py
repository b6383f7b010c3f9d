"""Rules of confirmation as a text for the terminal, a sheet, JSON and a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sim.analysis.results import Band
from sim.model.scenario import Scenario
from sim.pages.tables import aligned
from sim.pages.texts import CAVEAT, csv_text, filled, labelled
from sim.pages.texts import number as cell
from sim.plots.render import figure_files
from sim.say.findings import typical_words
from sim.say.numbers import grade_text, minutes_cell, share_text
from sim.store.run import json_text
from sim.store.study import Answer
from sim.studies.confirm import figure as figure
from sim.studies.confirm.find import Found, Price, Rule, sources_of
from sim.studies.confirm.say import a_year, finding, is_tight, rate_text, shares_text
from sim.units import minutes

NOTE = (
    "Shares of launches at placeholder values; p50 in minutes from launch, of the alerts that come. False alerts a "
    "year: in brackets over the ranges of the rates and the settings together, which is no distribution. Each false "
    "report stands alone: two sources false at the same time, by chance or by one cause, are not counted."
)
OF_SOURCES = "False reports of each source: how many a year, and the share of which each rule makes an alert."


def answer(
    scenario: Scenario, every: tuple[Rule, ...], prices: tuple[Price, ...], n: int, n_settings: int, digest: str
) -> Answer:
    """What is said of the rules, from ``n`` replications at the typical setting and so many settings in all."""
    run = f"{typical_words(scenario, n, digest)}; {_settings_words(scenario, n_settings)}"
    document = {
        "scenario": scenario.name,
        "digest": digest,
        "finding": finding(every, prices),
        "rules": [asdict(rule) for rule in every],
        "prices": [asdict(price) for price in prices],
    }
    files = {
        "confirm.json": json_text(document).encode(),
        "confirm.csv": sheet(every, prices).encode(),
        **figure_files("confirm", figure.draw(scenario, every, prices, run)),
    }
    return Answer(text(scenario, every, prices, run), files)


def _settings_words(scenario: Scenario, n_settings: int) -> str:
    """How bands were found."""
    if n_settings > 1:
        return f"bands over {n_settings:,} settings × {scenario.settings.replications:,}"
    return "that setting alone" if scenario.ranges() else "no ranges"


def text(scenario: Scenario, every: Sequence[Rule], prices: Sequence[Price], run: str) -> str:
    """For the terminal: the finding, the rules, and what becomes of the false reports of each source."""
    sources = sources_of(scenario).values()
    grades = [stage.false_alarms.evidence.value for stage in sources if stage.false_alarms]
    lines = [scenario.title, CAVEAT, "", filled(finding(every, prices)), "", aligned(_rules(every)), filled(NOTE), ""]
    lines += [aligned(_sources(every)), filled(OF_SOURCES)]
    n_assumed = grades.count("assumed")
    lines.append(f"{'Rests on':<10}{n_assumed} of {len(grades)} rates of false reports are {grade_text('assumed')}")
    return "\n".join([*lines, labelled("Run", run)]) + "\n"


def _rules(every: Sequence[Rule]) -> list[list[str]]:
    """A row a rule, header first."""
    rows = [
        [
            rule.title,
            share_text(rule.in_time.typical.estimate),
            shares_text(rule.in_time.band),
            *(share_text(found.typical.estimate) for found in (rule.late, rule.never)),
            minutes_cell(rule.median.typical.estimate),
            "none" if is_tight(rule) else a_year(rule),
        ]
        for rule in every
    ]
    return [["", "in time", "over settings", "late", "never", "p50", "false alerts a year"], *rows]


def _sources(every: Sequence[Rule]) -> list[list[str]]:
    """How often every source is false, and below it the share of that of which each rule makes an alert."""
    sources = every[0].sources
    head = ["false reports", *(source.title for source in sources)]
    rates = [rate_text(source.per_year, source.per_year_band) for source in sources]
    shares = [[rule.title, *(share_text(one.share.typical.estimate) for one in rule.sources)] for rule in every]
    return [head, ["a year", *rates], *shares]


def sheet(every: Sequence[Rule], prices: Sequence[Price]) -> str:
    """One row a number of a rule, of its sources, and of what it costs: at typical values, noise, band."""
    rows = [["rule", "of", "number", "unit", "typical", "noise_low", "noise_high", "band_low", "band_high"]]
    for rule in every:
        shares = {"in_time": rule.in_time, "late": rule.late, "never": rule.never}
        rows += [[rule.arm, "launches", name, "share", *_numbers(found)] for name, found in shares.items()]
        rows.append([rule.arm, "launches", "p50", "min", *_numbers(rule.median, minutes(1))])
        rows.append([rule.arm, "all sources", "false_alerts", "a year", *_of_year(rule)])
        for one in rule.sources:
            rows.append([rule.arm, one.source, "false_reports", "a year", *_ends(one.per_year, one.per_year_band)])
            rows.append([rule.arm, one.source, "false_alerts", "share", *_numbers(one.share)])
    for price in prices:
        rows.append([price.strict, price.loose, "p50_later", "min", *_numbers(price.later, minutes(1))])
        rows.append([price.strict, price.loose, "in_time_more", "share", *_numbers(price.in_time)])
    return csv_text(rows)


def _of_year(rule: Rule) -> list[str]:
    return _ends(rule.false_per_year, rule.false_per_year_band)


def _numbers(found: Found, factor: float = 1.0) -> list[str]:
    noise, ends = found.typical, found.band
    return [cell(factor * value) for value in (noise.estimate, noise.low, noise.high, ends.low, ends.high)]


def _ends(per_year: float, ends: Band) -> list[str]:
    return [cell(per_year), "", "", cell(ends.low), cell(ends.high)]
