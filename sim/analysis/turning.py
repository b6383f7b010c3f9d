"""What turns the answer, in words: which value, where, and what that rests on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise

from sim.analysis.breakeven import BreakEven, BreakEvens
from sim.analysis.intervals import Interval
from sim.analysis.outcomes import Measure
from sim.analysis.results import Band
from sim.analysis.values import Value, values_of
from sim.analysis.words import band_text, capital, grade_text, is_noise_shown, noise_words, sooner_text
from sim.model.scenario import Scenario

MOST_NAMED = 3
Stretch = tuple[float, float]  # of values; infinite ends are those of the range
_AT: Mapping[Measure, str] = {"p50": " at the median", "p95": " at p95"}


def size_words(measure: Measure, difference: float) -> str:
    """A difference from the first arm's side: 5.6 min sooner."""
    if measure == "in-time":
        return f"{100 * abs(difference):.2g} percentage points {side_words(measure, difference)}"
    return f"{sooner_text(difference)}{_AT.get(measure, '')}"


def side_words(measure: Measure, difference: float) -> str:
    """The side alone."""
    if measure == "in-time":
        return f"{'more' if difference > 0 else 'less'} often in time"
    return f"{'sooner' if difference < 0 else 'later'}{_AT.get(measure, '')}"


def is_better(measure: Measure, difference: float) -> bool:
    """Whether a difference favours the first arm."""
    return (difference > 0) == (measure == "in-time")


def stretches(one: BreakEven) -> Iterator[Stretch]:
    """Where the sign of the difference is not that at the typical value."""
    ends = [-math.inf, *(crossing.at.estimate for crossing in one.crossings), math.inf]
    own = sum(end < one.range.typical for end in ends)
    for number, (low, high) in enumerate(pairwise(ends), 1):
        if (number - own) % 2:
            yield low, high


def turned_text(value: Value, one: BreakEven) -> str:
    """Where it is turned: below 66 s, from 2 on."""
    return " or ".join(_stretch_text(value, stretch) for stretch in stretches(one))


def _stretch_text(value: Value, stretch: Stretch) -> str:
    low, high = stretch
    if is_count(value):
        first = "" if math.isinf(low) else f"from {math.floor(low) + 1}"
        last = "on" if math.isinf(high) else f"{'to' if first else 'up to'} {math.ceil(high) - 1}"
        return f"{first} {last}".strip()
    if math.isinf(low):
        return f"below {value.text(high)}"
    return f"above {value.text(low)}" if math.isinf(high) else f"between {value.text(low)} and {value.text(high)}"


def is_count(value: Value) -> bool:
    """Whether it is a whole number of things, so that nothing lies between two of them."""
    return value.range.is_whole and value.kind == "number"


def noise_text(value: Value, one: BreakEven) -> str:
    """How far the noise of the simulation lets each crossing lie; empty where it does not show."""
    said = (_ends_text(value, crossing.at) for crossing in one.crossings)
    return ", ".join(dict.fromkeys(filter(None, said)))


def _ends_text(value: Value, at: Interval) -> str:
    low, high = at.low, at.high
    if is_count(value) and math.isfinite(low) and math.isfinite(high):
        low, high = math.floor(low), math.ceil(high)
        return f"{low} to {high}" if high - low > 1 else ""
    if math.isinf(low) and math.isinf(high):
        return "anywhere in the range"
    if math.isinf(low) or math.isinf(high):
        return f"{value.text(high)} or less" if math.isinf(low) else f"{value.text(low)} or more"
    ends = value.text(low), value.text(high)
    return f"{ends[0]} to {ends[1]}" if ends[0] != ends[1] else ""


def condition(value: Value, one: BreakEven) -> str:
    """The median of US evaluates is below 66 s (noise 61 s to 71 s; ASSUMED, 30 s to 1 h)."""
    noise = noise_text(value, one)
    rests = ", ".join(filter(None, [grade_text(value.grade), value.ends]))
    return (
        f"{value.said} is {turned_text(value, one)} "
        f"({'; '.join(filter(None, [f'noise {noise}' if noise else '', rests]))})"
    )


def range_text(measure: Measure, one: BreakEven) -> str:
    """The difference from one end of the range to the other, for a value that turns nothing."""
    ends = [one.at_low.estimate, one.at_high.estimate]
    if any(map(math.isnan, ends)):
        return f"no launch has both reports at {'either' if all(map(math.isnan, ends)) else 'one'} end"
    if is_idle(one):
        return "does not move it"
    first, last = (size_words(measure, end) for end in ends)
    if first == last:
        return f"{first} throughout"
    if measure == "in-time":
        return _points_text(sorted(ends, key=abs))
    return band_text(Band(min(ends), max(ends)))


