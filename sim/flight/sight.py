"""From when to when a sensor sees a flight.

A radar sees what is in its range and sector, high enough over its horizon and not hidden by the Earth.
A satellite sees the burning engine, from the clouds to burnout. The margin says by how much the
narrowest of these rules is kept. Sight begins and ends where one of them passes zero; where the margin
peaks between two points of the track it is followed to its peak, so the track's step does not show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.flight.look import look
from sim.flight.together import Curves, Doubles, Places, peaks, roots
from sim.flight.track import Track
from sim.model.sensor import Sensor
from sim.units import seconds

WITHIN_S = 1e-6
KM_M = 1000.0  # margins in kilometres, degrees and seconds are of one size

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Sight:
    """When a sensor first and last sees a flight, in seconds after launch, and how high it is then.

    Between the two it may lose the flight and find it again (a lofted one climbs out of a radar's
    range and falls back into it): `pieces_s` has from when to when each stretch in sight is, of those
    long enough for the sensor.
    """

    pieces_s: tuple[tuple[float, float], ...]
    first_altitude_m: float
    last_altitude_m: float

    @property
    def first_s(self) -> float:
        return self.pieces_s[0][0]

    @property
    def last_s(self) -> float:
        return self.pieces_s[-1][1]

    @property
    def n_pieces(self) -> int:
        return len(self.pieces_s)


def sights(sensor: Sensor, track: Track, wants: Sequence[tuple[float | None, float]]) -> list[Sight | None]:
    """When this sensor sees this flight, for many ranges and least stretches at once; None if it never does.

    wants : how far it reaches in m, None without limit; and how long a stretch in sight must be to count, microseconds
    """
    reach_m = np.array([np.inf if range_m is None else range_m for range_m, _ in wants])

    def margins(t_s: Doubles, which: Places) -> Doubles:
        times, place = np.unique(t_s, return_inverse=True)  # ranges that are not reached lead to the same moments
        points = np.concatenate([times[None], track.positions(times)])
        kept, slant_m = _rules(sensor, track.trajectory.burnout_s, points)
        return np.concatenate([kept[:, place], _reached(reach_m[which], slant_m[place])[None]])

    kept, slant_m = _along(sensor, track)
    along = np.minimum(kept.min(axis=0), _reached(reach_m[:, None], slant_m))
    moments = _with_peaks(margins, track.t_s, along, is_rounded=sensor.sector_deg is None)
    which, edges_s = _edges(margins, *moments)
    which, pieces_s = which[::2], edges_s.reshape(-1, 2)
    long = np.array([seconds(in_sight_us) for _, in_sight_us in wants])[which] <= pieces_s[:, 1] - pieces_s[:, 0]
    which, pieces_s = which[long], pieces_s[long]
    altitudes_m = track.trajectory.at(pieces_s.ravel())[1].reshape(-1, 2)
    first, stop = (np.searchsorted(which, np.arange(len(wants)), side).tolist() for side in ("left", "right"))
    return [
        Sight(tuple(map(tuple, pieces_s[a:b].tolist())), float(altitudes_m[a, 0]), float(altitudes_m[b - 1, 1]))
        if a < b
        else None
        for a, b in zip(first, stop, strict=True)
    ]


def in_view(sensor: Sensor, range_m: float | None, lat_deg: Doubles, lon_deg: Doubles, altitude_m: float) -> Doubles:
    """By how much points at one height keep the narrowest of a sensor's rules (km or degrees); negative: unseen.

    The places are arrays of one shape. Only zero has a meaning across rules: it is where sight ends.
    """
    points = np.stack([np.zeros_like(lat_deg), lat_deg, lon_deg, np.full_like(lat_deg, altitude_m)])
    kept, slant_m = _rules(sensor, np.inf, points)
    return np.asarray(np.minimum(kept.min(axis=0), _reached(np.inf if range_m is None else range_m, slant_m)))


@lru_cache(256)
def _along(sensor: Sensor, track: Track) -> tuple[Doubles, Doubles]:
    """`_rules` all along the track."""
    points = np.stack([track.t_s, track.lat_deg, track.lon_deg, track.altitude_m])
    return _rules(sensor, track.trajectory.burnout_s, points)


def _reached(reach_m: Doubles | float, slant_m: Doubles) -> Doubles:
    """By how much a sensor reaches farther than points are."""
    return np.asarray((reach_m - slant_m) / KM_M)


def _rules(sensor: Sensor, burnout_s: float, points: Doubles) -> tuple[Doubles, Doubles]:
    """By how much points keep each rule but that of the range, (rule, …); their distance in m, 0 from a satellite.

    Points, shape (4, …), are time, latitude, longitude and altitude; in sight where nothing is negative.
    """
    t_s, lat_deg, lon_deg, altitude_m = points
    kept: list[Doubles] = [(altitude_m - sensor.sees_above_m) / KM_M]
    if sensor.place is None:
        return np.stack([*kept, burnout_s - t_s]), np.zeros_like(t_s)
    seen = look(sensor.place, sensor.height_m, lat_deg, lon_deg, altitude_m)
    kept.append(seen.to_spare_m / KM_M)
    if sensor.min_elevation_deg:  # else it is the horizon again
        kept.append(seen.elevation_deg - sensor.min_elevation_deg)
    if sensor.sector_deg is not None:
        kept.append(_inside(seen.azimuth_deg, *sensor.sector_deg))
    return np.stack(kept), seen.slant_m


def _inside(azimuth_deg: Doubles, from_deg: float, to_deg: float) -> Doubles:
    """How far inside a sector, clockwise from one direction to another, in degrees; negative outside."""
    half = ((to_deg - from_deg) % 360 or 360) / 2
    off_middle = (azimuth_deg - from_deg - half + 180) % 360 - 180
    return np.asarray(half - np.abs(off_middle))


def _with_peaks(margins: Curves, times: Doubles, along: Doubles, *, is_rounded: bool) -> tuple[Places, Doubles, Flags]:
    """Moments in their order, whose they are, and whether it is in sight then, one range after another.

    They are those given, (time,), the peaks between them of a narrowest margin, (range, time), that is negative, and
    one more at either end of a flight, when nothing is in sight. A rounded peak rises between two times by no more
    than it falls to the next; that of a sector rises to a point, as a flight may pass overhead.
    """
    beyond = np.pad(along, ((0, 0), (1, 1)), constant_values=-np.inf)
    least = np.minimum(along - beyond[:, :-2], along - beyond[:, 2:])
    most = np.maximum(along - beyond[:, :-2], along - beyond[:, 2:]) if is_rounded else np.inf
    which, at = np.nonzero((least >= 0) & (along < 0) & (along + most >= 0))
    padded = np.pad(times, 1, mode="edge")
    tops = peaks(lambda t_s, some: margins(t_s, which[some]).min(axis=0), padded[at], padded[at + 2], WITHIN_S)
    order = np.lexsort((tops, which))
    which, tops = which[order], tops[order]
    places = which * len(padded) + 1 + np.searchsorted(times, tops, side="right")
    return (
        np.insert(np.repeat(np.arange(len(along)), len(padded)), places, which),
        np.insert(np.tile(padded, len(along)), places, tops),
        np.insert((beyond >= 0).ravel(), places, (margins(tops, which) >= 0).all(axis=0)),
    )


def _edges(margins: Curves, numbers: Places, times: Doubles, is_seen: Flags) -> tuple[Places, Doubles]:
    """When sight begins, ends, begins again, and so on, all of them in sight; of each range an even number.

    Between two moments each rule that is broken at one of them is kept from a moment of its own on, or up to it.
    """
    at = np.flatnonzero(is_seen[1:] != is_seen[:-1])
    is_end, which = is_seen[at], numbers[at]
    unseen, seen = times[at + is_end], times[at + 1 - is_end]
    rule, of = np.nonzero(margins(unseen, which) < 0)

    def margin(t_s: Doubles, some: Places) -> Doubles:
        return margins(t_s, which[of[some]])[rule[some], np.arange(len(some))]

    kept_s, edges_s = roots(margin, unseen[of], seen[of], WITHIN_S), unseen.copy()
    for narrowed, here in ((np.maximum, ~is_end[of]), (np.minimum, is_end[of])):
        narrowed.at(edges_s, of[here], kept_s[here])
    return which, edges_s
