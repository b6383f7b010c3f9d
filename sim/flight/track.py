"""A trajectory laid over the Earth: where the missile is, second by second."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.flight.geodesy import azimuth_and_range, line, place_on
from sim.flight.trajectory import Trajectory
from sim.model.sensor import Place

__all__ = ["Track", "azimuth_and_range", "track"]

LONGEST_STEP_S = 1.0

Doubles = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Track:
    """A flight from a place in a direction; the arrays, shape (n_times,), run from launch to impact.

    `t_s` rises in equal steps of at most `LONGEST_STEP_S`; altitude is above the ground.
    """

    origin: Place
    azimuth_deg: float
    trajectory: Trajectory
    t_s: Doubles
    lat_deg: Doubles
    lon_deg: Doubles
    altitude_m: Doubles

    def position(self, t_s: float) -> tuple[float, float, float]:
        """Latitude and longitude in degrees, altitude in metres, at any time; before and after, the ends."""
        downrange_m, altitude_m = self.trajectory.at(t_s)
        place = place_on(line(self.origin, self.azimuth_deg), downrange_m)
        return place.lat_deg, place.lon_deg, altitude_m


def track(origin: Place, azimuth_deg: float, trajectory: Trajectory) -> Track:
    """The flight from this place, leaving in this direction (degrees from north, clockwise)."""
    n_steps = math.ceil(trajectory.flight_time_s / LONGEST_STEP_S)
    t_s = np.linspace(0.0, trajectory.flight_time_s, n_steps + 1)
    points = [trajectory.at(float(t)) for t in t_s]
    way = line(origin, azimuth_deg)
    places = [place_on(way, downrange_m) for downrange_m, _ in points]
    return Track(
        origin,
        azimuth_deg,
        trajectory,
        t_s,
        np.array([place.lat_deg for place in places]),
        np.array([place.lon_deg for place in places]),
        np.array([altitude_m for _, altitude_m in points]),
    )
