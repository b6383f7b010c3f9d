"""Ways over the ellipsoid: many places at once are those of the exact formulas, wherever the way leads."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.flight.geodesy import line, place_on, places_on
from sim.flight.trajectory import MOST_RANGE_M
from sim.model.sensor import Place


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(0, 360), st.floats(1, MOST_RANGE_M))
def test_many_places_on_a_way_are_the_exact_ones(lat: float, lon: float, azimuth: float, length_m: float) -> None:
    """To 1e-11 degrees: a micrometre, on the longest way and over the poles too."""
    origin, distance_m = Place(lat, lon), np.linspace(0, length_m, 30)
    lats, lons = places_on(origin, azimuth, length_m, distance_m)
    exact = [place_on(line(origin, azimuth), metres) for metres in distance_m.tolist()]
    assert lats == pytest.approx([place.lat_deg for place in exact], abs=1e-11)
    off = (lons - [place.lon_deg for place in exact] + 180) % 360 - 180
    assert off * np.cos(np.radians(lats)) == pytest.approx(np.zeros(30), abs=1e-11)
