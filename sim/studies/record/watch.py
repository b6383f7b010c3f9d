"""The launches of the record under the sensors of 2019: who has whom in sight, and when.

All is geometry: sensors are on station, and nothing is drawn. How far radars reach is a range, so sight is asked
for with the shortest and with the longest. Sensors that stand in the file for ships are told from those on land,
since where a ship was on any day is not public.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.draws.quantiles import quantile
from sim.draws.sights import seen_by
from sim.flight.sight import Sight
from sim.flight.trajectory import trajectory
from sim.model.launch import Flight
from sim.model.ranges import TYPICAL, Position, Range, Setting
from sim.model.scenario import Scenario
from sim.model.sensor import Place
from sim.model.stage import Stage
from sim.scenario.catalogue import Record
from sim.studies.record.rows import Span
from sim.units import seconds

LAUNCHER = "SLV"
SHORTEST: Position = 0.0  # of a range of ranges
LONGEST: Position = 1.0
LAUNCHER_APOGEES_KM = (1000.0, 200.0)  # assumed: the record has the height of the orbit at most
LAUNCHER_RANGE_KM = 2600.0  # assumed where the record has none: that of 12 Dec 2012, the farthest on record

WATCH = """
title: What the sensors of 2019 see
use: [base-case/sensors-2019.yaml, base-case/large-rocket.yaml]
launches: [{name: any, deadline: none}]
arrangements: {identified: [rok_identifies]}
compare: [identified]
"""


@dataclass(frozen=True)
class Watch:
    """Sensors by owner, what identifying takes, and the flights of the record.

    flights : by name of the launch; two for a launcher, whose height the record does not tell: the one
        that climbs most steeply first.
    """

    sensors: Mapping[str, tuple[Stage, ...]]
    identifies: Stage
    records: tuple[Record, ...]
    flights: Mapping[str, tuple[Flight, ...]]


def watch(scenario: Scenario, catalogue: Iterable[Record]) -> Watch:
    """The watch of a scenario read from `WATCH`."""
    records = tuple(catalogue)
    sensors = {
        owner: tuple(stage for stage in scenario.sensors if stage.sensor and stage.sensor.owner == owner)
        for owner in ("seoul", "tokyo")
    }
    flights = {record.id: found for record in records if (found := flights_of(record))}
    return Watch(sensors, scenario.arm("identified").stages["rok_identifies"], records, flights)


def flights_of(record: Record) -> tuple[Flight, ...]:
    """The flight of a launch, both bounds of a launcher's; none where the record says too little, or none flies so."""
    return tuple(flight for flight in _reported(record) if _flies(flight))


def _flies(flight: Flight) -> bool:
    try:
        trajectory(flight.range_m, flight.apogee_m)
    except ValueError:
        return False
    return True


def _reported(record: Record) -> tuple[Flight, ...]:
    if record.kind == LAUNCHER and record.lat and record.lon and record.azimuth_deg:
        range_km = record.range_km.value if record.range_km else LAUNCHER_RANGE_KM
        return tuple(_flight(record, range_km, apogee_km) for apogee_km in LAUNCHER_APOGEES_KM)
    if record.is_flown and record.range_km and record.apogee_km:
        return (_flight(record, record.range_km.value, record.apogee_km.value),)
    return ()


def _flight(record: Record, range_km: float, apogee_km: float) -> Flight:
    place = Place(float(record.lat), float(record.lon))
    return Flight(place, float(record.azimuth_deg), 1000 * range_km, 1000 * apogee_km)


def in_sight(sensors: Iterable[Stage], flight: Flight, *, at: Position | None = LONGEST) -> Span | None:
    """From when to when some sensor sees a flight, in seconds; None if none does.

    at : with their `LONGEST` range, their `SHORTEST`, or, None, their working one. What a track takes and what is left
    of a range for a small target are at working values: how much hangs on them is asked for in ``holding.py``.
    """
    seen = [found for stage in sensors if (found := _seen(stage, flight, at)) is not None]
    return Span(min(one.first_s for one in seen), max(one.last_s for one in seen)) if seen else None


def _seen(stage: Stage, flight: Flight, at: Position | None) -> Sight | None:
    if stage.sensor is None:
        return None
    number = stage.sensor.range_m
    setting: Setting = {number.path: at} if isinstance(number, Range) and at is not None else TYPICAL
    return seen_by(stage.sensor, flight, setting)


def on_land(sensors: Iterable[Stage]) -> tuple[Stage, ...]:
    """Those whose place does not change from day to day."""
    return tuple(stage for stage in sensors if stage.sensor and stage.sensor.field == "land")


def delay_s(stage: Stage) -> Span:
    """The lowest and the highest median of a stage's delay, in seconds."""
    return Span(_median_s(stage, 0.0), _median_s(stage, 1.0))


def typical_delay_s(stage: Stage) -> float:
    """The median of a stage's delay at its working value, in seconds."""
    return _median_s(stage, None)


def _median_s(stage: Stage, position: Position | None) -> float:
    ranges = [number for number in stage.delay.numbers() if isinstance(number, Range)]
    setting: Setting = TYPICAL if position is None else {found.path: position for found in ranges}
    return seconds(float(quantile(stage.delay.at(setting), np.array([0.5]))[0]))
