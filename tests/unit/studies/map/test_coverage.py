"""What is seen at one height over a region, against the horizon, and the window of a map."""

from __future__ import annotations

import numpy as np
import pytest

from sim.flight.look import horizon_range_m, look
from sim.model.sensor import Place
from sim.studies.map.coverage import Window, coverages, window_of
from sim.studies.sight.find import sighting
from tests.looking import looking

SADO = Place(38.0, 138.4)
NO_WAY = np.array([])
AROUND = Window(126.0, 151.0, 28.0, 48.0)
ONLY_SADO = {"sensors__ship__out": "100 %", "sensors__sado__range": "1500 km"}


def seen_at(altitude_m: float, **sets: str):
    """Whether the grid around Sado is seen from there, and how far and in which direction its points lie."""
    found = sighting(looking(**ONLY_SADO | sets), "lofted")
    (one,) = coverages(found, ("tokyo",), AROUND, (altitude_m,))
    lons, lats = np.meshgrid(one.lon_deg, one.lat_deg)
    points = look(SADO, 1_000.0, lats, lons, np.full_like(lats, altitude_m))
    return one.margin >= 0, points


@pytest.mark.parametrize("altitude_m", [10e3, 50e3])
def test_it_ends_at_the_horizon(altitude_m: float) -> None:
    is_seen, points = seen_at(altitude_m)
    assert np.array_equal(is_seen, points.ground_m <= horizon_range_m(1_000, altitude_m))
    assert is_seen.any()
    assert not is_seen.all()


def test_it_ends_where_the_sensor_reaches_no_farther_and_at_the_edges_of_its_sector() -> None:
    is_seen, points = seen_at(50e3, sensors__sado__range="300 km")
    assert np.array_equal(is_seen, points.slant_m <= 300e3)
    is_seen, points = seen_at(10e3, sensors__sado__sector="{from: 90 deg, to: 180 deg}")
    is_inside = (points.azimuth_deg >= 90) & (points.azimuth_deg <= 180)
    assert np.array_equal(is_seen, is_inside & (points.ground_m <= horizon_range_m(1_000, 10e3)))


def test_satellites_and_what_is_always_out_have_none() -> None:
    found = sighting(looking(sensors__pine__out="100 %"), "lofted")
    assert [one.owner for one in coverages(found, found.owners, AROUND, (10e3,))] == ["tokyo"]


def test_a_window_has_all_places_with_room_around_and_the_shape_of_the_map() -> None:
    """Two places on the equator, 10 degrees apart: 12 wide with the room, so 6 high."""
    flat = window_of([Place(0, 120), Place(0, 130)], 1, 2, NO_WAY)
    assert (flat.west, flat.east, flat.south, flat.north) == (119, 131, -3, 3)
    tall = window_of([Place(-4, 120), Place(4, 120)], 1, 2, NO_WAY)
    assert (tall.west, tall.east, tall.south, tall.north) == (110, 130, -5, 5)
    assert Window(0, 1, 59, 61).squeeze == pytest.approx(0.5)  # cos 60°


def test_a_way_across_greenwich_or_the_date_line_is_not_torn_apart() -> None:
    cities = [Place(37.6, 127.0), Place(35.7, 139.7)]
    for launch, impact in ((359.5, 6.0), (-0.5, 6.0), (170.0, -170.0), (140.0, 5.0)):
        turn = (impact - launch) % 360
        way = (launch + np.linspace(0, turn, 50) + 180) % 360 - 180  # as geodesy counts
        window = window_of([*cities, Place(39, launch), Place(39, impact)], 1, 1.25, way)
        seen = window.across(way)
        assert np.abs(np.diff(seen)).max() < turn / 25
        assert window.west < seen.min()
        assert seen.max() < window.east
        assert window.across(127.0) == 127.0
