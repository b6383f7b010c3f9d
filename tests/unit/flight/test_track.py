"""A trajectory over the Earth."""

from __future__ import annotations

import numpy as np
import pytest

from sim.flight.track import azimuth_and_range, track
from sim.flight.trajectory import trajectory
from sim.model.sensor import Place

WONSAN = Place(39.1677, 127.4817)


def test_azimuth_and_range_are_those_of_the_published_example() -> None:
    """GeodSolve0 of the tests that geographiclib publishes: near New York to near Paris."""
    azimuth_deg, range_m = azimuth_and_range(Place(40.6, -73.8), Place(49.01666667, 2.55))
    assert azimuth_deg == pytest.approx(53.47022, abs=0.5e-5)
    assert range_m == pytest.approx(5_853_226, abs=0.5)


def test_a_track_ends_where_the_published_example_does() -> None:
    """GeodSolve1 of the tests that geographiclib publishes: 5,850 km from near New York."""
    flown = track(Place(40.63972222, -73.77888889), 53.5, trajectory(5_850e3, 1_200e3))
    assert flown.lat_deg[-1] == pytest.approx(49.01467, abs=0.5e-5)
    assert flown.lon_deg[-1] == pytest.approx(2.56106, abs=0.5e-5)


def test_an_azimuth_runs_from_0_to_360() -> None:
    assert azimuth_and_range(Place(39, 127), Place(39.5, 126))[0] == pytest.approx(302.6, abs=0.5)


@pytest.mark.parametrize(("range_m", "apogee_m"), [(450e3, 910e3), (250.5e3, 30e3)])
def test_a_track_is_the_trajectory_at_equal_steps_of_a_second_or_less(range_m: float, apogee_m: float) -> None:
    trajectory_ = trajectory(range_m, apogee_m)
    flown = track(WONSAN, 80, trajectory_)
    steps = np.diff(flown.t_s)
    assert flown.t_s[0] == 0
    assert flown.t_s[-1] == trajectory_.flight_time_s
    assert steps == pytest.approx(np.full(len(steps), steps[0]))
    assert 0.9 < steps[0] <= 1
    assert flown.altitude_m == pytest.approx(trajectory_.at(flown.t_s)[1])


def test_at_any_time_a_place_is_as_far_away_as_the_trajectory_is_downrange() -> None:
    flown = track(WONSAN, 80, trajectory(450e3, 910e3))
    t_s = np.array([100.25, 500, 1_000.75])
    for lat_deg, lon_deg, altitude_m, *at in zip(*flown.positions(t_s), *flown.trajectory.at(t_s), strict=True):
        azimuth_deg, away_m = azimuth_and_range(WONSAN, Place(lat_deg, lon_deg))
        assert azimuth_deg == pytest.approx(80, abs=1e-6)
        assert [away_m, altitude_m] == pytest.approx(at, rel=1e-9)


def test_a_position_is_that_of_the_arrays() -> None:
    flown = track(WONSAN, 80, trajectory(450e3, 910e3))
    arrays = np.stack([flown.lat_deg, flown.lon_deg, flown.altitude_m])
    assert flown.positions(flown.t_s[::100]) == pytest.approx(arrays[:, ::100])


def test_before_launch_and_after_impact_it_is_at_the_ends() -> None:
    flown = track(WONSAN, 80, trajectory(450e3, 910e3))
    before, after = flown.positions(np.array([-5.0, 1e6])).T
    assert before == pytest.approx([WONSAN.lat_deg, WONSAN.lon_deg, 0])
    assert after == pytest.approx([flown.lat_deg[-1], flown.lon_deg[-1], 0])
