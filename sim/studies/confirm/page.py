"""Rules of confirmation as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, astuple
from functools import partial
from typing import Any

from sim.analysis.bands import Band
from sim.pages.page import Drawing, Page, Section, Table
from sim.pages.sheets import number as cell
from sim.say.numbers import minutes_cell, share_text
from sim.studies.confirm import figure
from sim.studies.confirm.find import Confirmation, ConfirmPlan
from sim.studies.confirm.rules import Estimate, OfSource, Price, Rule
from sim.studies.confirm.say import (
    NOTE,
    OF_SOURCES,
    a_year,
    finding,
    is_tight,
    rate_text,
    rests_on,
    run_words,
    shares_text,
    title,
)
from sim.units import minutes

TO_MINUTES = minutes(1)
SHEET = ("rule", "of", "number", "unit", "typical", "noise_low", "noise_high", "band_low", "band_high")


def page(plan: ConfirmPlan, found: Confirmation) -> Page:
    """What is said of the rules, and of what becomes of the false reports of each source."""
    scenario, rules, prices = plan.scenario, found.rules, found.prices
    run = run_words(scenario, plan.n, plan.digest)
    draw = partial(figure.draw, scenario=scenario, rules=rules, run=run)
    return Page(
        study=plan.study,
        scenario=scenario.name,
        digest=plan.digest,
        title=scenario.title,
        question="",
        headline=finding(rules, prices),
        sections=(
            Section(table=rules_table(rules), notes=(NOTE,)),
            Section(table=sources_table(rules), notes=(OF_SOURCES,)),
        ),
        rests_on=rests_on(scenario),
        repeat=run,
        sheet=sheet(rules, prices),
        data={"rules": [*map(_plain_rule, rules)], "prices": [*map(_plain_price, prices)]},
        drawings=(Drawing("confirm", title(rules, prices), draw),),
    )


def rules_table(rules: Sequence[Rule]) -> Table:
    """A row a rule."""
    rows = [
        [
            rule.title,
            share_text(rule.in_time.typical.estimate),
            shares_text(rule.in_time.band),
            *(share_text(part.estimate) for part in (rule.late, rule.never.typical)),
            minutes_cell(rule.median.typical.estimate),
            "none" if is_tight(rule) else a_year(rule),
        ]
        for rule in rules
    ]
    return Table.of([["", "in time", "across the ranges", "late", "never", "p50", "false alerts a year"], *rows])


def sources_table(rules: Sequence[Rule]) -> Table:
    """How often every source is false, and below it the share of that of which each rule makes an alert."""
    sources = rules[0].sources
    head = ["false reports", *(source.title for source in sources)]
    rates = [rate_text(source.per_year, source.per_year_band) for source in sources]
    shares = [[rule.title, *(share_text(source.share.typical.estimate) for source in rule.sources)] for rule in rules]
    return Table.of([head, ["a year", *rates], *shares])


def sheet(rules: Sequence[Rule], prices: Sequence[Price]) -> Table:
    """One row a number of a rule, of its sources, and of what it costs: at typical values, noise, band."""
    of_rules = (row for rule in rules for row in _rule_rows(rule))
    of_prices = (row for price in prices for row in _price_rows(price))
    return Table.of([[*SHEET], *of_rules, *of_prices])


def _rule_rows(rule: Rule) -> Iterator[list[str]]:
    yield [rule.arm, "launches", "in_time", "share", *_numbers(rule.in_time)]
    yield [rule.arm, "launches", "late", "share", *map(cell, astuple(rule.late)), "", ""]
    yield [rule.arm, "launches", "never", "share", *_numbers(rule.never)]
    yield [rule.arm, "launches", "p50", "min", *_numbers(rule.median, TO_MINUTES)]
    yield [rule.arm, "all sources", "false_alerts", "a year", *_ends(rule.false_per_year, rule.false_per_year_band)]
    for source in rule.sources:
        yield [rule.arm, source.source, "false_reports", "a year", *_ends(source.per_year, source.per_year_band)]
        yield [rule.arm, source.source, "false_alerts", "share", *_numbers(source.share)]


def _price_rows(price: Price) -> Iterator[list[str]]:
    yield [price.strict, price.loose, "p50_later", "min", *_numbers(price.later, TO_MINUTES)]
    yield [price.strict, price.loose, "in_time_more", "share", *_numbers(price.in_time)]


def _numbers(estimate: Estimate, factor: float = 1.0) -> list[str]:
    noise, ends = estimate.typical, estimate.band
    return [cell(factor * value) for value in (noise.estimate, noise.low, noise.high, ends.low, ends.high)]


def _ends(per_year: float, ends: Band) -> list[str]:
    return [cell(per_year), "", "", cell(ends.low), cell(ends.high)]


def _plain_rule(rule: Rule) -> dict[str, Any]:
    return {
        "arm": rule.arm,
        "title": rule.title,
        "in_time_share": _plain(rule.in_time),
        "late_share": {"typical": asdict(rule.late)},
        "never_share": _plain(rule.never),
        "p50_min": _plain(rule.median, TO_MINUTES),
        "false_alerts_per_year": rule.false_per_year,
        "false_alerts_per_year_band": _plain_band(rule.false_per_year_band),
        "sources": [*map(_plain_source, rule.sources)],
    }


def _plain_source(source: OfSource) -> dict[str, Any]:
    return {
        "source": source.source,
        "title": source.title,
        "false_reports_per_year": source.per_year,
        "false_reports_per_year_band": _plain_band(source.per_year_band),
        "false_alert_share": _plain(source.share),
    }


def _plain_price(price: Price) -> dict[str, Any]:
    return {
        "strict": price.strict,
        "loose": price.loose,
        "p50_later_min": _plain(price.later, TO_MINUTES),
        "in_time_more_share": _plain(price.in_time),
    }


def _plain(estimate: Estimate, factor: float = 1.0) -> dict[str, dict[str, float]]:
    noise = estimate.typical
    typical = {"estimate": factor * noise.estimate, "low": factor * noise.low, "high": factor * noise.high}
    return {"typical": typical, "band": _plain_band(estimate.band, factor)}


def _plain_band(band: Band, factor: float = 1.0) -> dict[str, float]:
    return {"low": factor * band.low, "high": factor * band.high}
