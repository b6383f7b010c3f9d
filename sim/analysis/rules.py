"""Rules of confirmation in words: what the strictest stops, and what it costs beside the loosest."""

from __future__ import annotations

import math

from sim.analysis.confirm import Rule, loosest, strictest
from sim.analysis.results import Band
from sim.analysis.words import capital, minutes_text, share_text

LEAST_POINTS = 0.005
LEAST_US = 300_000


def finding(every: tuple[Rule, ...]) -> str:
    """What is stopped, and at which price."""
    strict, loose = strictest(every), loosest(every)
    if strict.false_per_year == loose.false_per_year:
        every_rule = capital(strict.title) if len(every) == 1 else "Every rule"
        return f"{every_rule} makes {a_year(strict)}, {_in_time(strict)}."
    return (
        f"{capital(strict.title)} {stops(strict)}, where {loose.title} makes {a_year(loose)}; {price(strict, loose)}."
    )


def headline(every: tuple[Rule, ...]) -> str:
    """The same for the title of a figure."""
    strict, loose = strictest(every), loosest(every)
    if strict.false_per_year == loose.false_per_year:
        return "No rule has fewer false alerts than another"
    stopped = "no false alerts" if is_tight(strict) else f"{number(strict.false_per_year)} false alerts a year"
    against = f"{number(loose.false_per_year)} a year with {loose.title}"
    return f"{capital(strict.title)}: {stopped}, against {against}; {_points(strict, loose)} of launches in time"


def stops(strict: Rule) -> str:
    """What it does to false reports."""
    if is_tight(strict):
        return "stops every false report of one source"
    return f"makes {a_year(strict)}"


def is_tight(rule: Rule) -> bool:
    """Whether no source's false report alone becomes an alert, whatever the values that are not known."""
    return rule.false_per_year_band.high == 0


def price(strict: Rule, loose: Rule) -> str:
    """What the strict rule costs beside the loose one, in delay and in launches alerted in time."""
    later = strict.median.typical.estimate - loose.median.typical.estimate
    if math.isnan(later):
        delay = "no alert comes of any launch"
    elif abs(later) < LEAST_US:
        delay = "costs nothing at the median"
    else:
        delay = f"{'costs' if later > 0 else 'saves'} {minutes_text(later)} min at the median of the alerts that come"
    return (
        f"at placeholder values it {delay} and {_points(strict, loose)} of launches in time: {_against(strict, loose)}"
    )


def _points(strict: Rule, loose: Rule) -> str:
    fewer = loose.in_time.typical.estimate - strict.in_time.typical.estimate
    if abs(fewer) < LEAST_POINTS:
        return "no share"
    return f"{100 * abs(fewer):.0f} points {'less' if fewer > 0 else 'more'}"


def _against(strict: Rule, loose: Rule) -> str:
    return " against ".join(share_text(rule.in_time.typical.estimate) for rule in (strict, loose))


def _in_time(rule: Rule) -> str:
    return f"{share_text(rule.in_time.typical.estimate)} of launches in time"


def a_year(rule: Rule) -> str:
    """0.3 false alerts a year (0.02 to 5)."""
    return f"{number(rule.false_per_year)} false alerts a year{in_brackets(rule.false_per_year_band)}"


def in_brackets(ends: Band) -> str:
    """Of what is known for certain nothing."""
    return f" ({number(ends.low)} to {number(ends.high)})" if ends.low < ends.high else ""


def number(per_year: float) -> str:
    """How often a year, with two digits."""
    return f"{per_year:.2g}" if per_year < 9.95 else f"{per_year:,.0f}"
