"""The figure of sight, by the curve and the bars that it draws."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import to_hex

from sim.studies.sight.figure import THICK, THIN, colour, draw, places
from sim.studies.sight.find import Sighting, sighting
from tests.looking import looking


def bars(found: Sighting) -> list[tuple[str, float, float, float]]:
    """Colour, height, start and end of every stretch, as drawn."""
    axes = draw("title", found, "run").axes[1]
    every = []
    for collection in axes.collections:
        for path in collection.get_paths():
            low, high = path.vertices.min(axis=0), path.vertices.max(axis=0)
            every.append((to_hex(collection.get_facecolor()[0]), high[1] - low[1], low[0], high[0]))
    return every


def test_the_curve_is_the_track_in_minutes_and_kilometres() -> None:
    found = sighting(looking(), "lofted")
    axes = draw("title", found, "run").axes[0]
    assert np.array_equal(axes.lines[0].get_xdata(), found.track.t_s / 60)
    assert np.array_equal(axes.lines[0].get_ydata(), found.track.altitude_m / 1000)
    said = [text.get_text() for text in axes.texts]
    assert [one.split()[0] for one in said] == ["burnout", "apogee", "impact"]


def test_every_stretch_in_sight_is_a_bar_in_its_owners_colour_and_a_thin_one_at_the_high_end_of_the_range() -> None:
    found = sighting(looking(), "lofted")
    expected = []
    for seen in found.sensors:
        for sight, height in ((seen.ends[1] if seen.is_spread else None, THIN), (seen.sight, THICK)):
            for start, stop in sight.pieces_s if sight else ():
                expected.append((colour(seen.sensor.owner).lower(), height, start / 60, stop / 60))
    drawn = bars(found)
    assert [one[0] for one in drawn] == [one[0] for one in expected]
    assert np.array([one[1:] for one in drawn]) == pytest.approx(np.array([one[1:] for one in expected]))


def test_who_never_sees_it_has_the_word_and_no_bar() -> None:
    found = sighting(looking(sensors__sado__range="100 km"), "low")
    assert "Tokyo, Sado: never" in [text.get_text() for text in draw("title", found, "run").axes[1].texts]
    assert len(bars(found)) == sum(seen.sight.n_pieces for seen in found.sensors if seen.sight)


def test_owners_stand_apart() -> None:
    found = sighting(looking(), "lofted")
    owners = [seen.sensor.owner for seen in found.sensors]
    steps = -np.diff(places(found.sensors))
    assert {(step > 1) for step, a, b in zip(steps, owners, owners[1:], strict=False) if a != b} == {True}
    assert {step for step, a, b in zip(steps, owners, owners[1:], strict=False) if a == b} == {1.0}
