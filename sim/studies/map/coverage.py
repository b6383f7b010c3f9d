"""What an owner's sensors see of the sky over a region, at one height."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sim.flight.sight import in_view
from sim.flight.together import Doubles
from sim.model.sensor import Place
from sim.studies.sight.find import Sighting
from sim.studies.sight.say import compared

N_POINTS = 481  # of a side of the grid: some 3 km over the region
CITIES = {"seoul": Place(37.6, 127.0), "tokyo": Place(35.7, 139.7)}  # of the map, to a tenth of a degree
ALTITUDES_M = (10_000.0, 50_000.0)
SHAPE, PAD_DEG = 1.25, 2.5  # width over height; around what must be seen


@dataclass(frozen=True)
class Window:
    """A part of the Earth, degrees: from west to east, from south to north; those west of Greenwich may be below 0."""

    west: float
    east: float
    south: float
    north: float

    @property
    def squeeze(self) -> float:
        """How long a degree of longitude is at the middle latitude, in degrees of latitude."""
        return float(np.cos(np.radians((self.south + self.north) / 2)))

    def across(self, lon_deg: ArrayLike) -> Doubles:
        """Meridians as the map counts them: once around the Earth from its western edge on."""
        return around(lon_deg, self.west)


@dataclass(frozen=True, eq=False)
class Coverage:
    """Whether any of an owner's sensors sees a point at this height: where `margin` is not negative.

    lon_deg, shape (n,); lat_deg, shape (m,); margin, shape (m, n).
    """

    owner: str
    altitude_m: float
    lon_deg: Doubles
    lat_deg: Doubles
    margin: Doubles


@dataclass(frozen=True, eq=False)
class Region:
    """The part of the Earth around a launch, and what the owners that are compared see over it."""

    window: Window
    coverages: tuple[Coverage, ...]


def region_of(found: Sighting) -> Region:
    """Around the track, the sensors and both cities."""
    lat_deg, lon_deg = found.track.lat_deg, found.track.lon_deg
    ends = [Place(float(lat_deg[i]), float(lon_deg[i])) for i in (0, -1)]
    sensors = [seen.sensor.place for seen in found.sensors if seen.sensor.place]
    window = window_of([*ends, *CITIES.values(), *sensors], PAD_DEG, SHAPE, lon_deg)
    return Region(window, coverages(found, compared(found), window, ALTITUDES_M))


def coverages(
    found: Sighting, owners: tuple[str, ...], window: Window, altitudes_m: tuple[float, ...]
) -> tuple[Coverage, ...]:
    """Of owners with a sensor on the Earth, at its typical range; those always out of service are left out."""
    lon_deg = np.linspace(window.west, window.east, N_POINTS)
    lat_deg = np.linspace(window.south, window.north, N_POINTS)
    lons, lats = np.meshgrid(lon_deg, lat_deg)
    every = []
    for owner in owners:
        own = [one for one in found.sensors if one.sensor.owner == owner and one.sensor.place and one.out < 1]
        for altitude_m in altitudes_m if own else ():
            margins = [in_view(one.sensor, one.range_m, lats, lons, altitude_m) for one in own]
            every.append(Coverage(owner, altitude_m, lon_deg, lat_deg, np.maximum.reduce(margins)))
    return tuple(every)


def window_of(places: list[Place], pad_deg: float, shape: float, way_deg: Doubles) -> Window:
    """The part of the Earth around places; `shape` is its width over its height on the map, and the meridians of a
    way lie all in it."""
    lats, lons = (np.array([getattr(place, name) for place in places]) for name in ("lat_deg", "lon_deg"))
    lons = around(lons, westernmost(np.concatenate([lons, way_deg])))
    south, north = float(lats.min()) - pad_deg, float(lats.max()) + pad_deg
    west, east = float(lons.min()) - pad_deg, float(lons.max()) + pad_deg
    squeeze = Window(west, east, south, north).squeeze
    more_lon = max(0.0, shape * (north - south) / squeeze - (east - west)) / 2
    more_lat = max(0.0, (east - west) * squeeze / shape - (north - south)) / 2
    return Window(west - more_lon, east + more_lon, max(south - more_lat, -89.0), min(north + more_lat, 89.0))


def westernmost(lon_deg: Doubles) -> float:
    """The first meridian east of the widest gap between some, counted so that Seoul's is not less."""
    turned = np.sort(lon_deg % 360)
    first = float(turned[np.argmax(np.diff(turned, prepend=turned[-1] - 360))])
    return first if first <= CITIES["seoul"].lon_deg else first - 360


def around(lon_deg: ArrayLike, west: float) -> Doubles:
    """Meridians once around the Earth, from one on."""
    turned = np.asarray(lon_deg) % 360
    found: Doubles = turned + 360 * ((turned < west) * 1.0 - (turned >= west + 360) * 1.0)
    return found
