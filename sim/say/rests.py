"""How much of a difference rests on values of which grade."""

from __future__ import annotations

from sim.analysis.results import Contrast, Results
from sim.model.scenario import Scenario
from sim.say.channels import no_difference_words
from sim.say.findings import is_noise, titles
from sim.say.numbers import (
    capital,
    grade_text,
    list_text,
    minutes_text,
    share_text,
)

SHARES_OF = "; shares of all that adds to it or takes from it"


def rests_on(scenario: Scenario, results: Results) -> str:
    """How much of the first difference rests on what; nothing without one."""
    first = next(iter(results.contrasts), None)
    which = "the first difference" if len(results.contrasts) > 1 else "the difference"
    return rests_on_words(scenario, first, which) if first and first.counts.both else ""


def rests_on_words(scenario: Scenario, pair: Contrast, which: str = "the difference") -> str:
    """How much of a difference rests on values of which grade, and how many they are."""
    if not pair.rests_on:
        return "no value sets {} and {} apart".format(*titles(scenario, pair))
    first, *others = (share for share in pair.rests_on if share.share)
    n = sum(share.n_values for share in pair.rests_on)
    minutes = "" if is_noise(pair) else f" {minutes_text(pair.mean.estimate)} min"
    size = share_text(first.share) if others else f"all{minutes}"
    said = [
        f"{size} of {which} on {grade_text(first.grade)} values ({first.n_values} of the {n} behind it)",
        *(f"{share_text(one.share)} on {grade_text(one.grade)} ({one.n_values})" for one in others),
    ]
    return f"{list_text(said)}{SHARES_OF if others and not pair.is_one_way else ''}"


def rests_on_title(scenario: Scenario, pair: Contrast) -> str:
    """What a difference rests on most, as the title of its ledger."""
    a, b = titles(scenario, pair)
    if not pair.counts.both:
        return capital(no_difference_words(scenario, pair.a, pair.b))
    if not pair.rests_on:
        return f"No value sets {a} and {b} apart"
    most = max(pair.rests_on, key=lambda share: share.share)
    size = "All" if most.share == 1 else capital(share_text(most.share))
    return f"{size} of what sets {a} and {b} apart rests on {most.grade} values"
