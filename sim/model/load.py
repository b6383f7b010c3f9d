"""How busy desks are with other work alone, from means."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sim.model.distributions import Truncated, rough_mean
from sim.model.outages import Alternating
from sim.model.ranges import TYPICAL, Setting, corners, settle
from sim.model.scenario import Scenario
from sim.model.stage import Background, Desk


def utilisation(desk: Desk) -> float:
    """The share of its servers' time while they are up that background work asks for at typical values; 0 without any.

    It is nan where a distribution is truncated, whose mean takes an integral.
    """
    if desk.background is None:
        return 0.0
    service, interarrival = desk.background.service.typical, desk.background.interarrival.typical
    if isinstance(service, Truncated) or isinstance(interarrival, Truncated):
        return math.nan
    offered = service.mean / interarrival.mean if interarrival.mean else math.inf
    share_up = desk.outages.share_up() if isinstance(desk.outages, Alternating) else 1.0
    return offered / settle(desk.capacity, TYPICAL) / share_up


BUSY = 0.5  # of a desk's time: from here on how long a queue is depends on how long ago it was empty


def cold(scenario: Scenario) -> dict[str, float]:
    """The busy desks that begin empty, since their other work has no warm-up, by name, and their utilisation."""
    desks = [arm.desks[name] for arm in scenario.arms for name in arm.used_desks()]
    found = sorted(
        (utilisation(desk), desk.name) for desk in desks if desk.background and not desk.background.warm_up_us
    )
    return {name: share for share, name in found if BUSY <= share < 1}


def surged(scenario: Scenario) -> dict[str, float]:
    """The desks that other work alone fills in its surge and not beside it, by name, and their utilisation then."""
    desks = [arm.desks[name] for arm in scenario.arms for name in arm.used_desks()]
    found = sorted((utilisation(desk) * _fold(desk), desk.name) for desk in desks if utilisation(desk) < 1)
    return {name: share for share, name in found if share >= 1}


def _fold(desk: Desk) -> float:
    """How many times as much other work a surge brings at typical values; 1 without one."""
    surge = desk.background.surge if desk.background else None
    return settle(surge.times, TYPICAL) if surge else 1.0


def n_jobs(scenario: Scenario) -> tuple[float, float]:
    """About how much other work one replication has, of all desks of all arms: at typical values, and at most.

    Most is where each comes fastest, at ends of ranges.
    """
    used = (arm.desks[name].background for arm in scenario.arms for name in arm.used_desks())
    every = [known for known in used if known]
    typical = sum(_n_jobs(scenario, known, TYPICAL) for known in every)
    return typical, sum(max(_n_jobs(scenario, known, end) for end in _ends(known)) for known in every)


def _ends(known: Background) -> Iterator[Setting]:
    """Typical values, and the corners of what tells how fast other work comes."""
    yield TYPICAL
    yield from corners([*known.interarrival.numbers(), *([known.surge.times] if known.surge else [])])


def _n_jobs(scenario: Scenario, known: Background, setting: Setting) -> float:
    last_us = max(one.at_us + max(one.offsets_us, default=0) for one in scenario.launches)
    end_us, surge = last_us + scenario.horizon_us, known.surge
    span_us = float(end_us + known.warm_up_us)
    if surge:
        until_us = end_us if surge.until_us is None else min(surge.until_us, end_us)
        fold = settle(surge.times, setting)
        span_us += (fold - 1) * max(0, until_us - max(surge.start_us, -known.warm_up_us))
    return span_us / max(rough_mean(known.interarrival.at(setting)), 1.0)  # no two jobs come in one microsecond


def overloaded(scenario: Scenario) -> dict[str, float]:
    """The desks that other work alone fills, by name, and their utilisation: the highest under any arm."""
    desks = [arm.desks[name] for arm in scenario.arms for name in arm.used_desks()]
    found = sorted((utilisation(desk), desk.name) for desk in desks)
    return {name: share for share, name in found if share >= 1}
