"""The powered part of a flight: from rest on the ground to where and how fast the engine leaves it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.flight.together import Doubles


@dataclass(frozen=True)
class State:
    """Where a missile is over the ground, and how fast: metres, metres a second."""

    downrange_m: float
    altitude_m: float
    ground_speed_m_s: float
    climb_m_s: float

    @property
    def speed_m_s(self) -> float:
        return math.hypot(self.ground_speed_m_s, self.climb_m_s)


@dataclass(frozen=True)
class Boost:
    """From rest at launch to `end` at burnout, vertical at first.

    Altitude is a cubic in time with the position and velocity of both ends (Hermite). Downrange is a
    quartic that begins without acceleration as well, so that the missile rises before it leans.
    """

    burnout_s: float
    end: State

    def at(self, t_s: Doubles) -> tuple[Doubles, Doubles]:
        """Downrange and altitude in metres, t_s seconds after launch, up to burnout."""
        u = t_s / self.burnout_s
        x, z = self.end.downrange_m, self.end.altitude_m
        dx, dz = self.end.ground_speed_m_s * self.burnout_s, self.end.climb_m_s * self.burnout_s
        return u**3 * (4 * x - dx + u * (dx - 3 * x)), u**2 * (3 * z - dz + u * (dz - 2 * z))
