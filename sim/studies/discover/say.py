"""Where a condition holds and which arm is worst when, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.model.scenario import Scenario
from sim.say.numbers import capital, list_text, share_text
from sim.say.values import Value
from sim.studies.discover.boxes import LEAST_OF_INTEREST, Box, Discovery, Limit, Regret, never_worst
from sim.studies.discover.condition import Condition

MOST_NAMED = 2  # limits in a title
RULE = (
    "Coverage: the share of the settings in which it holds that lie in the box. Density: the share of the settings in "
    "the box in which it holds. Chosen is the box nearest to all of both. Settings treat all positions in every range "
    "alike: their shares are no probabilities."
)

TOO_FEW = (
    f"to look for a region needs {LEAST_OF_INTEREST} in which it holds and {LEAST_OF_INTEREST} in which it does not: "
    "more --settings."
)
MIXED = "Arms of different modes are among them, so regret is of what was agreed, not of the route alone."


def limit_text(value: Value, limit: Limit) -> str:
    """Where a box holds a value: above 12 min, below 4 min, between 1 and 2 min."""
    low, high = (value.text(limit.range.at(end)) for end in (limit.low, limit.high))
    if limit.low <= 0:
        return f"below {high}"
    return f"above {low}" if limit.high >= 1 else f"between {low} and {high}"


def box_text(known: Mapping[str, Value], box: Box) -> str:
    """The median of Seoul releases is above 12 min and the median of US evaluates is below 4 min."""
    return list_text([_in_box(known, one) for one in box.limits])


def _in_box(known: Mapping[str, Value], limit: Limit) -> str:
    value = known[limit.range.path]
    return f"{value.said} is {limit_text(value, limit)}"


def said_in(scenario: Scenario, condition: Condition) -> str:
    """The condition with the arms by their titles."""
    titles = {arm.name: arm.title for arm in scenario.arms}
    return " ".join(titles.get(word, word) for word in condition.text.split())


def discovery_sentence(scenario: Scenario, condition: Condition, found: Discovery, known: Mapping[str, Value]) -> str:
    """In how many settings the condition holds, and where."""
    said = f'"{said_in(scenario, condition)}" holds in {found.n_of_interest:,} of {found.n_settings:,} settings'
    if found.n_of_interest in (0, found.n_settings):
        return f"{said}."
    if found.is_too_few:
        return f"{said}; {TOO_FEW}"
    if found.box is None:
        return f"{said}; no region of the ranges stands out."
    box = found.box
    return (
        f"{said}. It holds mostly where {box_text(known, box)}: in {share_text(box.density)} of the "
        f"{box.n_settings:,} settings there, which are {share_text(box.coverage)} of all in which it does."
    )


def regret_sentence(scenario: Scenario, every: Sequence[Regret], n_settings: int) -> str:
    """Which arm has least to regret at worst, and which is never the worst."""
    if len(every) < 2:
        return ""
    least = min(one.most for one in every)
    first = [scenario.arm(one.arm).title for one in every if one.most == least]
    if len(first) == len(every) and not least:
        return f"Over {n_settings:,} settings no arm falls behind another: all are equal."
    which = "arm that falls least behind at worst is" if len(first) == 1 else "arms that fall least behind at worst are"
    said = f"Over {n_settings:,} settings the {which} {list_text(first)}"
    if len(every) == 2:
        return f"{said}."
    never = [scenario.arm(name).title for name in never_worst(every)]
    worst = (
        f"{list_text(never)} {'is' if len(never) == 1 else 'are'} never the worst"
        if never
        else "each is the worst in some"
    )
    return f"{said}; {worst}.{f' {MIXED}' if _is_mixed(scenario) else ''}"


def _is_mixed(scenario: Scenario) -> bool:
    return len({arm.mode for arm in scenario.compared}) > 1


def title(scenario: Scenario, condition: Condition, box: Box, known: Mapping[str, Value]) -> str:
    """The condition, and the values that limit it most."""
    named = [
        f"{known[one.range.path].short} is {limit_text(known[one.range.path], one)}" for one in box.limits[:MOST_NAMED]
    ]
    more = f", and {len(box.limits) - MOST_NAMED} more limits" if len(box.limits) > MOST_NAMED else ""
    return f"{capital(said_in(scenario, condition))}: mostly where {list_text(named)}{more}"


def box_sentence(scenario: Scenario, condition: Condition, found: Discovery, box: Box) -> str:
    """In how many settings the condition holds, and how well the box has them, for the small print."""
    shares = f"coverage {share_text(box.coverage)}, density {share_text(box.density)}"
    counts = f"{found.n_of_interest:,} of {found.n_settings:,} settings"
    return f'"{said_in(scenario, condition)}" holds in {counts}; box: {shares}.'