def _points_text(ends: list[float]) -> str:
    """Two differences of shares, the smaller first; the side once, where they have the same."""
    small, large = ends
    last = size_words("in-time", large)
    is_one_sided = small == 0 or (small < 0) == (large < 0)
    return f"{100 * abs(small):.2g} to {last}" if is_one_sided else f"{size_words('in-time', small)} to {last}"


def is_idle(one: BreakEven) -> bool:
    """Whether the difference is the same at both ends and between."""
    return one.at_low == one.at_typical == one.at_high and not one.crossings


def names(scenario: Scenario) -> dict[str, Value]:
    """What the ranges of a scenario are called, by path."""
    return {value.path: value for value in values_of(scenario)}


def is_told_apart(at: Interval) -> bool:
    """Whether a difference is beyond noise."""
    return at.low > 0 or at.high < 0


def opening(scenario: Scenario, every: BreakEvens) -> str:
    """What stands at placeholder values, and may be turned."""
    return standing(scenario, (every.a, every.b), every.measure, every.found[0].at_typical)


def standing(scenario: Scenario, pair: tuple[str, str], measure: Measure, at: Interval) -> str:
    """What stands at placeholder values, from the difference of a pair there."""
    a, b = (scenario.arm(name).title for name in pair)
    if math.isnan(at.estimate):
        return f"at placeholder values no launch has a report under both {a} and {b}"
    if at.low == at.high == 0:
        return f"at placeholder values {a} and {b} are equal"
    if not is_told_apart(at):
        return f"at placeholder values {a} and {b} do not differ beyond noise"
    return f"at placeholder values {a} is {size_words(measure, at.estimate)} than {b}{_noise(measure, at)}"


def _noise(measure: Measure, at: Interval) -> str:
    if measure != "in-time":
        return noise_words(at.half_width, at.estimate)
    half = at.half_width
    return f", noise ± {100 * half:.2g} points" if is_noise_shown(half, at.estimate) else ""


def findings(scenario: Scenario, every: BreakEvens) -> str:
    """The finding first: what stands, what turns it most easily, and how many values do."""
    known, first = names(scenario), every.found[0]
    said, n = opening(scenario, every), len(every.found)
    if not every.turning:
        only = known[first.range.path].said
        return f"{capital(said)}{unturned_words(every, only)}."
    if not is_told_apart(first.at_typical):
        return f"{capital(said)}; {changes_words(every.measure)} {condition(known[first.range.path], first)}."
    stops = f"it stops being {side_words(every.measure, first.at_typical.estimate)} once"
    count = f" {len(every.turning)} of {n} values turn it alone within their ranges." if n > 1 else ""
    return f"{capital(said)}; {stops} {condition(known[first.range.path], first)}.{count}"


def _better_words(measure: Measure) -> str:
    return side_words(measure, 1 if measure == "in-time" else -1)


def changes_words(measure: Measure) -> str:
    """How a condition begins at which the estimate has the other side, where noise hides both."""
    return f"which is {_better_words(measure)} changes once"


def unturned_words(every: BreakEvens, only: str) -> str:
    """That no value turns what stands, or the only one asked about; empty where nothing stands."""
    at = every.found[0].at_typical
    if math.isnan(at.estimate):
        return ""
    what = "that" if is_told_apart(at) else f"which is {_better_words(every.measure)}"
    return f"; {f'{only} never' if len(every.found) == 1 else 'no value alone'} turns {what} within its range"


def reverses_text(scenario: Scenario, every: BreakEvens) -> str:
    """The values that turn the first comparison of a run most easily, in one line."""
    known, at = names(scenario), every.found[0].at_typical
    if not is_told_apart(at):
        return f"nothing to reverse: {opening(scenario, every)}"
    side = side_words(every.measure, at.estimate)
    if not every.turning:
        return f"no value alone, within its range, has {scenario.arm(every.a).title} stop being {side}"
    named = [condition(known[one.range.path], one) for one in every.turning[:MOST_NAMED]]
    once = f"{scenario.arm(every.a).title} stops being {side} once"
    return f"{once} {'; or '.join(named)}; all else at placeholder values"
