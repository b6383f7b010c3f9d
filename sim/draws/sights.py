"""When a stage may be ready, from each launch: geometry, the end of flights and false reports as table contents."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from sim.draws.nouns import Flags, Times
from sim.flight.sight import Sight, sight
from sim.flight.track import Track, track
from sim.flight.trajectory import trajectory
from sim.model.launch import Flight, LaunchEntry
from sim.model.ranges import Setting, settle
from sim.model.scenario import Scenario
from sim.model.sensor import Sensor
from sim.model.stage import Stage
from sim.units import to_the_millisecond


def earliest(scenario: Scenario, stage: Stage, settings: Sequence[Setting]) -> tuple[Times, Flags]:
    """How long after each launch a stage is ready at the soonest, int64 (launch, setting), and where it tells nothing.

    What a sensor never sees, it has not seen when the flight is over. Of what was never launched every source
    but the one that reports it tells nothing, and nothing keeps a sensor or the end of a flight waiting.
    """
    found = [[_earliest(entry, stage, setting) for setting in settings] for entry in scenario.launches]
    counts = [entry.count for entry in scenario.launches]
    times, is_silent = np.moveaxis(np.repeat(np.array(found, np.int64), counts, axis=0), 2, 0)
    return times, is_silent.astype(np.bool_)


def is_told(scenario: Scenario, stage: Stage) -> Flags:
    """Which entries are false reports of this stage, bool (launch,): there it did not fail to see, or to tell."""
    entries = scenario.launches
    return np.repeat([entry.false_report == stage.name for entry in entries], [entry.count for entry in entries])


def _earliest(entry: LaunchEntry, stage: Stage, setting: Setting) -> tuple[int, bool]:
    if entry.false_report is not None and stage.is_source and stage.name != entry.false_report:
        return 0, True
    impact_us = entry.flight_time_us or 0  # known where it is asked for: the loader checks that
    if stage.sensor is not None and entry.false_report is None:
        seen = seen_by(stage.sensor, entry.flight, setting)
        return (impact_us, True) if seen is None else (to_the_millisecond(seen.first_s), False)
    return (impact_us if stage.earliest == "impact" else stage.earliest), False


def seen_by(sensor: Sensor, flight: Flight | None, setting: Setting) -> Sight | None:
    """When a sensor sees a flight, in one setting; None if it never does."""
    if flight is None:
        return None
    return _seen(sensor, flight, sensor.reach_m(setting), settle(sensor.in_sight_us, setting))


@lru_cache(4096)
def _seen(sensor: Sensor, flight: Flight, range_m: float | None, in_sight_us: float) -> Sight | None:
    return sight(sensor, track_of(flight), range_m, in_sight_us)


@lru_cache(256)
def track_of(flight: Flight) -> Track:
    """A flight over the Earth."""
    return track(flight.place, flight.azimuth_deg, trajectory(flight.range_m, flight.apogee_m))
