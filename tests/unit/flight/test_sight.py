"""From when to when a sensor sees a flight.

Most flights here go straight up and down at one place, so the distance is given and what is seen first has a
closed form. Heights are held to 20 m: the sphere of the closed forms and the ellipsoid differ by no more.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.flight.earth import RADIUS_M
from sim.flight.geodesy import azimuth_and_range, line, place_on
from sim.flight.look import horizon_range_m, look
from sim.flight.sight import Sight
from sim.flight.track import Track, track
from sim.flight.trajectory import trajectory
from sim.model.sensor import Place, Sensor
from tests.sensors import radar, satellite, sight

BENT_M = RADIUS_M * 4 / 3
WONSAN = Place(39.1677, 127.4817)
STRAIGHT_UP = track(WONSAN, 0, trajectory(1, 500e3))
LOFTED = track(WONSAN, 75, trajectory(450e3, 910e3))


def away(distance_m: float, azimuth_deg: float = 90) -> Place:
    """A place so far from where the flights begin."""
    return place_on(line(WONSAN, azimuth_deg), distance_m)


def radar_at(place: Place, height_m: float = 0.0, **fields: object) -> Sensor:
    return radar(place.lat_deg, place.lon_deg, height_m, **fields)


def seen(sensor: Sensor, track: Track, range_m: float | None = None) -> Sight:
    found = sight(sensor, track, range_m)
    assert found is not None
    return found


def test_the_horizon_of_300_m_is_71_km_away() -> None:
    """√(2 k R h) = √(2 · 8,494.7 km · 0.3 km) = 71.39 km; the exact form differs by a millionth or so."""
    assert horizon_range_m(300, 0) == pytest.approx(71_390, abs=10)


def test_two_heights_see_each_other_over_the_sum_of_their_horizons() -> None:
    assert horizon_range_m(300, 50e3) == pytest.approx(horizon_range_m(300, 0) + horizon_range_m(0, 50e3))
    assert horizon_range_m(50e3, 300) == pytest.approx(horizon_range_m(300, 50e3))


def test_the_horizon_is_the_arc_whose_cosine_is_that_of_the_formula() -> None:
    """At a height of a third of k R the angle is acos(3/4)."""
    assert horizon_range_m(0, BENT_M / 3) == pytest.approx(BENT_M * math.acos(0.75))


@pytest.mark.parametrize("distance_m", [250e3, 500e3, 1_000e3])
@pytest.mark.parametrize("antenna_m", [0.0, 20.0, 1_042.0])
def test_it_comes_over_the_horizon_and_goes_below_it_at_the_same_height(distance_m: float, antenna_m: float) -> None:
    """h = k R (1 / cos((d − d₀) / k R) − 1), where d₀ is the antenna's own horizon."""
    found = seen(radar_at(away(distance_m), antenna_m), STRAIGHT_UP)
    height_m = BENT_M * (1 / math.cos((distance_m - horizon_range_m(antenna_m, 0)) / BENT_M) - 1)
    assert found.first_altitude_m == pytest.approx(height_m, abs=20)
    assert found.last_altitude_m == pytest.approx(height_m, abs=20)
    assert found.n_pieces == 1


def test_what_is_first_seen_is_where_the_track_is_at_that_time() -> None:
    found = seen(radar_at(away(500e3), 20), LOFTED)
    assert found.first_altitude_m == LOFTED.trajectory.altitude_m(found.first_s)
    assert found.last_altitude_m == LOFTED.trajectory.altitude_m(found.last_s)


@pytest.mark.parametrize("elevation_deg", [2.0, 5.0, 20.0])
def test_it_climbs_to_the_least_elevation(elevation_deg: float) -> None:
    """k R + h = k R cos e / cos(s / k R + e): the sine rule in Earth's centre, antenna, missile."""
    found = seen(radar_at(away(300e3), min_elevation_deg=elevation_deg), STRAIGHT_UP)
    e = math.radians(elevation_deg)
    height_m = BENT_M * (math.cos(e) / math.cos(300e3 / BENT_M + e) - 1)
    assert found.first_altitude_m == pytest.approx(height_m, abs=60)


def test_elevation_counts_from_the_antenna_s_own_horizon() -> None:
    """From 1,042 m the horizon is 0.9 degrees below the level, acos(k R / (k R + h))."""
    dip_deg = math.degrees(math.acos(BENT_M / (BENT_M + 1_042)))
    at_level = seen(radar_at(away(300e3), 1_042, min_elevation_deg=dip_deg), STRAIGHT_UP)
    height_m = (BENT_M + 1_042) / math.cos(300e3 / BENT_M) - BENT_M
    assert dip_deg == pytest.approx(0.9, abs=0.005)
    assert at_level.first_altitude_m == pytest.approx(height_m, abs=20)


