"""Free flight: the Kepler ellipse through launch and impact that has the reported apogee.

An ellipse is an orbit, and its clock is zero at the apogee. Written in the eccentric anomaly counted
from the apogee, and in 1 − e rather than e, nothing cancels: steep and low flights are as exact as others.
Formulas of the two-body problem: Bate, Mueller and White, Fundamentals of Astrodynamics (1971), chapters 4 and 6.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING, Any

from sim.flight.boost import State
from sim.flight.earth import GM_M3_S2, RADIUS_M

if TYPE_CHECKING:
    from sim.flight.together import Doubles

CLOSE_ENOUGH = 1e-12  # of an anomaly in radians: some 10 micrometres of path


@dataclass(frozen=True)
class FreeFlight:
    """An ellipse that meets the ground twice, `half_angle` radians before and behind its apogee.

    `fullness` is 1 − e, between 0 (straight up) and 1 (level all the way round).
    """

    half_angle: float
    apogee_m: float
    semi_major_m: float
    fullness: float

    @cached_property
    def eccentricity(self) -> float:
        return 1 - self.fullness

    @cached_property
    def mean_motion(self) -> float:
        """Radians of the mean anomaly in a second."""
        return math.sqrt(GM_M3_S2 / self.semi_major_m**3)

    @cached_property
    def stretch(self) -> float:
        """The tangent of half an eccentric anomaly over that of half the angle at the Earth's centre."""
        return math.sqrt((1 + self.eccentricity) / self.fullness)

    @cached_property
    def impact_anomaly(self) -> float:
        """The eccentric anomaly of impact; that of launch is its opposite."""
        return 2 * math.atan(self.stretch * math.tan(self.half_angle / 2))

    @property
    def fall_s(self) -> float:
        """From apogee to impact."""
        return self.time_s(self.impact_anomaly)

    def time_s(self, anomaly: float) -> float:
        """Kepler's equation: the time after apogee of an eccentric anomaly, negative before it."""
        return (anomaly + self.eccentricity * math.sin(anomaly)) / self.mean_motion

    def at(self, after_apogee_s: Doubles) -> tuple[Doubles, Doubles]:
        """Downrange and altitude in metres."""
        import numpy as np  # a check needs none

        return self._place(self.anomaly(after_apogee_s), np)

    def anomaly(self, after_apogee_s: Doubles) -> Doubles:
        """Kepler's equation the other way round: by Newton's steps, which from there on never go too far."""
        import numpy as np

        mean = self.mean_motion * after_apogee_s
        found, step = mean / (1 + self.eccentricity), np.full(mean.shape, np.inf)
        while np.any(np.abs(step) > CLOSE_ENOUGH):
            step = (mean - found - self.eccentricity * np.sin(found)) / (1 + self.eccentricity * np.cos(found))
            found = found + step
        return found

    def state(self, anomaly: float) -> State:
        """Where it is, and how fast over the ground and upwards."""
        e, a = self.eccentricity, self.semi_major_m
        downrange, altitude = self._place(anomaly, math)
        turning = math.sqrt(GM_M3_S2 * a * self.fullness * (1 + e)) / (RADIUS_M + altitude) ** 2
        climb = -a * e * math.sin(anomaly) * self.mean_motion / (1 + e * math.cos(anomaly))
        return State(downrange, altitude, RADIUS_M * turning, climb)

    def _place(self, anomaly: Any, of: ModuleType) -> tuple[Any, Any]:
        """Downrange and altitude, of numbers by `math` or of arrays by NumPy."""
        angle = 2 * of.atan(of.tan(anomaly / 2) / self.stretch)
        altitude = self.apogee_m - 2 * self.semi_major_m * self.eccentricity * of.sin(anomaly / 2) ** 2
        return RADIUS_M * (self.half_angle + angle), altitude


def free_flight(range_m: float, apogee_m: float) -> FreeFlight:
    """The ellipse whose ends lie range_m apart along the ground and whose highest point is apogee_m above it."""
    half_angle = range_m / RADIUS_M / 2
    highest = RADIUS_M + apogee_m
    # 1 − e = R (1 − c) / (r − R c) and r − R c = apogee + R (1 − c), with c the cosine of the half angle
    sagitta = 2 * RADIUS_M * math.sin(half_angle / 2) ** 2
    fullness = sagitta / (apogee_m + sagitta)
    return FreeFlight(half_angle, apogee_m, highest / (2 - fullness), fullness)
