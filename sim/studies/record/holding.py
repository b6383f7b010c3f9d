"""Seeing is not tracking: how many launches are missed, by how long a track takes and how far radars reach.

A track is formed from some time in continuous sight, and a small or manoeuvring target is seen less far: of a tenth of
the echo a radar's range is left to 56 %, the fourth root (the radar equation). Neither value is public for any of
these radars, so both are asked for over what is plausible.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.draws.sights import track_of
from sim.flight.sight import sights
from sim.model.launch import Flight
from sim.model.ranges import TYPICAL
from sim.model.stage import Stage
from sim.scenario.catalogue import Record
from sim.studies.record.watch import LAUNCHER, Watch

REACHES = tuple(percent / 100 for percent in range(100, 15, -5))  # of a radar's range
LONGEST_S = 180  # of the times asked for, by the second

Doubles = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Holding:
    """Launches, and the longest that one sensor has each in sight without a break.

    stretch_s : float64 (reach, launch), seconds, 0 where it is never seen; its rows as in `REACHES`.
    """

    launches: tuple[Record, ...]
    stretch_s: Doubles

    @cached_property
    def n_missed(self) -> NDArray[np.int64]:
        """How many launches have no stretch so long, int64 (reach, second), the seconds 0 to `LONGEST_S`."""
        needs_s = np.arange(LONGEST_S + 1)
        is_held = (self.stretch_s[:, :, None] >= needs_s) & (self.stretch_s[:, :, None] > 0)
        return np.asarray((~is_held).sum(axis=1), np.int64)

    def only(self, holds: Callable[[Record], bool]) -> Holding:
        """The same of some launches."""
        kept = [place for place, one in enumerate(self.launches) if holds(one)]
        return Holding(tuple(self.launches[place] for place in kept), self.stretch_s[:, kept])

    def least_s(self, n: int) -> int | None:
        """How long a track must take, with radars that reach their whole range, for n launches to be missed.

        In whole seconds; None where no time asked for is enough.
        """
        return next((second for second, missed in enumerate(self.n_missed[0].tolist()) if missed >= n), None)

    def most_reach(self, n: int) -> float | None:
        """Below which share of their range radars must reach, tracks taking no time, for that; None where none does."""
        of_none = zip(REACHES, self.n_missed[:, 0].tolist(), strict=True)
        return next((reach for reach, missed in of_none if missed >= n), None)


def holding(watch: Watch, sensors: Sequence[Stage], start: str, stop: str) -> Holding:
    """Of the launches from one day to another whose flight is known; radars at their working range."""
    during = (one for one in watch.records if start <= one.date <= stop and one.kind != LAUNCHER)
    known = tuple(one for one in during if one.id in watch.flights)
    flights = [watch.flights[one.id][0] for one in known]
    stretches = [_longest_s(sensors, flight) for flight in flights]
    return Holding(known, np.array(stretches).reshape(len(known), len(REACHES)).T)


def _longest_s(sensors: Sequence[Stage], flight: Flight) -> list[float]:
    """The longest stretch in sight of one of them, by `REACHES`."""
    longest_s = [0.0] * len(REACHES)
    for sensor in (stage.sensor for stage in sensors if stage.sensor):
        range_m = sensor.reach_m(TYPICAL)
        wants = [(None if range_m is None else reach * range_m, 0.0) for reach in REACHES]
        for place, seen in enumerate(sights(sensor, track_of(flight), wants)):
            pieces_s = seen.pieces_s if seen else ()
            longest_s[place] = max([longest_s[place], *(end_s - start_s for start_s, end_s in pieces_s)])
    return longest_s
