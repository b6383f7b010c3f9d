"""From when to when a sensor sees a flight.

A radar sees what is in its range and sector, high enough over its horizon and not hidden by the Earth.
A satellite sees the burning engine, from the clouds to burnout. The margin says by how much the
narrowest of these rules is kept. Sight begins and ends where it passes zero, found by bisection; where
it peaks between two points of the track it is followed to its peak, so the track's step does not show.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.flight.look import Doubles, look
from sim.flight.roots import Curve, peak, root
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


def sight(sensor: Sensor, track: Track, range_m: float | None, in_sight_us: float = 0) -> Sight | None:
    """When this sensor sees this flight; None if it never does.

    range_m : how far it reaches, None without limit; in_sight_us : how long a stretch in sight must be to count.
    """

    def margin(t_s: float) -> float:
        widest, slant_m = _at(sensor, track, t_s)  # then as `_within`: of one number, arrays take far longer
        return widest if range_m is None else min(widest, (range_m - slant_m) / KM_M)

    edges = _edges(margin, *_with_peaks(margin, track.t_s, _within(range_m, *_along(sensor, track))))
    stretches = zip(edges[::2], edges[1::2], strict=True)
    pieces = tuple((start_s, end_s) for start_s, end_s in stretches if end_s - start_s >= seconds(in_sight_us))
    if not pieces:
        return None
    first_m, last_m = (track.trajectory.at(t_s)[1] for t_s in (pieces[0][0], pieces[-1][1]))
    return Sight(pieces, first_m, last_m)


def in_view(sensor: Sensor, range_m: float | None, lat_deg: Doubles, lon_deg: Doubles, altitude_m: float) -> Doubles:
    """By how much points at one height keep the narrowest of a sensor's rules (km or degrees); negative: unseen.

    The places are arrays of one shape. Only zero has a meaning across rules: it is where sight ends.
    """
    points = np.stack([np.zeros_like(lat_deg), lat_deg, lon_deg, np.full_like(lat_deg, altitude_m)])
    return _within(range_m, *_margins(sensor, np.inf, points))


@lru_cache(1 << 16)
def _at(sensor: Sensor, track: Track, t_s: float) -> tuple[float, float]:
    """The margin and the distance at one moment; kept, since ranges that are not reached lead to the same moments."""
    margin, slant_m = _margins(sensor, track.trajectory.burnout_s, np.array([t_s, *track.position(t_s)]))
    return float(margin), float(slant_m)


@lru_cache(256)
def _along(sensor: Sensor, track: Track) -> tuple[Doubles, Doubles]:
    """The same all along the track."""
    points = np.stack([track.t_s, track.lat_deg, track.lon_deg, track.altitude_m])
    return _margins(sensor, track.trajectory.burnout_s, points)


def _within(range_m: float | None, margin: Doubles, slant_m: Doubles) -> Doubles:
    """The margin where a sensor reaches so far."""
    return margin if range_m is None else np.minimum(margin, (range_m - slant_m) / KM_M)


def _margins(sensor: Sensor, burnout_s: float, points: Doubles) -> tuple[Doubles, Doubles]:
    """The margin of points, however far the sensor reaches, and how far they are in metres, 0 from a satellite.

    Points, shape (4, …), are time, latitude, longitude and altitude; in sight where the margin is not negative.
    """
    t_s, lat_deg, lon_deg, altitude_m = points
    kept: list[Doubles] = [(altitude_m - sensor.sees_above_m) / KM_M]
    if sensor.place is None:
        return np.asarray(np.minimum(kept[0], burnout_s - t_s)), np.zeros_like(t_s)
    seen = look(sensor.place, sensor.height_m, lat_deg, lon_deg, altitude_m)
    kept.append(seen.to_spare_m / KM_M)
    if sensor.min_elevation_deg:  # else it is the horizon again
        kept.append(seen.elevation_deg - sensor.min_elevation_deg)
    if sensor.sector_deg is not None:
        kept.append(_inside(seen.azimuth_deg, *sensor.sector_deg))
    return np.asarray(np.minimum.reduce(kept)), seen.slant_m


def _inside(azimuth_deg: Doubles, from_deg: float, to_deg: float) -> Doubles:
    """How far inside a sector, clockwise from one direction to another, in degrees; negative outside."""
    half = ((to_deg - from_deg) % 360 or 360) / 2
    off_middle = (azimuth_deg - from_deg - half + 180) % 360 - 180
    return np.asarray(half - np.abs(off_middle))


def _with_peaks(margin: Curve, times: Doubles, margins: Doubles) -> tuple[Doubles, Flags]:
    """Times, and whether it is in sight then: those given, and between them the peaks of a margin that is negative."""
    before, after = np.append(-np.inf, margins[:-1]), np.append(margins[1:], -np.inf)
    tops = np.flatnonzero((margins < 0) & (margins >= before) & (margins >= after))
    left, right = np.append(times[:1], times[:-1]), np.append(times[1:], times[-1:])
    peaks = np.array([peak(margin, float(left[i]), float(right[i]), WITHIN_S) for i in tops])
    every = np.append(times, peaks)
    is_seen = np.append(margins >= 0, [margin(t_s) >= 0 for t_s in peaks])
    order = np.argsort(every, kind="stable")
    return every[order], is_seen[order]


def _edges(margin: Curve, times: Doubles, is_seen: Flags) -> list[float]:
    """When sight begins, ends, begins again, and so on: an even number of moments, all of them in sight."""
    edges = [float(times[0])] if is_seen[0] else []
    for i in np.flatnonzero(is_seen[1:] != is_seen[:-1]):
        unseen, seen = (i, i + 1) if is_seen[i + 1] else (i + 1, i)
        edges.append(root(margin, float(times[unseen]), float(times[seen]), WITHIN_S))
    return [*edges, float(times[-1])] if is_seen[-1] else edges
