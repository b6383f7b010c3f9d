"""A launch on the map: its track, what each owner's sensors see around it, and the ways of its report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import ConnectionPatch
from matplotlib.transforms import blended_transform_factory

from sim.model.scenario import Scenario
from sim.model.sensor import Field, Place
from sim.plots.colours import INK, QUIET, arm_colours
from sim.plots.land import draw_land
from sim.plots.measure import lines
from sim.plots.style import BODY, LEADING, PLATE, SMALL, finish, line_room, new_figure, raised
from sim.say.numbers import capital
from sim.studies.map.coverage import ALTITUDES_M, CITIES, Coverage, Region, Window
from sim.studies.map.routes import Route
from sim.studies.map.say import way_words
from sim.studies.sight.figure import MINUTE_S, colour
from sim.studies.sight.find import Sighting
from sim.studies.sight.say import compared, owner_name, time_words
from sim.units import LENGTH_M

STYLES: dict[float, Literal["solid", "dashed"]] = dict(zip(ALTITUDES_M, ("solid", "dashed"), strict=True))
SEA = "Sea of Japan /\nEast Sea"
WATER = (Place(40.9, 136.9), Place(37.6, 135.3), Place(42.0, 137.6))  # where there is room for its name
DEGREE_M = 111_195.0  # of latitude, on a sphere
MAP, MARGIN, KEY = 4.3, 0.55, 0.75  # inches: the map, the boxes below it, the key above it
NAMED, STEPS_MIN = 0.11, (1, 2, 5, 10, 20, 30)  # of the map's height at least between minutes named along the track
BOX = (0.72, 0.3)  # of a centre without a place, in the margin, inches up
BOX_APART = 0.5
TOUCH = 0.04  # from the middle of a box's top, where arrows touch it: each route farther out
PLATE_OF_BOX = {"facecolor": "white", "edgecolor": INK, "boxstyle": "round,pad=0.35"}
BENDS = (0.18, -0.18, 0.36, -0.36)  # of arrows, so that none lies on another
MARKS: dict[Field, str] = {"land": "^", "sea": "o", "air": "D"}
NOTE = (
    "Lines: where a sensor of that owner sees what flies so high, at typical values. Triangles: on land; circles: "
    "ships, where the scenario assumes them. Dots along the track: minutes."
)
ROUTES_NOTE = (
    "Arrows: medians of {n:,} simulated launches, no record of any day. A centre is done when the last of its stages "
    "ends, its call included."
)
DASHED_NOTE = "Dashed: the second arm of one route."
BOX_NOTE = "No source says where the desk in the box is."


def draw(title: str, scenario: Scenario, found: Sighting, region: Region, routes: Sequence[Route], run: str) -> Figure:
    """The map, and below it what has no place on it."""
    said = [way_lines(scenario, route) for route in routes]
    words = LEADING * SMALL * (sum(map(len, said)) + 0.4 * len(said))
    has_boxes = any(by_way_of(route) for route in routes)
    below = MARGIN * has_boxes + words
    figure = new_figure(MAP + KEY + below)
    axes, margin = figure.subplots(2, 1, height_ratios=[MAP, below])
    _frame(draw_land(axes), region.window)
    for coverage in region.coverages:
        _outline(axes, coverage)
    _sea(axes, found)
    _sensors(axes, found, region.window)
    _track(axes, found, region.window)
    margin.set_axis_off()
    margin.set(xlim=(0, 1), ylim=(-words, below - words))
    is_twice = _routes(axes, margin, scenario, routes)
    _write_ways(margin, scenario, routes, said)
    _legend(axes, found)
    notes = [NOTE, ROUTES_NOTE.format(n=routes[0].n)]
    notes += [DASHED_NOTE] * is_twice + [BOX_NOTE] * has_boxes
    return finish(figure, title, " ".join(notes), run)


def _frame(axes: Axes, window: Window) -> None:
    axes.set_xlim(window.west, window.east)
    axes.set_ylim(window.south, window.north)
    axes.set_aspect(1 / window.squeeze)
    axes.xaxis.set_major_formatter(lambda x, _: f"{abs(x):g}° {'W' if x < 0 else 'E'}")
    axes.yaxis.set_major_formatter(lambda y, _: f"{abs(y):g}° {'S' if y < 0 else 'N'}")
    axes.locator_params(nbins=5)
    axes.tick_params(labelsize=SMALL, colors=QUIET, length=3, top=True, labeltop=True, bottom=False, labelbottom=False)


def _sea(axes: Axes, found: Sighting) -> None:
    """The name of the sea, off the track."""
    track = found.track
    at = max(WATER, key=lambda one: float(np.hypot(track.lat_deg - one.lat_deg, track.lon_deg - one.lon_deg).min()))
    small: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": SMALL, "style": "italic", "color": QUIET}
    axes.text(at.lon_deg, at.lat_deg, SEA, clip_on=True, zorder=1, **small)


def _outline(axes: Axes, one: Coverage) -> None:
    if one.margin.min() < 0 < one.margin.max():
        style = STYLES[one.altitude_m]
        if style == "solid":
            axes.contourf(one.lon_deg, one.lat_deg, one.margin, [0, np.inf], colors=[colour(one.owner)], alpha=0.13)
        axes.contour(
            one.lon_deg, one.lat_deg, one.margin, [0], colors=[colour(one.owner)], linestyles=[style], linewidths=1.5
        )


def _sensors(axes: Axes, found: Sighting, window: Window) -> None:
    for seen in found.sensors:
        if (place := seen.sensor.place) is not None:
            look: dict[str, Any] = {"color": colour(seen.sensor.owner), "markeredgecolor": "white", "zorder": 7}
            at = window.across(place.lon_deg), place.lat_deg
            axes.plot(*at, MARKS[seen.sensor.field], markersize=6.5, **look)


def _track(axes: Axes, found: Sighting, window: Window) -> None:
    """The way over the ground with a dot a minute, some of them named."""
    track = found.track
    along = window.across(track.lon_deg)
    axes.plot(along, track.lat_deg, color=INK, linewidth=1.6, zorder=5)
    minutes = range(int(found.flight_time_s / MINUTE_S) + 1)
    lats, lons, _ = track.positions(MINUTE_S * np.array(minutes, np.float64))
    lons = window.across(lons)
    axes.plot(lons, lats, "o", color=INK, markersize=2.6, zorder=5)
    south, north = axes.get_ylim()
    for minute in minutes[:: _step_min(found, NAMED * (north - south))][1:]:
        _name(axes, f"{minute} min", (float(lons[minute]), float(lats[minute])), (0, 5))
    look: dict[str, Any] = {"color": INK, "markeredgecolor": "white", "zorder": 7}
    axes.plot(along[0], track.lat_deg[0], "*", markersize=11, **look)
    axes.plot(along[-1], track.lat_deg[-1], "X", markersize=8, **look)
    _name_impact(axes, found, (float(along[-1]), float(track.lat_deg[-1])))


def _name_impact(axes: Axes, found: Sighting, at: tuple[float, float]) -> None:
    """Right of its mark, or where there is no room below it."""
    said = f"impact {time_words(found.flight_time_s)}"
    west, east = axes.get_xlim()
    if at[0] < west + 0.7 * (east - west):
        _name(axes, said, at, (7, -3), "left")
    else:
        _name(axes, said, at, (6, -14), "right")


def _step_min(found: Sighting, apart_deg: float) -> int:
    """Every how many minutes the track is named, so that names are so far apart."""
    deg_per_minute = found.flight.range_m / DEGREE_M / (found.flight_time_s / MINUTE_S)
    return next((step for step in STEPS_MIN if step * deg_per_minute >= apart_deg), STEPS_MIN[-1])


def _name(axes: Axes, said: str, at: tuple[float, float], offset: tuple[int, int], side: str = "center") -> None:
    axes.annotate(said, at, offset, textcoords="offset points", ha=side, fontsize=SMALL, bbox=PLATE, zorder=6.5)


def way_lines(scenario: Scenario, route: Route) -> list[str]:
    """When a report is where, in lines as wide as the page."""
    return lines(way_words(scenario, route), SMALL, line_room(), is_bold=True)


def _colours(scenario: Scenario, routes: Sequence[Route]) -> list[str]:
    """Those that the arms have in every figure of the scenario."""
    found = arm_colours(scenario)
    return [found[route.arm] for route in routes]


def _write_ways(margin: Axes, scenario: Scenario, routes: Sequence[Route], said: Sequence[Sequence[str]]) -> None:
    """The ways in words, below the boxes; upwards in inches."""
    place_of = blended_transform_factory(margin.figure.transFigure, margin.transData)
    top = 0.0
    for found, of_colour in zip(said, _colours(scenario, routes), strict=True):
        look: dict[str, Any] = {"va": "top", "fontsize": SMALL, "fontweight": "bold", "color": of_colour}
        margin.text(0.01, top, "\n".join(found), transform=place_of, **look).set_in_layout(False)
        top -= LEADING * SMALL * (len(found) + 0.4)


def _routes(axes: Axes, margin: Axes, scenario: Scenario, routes: Sequence[Route]) -> bool:
    """Arrows to the goal, by way of boxes in the margin for centres without a place; whether two share a colour."""
    colours = _colours(scenario, routes)
    boxes: dict[str, tuple[float, float]] = {}
    for name in (stop for route in routes for stop in by_way_of(route)):
        boxes.setdefault(name, (BOX[0] - BOX_APART * len(boxes), BOX[1]))
    for name, at in boxes.items():
        said = f"{capital(owner_name(name))}, no place on the map"
        margin.text(*at, said, ha="center", va="center", fontsize=SMALL, bbox=PLATE_OF_BOX)
    for number, (route, of_colour) in enumerate(zip(routes, colours, strict=True)):
        bend = BENDS[number % len(BENDS)] if not by_way_of(route) else 0.0
        towards = 1 if CITIES[route.origin].lon_deg < CITIES[route.goal].lon_deg else -1
        touch = towards * TOUCH * (1 + sum(bool(by_way_of(before)) for before in routes[:number]))
        for start, stop in pairwise(places_of(route)):
            ends = _end(axes, margin, boxes, start, touch), _end(axes, margin, boxes, stop, -touch)
            _arrow(ends, of_colour, bend, is_dashed=of_colour in colours[:number])
    for name, place in CITIES.items():
        axes.plot(place.lon_deg, place.lat_deg, "s", color=INK, markersize=5, zorder=8)
        offset, side = ((-7, 0), "right") if name == "seoul" else ((7, 0), "left")
        bold: dict[str, Any] = {"va": "center", "fontsize": BODY, "fontweight": "bold", "color": INK, "bbox": PLATE}
        at = place.lon_deg, place.lat_deg
        axes.annotate(capital(name), at, offset, textcoords="offset points", ha=side, zorder=8, **bold)
    return len(set(colours)) < len(colours)


def places_of(route: Route) -> list[str]:
    """Where most of an arm's reports go: from their origin, if they come by there; the goal alone is no way."""
    return [*([route.origin] if route.is_from_origin else []), *by_way_of(route), route.goal]


