"""How far short a sensor falls of a flight that it never sees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.flight.look import look
from sim.flight.track import Track
from sim.model.sensor import Sensor


@dataclass(frozen=True)
class Reach:
    """A flight from where a sensor stands.

    nearest_m : how near it comes, straight through space.
    short_m : by how much it is too far for the Earth not to hide it when that hides it least; 0 where nothing does.
    highest_m, slant_m : how high it is at that moment, and how far, straight through space.
    """

    nearest_m: float
    short_m: float
    highest_m: float
    slant_m: float


def reach(sensor: Sensor, track: Track) -> Reach | None:
    """How a flight stands to a sensor; None for one that stands nowhere."""
    if sensor.place is None:
        return None
    seen = look(sensor.place, sensor.height_m, track.lat_deg, track.lon_deg, track.altitude_m)
    best = int(np.argmax(seen.to_spare_m))
    short_m = max(0.0, -float(seen.to_spare_m[best]))
    return Reach(float(seen.slant_m.min()), short_m, float(track.altitude_m[best]), float(seen.slant_m[best]))
