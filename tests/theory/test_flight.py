"""Flight and sight against closed forms, and against the arithmetic of the public evidence.

Formulas of ballistic missiles: Bate, Mueller and White, Fundamentals of Astrodynamics (1971), chapter 6.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.flight.earth import GM_M3_S2, GRAVITY_M_S2, RADIUS_M
from sim.flight.ellipse import FreeFlight, free_flight
from sim.flight.geodesy import azimuth_and_range
from sim.flight.look import BENT, horizon_range_m
from sim.model.sensor import Place

WONSAN = Place(39.1677, 127.4817)


def launch_speed_m_s(flight: FreeFlight) -> float:
    return flight.state(-flight.impact_anomaly).speed_m_s


@pytest.mark.parametrize("range_m", [300e3, 2_700e3, 10_000e3])
def test_the_flight_of_least_energy_has_its_speed_and_angle(range_m: float) -> None:
    """With b half the range angle: h = R (sin b + cos b − 1) / 2, v² = 2 GM/R sin b / (1 + sin b), 45° − b/2."""
    b = range_m / RADIUS_M / 2
    apogee_m = RADIUS_M * (math.sin(b) + math.cos(b) - 1) / 2
    flight = free_flight(range_m, apogee_m)
    start = flight.state(-flight.impact_anomaly)
    least = math.sqrt(2 * GM_M3_S2 / RADIUS_M * math.sin(b) / (1 + math.sin(b)))
    assert start.speed_m_s == pytest.approx(least, rel=1e-12)
    assert math.atan2(start.climb_m_s, start.ground_speed_m_s) == pytest.approx(math.pi / 4 - b / 2, rel=1e-9)
    assert all(launch_speed_m_s(free_flight(range_m, apogee_m * other)) > least for other in (0.9, 1.1))


@pytest.mark.parametrize("apogee_m", [1e3, 500e3, 6_000e3, 100_000e3])
def test_a_shot_straight_up_falls_as_a_stone_does(apogee_m: float) -> None:
    """From r at rest to R: √(r³ / 2 GM) (√(x (1 − x)) + acos √x), x = R / r; here acos √x is asin √(1 − x)."""
    r = RADIUS_M + apogee_m
    x, rest = RADIUS_M / r, apogee_m / r
    falls_s = math.sqrt(r**3 / (2 * GM_M3_S2)) * (math.sqrt(x * rest) + math.asin(math.sqrt(rest)))
    assert free_flight(0.01, apogee_m).fall_s == pytest.approx(falls_s, rel=1e-9)


def test_a_low_short_flight_is_the_parabola_of_a_flat_earth() -> None:
    """√(2 h / g) from the apogee, and three quarters of its height at half that time."""
    flight = free_flight(1e3, 250)
    assert flight.fall_s == pytest.approx(math.sqrt(2 * 250 / GRAVITY_M_S2), rel=2e-4)
    assert np.ravel(flight.at(np.array([flight.fall_s / 2]))) == pytest.approx([750, 187.5], rel=2e-4)


def test_a_flight_half_way_round_just_above_the_ground_is_an_orbit() -> None:
    """Once round takes 2 π √(R³ / GM), so 20,000 km take 2,529 s."""
    expected_s = 20_000e3 / math.sqrt(GM_M3_S2 / RADIUS_M)
    assert expected_s == pytest.approx(2_529, abs=1)
    assert 2 * free_flight(20_000e3, 100).fall_s == pytest.approx(expected_s, rel=1e-4)


def seen_above_m(antenna: Place, antenna_m: float, bend: float) -> float:
    """The lowest height in line of sight above Wonsan: k R (1 / cos((d − d₀) / k R) − 1), d₀ the antenna's horizon."""
    left_m = azimuth_and_range(antenna, WONSAN)[1] - horizon_range_m(antenna_m, 0, bend)
    return bend * RADIUS_M * (1 / math.cos(left_m / (bend * RADIUS_M)) - 1)


@pytest.mark.parametrize(
    ("antenna", "antenna_m", "bent_km", "straight_km"),
    [
        (Place(38.02496, 138.35931), 1_042, 40, 56),  # J/FPS-5 Sado
        (Place(31.7194, 129.7475), 400, 34, 47),  # J/FPS-5 Shimo-Koshiki
        (Place(39.0, 133.1), 20, 13, 17),  # an Aegis ship in mid-sea; its place is assumed
        (Place(36.6, 127.3), 300, 3, 4),  # a radar in the middle of South Korea; its place is assumed
    ],
)
def test_to_see_over_wonsan_a_missile_must_be_as_high_as_the_evidence_says(
    antenna: Place, antenna_m: float, bent_km: float, straight_km: float
) -> None:
    """Rays bent as on 4/3 of the Earth to straight ones; the numbers are said to be approximate, so 1.5 km."""
    assert seen_above_m(antenna, antenna_m, BENT) / 1000 == pytest.approx(bent_km, abs=1.5)
    assert seen_above_m(antenna, antenna_m, 1.0) / 1000 == pytest.approx(straight_km, abs=1.5)
