"""Between places on the Earth's ellipsoid, WGS 84.

`azimuth_and_range` is exact (Karney, Algorithms for geodesics, Journal of Geodesy 87, 2013, in geographiclib).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from geographiclib.geodesic import Geodesic
from geographiclib.geodesicline import GeodesicLine

from sim.flight.together import Doubles
from sim.model.sensor import Place

WGS84 = Geodesic.WGS84
N_KNOTS = 24  # of the longest way, half round the Earth, that leaves 1e-12 degrees; of shorter ones less


def azimuth_and_range(origin: Place, impact: Place) -> tuple[float, float]:
    """The shortest way from one place to another: azimuth there in degrees, 0 to 360 from north; length in metres."""
    found = WGS84.Inverse(origin.lat_deg, origin.lon_deg, impact.lat_deg, impact.lon_deg)
    return found["azi1"] % 360, found["s12"]


def line(origin: Place, azimuth_deg: float) -> GeodesicLine:
    """The way that starts at a place in a direction."""
    return WGS84.Line(origin.lat_deg, origin.lon_deg, azimuth_deg)


def place_on(way: GeodesicLine, distance_m: float) -> Place:
    """Where one is after so many metres of a way."""
    found = way.Position(distance_m, WGS84.LATITUDE | WGS84.LONGITUDE)
    return Place(found["lat2"], found["lon2"])


def places_on(origin: Place, azimuth_deg: float, length_m: float, distance_m: Doubles) -> tuple[Doubles, Doubles]:
    """Latitudes and longitudes in degrees, (n,), so many metres along a way of this length.

    The direction upwards turns so evenly on the way that Chebyshev polynomials through few places have the others.
    """
    angle = np.arccos(np.clip(2 * distance_m / length_m - 1, -1, 1))
    x, y, z = (np.cos(np.outer(angle, np.arange(N_KNOTS))) @ _upwards(origin, azimuth_deg, length_m)).T
    return np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))


@lru_cache(256)
def _upwards(origin: Place, azimuth_deg: float, length_m: float) -> Doubles:
    """The direction upwards all along a way, by polynomial and axis."""
    angle, way = np.pi * (np.arange(N_KNOTS) + 0.5) / N_KNOTS, line(origin, azimuth_deg)
    knots = [place_on(way, metres) for metres in ((np.cos(angle) + 1) / 2 * length_m).tolist()]
    lat, lon = np.radians([[knot.lat_deg for knot in knots], [knot.lon_deg for knot in knots]])
    up = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    found = 2 / N_KNOTS * np.cos(np.outer(np.arange(N_KNOTS), angle)) @ up
    found[0] /= 2
    return np.asarray(found)
