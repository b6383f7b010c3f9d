"""The measures of a difference, in words: which side, how large, what stands at working values."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sim.analysis.intervals import Interval
from sim.analysis.measures import Measure
from sim.analysis.outcomes import ALL_ARRIVE
from sim.model.scenario import Scenario
from sim.say.channels import no_difference_words, pathless_words
from sim.say.numbers import is_noise_shown, noise_words, share_text, sooner_text
from sim.say.values import Value, values_of

FEW_PAIRS = 0.5  # assumed: a mean over fewer launches than that is none of launches, and says so

MEASURES: Mapping[Measure, str] = {
    Measure.MEAN: "mean of paired differences in alert latency",
    Measure.P50: "difference of the medians of alert latency",
    Measure.P95: "difference of the 95 % quantiles of alert latency",
    Measure.IN_TIME: "difference of the shares of launches reported in time",
}
LEAST_POINTS = 0.1  # percentage points that are told from less
_AT: Mapping[Measure, str] = {Measure.P50: " at the median", Measure.P95: " at p95"}


def size_words(measure: Measure, difference: float) -> str:
    """A difference from the first arm's side: 5.6 min faster; level where there is none."""
    if measure == Measure.IN_TIME and difference:
        size = 100 * abs(difference)
        shown = f"{size:.{0 if size >= 9.95 else 1}f}" if size >= LEAST_POINTS else f"under {LEAST_POINTS}"
        return f"{shown} percentage points {side_words(measure, difference)}"
    return f"{sooner_text(difference)}{_AT.get(measure, '')}"


def side_words(measure: Measure, difference: float) -> str:
    """The side alone."""
    if measure == Measure.IN_TIME:
        return f"{'more' if difference > 0 else 'less'} often in time"
    return f"{'faster' if difference < 0 else 'slower'}{_AT.get(measure, '')}"


def names(scenario: Scenario) -> dict[str, Value]:
    """What the ranges of a scenario are called, by path."""
    return {value.path: value for value in values_of(scenario)}


def is_told_apart(at: Interval) -> bool:
    """Whether a difference is beyond noise."""
    return at.low > 0 or at.high < 0


def standing(
    scenario: Scenario, pair: tuple[str, str], measure: Measure, at: Interval, arrive: tuple[float, float] = ALL_ARRIVE
) -> str:
    """What stands at working values, from the difference of a pair there and the shares of their reports that arrive.

    Minutes of a few reports say whose they are.
    """
    said = _standing(scenario, pair, measure, at)
    share = min(arrive)
    if measure == Measure.IN_TIME or math.isnan(at.estimate) or share >= FEW_PAIRS:
        return said
    few = scenario.arm(pair[arrive.index(share)]).title
    return f"{said}, though only {share_text(share)} of reports arrive under {few}"


def _standing(scenario: Scenario, pair: tuple[str, str], measure: Measure, at: Interval) -> str:
    a, b = (scenario.arm(name).title for name in pair)
    if math.isnan(at.estimate):
        return pathless_words(scenario, *pair) or f"at working values {no_difference_words(scenario, *pair)}"
    if at.low == at.high == 0:
        return f"at working values {a} and {b} are equal"
    if not is_told_apart(at):
        return f"at working values {a} and {b} do not differ beyond noise"
    return f"at working values {a} is {size_words(measure, at.estimate)} than {b}{_noise(measure, at)}"


def _noise(measure: Measure, at: Interval) -> str:
    if measure != Measure.IN_TIME:
        return noise_words(at.half_width, at.estimate)
    half = at.half_width
    return f", noise ± {100 * half:.2g} points" if is_noise_shown(half, at.estimate) else ""
