"""When a stage may be ready, from each launch: geometry, the end of flights and false reports as table contents."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from sim.draws.nouns import Flags, Periods, Times
from sim.draws.periods import merged, opened
from sim.flight.sight import Sight, sights
from sim.flight.track import Track, track
from sim.flight.trajectory import trajectory
from sim.kernels.rows import FAR
from sim.model.launch import Flight, LaunchEntry
from sim.model.ranges import Setting, settle
from sim.model.scenario import Scenario
from sim.model.sensor import Sensor
from sim.model.stage import Stage
from sim.units import to_the_millisecond

AT_ONCE = 256  # ranges of a sensor that are looked at together: some megabytes
MOST_KNOWN = 4096  # sights of a sensor and a flight that are kept

Want = tuple[float | None, float]  # how far a sensor reaches, and how long it must have a flight in sight


def earliest(scenario: Scenario, stage: Stage, settings: Sequence[Setting]) -> tuple[Times, Flags]:
    """How long after each launch a stage is ready at the soonest, int64 (launch, setting), and where it tells nothing.

    What a sensor never sees, it has not seen when the flight is over. Of what was never launched every source
    but the one that reports it tells nothing, and nothing keeps a sensor or the end of a flight waiting.
    """
    found = [_earliest(entry, stage, settings) for entry in scenario.launches]
    counts = [entry.count for entry in scenario.launches]
    times, is_silent = np.moveaxis(np.repeat(np.array(found, np.int64), counts, axis=0), 2, 0)
    return times, is_silent.astype(np.bool_)


def while_up(
    scenario: Scenario, stage: Stage, settings: Sequence[Setting], launch: Times, down: Periods
) -> tuple[Times, Flags]:
    """The same of a sensor that is down at times, (launch, setting, replication): it sees once it is up, or never.

    For as long as it needs, it has the missile in sight and is up, in one piece. A false report of its own is told
    whatever its outages: the file says that it comes.

    launch : int64 (launch, setting, replication); down : of every setting in turn, (setting and replication, period),
    or the same for all, (1, period)
    """
    soonest, is_blind = earliest(scenario, stage, settings)
    ready, is_silent = np.empty_like(launch), np.empty(launch.shape, np.bool_)
    ready[:], is_silent[:] = soonest[:, :, None], is_blind[:, :, None]
    sensor, n = stage.sensor, launch.shape[2]
    for number, (entry, _) in enumerate(scenario.launch_keys()):
        for place, setting in enumerate(settings):
            if sensor is None or entry.false_report is not None:
                continue
            here = slice(place * n, (place + 1) * n) if len(down.start) > 1 else slice(1)
            each = Periods(down.start[here], down.end[here])
            in_sight_us = int(settle(sensor.in_sight_us, setting))
            seen = _first_up(_in_sight(entry, sensor, setting), launch[number, place], each, in_sight_us)
            is_silent[number, place] = seen == FAR
            ready[number, place] = np.where(seen == FAR, entry.flight_time_us or 0, seen)
    return ready, is_silent


def _first_up(pieces: Sequence[tuple[int, int]], launch: Times, down: Periods, in_sight_us: int) -> Times:
    """How long after a launch, (replication,), a sensor first sees it, given when it has it in sight; `FAR` for never.

    It begins to see no later than it must, so an outage is in the way that much sooner.
    """
    in_the_way = merged(down.start - max(in_sight_us - 1, 0), down.end)
    found = np.full(launch.shape, FAR)
    for first_us, last_us in reversed(pieces):
        at = opened(in_the_way, launch + first_us)
        found = np.where(at <= launch + max(last_us - in_sight_us, first_us), at - launch, found)
    return found


def _in_sight(entry: LaunchEntry, sensor: Sensor, setting: Setting) -> list[tuple[int, int]]:
    """From when to when after its launch a flight is in sight, each time."""
    seen = seen_by(sensor, entry.flight, setting)
    return (
        [(to_the_millisecond(first_s), to_the_millisecond(last_s)) for first_s, last_s in seen.pieces_s] if seen else []
    )


def is_told(scenario: Scenario, stage: Stage) -> Flags:
    """Which entries are false reports of this stage, bool (launch,): there it did not fail to see, or to tell."""
    entries = scenario.launches
    return np.repeat([entry.false_report == stage.name for entry in entries], [entry.count for entry in entries])


def _earliest(entry: LaunchEntry, stage: Stage, settings: Sequence[Setting]) -> list[tuple[int, bool]]:
    if entry.false_report is not None and stage.is_source and stage.name != entry.false_report:
        return [(0, True)] * len(settings)
    impact_us = entry.flight_time_us or 0  # known where it is asked for: the loader checks that
    if stage.sensor is not None and entry.false_report is None:
        every = seen_in(stage.sensor, entry.flight, settings)
        return [(impact_us, True) if seen is None else (to_the_millisecond(seen.first_s), False) for seen in every]
    return [(impact_us if stage.earliest == "impact" else stage.earliest, False)] * len(settings)


def seen_by(sensor: Sensor, flight: Flight | None, setting: Setting) -> Sight | None:
    """When a sensor sees a flight, in one setting; None if it never does."""
    return seen_in(sensor, flight, (setting,))[0]


def seen_in(sensor: Sensor, flight: Flight | None, settings: Sequence[Setting]) -> list[Sight | None]:
    """The same in many settings, which are looked at together."""
    if flight is None:
        return [None] * len(settings)
    known, wants = _known(sensor, flight), [_want(sensor, setting) for setting in settings]
    found = dict(known)  # as another thread may forget what is known
    new = [want for want in dict.fromkeys(wants) if want not in found]
    for part in (new[first : first + AT_ONCE] for first in range(0, len(new), AT_ONCE)):
        found.update(zip(part, sights(sensor, track_of(flight), part), strict=True))
    if len(known) > MOST_KNOWN:
        known.clear()
    known.update((want, found[want]) for want in new)
    return [found[want] for want in wants]


def _want(sensor: Sensor, setting: Setting) -> Want:
    return sensor.reach_m(setting), settle(sensor.in_sight_us, setting)


@lru_cache(256)
def _known(*_: object) -> dict[Want, Sight | None]:
    """What was found of a sensor and a flight, by range and least stretch in sight."""
    return {}


@lru_cache(256)
def track_of(flight: Flight) -> Track:
    """A flight over the Earth."""
    return track(flight.place, flight.azimuth_deg, trajectory(flight.range_m, flight.apogee_m))
