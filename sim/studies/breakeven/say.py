"""What turns the answer, in words: which value, where, and what that rests on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from sim.analysis.bands import Band
from sim.analysis.intervals import Interval
from sim.analysis.measures import Measure
from sim.model.scenario import Scenario
from sim.say.measures import is_told_apart, names, side_words, size_words, standing
from sim.say.numbers import band_text, capital, grade_text
from sim.say.values import Value
from sim.studies.breakeven.crossings import BreakEven, BreakEvens

MOST_NAMED = 3
Stretch = tuple[float, float]  # of values; infinite ends are those of the range


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
    """The median of US evaluates is below 66 s (noise 61 s to 71 s; we took 5.5 min, out of 30 s to 1 h, ASSUMED)."""
    noise, grade = noise_text(value, one), grade_text(value.grade)
    taken = [f"we took {value.text(value.range.typical)}", f"out of {value.ends}" if value.ends else "", grade]
    told = [f"noise {noise}" if noise else "", ", ".join(filter(None, taken))]
    return f"{value.said} is {turned_text(value, one)} ({'; '.join(filter(None, told))})"


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
    if measure == Measure.IN_TIME:
        return _points_text(sorted(ends, key=abs))
    return band_text(Band(min(ends), max(ends)))


def _points_text(ends: list[float]) -> str:
    """Two differences of shares, the smaller first; the side once, where they have the same."""
    small, large = ends
    last = size_words(Measure.IN_TIME, large)
    is_one_sided = small == 0 or (small < 0) == (large < 0)
    return f"{100 * abs(small):.2g} to {last}" if is_one_sided else f"{size_words(Measure.IN_TIME, small)} to {last}"


def is_idle(one: BreakEven) -> bool:
    """Whether the difference is the same at both ends and between."""
    return one.at_low == one.at_typical == one.at_high and not one.crossings


def opening(scenario: Scenario, every: BreakEvens) -> str:
    """What stands at working values, and may be turned."""
    return standing(scenario, (every.a, every.b), every.measure, every.found[0].at_typical, every.arrive)


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


def title(scenario: Scenario, every: BreakEvens) -> str:
    """The finding: what stands, and what turns it most easily."""
    first = every.found[0]
    value = names(scenario)[first.range.path]
    said = capital(opening(scenario, every))
    if not every.turning:
        return f"{said}{unturned_words(every, value.name)}"
    once = "reversed once" if is_told_apart(first.at_typical) else changes_words(every.measure)
    return f"{said}; {once} {value.short} is {turned_text(value, first)}"


def _better_words(measure: Measure) -> str:
    return side_words(measure, measure.better)


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
    return f"{once} {'; or '.join(named)}; all else at working values"
