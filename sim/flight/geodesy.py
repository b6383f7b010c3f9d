"""Between places on the Earth's ellipsoid, WGS 84.

`azimuth_and_range` is exact (Karney, Algorithms for geodesics, Journal of Geodesy 87, 2013, in geographiclib).
"""

from __future__ import annotations

from functools import lru_cache

from geographiclib.geodesic import Geodesic
from geographiclib.geodesicline import GeodesicLine

from sim.model.sensor import Place

WGS84 = Geodesic.WGS84


def azimuth_and_range(origin: Place, impact: Place) -> tuple[float, float]:
    """The shortest way from one place to another: azimuth there in degrees, 0 to 360 from north; length in metres."""
    found = WGS84.Inverse(origin.lat_deg, origin.lon_deg, impact.lat_deg, impact.lon_deg)
    return found["azi1"] % 360, found["s12"]


@lru_cache(64)
def line(origin: Place, azimuth_deg: float) -> GeodesicLine:
    """The way that starts at a place in a direction; kept, since a flight asks for it at every moment."""
    return WGS84.Line(origin.lat_deg, origin.lon_deg, azimuth_deg)


def place_on(way: GeodesicLine, distance_m: float) -> Place:
    """Where one is after so many metres of a way."""
    found = way.Position(distance_m)
    return Place(found["lat2"], found["lon2"])
