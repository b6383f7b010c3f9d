"""Where a flight of a reported range and apogee is at any time."""

from __future__ import annotations

import math
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.flight.earth import GM_M3_S2, GRAVITY_M_S2, RADIUS_M
from sim.flight.ellipse import FreeFlight
from sim.flight.level import LevelFlight
from sim.flight.trajectory import AIR_M, FITTED, MOST_LEVEL_RANGE_M, Trajectory, trajectory

LOFTED = (1_000e3, 6_000e3)
LONG = (4_600e3, 1_000e3)
SHORT = (200e3, 50e3)
FLAT = (600e3, 50e3)
KINDS = pytest.mark.parametrize(("range_m", "apogee_m"), [LOFTED, LONG, SHORT, FLAT])

REPORTED = {  # what is reported of missiles, and far beyond: steep enough that the engine is off before the apogee
    "range_m": st.floats(50e3, 12_000e3),
    "apogee_m": st.floats(20e3, 20_000e3),
}


def flight(range_m: float, apogee_m: float) -> Trajectory:
    """The flight, unless no missile flies so."""
    try:
        return trajectory(range_m, apogee_m)
    except ValueError:
        assume(False)
        raise


def times(flown: Trajectory, n: int = 200) -> list[float]:
    return [flown.flight_time_s * i / n for i in range(n + 1)]


def at(flown: Trajectory | FreeFlight | LevelFlight, t_s: float) -> tuple[float, float]:
    """Downrange and altitude at one moment."""
    downrange_m, altitude_m = flown.at(np.array([t_s]))
    return float(downrange_m[0]), float(altitude_m[0])


@KINDS
def test_it_begins_at_rest_on_the_ground_and_ends_at_the_impact(range_m: float, apogee_m: float) -> None:
    flown = trajectory(range_m, apogee_m)
    assert at(flown, 0) == (0, 0)
    assert at(flown, 0.001) == pytest.approx((0, 0), abs=1e-4)
    assert at(flown, flown.flight_time_s) == (range_m, 0)
    assert at(flown, flown.flight_time_s - 1e-9) == pytest.approx((range_m, 0), abs=1e-3)
    assert at(flown, -1) == (0, 0)
    assert at(flown, flown.flight_time_s + 1) == (range_m, 0)


def test_whole_metres_are_flown_as_any_others() -> None:
    whole, others = trajectory(450_000, 910_000), trajectory(450e3, 910e3)
    assert np.array_equal(whole.at(np.array([20.5, 700.25])), others.at(np.array([20.5, 700.25])))


@KINDS
def test_it_rises_straight_up_at_first(range_m: float, apogee_m: float) -> None:
    flown = trajectory(range_m, apogee_m)
    downrange_m, altitude_m = at(flown, flown.burnout_s / 1000)
    assert 0 <= downrange_m < 0.01 * altitude_m


@KINDS
def test_place_and_velocity_do_not_jump_at_burnout(range_m: float, apogee_m: float) -> None:
    """Both sides of burnout by differences over 1 ms; gravity and the engine turn some 0.05 m/s in that time."""
    flown = trajectory(range_m, apogee_m)
    before, here, after = (at(flown, flown.burnout_s + d) for d in (-1e-3, 0, 1e-3))
    for i in (0, 1):
        assert after[i] - here[i] == pytest.approx(here[i] - before[i], abs=1e-3 * 0.2)
    end = flown.boost.end
    assert at(flown, flown.burnout_s) == pytest.approx((end.downrange_m, end.altitude_m), rel=1e-12)


@pytest.mark.parametrize(("range_m", "apogee_m"), [LOFTED, LONG, SHORT])
def test_energy_and_angular_momentum_stay_the_same_in_free_flight(range_m: float, apogee_m: float) -> None:
    """v²/2 − GM/r and r times the speed across it, the two constants of the two-body problem, at every point."""
    coast = trajectory(range_m, apogee_m).coast
    assert isinstance(coast, FreeFlight)
    states = [coast.state(coast.impact_anomaly * i / 50) for i in range(-50, 51)]
    radii = [RADIUS_M + state.altitude_m for state in states]
    across = [state.ground_speed_m_s * r / RADIUS_M for state, r in zip(states, radii, strict=True)]
    energies = [
        (v**2 + state.climb_m_s**2) / 2 - GM_M3_S2 / r for state, r, v in zip(states, radii, across, strict=True)
    ]
    momenta = [r * v for r, v in zip(radii, across, strict=True)]
    assert energies == pytest.approx([energies[0]] * 101, rel=1e-11)
    assert momenta == pytest.approx([momenta[0]] * 101, rel=1e-11)


@pytest.mark.parametrize(("range_m", "apogee_m"), [LOFTED, LONG, SHORT])
def test_free_flight_moves_as_fast_as_it_says(range_m: float, apogee_m: float) -> None:
    """The stated velocities against differences of positions, 0.1 s to each side."""
    coast = trajectory(range_m, apogee_m).coast
    assert isinstance(coast, FreeFlight)
    for share in (-0.9, -0.3, 0.0, 0.4, 0.95):
        t_s = share * coast.fall_s
        state = coast.state(float(coast.anomaly(np.array([t_s]))[0]))
        before, after = at(coast, t_s - 0.1), at(coast, t_s + 0.1)
        speeds = [(b - a) / 0.2 for a, b in zip(before, after, strict=True)]
        assert speeds == pytest.approx([state.ground_speed_m_s, state.climb_m_s], abs=1e-2)


