"""Sensors for the tests of sight."""

from __future__ import annotations

from typing import Any

from sim.flight.sight import Sight, sights
from sim.flight.track import Track
from sim.model.sensor import Place, Sensor


def sight(sensor: Sensor, track: Track, range_m: float | None, in_sight_us: float = 0) -> Sight | None:
    """When this sensor sees this flight, of one range and least stretch in sight."""
    return sights(sensor, track, [(range_m, in_sight_us)])[0]


def radar(lat_deg: float, lon_deg: float, height_m: float = 0.0, **fields: Any) -> Sensor:
    """A radar that sees all round and down to its horizon, unless told otherwise."""
    return _sensor(Place(lat_deg, lon_deg), height_m, fields)


def satellite(sees_above_m: float) -> Sensor:
    """A satellite that watches the whole region."""
    return _sensor(None, 0.0, {"field": "space", "sees_above_m": sees_above_m})


def _sensor(place: Place | None, height_m: float, fields: dict[str, Any]) -> Sensor:
    given: dict[str, Any] = {
        "name": "s",
        "owner": "tokyo",
        "field": "land",
        "range_m": None,
        "min_elevation_deg": 0.0,
        "sector_deg": None,
        "sees_above_m": 0.0,
        "in_sight_us": 0,
    }
    return Sensor(place=place, height_m=height_m, **(given | fields))
