"""The map, by what it draws."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.contour import QuadContourSet
from matplotlib.figure import Figure
from matplotlib.patches import ConnectionPatch, PathPatch

from sim.flight.look import horizon_range_m, look
from sim.model.sensor import Place
from sim.plots.land import draw_land
from sim.studies.map.coverage import region_of
from sim.studies.map.figure import by_way_of, draw, places_of
from sim.studies.map.find import typical_routes
from sim.studies.sight.find import sighting
from tests.looking import looking

SADO = Place(38.0, 138.4)


def drawn(launch: str = "lofted", **sets: str) -> Figure:
    scenario = looking(**sets)
    found = sighting(scenario, launch)
    return draw("title", scenario, found, region_of(found), typical_routes(scenario, 0, 4), "run")


def lines_of(axes: Axes) -> list[np.ndarray]:
    """The points, longitude and latitude, of every outline that is not empty."""
    contours = [one for one in axes.collections if isinstance(one, QuadContourSet) and not one.filled]
    return [np.concatenate([path.vertices for path in one.get_paths()]) for one in contours]


def test_the_outline_of_one_radar_lies_on_its_horizon() -> None:
    """To 5 km, the size of a square of the grid; the map ends before the horizon of 50 km does."""
    out = {"sensors__ship__out": "100 %", "sensors__pine__out": "100 %"}
    ten = lines_of(drawn(**out).axes[0])[0]
    ground_m = look(SADO, 1_000.0, ten[:, 1], ten[:, 0], np.full(len(ten), 10e3)).ground_m
    assert ground_m == pytest.approx(horizon_range_m(1_000, 10e3), abs=5_000)


def test_the_track_has_a_dot_a_minute() -> None:
    """6.1 minutes: at 0, 1, … 6."""
    axes = drawn("low").axes[0]
    found = sighting(looking(), "low")
    dots = next(line for line in axes.lines if line.get_marker() == "o" and line.get_markersize() < 3)
    assert len(dots.get_xdata()) == 7
    assert [dots.get_ydata()[2], dots.get_xdata()[2]] == pytest.approx(found.track.positions(np.array([120.0]))[:2, 0])


def test_an_arrow_goes_straight_to_tokyo_and_two_by_way_of_a_box_in_the_margin() -> None:
    figure = drawn()
    map_axes, margin = figure.axes
    ends = [(one.axesA, one.axesB) for one in figure.artists if isinstance(one, ConnectionPatch)]
    assert ends == [(map_axes, map_axes), (map_axes, margin), (margin, map_axes)]
    said = [" ".join(text.get_text().split()) for text in margin.texts]
    assert said[0] == "The US, no place on the map"
    assert said[1:] == [
        "Direct: Seoul is done after 11 min, arrives after 14 min",
        "Via Washington: Seoul is done after 9.0 min, arrives after 16 min",
    ]


def test_a_second_arm_of_one_route_is_dashed() -> None:
    direct = "{route: direct, flow: [watches, releases]}"
    arrangements = f"{{watch_only: {{route: direct, mode: pushed, flow: [watches]}}, direct: {direct}}}"
    figure = drawn(arrangements=arrangements, compare="[direct, watch_only]")
    assert [one.get_linestyle() for one in figure.artists if isinstance(one, ConnectionPatch)] == ["solid", "dashed"]


def test_where_a_report_goes_between_seoul_and_tokyo() -> None:
    assert [by_way_of(route) for route in typical_routes(looking(), 0, 4)] == [[], ["us"]]


def test_no_arrow_leaves_seoul_with_a_report_that_is_not_from_there() -> None:
    """Tokyo's own goes nowhere; what a satellite of the US sees comes from the margin."""
    own = {"arrangements": "{own: [{sight: tokyo}], us: [{sight: us}, evaluate]}", "compare": "[us, own]"}
    own["launches"] = (
        "[{name: lofted, place: {lat: 39 deg, lon: 127 deg}, azimuth: 90 deg, range: 450 km, apogee: 910 km}]"
    )
    us, tokyo = typical_routes(looking(**own), 0, 4)
    assert [places_of(us), places_of(tokyo)] == [["us", "tokyo"], ["tokyo"]]
    figure = drawn(**own)
    map_axes, margin = figure.axes
    ends = [(one.axesA, one.axesB) for one in figure.artists if isinstance(one, ConnectionPatch)]
    assert ends == [(margin, map_axes)]


def test_minutes_are_named_apart_on_a_map_of_any_size() -> None:
    """A tenth of the map's height between them, whether it shows 450 km or 4,600."""
    far = "[{name: far, place: {lat: 40 deg, lon: 126 deg}, azimuth: 84 deg, range: 4600 km, apogee: 1000 km}]"
    for axes in (drawn().axes[0], drawn("far", launches=far).axes[0]):
        south, north = axes.get_ylim()
        named = [text for text in axes.texts if text.get_text().endswith(" min") and text.get_text()[0].isdigit()]
        places = np.array([text.xy for text in named])
        apart_deg = np.hypot(np.diff(places[:, 0]), np.diff(places[:, 1]))
        assert len(named) == 1 or apart_deg.min() > 0.1 * (north - south)


def test_seoul_and_tokyo_are_on_land_and_the_middle_of_the_sea_is_not() -> None:
    axes = draw_land(Figure().subplots())
    (land,) = (patch for patch in axes.patches if isinstance(patch, PathPatch))
    assert land.get_path().contains_points([(127.0, 37.6), (139.5, 35.7), (134.5, 39.5)]).tolist() == [
        True,
        True,
        False,
    ]