@given(**REPORTED)
def test_it_goes_on_without_turning_back_and_reaches_its_apogee_once(range_m: float, apogee_m: float) -> None:
    flown = flight(range_m, apogee_m)
    points = [at(flown, t_s) for t_s in times(flown)]
    altitudes = [altitude_m for _, altitude_m in points]
    assert 0 < flown.burnout_s < flown.apogee_s < flown.flight_time_s
    assert all(a[0] <= b[0] + 1e-3 for a, b in pairwise(points))
    assert all(-1e-3 <= altitude_m <= apogee_m + 1e-3 for altitude_m in altitudes)
    assert at(flown, flown.apogee_s)[1] == pytest.approx(apogee_m, abs=1e-2)
    rises = [b > a + 1e-6 for a, b in pairwise(altitudes)]
    assert rises == sorted(rises, reverse=True)


@given(**REPORTED, more=st.floats(1.001, 2))
def test_higher_takes_longer_and_so_does_farther(range_m: float, apogee_m: float, more: float) -> None:
    flown, higher, farther = (
        flight(range_m, apogee_m),
        flight(range_m, apogee_m * more),
        flight(range_m * more, apogee_m),
    )
    if higher.is_flat == flown.is_flat:
        assert higher.flight_time_s > flown.flight_time_s
    if farther.is_flat == flown.is_flat:
        assert farther.flight_time_s > flown.flight_time_s


@given(**REPORTED)
def test_the_burn_lasts_as_long_and_comes_as_far_as_the_pace_says(range_m: float, apogee_m: float) -> None:
    """v = a t, and the straight way is 0.4 v t: what `Pace` says, at the burnout found by bisection."""
    flown = flight(range_m, apogee_m)
    end = flown.boost.end
    assert end.speed_m_s == pytest.approx(FITTED.acceleration_m_s2 * flown.burnout_s, rel=1e-9)
    way_m = math.hypot(end.downrange_m, end.altitude_m)
    assert way_m == pytest.approx(0.4 * end.speed_m_s * flown.burnout_s, rel=1e-6)


@pytest.mark.parametrize(
    ("range_m", "apogee_m", "is_flat"),
    [
        (600e3, 50e3, True),  # manoeuvring, 25 Jul 2019
        (230e3, 30e3, True),  # 29 Mar 2020
        (380e3, 97e3, False),  # a parabola, 24 Aug 2019
        (200e3, 50e3, False),  # a quarter of its range: the minimum-energy parabola, 9 Mar 2020
        (1_000e3, 99e3, True),
        (1_000e3, 101e3, False),  # above the air nothing holds it up
    ],
)
def test_a_flight_is_flat_where_air_would_slow_it_down(range_m: float, apogee_m: float, is_flat: bool) -> None:
    assert trajectory(range_m, apogee_m).is_flat == is_flat


@given(range_m=st.floats(150e3, MOST_LEVEL_RANGE_M), apogee_m=st.floats(20e3, AIR_M))
def test_a_flat_flight_goes_level_at_its_apogee_and_at_one_speed(range_m: float, apogee_m: float) -> None:
    flown = flight(range_m, apogee_m)
    assume(flown.is_flat)
    middle_s = flown.apogee_s + (flown.flight_time_s - flown.apogee_s - math.sqrt(2 * apogee_m / GRAVITY_M_S2)) / 2
    assert at(flown, middle_s)[1] == apogee_m
    left_m = range_m - at(flown, flown.burnout_s)[0]
    assert left_m / (flown.flight_time_s - flown.burnout_s) == pytest.approx(FITTED.ground_speed_m_s, rel=1e-6)


def test_the_two_ways_of_flying_meet_where_level_flight_shrinks_to_nothing() -> None:
    """At 230 km the apogee where the rule turns is found by halving; on its two sides flight times differ by 1.1 s."""
    flat_m, free_m = 20e3, 90e3
    while free_m - flat_m > 1:
        middle_m = (flat_m + free_m) / 2
        flat_m, free_m = (middle_m, free_m) if trajectory(230e3, middle_m).is_flat else (flat_m, middle_m)
    flat, free = trajectory(230e3, flat_m), trajectory(230e3, free_m)
    assert flat.flight_time_s == pytest.approx(free.flight_time_s, abs=1.2)


@pytest.mark.parametrize(
    ("range_m", "apogee_m", "message"),
    [
        (0, 50e3, "a range lies above 0 and up to 20,000 km, got 0 km"),
        (-1, 50e3, "a range lies above 0"),
        (21_000e3, 50e3, "got 21,000 km"),
        (math.nan, 50e3, "a range lies above 0"),
        (400e3, 0, "an apogee lies above 0 and up to 100,000 km, got 0 km"),
        (400e3, -5e3, "got -5 km"),
        (400e3, math.inf, "an apogee lies above 0"),
        (10_000e3, 50e3, "stays below 100 km, got an apogee of 50 km — write its flight time"),
        (30e3, 200, "its engine would still burn there — write its flight time"),
    ],
)
def test_what_no_missile_flies_is_said_plainly(range_m: float, apogee_m: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        trajectory(range_m, apogee_m)


def test_a_trajectory_needs_no_arrays() -> None:
    """So that the check of a scenario stays quick."""
    code = "import sys, sim.flight.trajectory; print(*sorted({'numpy', 'scipy', 'geographiclib'} & {*sys.modules}))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""
