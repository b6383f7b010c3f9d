"""From checked fields to the other work of a desk, and its surge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.model.delay import constant
from sim.model.distributions import rough_mean
from sim.model.evidence import Evidence
from sim.model.ranges import corners, extremes
from sim.model.stage import Background, Precedence, Surge
from sim.scenario import schema
from sim.scenario.document import TreePath

if TYPE_CHECKING:
    from sim.scenario.build import Builder

MOST_JOBS = 1_000_000


def background(builder: Builder, path: TreePath, given: schema.Background | None, base: Evidence) -> Background | None:
    """The other work of a desk, whose evidence is ``base``; too many jobs are a fault."""
    if given is None:
        return None
    evidence = builder.evidence(given.evidence, base)
    found = Background(
        interarrival=builder.delay(given.interarrival, (*path, "interarrival")),
        service=builder.delay(given.service, (*path, "service")),
        precedence=Precedence[given.precedence],
        warm_up_us=given.warm_up,
        evidence=evidence,
        surge=_surge(builder, (*path, "surge"), given, evidence),
    )
    if found.interarrival == constant(0) and "constant" not in given.interarrival.given:  # it is blamed already
        return found
    means = [rough_mean(found.interarrival.at(corner)) for corner in corners(found.interarrival.numbers())]
    if min(means) * MOST_JOBS < given.warm_up + builder.span_us + _added_us(builder, found.surge):
        where = " at an end of its range" if len(means) > 1 else ""
        builder.blame((*path, "interarrival"), f"makes more than a million jobs{where} — lengthen it")
    return found


def _surge(builder: Builder, path: TreePath, given: schema.Background, base: Evidence) -> Surge | None:
    surge = given.surge
    if surge is None:
        return None
    times = builder.number(surge.times, (*path, "times"), is_whole=False)
    if min(extremes(times)) <= 0:
        builder.blame((*path, "times"), "must be above zero — 4 is four times as many jobs in the same time")
    elif extremes(times) == (1.0,):
        builder.blame((*path, "times"), "is 1, so that nothing changes — write 4 for four times as many jobs")
    start_us = -given.warm_up if surge.start is None else surge.start
    return Surge(start_us, surge.until, times, builder.evidence(surge.evidence, base))


def _added_us(builder: Builder, surge: Surge | None) -> float:
    """How much longer a run without the surge would be that has as many jobs."""
    if surge is None:
        return 0.0
    until_us = builder.span_us if surge.until_us is None else min(surge.until_us, builder.span_us)
    return max(0.0, until_us - surge.start_us) * (max(extremes(surge.times)) - 1)
