"""Level flight inside the air: up to the apogee, on at that height, and down again."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.flight.earth import GRAVITY_M_S2

if TYPE_CHECKING:
    from sim.flight.together import Doubles


@dataclass(frozen=True)
class LevelFlight:
    """A parabola of the reported apogee, cut open at its top, where level flight is put in.

    Its clock is zero where it first reaches the apogee, `apogee_downrange_m` along the ground; the
    speed over the ground is the same throughout.
    """

    apogee_m: float
    apogee_downrange_m: float
    ground_speed_m_s: float
    level_s: float

    @property
    def fall_s(self) -> float:
        """From first reaching the apogee to impact."""
        return self.level_s + math.sqrt(2 * self.apogee_m / GRAVITY_M_S2)

    def at(self, after_apogee_s: Doubles) -> tuple[Doubles, Doubles]:
        """Downrange and altitude in metres."""
        import numpy as np  # a check needs none

        off_level_s = np.maximum(np.maximum(-after_apogee_s, after_apogee_s - self.level_s), 0.0)
        altitude = self.apogee_m - GRAVITY_M_S2 * off_level_s**2 / 2
        return self.apogee_downrange_m + self.ground_speed_m_s * after_apogee_s, altitude
