"""Which flight times a party's range and apogee leave open, and whose flight time they contradict.

The model leaves out what costs it up to 3 % (`sim.flight`), so that much more is allowed for.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.flight.trajectory import trajectory
from sim.scenario.figures import Figure

TOLERANCE = 0.03  # of the recorded time: the turning Earth and the air, left out


class Flown(NamedTuple):
    """The shortest and the longest flight, in seconds."""

    low_s: float
    high_s: float


def flown(range_km: Figure, apogee_km: Figure) -> Flown:
    """The flights that figures of range and apogee leave open.

    Raises ValueError, in words for the user, where no missile flies so.
    """
    ends_m = [(1000 * far, 1000 * high) for far in _ends(range_km) for high in _ends(apogee_km)]
    times_s = [trajectory(range_m, apogee_m).flight_time_s for range_m, apogee_m in ends_m]
    return Flown(min(times_s), max(times_s))


def _ends(figure: Figure) -> tuple[float, float]:
    return figure.low, figure.high


def miss(low_s: float, high_s: float, made: Flown) -> float:
    """By which share of its middle a time between two ends is missed, beyond what both sides leave open."""
    return 2 * max(0.0, made.low_s - high_s, low_s - made.high_s) / (low_s + high_s)


def is_contradicted(time_s: Figure, made: Flown) -> bool:
    """Whether range and apogee contradict a flight time, by more than the model may be off."""
    return miss(time_s.low, time_s.high, made) > TOLERANCE
