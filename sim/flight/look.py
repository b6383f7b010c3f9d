"""How an antenna would see points above the Earth: how far, in which direction, how high over its horizon.

Air bends radio waves down. As is usual, the Earth is given 4/3 of its radius instead and the ray is
straight (US Federal Standard 1037C, effective Earth radius).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sim.flight.earth import RADIUS_M
from sim.flight.geodesy import WGS84
from sim.flight.together import Doubles
from sim.model.sensor import Place

BENT = 4 / 3  # effective over true radius of the Earth, for radio waves near the ground


@dataclass(frozen=True, eq=False)
class Look:
    """Points as seen from an antenna: arrays of one shape.

    ground_m : along the ground; slant_m : straight through space; azimuth_deg : 0 to 360 from north.
    elevation_deg : above the antenna's own horizon.
    to_spare_m : how much farther a point of this height could be before the Earth hid it; negative: it is hidden.
    """

    ground_m: Doubles
    slant_m: Doubles
    azimuth_deg: Doubles
    elevation_deg: Doubles
    to_spare_m: Doubles


def horizon_range_m(antenna_m: float, target_m: float, bend: float = BENT) -> float:
    """The farthest along the ground, in metres, that an antenna sees a target; both heights above the sea.

    The length of the ray that just touches the ground, k R (acos(k R / (k R + a)) + acos(k R / (k R + t))),
    with k the bend.
    """
    return float(_to_horizon_m(antenna_m, bend) + _to_horizon_m(target_m, bend))


def look(place: Place, height_m: float, lat_deg: Doubles, lon_deg: Doubles, altitude_m: Doubles) -> Look:
    """Points, by latitude, longitude and altitude, as an antenna sees them, hidden or not."""
    foot, up, east, north = _stand(place)
    feet, ups = _foot_and_up(lat_deg, lon_deg)
    away = feet - foot
    ground_m = 2 * RADIUS_M * np.arcsin(np.linalg.norm(away, axis=-1) / (2 * RADIUS_M))
    return Look(
        ground_m=ground_m,
        slant_m=np.linalg.norm(away + altitude_m[..., None] * ups - height_m * up, axis=-1),
        azimuth_deg=np.degrees(np.arctan2(away @ east, away @ north)) % 360,
        elevation_deg=np.degrees(_elevation(ground_m, height_m, altitude_m)),
        to_spare_m=_to_horizon_m(height_m, BENT) + _to_horizon_m(altitude_m, BENT) - ground_m,
    )


@lru_cache(256)
def _stand(place: Place) -> tuple[Doubles, Doubles, Doubles, Doubles]:
    """Where an antenna stands, from the Earth's centre, and the directions up, east and north from there."""
    foot, up = _foot_and_up(np.asarray(place.lat_deg), np.asarray(place.lon_deg))
    east = np.cross([0.0, 0.0, 1.0], up) / np.hypot(up[0], up[1])
    return foot, up, east, np.cross(up, east)


def _foot_and_up(lat_deg: Doubles, lon_deg: Doubles) -> tuple[Doubles, Doubles]:
    """Points of the ellipsoid and the directions up from there, from the Earth's centre: shape (…, 3), metres and 1."""
    lat, lon = np.radians(lat_deg), np.radians(lon_deg)
    up = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)
    squeeze = 1 - WGS84.f
    across = WGS84.a / np.sqrt(np.cos(lat) ** 2 + (squeeze * np.sin(lat)) ** 2)
    return across[..., None] * up * [1.0, 1.0, squeeze**2], up


def _to_horizon_m(height_m: Doubles | float, bend: float) -> Doubles:
    """How far along the ground the horizon of a height is: k R acos(k R / (k R + h)), exact near the ground too."""
    height = np.maximum(height_m, 0.0)
    return np.asarray(2 * bend * RADIUS_M * np.arcsin(np.sqrt(height / (bend * RADIUS_M + height) / 2)))


def _elevation(ground_m: Doubles, antenna_m: float, altitude_m: Doubles) -> Doubles:
    """Above the antenna's own horizon, in radians, on the bent Earth."""
    radius_m = BENT * RADIUS_M
    angle = ground_m / radius_m
    over = (radius_m + altitude_m) * np.cos(angle) - (radius_m + antenna_m)
    return np.arctan2(over, (radius_m + altitude_m) * np.sin(angle)) + _to_horizon_m(antenna_m, BENT) / radius_m
