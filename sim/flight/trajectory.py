"""From what is reported of a launch, its range and apogee, to where it is at any time.

A missile is pushed from rest to burnout and flies freely from there: along the Kepler ellipse of the
reported range and apogee, or, where air would hold up a flight so low and so far, level inside it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.flight.boost import Boost, State
from sim.flight.earth import GRAVITY_M_S2
from sim.flight.ellipse import FreeFlight, free_flight
from sim.flight.level import LevelFlight
from sim.flight.roots import root

if TYPE_CHECKING:
    from sim.flight.together import Doubles

MOST_RANGE_M = 20_000_000  # nearly half way round
MOST_APOGEE_M = 100_000_000
AIR_M = 100_000  # where flight by lift and drag ends
MOST_LEVEL_RANGE_M = 2_000_000  # twice the farthest on record
CLOSE_ENOUGH = 1e-9  # of an anomaly in radians, or of a speed in metres a second


@dataclass(frozen=True)
class Pace:
    """What the record must tell beyond range and apogee.

    acceleration_m_s2 : mean gain of speed while the engine burns.
    ground_speed_m_s : of a flat flight, after burnout.
    path_share : how far it is at burnout, as a share of burnout speed times burn time.
    """

    acceleration_m_s2: float
    ground_speed_m_s: float
    path_share: float

    def burn_s(self, speed_m_s: float) -> float:
        """How long the engine burns for a speed."""
        return speed_m_s / self.acceleration_m_s2

    def path_m(self, speed_m_s: float) -> float:
        """How far it is from the launch then."""
        return self.path_share * speed_m_s * self.burn_s(speed_m_s)


FITTED = Pace(acceleration_m_s2=26, ground_speed_m_s=1_360, path_share=0.4)


@dataclass(frozen=True)
class Trajectory:
    """A flight over the ground, from launch to impact.

    `climb_s` is the time from burnout to apogee, where the clock of `coast` begins.
    """

    range_m: float
    apogee_m: float
    boost: Boost
    climb_s: float
    coast: FreeFlight | LevelFlight

    @property
    def burnout_s(self) -> float:
        return self.boost.burnout_s

    @property
    def apogee_s(self) -> float:
        """When it (first) reaches its apogee."""
        return self.boost.burnout_s + self.climb_s

    @property
    def flight_time_s(self) -> float:
        return self.apogee_s + self.coast.fall_s

    @property
    def is_flat(self) -> bool:
        """Whether it flies level inside the air."""
        return isinstance(self.coast, LevelFlight)

    def at(self, t_s: Doubles) -> tuple[Doubles, Doubles]:
        """Downrange and altitude in metres, t_s seconds after launch, (n,); before and after, its ends."""
        import numpy as np  # a check needs none

        pushed, flies = t_s <= self.burnout_s, (t_s > self.burnout_s) & (t_s < self.flight_time_s)
        downrange_m, altitude_m = np.full(t_s.shape, float(self.range_m)), np.zeros(t_s.shape)
        downrange_m[pushed], altitude_m[pushed] = self.boost.at(np.maximum(t_s[pushed], 0.0))
        downrange_m[flies], altitude_m[flies] = self.coast.at(t_s[flies] - self.apogee_s)
        return downrange_m, altitude_m

    def altitude_m(self, t_s: float) -> float:
        """How high it is at one moment."""
        import numpy as np

        return float(self.at(np.array([t_s]))[1][0])


def trajectory(range_m: float, apogee_m: float, pace: Pace = FITTED) -> Trajectory:
    """The flight of this range, along the ground, and this apogee, above it.

    Raises ValueError, in words for the user, where no missile flies so.
    """
    if not 0 < range_m <= MOST_RANGE_M:
        raise ValueError(f"a range lies above 0 and up to {_km(MOST_RANGE_M)}, got {_km(range_m)}")
    if not 0 < apogee_m <= MOST_APOGEE_M:
        raise ValueError(f"an apogee lies above 0 and up to {_km(MOST_APOGEE_M)}, got {_km(apogee_m)}")
    level = _level(range_m, apogee_m, pace) if apogee_m <= AIR_M else None
    if level and range_m > MOST_LEVEL_RANGE_M:
        raise ValueError(
            f"no model for a flight of {_km(range_m)} that stays below {_km(AIR_M)}, got an apogee of {_km(apogee_m)}"
            " — write its flight time"
        )
    return level or _free(range_m, apogee_m, pace)


def _km(length_m: float) -> str:
    return f"{length_m / 1000:,.6g} km"


def _free(range_m: float, apogee_m: float, pace: Pace) -> Trajectory:
    """Along the ellipse from the point as far from the launch as the burn to the speed of that point takes it."""
    ellipse = free_flight(range_m, apogee_m)

    def too_far(anomaly: float) -> float:
        state = ellipse.state(anomaly)
        return math.hypot(state.downrange_m, state.altitude_m) - pace.path_m(state.speed_m_s)

    if too_far(0.0) < 0:
        raise ValueError(
            f"no model for a range of {_km(range_m)} with an apogee of {_km(apogee_m)}: its engine would still burn"
            " there — write its flight time"
        )
    burnout = root(too_far, -ellipse.impact_anomaly, 0.0, CLOSE_ENOUGH)
    end = ellipse.state(burnout)
    return Trajectory(range_m, apogee_m, Boost(pace.burn_s(end.speed_m_s), end), -ellipse.time_s(burnout), ellipse)


def _level(range_m: float, apogee_m: float, pace: Pace) -> Trajectory | None:
    """The flight at the ground speed that air allows; None if the parabola of that apogee is slower anyway."""
    boost = _level_boost(apogee_m, pace)
    climb_s = boost.end.climb_m_s / GRAVITY_M_S2
    apogee_downrange_m = boost.end.downrange_m + pace.ground_speed_m_s * climb_s
    level_s = (range_m - apogee_downrange_m) / pace.ground_speed_m_s - math.sqrt(2 * apogee_m / GRAVITY_M_S2)
    if level_s <= 0:
        return None
    coast = LevelFlight(apogee_m, apogee_downrange_m, pace.ground_speed_m_s, level_s)
    return Trajectory(range_m, apogee_m, boost, climb_s, coast)


def _level_boost(apogee_m: float, pace: Pace) -> Boost:
    """In a straight line to the ground speed, and to the climb that carries on to the apogee."""

    def state(climb_m_s: float) -> State:
        speed_m_s = math.hypot(pace.ground_speed_m_s, climb_m_s)
        straight_s = pace.path_m(speed_m_s) / speed_m_s  # at that speed all the way
        return State(pace.ground_speed_m_s * straight_s, climb_m_s * straight_s, pace.ground_speed_m_s, climb_m_s)

    def too_high(climb_m_s: float) -> float:
        return state(climb_m_s).altitude_m + climb_m_s**2 / (2 * GRAVITY_M_S2) - apogee_m

    end = state(root(too_high, 0.0, math.sqrt(2 * GRAVITY_M_S2 * apogee_m), CLOSE_ENOUGH))
    return Boost(pace.burn_s(end.speed_m_s), end)
