"""Rules of confirmation in words: what the stricter of two stops, and what it costs."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.analysis.bands import Band
from sim.model.scenario import Scenario
from sim.say.numbers import band_text, capital, grade_text, share_text, sooner_text
from sim.say.repeat import typical_words
from sim.studies.confirm.rules import Estimate, Price, Rule, sources_of

NOTE = (
    "Shares of launches at working values; p50 in minutes from launch, of the alerts that come. False alerts a "
    "year: in brackets with every rate and share at its lowest and at its highest, which is no distribution. Each "
    "false report stands alone: two sources false at the same time, by chance or by one cause, are not counted."
)
OF_SOURCES = "False reports of each source: how many a year, and the share of which each rule makes an alert."


def finding(rules: Sequence[Rule], prices: Sequence[Price]) -> str:
    """What the first pair that differs stops, and at which price."""
    if not prices:
        return f"False alerts a year: {'; '.join(f'{rule.title} {a_year(rule)}' for rule in rules)}."
    strict, loose = _pair(rules, prices[0])
    stopped = "no false report of a single source becomes an alert"
    if not is_tight(strict):
        stopped = f"there are {a_year(strict)} false alerts a year"
    return (
        f"With {strict.title}, {stopped}; with {loose.title}, there are {a_year(loose)} a year. At working values "
        f"{_delay(prices[0].later)}, and {_in_time(strict, loose)}."
    )


def title(rules: Sequence[Rule], prices: Sequence[Price]) -> str:
    """The same for the title of a figure."""
    if not prices:
        return f"False alerts a year: {'; '.join(f'{rule.title} {number(rule.false_per_year)}' for rule in rules)}"
    strict, loose = _pair(rules, prices[0])
    stopped = (
        "no alert from one false report" if is_tight(strict) else f"{number(strict.false_per_year)} false alerts a year"
    )
    later = prices[0].later.typical.estimate
    delay = "" if math.isnan(later) else f", {sooner_text(later)} at the median"
    return f"{capital(strict.title)}: {stopped} instead of {number(loose.false_per_year)} a year{delay}"


def _pair(rules: Sequence[Rule], price: Price) -> tuple[Rule, Rule]:
    by_arm = {rule.arm: rule for rule in rules}
    return by_arm[price.strict], by_arm[price.loose]


def is_tight(rule: Rule) -> bool:
    """Whether no false report of one source becomes an alert, in any setting."""
    return rule.false_per_year_band.high == 0


def _delay(later: Estimate) -> str:
    if math.isnan(later.typical.estimate):
        return "there is no alert to compare"
    said = f"the median alert is {sooner_text(later.typical.estimate)}"
    return f"{said} (across the ranges, {band_text(later.band)})" if later.band.low < later.band.high else said


def _in_time(strict: Rule, loose: Rule) -> str:
    shares = " instead of ".join(share_text(rule.in_time.typical.estimate) for rule in (strict, loose))
    bands = " instead of ".join(shares_text(rule.in_time.band) for rule in (strict, loose))
    said = f"{shares} of launches are alerted in time"
    return said if bands == shares else f"{said} (across the ranges, {bands})"


def shares_text(ends: Band) -> str:
    """67 % to 100 %, or one share where they are equal."""
    return " to ".join(dict.fromkeys([share_text(ends.low), share_text(ends.high)]))


def a_year(rule: Rule) -> str:
    """How many false alerts: 0.3 (0.02 to 5)."""
    return rate_text(rule.false_per_year, rule.false_per_year_band)


def rate_text(per_year: float, ends: Band) -> str:
    """How often a year, with its band where it has one."""
    return (
        f"{number(per_year)} ({number(ends.low)} to {number(ends.high)})" if ends.low < ends.high else number(per_year)
    )


def number(per_year: float) -> str:
    """How often a year, with two digits."""
    return f"{per_year:.2g}" if per_year < 9.95 else f"{per_year:,.0f}"


def rests_on(scenario: Scenario) -> str:
    """How many of the rates of false reports nobody has grounds for."""
    alarms = [stage.false_alarms for stage in sources_of(scenario).values()]
    grades = [rate.evidence.value for rate in alarms if rate]
    return f"{grades.count('assumed')} of {len(grades)} rates of false reports are {grade_text('assumed')}"


def run_words(scenario: Scenario, n: int, digest: str) -> str:
    """What a reader needs to repeat it, in one line."""
    has_bands = scenario.settings.count > 1 and scenario.ranges()
    alone = "that setting alone" if scenario.ranges() else "no ranges"
    return f"{typical_words(scenario, n, digest)}; {'lowest and highest found' if has_bands else alone}"
