"""How busy desks are with other work alone, from means."""

from __future__ import annotations

import math

from sim.model.distributions import Truncated
from sim.model.outages import Alternating
from sim.model.ranges import TYPICAL, settle
from sim.model.scenario import Scenario
from sim.model.stage import Desk


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


def overloaded(scenario: Scenario) -> dict[str, float]:
    """The desks that other work alone fills, by name, and their utilisation: the highest under any arm."""
    desks = [arm.desks[name] for arm in scenario.arms for name in arm.used_desks()]
    found = sorted((utilisation(desk), desk.name) for desk in desks)
    return {name: share for share, name in found if share >= 1}
