"""What a second channel is worth in words, and what it would be worth were channels independent."""

from __future__ import annotations

import math

from sim.analysis.measures import Measure
from sim.analysis.outcomes import Quantity
from sim.model.ranges import TYPICAL
from sim.model.scenario import Scenario
from sim.say.measures import LEAST_POINTS
from sim.say.numbers import capital, is_noise_shown
from sim.say.outages import availability_text, mean_down_text, owner_words
from sim.studies.redundancy.find import RedundancyPlan, Worth, independent, second_alone
from sim.units import duration_text

SAID = (0.95, 0.8)  # shares of time that sentences and marks are of


def hub_words(plan: RedundancyPlan) -> str:
    """What fails, in a sentence."""
    return owner_words(next(arm for arm in plan.scenario.arms if plan.hub in arm.outages()), plan.hub)


def points(plan: RedundancyPlan, worth: Worth, share: float) -> float:
    """What the second channel is worth at a share of time, in percentage points of all launches."""
    apart = worth.typical.difference(plan.measure, plan.with_second, plan.without)[0]
    return 100 * float(apart[plan.shares.index(share)])


def worth_words(plan: RedundancyPlan, worth: Worth, share: float, over: str = "") -> str:
    """The same in words, and in brackets its band, over what is said of it."""
    beside = [noise_words(plan, worth, share), f"{_band_words(plan, worth, share)}{over}" if worth.ends else ""]
    said = "; ".join(filter(None, beside))
    return f"{points_words(points(plan, worth, share))}{f' ({said})' if said else ''}"


def _band_words(plan: RedundancyPlan, worth: Worth, share: float) -> str:
    place = plan.shares.index(share)
    band = worth.band(plan.measure, plan.with_second, plan.without)
    ends = (points_words(100 * float(end[place])).partition(" ")[0] for end in band)
    return " to ".join(dict.fromkeys(ends))


def noise_words(plan: RedundancyPlan, worth: Worth, share: float) -> str:
    """Its noise, to stand behind it; empty where that does not show."""
    found, half_width = worth.worth(plan.measure, plan.with_second, plan.without)
    place = plan.shares.index(share)
    return noise_beside(float(half_width[place]), float(found[place])).removeprefix(", ")


def noise_beside(half_width: float, found: float) -> str:
    """The noise of a difference of shares; said to be unknown where it cannot be told."""
    if math.isnan(half_width):
        return ", noise unknown"
    is_shown = is_noise_shown(half_width, found) and 100 * half_width >= LEAST_POINTS
    return f", noise ± {_size(100 * half_width)}" if is_shown else ""


def _size(found: float) -> str:
    return f"{found:.0f}" if found >= 9.5 else f"{found:.1f}"


def points_words(found: float) -> str:
    """12 points; 0.4 points below one, a minus where it costs."""
    size = _size(abs(found))
    return f"{'−' if found < 0 and float(size) else ''}{size} {'point' if size == '1.0' else 'points'}"


def share_words(scenario: Scenario, measure: Measure) -> str:
    """Of what it is a share: reports in time, or reports that arrive."""
    deadlines = {one.name: duration_text(one.after_us) for one in scenario.deadlines()}
    if measure is not Measure.IN_TIME:
        return "reports that arrive"
    if len(deadlines) == 1:
        (name, after), *_ = deadlines.items()
        return f"reports in time ({name}, {after} after the {scenario.happening})"
    return "reports in time"


def titles(plan: RedundancyPlan) -> tuple[str, str]:
    """The arm with the second channel, and the one without."""
    return plan.scenario.arm(plan.with_second).title, plan.scenario.arm(plan.without).title


def finding(plan: RedundancyPlan, worth: Worth) -> str:
    """What the second channel is worth where the hub is mostly up, often down, and never down."""
    often, seldom = SAID
    both, one = titles(plan)
    if not is_moved(plan, worth):
        return f"{_unmoved(plan)}: a second channel ({both} in place of {one}) is worth as much at every share of time."
    found = [
        worth_words(plan, worth, share, over)
        for share, over in zip((*SAID, 1.0), (" across the ranges", "", ""), strict=True)
    ]
    return (
        f"At working values a second channel ({both} in place of {one}) is worth {found[0]} of {_of(plan)} when "
        f"{hub_words(plan)} is up {availability_text(often)} of the time, {found[1]} when it is up "
        f"{availability_text(seldom)}, and {found[2]} when it never fails."
    )


