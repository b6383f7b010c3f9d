"""When each side can first see a launch: geometry alone, before anybody's delay."""

from __future__ import annotations

from sim.draws.sights import seen_by
from sim.model.ranges import TYPICAL, settle
from sim.model.scenario import LaunchEntry, Scenario
from sim.units import US_PER_SECOND


def first_sights(scenario: Scenario, entry: LaunchEntry) -> dict[str, float]:
    """Microseconds from launch to the first sight by any sensor of each owner that sees it, at typical ranges."""
    found: dict[str, float] = {}
    for stage in scenario.sensors:
        if stage.sensor is None:
            continue
        reach = stage.sensor.range_m
        seen = seen_by(stage.sensor, entry.flight, None if reach is None else settle(reach, TYPICAL))
        if seen is not None:
            us = seen.first_s * US_PER_SECOND
            found[stage.sensor.owner] = min(us, found.get(stage.sensor.owner, us))
    return found