def test_below_its_horizon_an_aircraft_sees_down_to_the_ground_but_not_through_it() -> None:
    """Its horizon is 391 km away; at 500 km a missile is hidden up to k R (1 / cos(109 km / k R) − 1) = 0.7 km."""
    looking_down = {"min_elevation_deg": -5.0, "field": "air"}
    near = seen(radar_at(away(300e3), 9_000, **looking_down), STRAIGHT_UP)
    far = seen(radar_at(away(500e3), 9_000, **looking_down), STRAIGHT_UP)
    hidden_m = BENT_M * (1 / math.cos((500e3 - horizon_range_m(9_000, 0)) / BENT_M) - 1)
    assert near.first_s == 0
    assert far.first_altitude_m == pytest.approx(hidden_m, abs=20)


def test_out_of_range_it_is_lost_and_found_again() -> None:
    """Straight above the antenna the range is the altitude; the apogee is 500 km."""
    found = seen(radar_at(WONSAN), STRAIGHT_UP, range_m=499e3)
    assert (found.first_s, found.last_s) == pytest.approx((0, STRAIGHT_UP.trajectory.flight_time_s), abs=1e-3)
    assert found.n_pieces == 2
    assert seen(radar_at(WONSAN), STRAIGHT_UP, range_m=501e3).n_pieces == 1


def test_a_stretch_shorter_than_a_sensor_needs_is_not_seen() -> None:
    """Beside the launch, on the way up and on the way down: the longer of the two is left, or none."""
    both = seen(radar_at(away(30e3)), LOFTED, range_m=100e3).pieces_s
    (up, *_), lengths = both, [end_s - start_s for start_s, end_s in both]
    wants_us = round(max(lengths) * 1e6) - 1
    longer = sight(radar_at(away(30e3)), LOFTED, 100e3, wants_us)
    assert longer
    assert longer.pieces_s == (both[lengths.index(max(lengths))],)
    assert sight(radar_at(away(30e3)), LOFTED, 100e3, round(up[1] * 1e6) + 1_000_000_000) is None


@pytest.mark.parametrize("height_m", [0.0, 300e3])
def test_range_is_the_straight_way_through_space(height_m: float) -> None:
    """The law of cosines at the Earth's centre: d² = R² + r² − 2 R r cos(s / R)."""
    place, r = away(300e3), RADIUS_M + height_m
    found = look(place, 0.0, *(np.array([x]) for x in (WONSAN.lat_deg, WONSAN.lon_deg, height_m)))
    straight_m = math.sqrt(RADIUS_M**2 + r**2 - 2 * RADIUS_M * r * math.cos(300e3 / RADIUS_M))
    assert found.slant_m[0] == pytest.approx(straight_m, abs=20)


@pytest.mark.parametrize(("from_deg", "to_deg"), [(30.0, 40.0), (350.0, 40.0)])
def test_it_enters_and_leaves_a_sector_at_its_edges(from_deg: float, to_deg: float) -> None:
    """Seen from 200 km south of the launch, a flight to the east goes from due north to the north-east."""
    place = away(200e3, 180)
    found = seen(radar_at(place, 500, sector_deg=(from_deg, to_deg)), LOFTED)
    first_deg, last_deg = (
        azimuth_and_range(place, Place(lat_deg, lon_deg))[0]
        for lat_deg, lon_deg, _ in LOFTED.positions(np.array([found.first_s, found.last_s])).T
    )
    assert first_deg == pytest.approx(max(from_deg % 350, 1), abs=1)
    assert last_deg == pytest.approx(40, abs=0.02)


def test_a_sector_the_flight_never_enters_shows_nothing() -> None:
    assert sight(radar_at(away(200e3, 180), 500, sector_deg=(90, 330)), LOFTED, None) is None


def test_a_sector_all_the_way_round_hides_nothing() -> None:
    place = away(200e3, 180)
    all_round, free = (seen(radar_at(place, 500, **fields), LOFTED) for fields in ({"sector_deg": (0, 360)}, {}))
    assert np.array(all_round.pieces_s) == pytest.approx(np.array(free.pieces_s), abs=1e-5)


