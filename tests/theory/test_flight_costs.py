"""What the model of flight leaves out, and what that costs: the numbers in the docstring of `sim.flight`."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.flight.earth import GRAVITY_M_S2, RADIUS_M
from sim.flight.ellipse import FreeFlight, free_flight
from sim.flight.look import BENT
from sim.flight.roots import root

TURN_RAD_S = 7.292115e-5  # of the Earth: WGS 84, NIMA Technical Report 8350.2 (2000)
LAUNCH_LAT_DEG, AZIMUTH_DEG = 39.2, 80.0  # Pyongyang, over the sea to the east

Vector = np.ndarray  # of length 1, from the Earth's centre


def angle(a: Vector, b: Vector) -> float:
    return math.atan2(float(np.linalg.norm(np.cross(a, b))), float(a @ b))


def turned(a: Vector, by: float) -> Vector:
    """Round the pole, eastwards."""
    return np.array([a[0] * math.cos(by) - a[1] * math.sin(by), a[0] * math.sin(by) + a[1] * math.cos(by), a[2]])


def along(start: Vector, towards: Vector, by: float) -> Vector:
    """The point of the great circle from one point to another, so many radians from the first."""
    across = np.cross(np.cross(start, towards), start)
    return math.cos(by) * start + math.sin(by) * across / np.linalg.norm(across)


def launch_and_impact(range_m: float) -> tuple[Vector, Vector]:
    lat, azimuth = math.radians(LAUNCH_LAT_DEG), math.radians(AZIMUTH_DEG)
    launch = np.array([math.cos(lat), 0.0, math.sin(lat)])
    east, north = np.array([0.0, 1.0, 0.0]), np.array([-math.sin(lat), 0.0, math.cos(lat)])
    way = math.cos(azimuth) * north + math.sin(azimuth) * east
    return launch, along(launch, launch + way, range_m / RADIUS_M)


def on_the_turning_earth(range_m: float, apogee_m: float) -> tuple[FreeFlight, Vector]:
    """The ellipse in space of that apogee which meets the place of impact where it has turned to by then."""
    launch, impact = launch_and_impact(range_m)
    flight, aim = free_flight(range_m, apogee_m), impact
    for _ in range(40):
        aim = turned(impact, TURN_RAD_S * 2 * flight.fall_s)
        flight = free_flight(RADIUS_M * angle(launch, aim), apogee_m)
    return flight, aim


@pytest.mark.parametrize(
    ("range_m", "apogee_m", "longer_percent", "beside_km"),
    [
        (400e3, 120e3, 0.8, 1.7),
        (450e3, 910e3, 0.5, 8),
        (1_000e3, 6_000e3, 0.9, 140),
        (2_700e3, 550e3, 2.3, 28),
        (4_600e3, 1_000e3, 3.0, 75),
    ],
)
def test_the_turning_earth(range_m: float, apogee_m: float, longer_percent: float, beside_km: float) -> None:
    """Aimed ahead of an impact that moves east: its time, and how far it is from our place at equal shares of it."""
    launch, impact = launch_and_impact(range_m)
    still = free_flight(range_m, apogee_m)
    flight, aim = on_the_turning_earth(range_m, apogee_m)
    beside_m = []
    for share in np.linspace(-1, 1, 101):
        ours = along(launch, impact, still.at(np.array([share * still.fall_s]))[0][0] / RADIUS_M)
        in_space = along(launch, aim, flight.at(np.array([share * flight.fall_s]))[0][0] / RADIUS_M)
        beside_m.append(RADIUS_M * angle(ours, turned(in_space, -TURN_RAD_S * (1 + share) * flight.fall_s)))
    assert 100 * (flight.fall_s / still.fall_s - 1) == pytest.approx(longer_percent, abs=0.1)
    assert max(beside_m) / 1000 == pytest.approx(beside_km, rel=0.15)
    assert beside_m[-1] == pytest.approx(0, abs=1)


def falls_s(flight: FreeFlight, from_m: float, load_kg_m2: float) -> float:
    """From a height to the ground in air that thins by e every 7.2 km, by Euler's steps of 20 ms."""
    state = flight.state(root(lambda x: flight.state(x).altitude_m - from_m, 0, flight.impact_anomaly, 1e-12))
    z, vx, vz, t = state.altitude_m, state.ground_speed_m_s, state.climb_m_s, 0.0
    while z > 0:
        drag = 1.225 * math.exp(-z / 7_200) * math.hypot(vx, vz) / (2 * load_kg_m2)
        vx, vz = vx - 0.02 * drag * vx, vz - 0.02 * (drag * vz + GRAVITY_M_S2)
        z, t = z + 0.02 * vz, t + 0.02
    return t


@pytest.mark.parametrize(
    ("range_m", "apogee_m", "slender_s", "blunt_s"),
    [
        (200e3, 50e3, 5, 28),
        (400e3, 120e3, 3, 23),
        (450e3, 910e3, 1, 8),
        (2_700e3, 550e3, 2, 22),
        (1_000e3, 6_000e3, 0.5, 4),
    ],
)
def test_drag_on_the_falling_warhead(range_m: float, apogee_m: float, slender_s: float, blunt_s: float) -> None:
    """10,000 kg of mass on a square metre of drag (slender) and 2,000 (blunt), assumed; in the last 60 km."""
    flight, from_m = free_flight(range_m, apogee_m), min(60e3, 0.9 * apogee_m)
    without_s = falls_s(flight, from_m, math.inf)
    assert falls_s(flight, from_m, 10_000) - without_s == pytest.approx(slender_s, abs=0.6)
    assert falls_s(flight, from_m, 2_000) - without_s == pytest.approx(blunt_s, abs=0.6)


def grazing_m(distance_m: float) -> float:
    """How high a ray that leaves the ground level is after a distance, by Bouguer's rule n r cos e = constant.

    Air of the CRPL exponential reference atmosphere: n = 1 + 313e-6 exp(−0.1439 h / km). Steps are equal in √h.
    """
    root_m = np.arange(0.25, 1_000, 0.5)
    r = RADIUS_M + root_m**2
    n = 1 + 313e-6 * np.exp(-0.1439e-3 * root_m**2)
    level = (1 + 313e-6) * RADIUS_M
    turns = level / (r * np.sqrt((n * r) ** 2 - level**2)) * 2 * root_m * 0.5
    return float(np.interp(distance_m, np.cumsum(turns) * RADIUS_M, (root_m + 0.25) ** 2))


@pytest.mark.parametrize(
    ("distance_m", "too_low_km"), [(200e3, 0), (400e3, 0.4), (820e3, 5), (1_000e3, 9), (2_000e3, 60)]
)
def test_air_that_thins_with_height(distance_m: float, too_low_km: float) -> None:
    ours_m = BENT * RADIUS_M * (1 / math.cos(distance_m / (BENT * RADIUS_M)) - 1)
    assert (grazing_m(distance_m) - ours_m) / 1000 == pytest.approx(too_low_km, abs=0.05 * too_low_km + 0.3)


def test_a_rocket_of_constant_thrust_comes_two_fifths_of_the_way() -> None:
    """Speed grows as −ln(1 − b u) without gravity: its mean over the last is −(b + (1 − b) ln(1 − b)) / b ln(1 − b)."""
    b = 0.7
    rest = math.log(1 - b)
    assert (b + (1 - b) * rest) / (-b * rest) == pytest.approx(0.4, abs=0.005)
