"""The launches of the record under the sensors of 2019: who has whom in sight, and when.

All is geometry: sensors are on station, and nothing is drawn. How far radars reach is a range, so that sight is
asked for with the shortest and with the longest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sim.analysis.record.rows import Span
from sim.draws.sights import seen_by
from sim.model.ranges import extremes
from sim.model.scenario import Flight, Scenario, Stage
from sim.scenario.catalogue import Record
from sim.scenario.loader import load_text
from sim.units import US_PER_SECOND

SENSORS = "base-case/sensors-2019.yaml"
LAUNCHER = "SLV"
LAUNCHER_APOGEES_KM = (200.0, 1000.0)  # assumed: the record has the height of the orbit at most
LAUNCHER_RANGE_KM = 2600.0  # assumed where the record has none: that of 12 Dec 2012, the longest on record


@dataclass(frozen=True)
class Watched:
    """A launch whose flight is known well enough to ask who sees it; a launcher flies in two ways."""

    record: Record
    flights: tuple[Flight, ...]


def watched(catalogue: Iterable[Record]) -> Mapping[str, Watched]:
    """By name, every launch whose flight is known, or stands for that of a launcher."""
    found = {one.id: Watched(one, _flights(one)) for one in catalogue}
    return {name: one for name, one in found.items() if one.flights}


def sensors(owner: str) -> tuple[Stage, ...]:
    """The sensors of an owner."""
    return tuple(stage for stage in _world().arm(owner).stages.values() if stage.at == owner and stage.sensor)


def in_sight(stage: Stage, flight: Flight, *, is_far: bool = True) -> float | None:
    """When a sensor first sees a flight, in seconds; None if never. ``is_far``: with the longest range, or the shortest."""
    if stage.sensor is None:
        return None
    reach = None if stage.sensor.range_m is None else (max if is_far else min)(extremes(stage.sensor.range_m))
    seen = seen_by(stage.sensor, flight, reach)
    return None if seen is None else seen.first_s


def first_sight(stages: Iterable[Stage], flight: Flight, *, is_far: bool = True) -> float | None:
    """When the first of several sensors sees a flight."""
    times = (in_sight(stage, flight, is_far=is_far) for stage in stages)
    return min((time for time in times if time is not None), default=None)


def medians_s(stage: Stage) -> Span:
    """The range of the median of a stage's delay, in seconds."""
    return Span(*(_median_s(stage, position) for position in (0.0, 1.0)))