def _of(plan: RedundancyPlan) -> str:
    return f"the share of {share_words(plan.scenario, plan.measure)}"


def title(plan: RedundancyPlan, worth: Worth) -> str:
    """The same for a figure."""
    if not is_moved(plan, worth):
        return _unmoved(plan)
    often, seldom = (worth_words(plan, worth, share) for share in SAID)
    up, down, hub = *map(availability_text, SAID), hub_words(plan)
    return f"A second channel is worth {often} when {hub} is up {up} of the time, {seldom} when it is up {down}"


def is_moved(plan: RedundancyPlan, worth: Worth) -> bool:
    """Whether how often the hub is up changes anything."""
    return worth.is_moved(plan.measure, plan.with_second, plan.without)


def _unmoved(plan: RedundancyPlan) -> str:
    both, one = titles(plan)
    kind = share_words(plan.scenario, plan.measure).partition(" (")[0]
    return f"How often {hub_words(plan)} is up changes no share of {kind}, of {both} or of {one}"


def check_words(plan: RedundancyPlan, worth: Worth) -> str:
    """What both channels would deliver were they independent, and what they do; why they differ, beyond noise alone."""
    at = plan.shares.index(SAID[1])
    simulated, if_apart = worth.typical.values[Quantity(plan.measure, plan.with_second)], independent(plan, worth)
    gap = simulated - if_apart
    of_one = worth.share(plan.measure, plan.without)
    p, q = _tenth(of_one[-1]), _tenth(second_alone(plan, worth)[0, 0])
    alone = f"q = {q} where it never is"
    if of_one[0]:
        both = _tenth(worth.share(plan.measure, plan.with_second)[0])
        alone = (
            f"p₀ = {_tenth(of_one[0])} where it never is, and q = {q} by the second alone, since both bring {both} then"
        )
    return (
        f"By the closed form for independent channels, {independent_words(plan, worth)}, with p = {p} where "
        f"{hub_words(plan)} is always up and {alone}, both would come to {_tenth(if_apart[0, at])} at a = "
        f"{availability_text(SAID[1])}; simulated are {_tenth(simulated[0, at])}, "
        f"{_gap_words(float(gap[0, at]), float(worth.half_width(gap)[at]))}."
    )


def closed_words(plan: RedundancyPlan, worth: Worth) -> str:
    """The closed form without the second channel: a p, or what it is where some report comes without the hub."""
    return "p₀ + a (p − p₀)" if worth.share(plan.measure, plan.without)[0] else "a p"


def independent_words(plan: RedundancyPlan, worth: Worth) -> str:
    """The closed form with a second channel that is independent of the first."""
    closed = closed_words(plan, worth)
    return f"1 − (1 − {f'({closed})' if '+' in closed else closed})(1 − q)"


def _gap_words(apart: float, half_width: float) -> str:
    """How far what is simulated lies from the closed form, and why where noise leaves that."""
    side = "less" if apart < 0 else "more"
    gap = f"{points_words(100 * abs(apart))} {side}"
    if math.isnan(half_width):
        return f"{gap}, noise unknown"
    if abs(apart) <= half_width:
        return f"{gap}, which is within noise (± {_size(100 * half_width)})"
    why = ": what both need, they share, or an outage begins while a report is under way" if apart < 0 else ""
    return f"{gap}{noise_beside(half_width, apart)}{why}"


def _tenth(share: float) -> str:
    """A share to a tenth of a per cent, so that the formula can be followed."""
    return f"{100 * share:.1f} %"


def availability_words(plan: RedundancyPlan) -> str:
    """What being up for a share of time means, and what the file has."""
    own = plan.own
    share, down_us = own.share_up(), own.mean_down_us(TYPICAL)
    up = duration_text(down_us * share / (1 - share)) if share < 1 else ""
    return (
        f"{capital(hub_words(plan))} is up for a share a = u / (u + d) of the time: u is the mean time between two "
        f"outages, d how long one lasts. In the file a is {availability_text(share)}, d {mean_down_text(own)} and u "
        f"{up}; here d is kept, and u is what a makes of it, without memory."
    )
