"""What matters most, in words: which value moves the difference, how much of it, and how sure that is."""

from __future__ import annotations

import math

from sim.analysis.measures import Measure
from sim.model.scenario import Scenario
from sim.say.measures import names, size_words, standing
from sim.say.numbers import capital, list_text, share_text
from sim.say.values import Value
from sim.studies.sensitivity.indices import Finding, Sensitivity, Swing

LEAST_SHOWN = 0.01  # a share of the variance, and of the largest swing, below which a value is only named
DIFFERENCE = {
    Measure.MEAN: "the difference",
    Measure.P50: "the difference of the medians",
    Measure.P95: "the difference at p95",
    Measure.IN_TIME: "the difference of who is in time",
}
NOT_A_BELIEF = (
    "An index is a share of the variance over settings that treat all positions in every range alike, evenly in the "
    "logarithm where that is possible: a way to look at all of them, not a probability. Alone: what the value does by "
    "itself; in all: together with whatever it does in company; behind ±: how far the sample may be off."
)


def values_in_order(every: Sensitivity) -> tuple[int, ...]:
    """The places of the ranges as they are listed: the largest swing first, then the largest total index."""
    main = every.findings[0]
    sizes = [(-swing.size, -index.value) for swing, index in zip(main.swings, main.indices.total, strict=True)]
    return tuple(sorted(range(len(sizes)), key=lambda place: sizes[place]))


def is_shown(found: Finding, place: int) -> bool:
    """Whether a value moves the difference enough to have a row of its own."""
    largest = max(swing.size for swing in found.swings)
    return found.swings[place].size > LEAST_SHOWN * largest or found.indices.total[place].value > LEAST_SHOWN


def has_row(every: Sensitivity, place: int) -> bool:
    """Whether a value moves the measure asked for, or beyond doubt another one, enough for a row of a table."""
    main, *others = every.findings
    totals = (found.indices.total[place] for found in others)
    return is_shown(main, place) or any(total.value - total.half_width > LEAST_SHOWN for total in totals)


def leaders(found: Finding) -> tuple[int, ...]:
    """The value with the largest total index, and those whose index the sample does not tell from it."""
    total = found.indices.total
    first, *others = found.by_total
    near = (
        place
        for place in others
        if total[first].value - total[place].value < math.hypot(total[first].half_width, total[place].half_width)
    )
    return first, *near


def index_text(value: float) -> str:
    """An index as a share; estimators stray a little beyond 0 and 1."""
    return share_text(min(max(value, 0.0), 1.0))


def leading_sentence(every: Sensitivity, found: Finding, known: dict[str, Value]) -> str:
    """Which value makes most of the variance, and how much."""
    what = DIFFERENCE[found.measure]
    if not found.indices.n_settings:
        return ""
    if found.indices.sd == 0:
        return f"{capital(what)} is the same in all settings{' that have one' if found.indices.n_left_out else ''}."
    first, *near = leaders(found)
    value, indices = known[every.ranges[first].path], found.indices
    alone, in_all = index_text(indices.first[first].value), index_text(indices.total[first].value)
    said = (
        f"What moves {what} most is {value.said}: it makes {alone} of the variance over the "
        f"settings alone, {in_all} with what it does together with others"
    )
    if not near:
        return f"{said}."
    return f"{said}; the sample does not tell it from {list_text([known[every.ranges[at].path].name for at in near])}."


def swing_sentence(every: Sensitivity, known: dict[str, Value]) -> str:
    """Which value moves the difference furthest from end to end, and which ones turn its sign."""
    main = every.findings[0]
    place = main.by_swing[0]
    swing, value = main.swings[place], known[every.ranges[place].path]
    if math.isnan(main.typical.estimate):
        return ""
    if swing.size == 0:
        return "No value alone moves it from one end of its range to the other."
    said = (
        f"One at a time, all others at working values, {value.name} moves it furthest: "
        f"{swing_text(main.measure, swing)}"
    )
    turning = [known[path].name for path in turning_paths(every)]
    count = f"{list_text(turning)} {'turns' if len(turning) == 1 else 'turn'}" if turning else "no value turns"
    return f"{said}. Alone {count} the sign between the ends of the range."


def swing_text(measure: Measure, swing: Swing) -> str:
    """What the two ends of a range give: 5.7 min faster at the low end, 10 min slower at the high end."""
    low, high = (size_words(measure, end.estimate) for end in (swing.at_low, swing.at_high))
    return f"{low} at the low end, {high} at the high end"


def silenced_sentence(every: Sensitivity, known: dict[str, Value]) -> str:
    """The values that at an end of their range leave no launch with both reports."""
    main = every.findings[0]
    silent = [
        known[one.path].name
        for one, swing in zip(every.ranges, main.swings, strict=True)
        if math.isnan(swing.at_low.estimate + swing.at_high.estimate)
    ]
    if not silent or math.isnan(main.typical.estimate):
        return ""
    return f"At an end of {list_text(silent)} no launch has both reports, so that there is no difference."


def turning_paths(every: Sensitivity) -> list[str]:
    """The values that alone turn the sign, the largest swing first."""
    main = every.findings[0]
    return [every.ranges[place].path for place in main.by_swing if main.swings[place].turns(main.typical)]


def noise_sentence(found: Finding) -> str:
    """How far the estimates may be trusted: the sample, and the noise of the simulation."""
    indices = found.indices
    if indices.sd == 0:
        return ""
    noise = "cannot be told" if math.isnan(indices.noise) else f"makes {index_text(indices.noise)} of the variance"
    most = max(1, math.ceil(100 * indices.moved))
    said = f"from half of the sample to the whole no index moved by more than {most} %; noise of the simulation {noise}"
    left_out = f"; {indices.n_left_out:,} settings left out, where no launch has both reports, or drawn with such a one"
    return f"{said}{left_out if indices.n_left_out else ''}."


def findings(scenario: Scenario, every: Sensitivity) -> str:
    """The finding first: what stands, what matters most, what turns the sign."""
    known, main = names(scenario), every.findings[0]
    stands = standing(scenario, (every.a, every.b), main.measure, main.typical, every.arrive)
    said = (leading_sentence(every, main, known), swing_sentence(every, known), silenced_sentence(every, known))
    return " ".join(filter(None, [f"{capital(stands)}.", *said]))


def title(scenario: Scenario, every: Sensitivity) -> str:
    """The value that matters most, and whether it or another turns the sign alone."""
    main, known = every.findings[0], names(scenario)
    if math.isnan(main.typical.estimate):
        return capital(standing(scenario, (every.a, every.b), main.measure, main.typical, every.arrive))
    if main.indices.sd == 0:
        return "No value within its range moves the difference"
    first, *near = leaders(main)
    value = known[every.ranges[first].path]
    share = f"{index_text(main.indices.total[first].value)} of the variance"
    said = f"{capital(value.said)} matters most: {share}" if not near else _several(every, known, (first, *near))
    n = len(turning_paths(every))
    count = "one alone turns" if n == 1 else f"{n} values alone turn" if n else "no value alone turns"
    return f"{said}; {count} which is better" if main.measure == Measure.IN_TIME else f"{said}; {count} which is faster"


def _several(every: Sensitivity, known: dict[str, Value], places: tuple[int, ...]) -> str:
    if len(places) > 3:
        return f"No value stands out among {len(places)}"
    return f"{capital(list_text([known[every.ranges[place].path].name for place in places]))} matter most"
