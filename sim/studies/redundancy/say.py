"""What a second channel is worth in words, and what it would be worth were channels independent."""

from __future__ import annotations

from sim.analysis.measures import Measure
from sim.model.ranges import TYPICAL
from sim.model.scenario import Scenario
from sim.say.numbers import capital, share_text
from sim.say.outages import availability_text, mean_down_text, owner_words
from sim.studies.redundancy.find import RedundancyPlan, Worth, independent
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
    found = points_words(points(plan, worth, share))
    if not worth.ends:
        return found
    place = plan.shares.index(share)
    band = worth.band(plan.measure, plan.with_second, plan.without)
    ends = (points_words(100 * float(end[place])).partition(" ")[0] for end in band)
    return f"{found} ({' to '.join(dict.fromkeys(ends))}{over})"


def points_words(found: float) -> str:
    """12 points; 0.4 points below one, a minus where it costs."""
    size = f"{abs(found):.0f}" if abs(found) >= 9.5 else f"{abs(found):.1f}"
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
    often, seldom = (worth_words(plan, worth, share) for share in SAID)
    up, down, hub = *map(availability_text, SAID), hub_words(plan)
    return f"A second channel is worth {often} when {hub} is up {up} of the time, {seldom} when it is up {down}"


def check_words(plan: RedundancyPlan, worth: Worth) -> str:
    """What both channels would deliver were they independent, and what they do."""
    at = plan.shares.index(SAID[1])
    p, q = worth.share(plan.measure, plan.without)[-1], worth.share(plan.measure, plan.with_second)[0]
    closed, found = independent(plan, worth)[at], worth.share(plan.measure, plan.with_second)[at]
    less = "less" if found < closed else "more"
    why = ": whatever both need, they share" if found < closed else ""
    return (
        f"By the closed form for independent channels, 1 − (1 − a p)(1 − q), with p = {share_text(p)} where "
        f"{hub_words(plan)} is always up and q = {share_text(q)} where it never is, both would bring "
        f"{share_text(closed)} at a = {availability_text(SAID[1])}; simulated are {share_text(found)}, "
        f"{points_words(100 * abs(found - closed))} {less}{why}."
    )


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
