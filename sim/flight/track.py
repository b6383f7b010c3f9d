"""A trajectory laid over the Earth: where the missile is, second by second."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.flight.geodesy import azimuth_and_range, places_on
from sim.flight.together import Doubles
from sim.flight.trajectory import Trajectory
from sim.model.sensor import Place

__all__ = ["Track", "azimuth_and_range", "track"]

LONGEST_STEP_S = 1.0


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

    def positions(self, t_s: Doubles) -> Doubles:
        """Latitude and longitude in degrees, altitude in metres, (3, n), at any times; before and after, the ends."""
        return _positions(self.origin, self.azimuth_deg, self.trajectory, t_s)


def track(origin: Place, azimuth_deg: float, trajectory: Trajectory) -> Track:
    """The flight from this place, leaving in this direction (degrees from north, clockwise)."""
    n_steps = math.ceil(trajectory.flight_time_s / LONGEST_STEP_S)
    t_s = np.linspace(0.0, trajectory.flight_time_s, n_steps + 1)
    return Track(origin, azimuth_deg, trajectory, t_s, *_positions(origin, azimuth_deg, trajectory, t_s))


def _positions(origin: Place, azimuth_deg: float, trajectory: Trajectory, t_s: Doubles) -> Doubles:
    downrange_m, altitude_m = trajectory.at(t_s)
    return np.stack([*places_on(origin, azimuth_deg, trajectory.range_m, downrange_m), altitude_m])