def by_way_of(route: Route) -> list[str]:
    """Where an arm's report goes before its goal, and after its origin if it comes by there."""
    return [stop.centre for stop in route.onward if stop.centre not in CITIES]


def _end(
    axes: Axes, margin: Axes, boxes: Mapping[str, tuple[float, float]], name: str, aside: float
) -> tuple[Axes, tuple[float, float]]:
    """Where an arrow touches a centre, and in which axes: a box at its top, right of the middle where it leaves."""
    if name in boxes:
        return margin, (boxes[name][0] + aside, boxes[name][1] + 0.14)
    return axes, (CITIES[name].lon_deg, CITIES[name].lat_deg)


def _arrow(ends: Sequence[tuple[Axes, tuple[float, float]]], of_colour: str, bend: float, *, is_dashed: bool) -> None:
    (start_axes, start), (stop_axes, stop) = ends
    look: dict[str, Any] = {"arrowstyle": "-|>", "mutation_scale": 14, "shrinkA": 6, "shrinkB": 6, "linewidth": 2.4}
    look |= {"connectionstyle": f"arc3,rad={bend}", "linestyle": "dashed" if is_dashed else "solid"}
    arrow = ConnectionPatch(start, stop, "data", axesA=start_axes, axesB=stop_axes, color=of_colour, **look)
    arrow.set_annotation_clip(False)  # a box's top is outside its axes
    arrow.set_in_layout(False)
    start_axes.figure.add_artist(arrow)


def _legend(axes: Axes, found: Sighting) -> None:
    handles = []
    for owner in dict.fromkeys(seen.sensor.owner for seen in found.sensors if seen.sensor.place):
        width = 2 if owner in compared(found) else 0
        look: dict[str, Any] = {"marker": "^", "markeredgecolor": "white", "markersize": 7, "linewidth": width}
        handles.append(Line2D([], [], color=colour(owner), label=capital(owner_name(owner)), **look))
    for altitude_m, style in STYLES.items():
        words = f"sees {altitude_m / LENGTH_M['km']:.0f} km up"
        handles.append(Line2D([], [], color=QUIET, linestyle=style, linewidth=1.4, label=words))
    above = raised(axes.transAxes, axes, 1.3)
    place: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0, 1), "bbox_transform": above}
    owners, heights = handles[: -len(STYLES)], handles[-len(STYLES) :]
    padded = [*owners, *[Line2D([], [], linewidth=0, label=" ")] * (len(owners) % 2), *heights]
    axes.legend(handles=padded, ncols=3, fontsize=SMALL, frameon=False, borderpad=0, columnspacing=1.0, **place)