def test_a_satellite_sees_the_engine_burn_above_the_clouds() -> None:
    found = seen(satellite(sees_above_m=8_000), LOFTED)
    assert found.first_altitude_m == pytest.approx(8_000, abs=0.1)
    assert found.last_s == pytest.approx(LOFTED.trajectory.burnout_s, abs=1e-3)


def test_a_satellite_misses_an_engine_that_stops_below_the_clouds() -> None:
    assert sight(satellite(sees_above_m=20_000), track(WONSAN, 75, trajectory(230e3, 30e3)), None) is None


def test_too_far_away_it_is_never_seen() -> None:
    assert sight(radar_at(away(4_000e3), 1_000), STRAIGHT_UP, None) is None
    assert sight(radar_at(away(300e3), 1_000), STRAIGHT_UP, 200e3) is None


@pytest.mark.parametrize("every", [2, 7, 40])
@pytest.mark.parametrize("range_m", [None, 900e3])
def test_the_step_of_the_track_does_not_show(every: int, range_m: float | None) -> None:
    """To 1 ms; the last point of a coarser track is the impact, as of a finer one."""
    keep = np.unique(np.append(np.arange(0, len(LOFTED.t_s), every), len(LOFTED.t_s) - 1))
    arrays = ("t_s", "lat_deg", "lon_deg", "altitude_m")
    coarse = replace(LOFTED, **{name: getattr(LOFTED, name)[keep] for name in arrays})
    for sensor in (radar_at(away(500e3), 20), radar_at(away(700e3, 200), 900), satellite(8_000)):
        fine, found = seen(sensor, LOFTED, range_m), seen(sensor, coarse, range_m)
        assert (found.first_s, found.last_s) == pytest.approx((fine.first_s, fine.last_s), abs=1e-3)


def test_a_glimpse_between_two_points_of_the_track_is_found() -> None:
    """Of a missile seen only in its topmost 5 cm: 2 √(2 h / g) = 0.22 s, with g = 8.44 m/s² at 500 km."""
    found = seen(radar_at(away(100e3), sees_above_m=500e3 - 0.05), STRAIGHT_UP)
    assert found.last_s - found.first_s == pytest.approx(2 * math.sqrt(2 * 0.05 / 8.44), abs=0.01)
    assert (found.first_s + found.last_s) / 2 == pytest.approx(STRAIGHT_UP.trajectory.apogee_s, abs=0.01)


@settings(deadline=None, max_examples=40)
@given(distance_m=st.floats(300e3, 1_500e3), bearing_deg=st.floats(165, 345), antenna_m=st.floats(0, 2_000))
def test_a_higher_antenna_and_a_longer_reach_see_no_later(
    distance_m: float, bearing_deg: float, antenna_m: float
) -> None:
    """Behind the launch, so all of it is beyond its horizon; a higher antenna has more low ground below its own."""
    place = away(distance_m, bearing_deg)
    plain = sight(radar_at(place, antenna_m), LOFTED, 900e3)
    higher = sight(radar_at(place, antenna_m + 300), LOFTED, 900.3e3)
    longer = sight(radar_at(place, antenna_m), LOFTED, 1_000e3)
    for better in (higher, longer) if plain else ():
        assert better is not None
        assert better.first_s <= plain.first_s + 1e-3
        assert better.last_s >= plain.last_s - 1e-3


@pytest.mark.parametrize("distance_m", [1e3, 300e3, 1_000e3, 2_000e3])
@pytest.mark.parametrize("bearing_deg", [10.0, 135.0, 275.0])
def test_distance_and_direction_are_those_of_the_geodesic(distance_m: float, bearing_deg: float) -> None:
    """To 0.02 % and 0.05 degrees of Karney's geodesic, in geographiclib."""
    place = away(distance_m, bearing_deg)
    found = look(WONSAN, 0.0, *(np.array([x]) for x in (place.lat_deg, place.lon_deg, 0.0)))
    assert found.ground_m[0] == pytest.approx(distance_m, rel=2e-4)
    assert found.azimuth_deg[0] == pytest.approx(bearing_deg, abs=0.05)


def test_a_sector_that_a_flight_passes_in_less_than_a_step_is_seen_from_below() -> None:
    """Nearly overhead it swings round within a second, so that its margin rises to a point between two steps."""
    below = place_on(line(WONSAN, 75), 200e3)
    beside = place_on(line(below, 345), 100.0)
    sensor = radar_at(beside, sector_deg=(160, 170))
    times = seen(sensor, LOFTED).pieces_s
    assert all(0 < end_s - start_s < 1 for start_s, end_s in times)
    assert len(times) == 1
