"""How high a missile is over time, and below it from when to when each sensor has it in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.flight.sight import Sight
from sim.plots.colours import INK, OTHER_OWNER, OWNERS
from sim.plots.measure import shortened
from sim.plots.style import BODY, PLATE, SMALL, finish, line_room, new_figure, plain
from sim.say.numbers import capital
from sim.studies.sight.find import Seen, Sighting
from sim.studies.sight.say import NEVER, first_words, owner_name, time_words
from sim.units import LENGTH_M

ROW, CURVE = 0.36, 1.9  # inches
THICK, THIN = 0.36, 0.12  # of a row
GAP = 0.35  # between owners, in rows
SIDE = 0.5  # of the page, the longest title of a sensor
MINUTE_S = 60.0
RIGHT: Mapping[str, Any] = {"xytext": (7, -4), "ha": "left", "va": "top"}  # of a mark
LEFT: Mapping[str, Any] = {"xytext": (-14, 4), "ha": "right", "va": "bottom"}
BELOW: Mapping[str, Any] = {"xytext": (0, -10), "ha": "center", "va": "top"}
NOTE = (
    "Geometry alone, computed from range and apogee: delays and outages are not in it. Over each bar: first sight, "
    "and how high the missile is then."
)
SPREAD_NOTE = "Thin: where ranges of what is not known let the sensor see most."


def draw(title: str, found: Sighting, run: str) -> Figure:
    """The curve, and a row a sensor, grouped by owner."""
    rows = places(found.sensors)
    figure = new_figure(CURVE + 0.7 + ROW * -(min(rows) - 1))
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=[CURVE, ROW * -(min(rows) - 1)])
    _curve(above, found)
    for y, seen in zip(rows, found.sensors, strict=True):
        _row(below, y, seen)
    _finish_rows(below, rows, found)
    spread = [SPREAD_NOTE] if any(seen.is_spread for seen in found.sensors) else []
    return finish(figure, title, " ".join([NOTE, *spread]), run)


def places(sensors: Sequence[Seen]) -> list[float]:
    """The height of every row, downwards from 0, with a gap before another owner."""
    found: list[float] = []
    for before, seen in zip([None, *sensors], sensors, strict=False):
        is_new = before is not None and before.sensor.owner != seen.sensor.owner
        found.append(found[-1] - 1 - GAP * is_new if found else 0.0)
    return found


def colour(owner: str) -> str:
    """That of an owner, the same in every figure."""
    return OWNERS.get(owner, OTHER_OWNER)


def _curve(axes: Axes, found: Sighting) -> None:
    """Altitude over time, with what happens on the way, and the first sight of every owner as a dot."""
    track, path = found.track, found.track.trajectory
    axes.plot(track.t_s / MINUTE_S, track.altitude_m / LENGTH_M["km"], color=INK, linewidth=2)
    _moment(axes, found, "burnout", path.burnout_s, RIGHT)
    _moment(axes, found, "apogee", path.apogee_s, RIGHT if path.is_flat else BELOW)
    _moment(axes, found, "impact", path.flight_time_s, LEFT)
    for owner in found.owners:
        first = found.first(owner)
        if first:
            point = first[1].first_s / MINUTE_S, first[1].first_altitude_m / LENGTH_M["km"]
            axes.plot(*point, "o", color=colour(owner), markersize=8, markeredgecolor="white", zorder=5, clip_on=False)
    axes.set_ylabel("altitude, km", fontsize=BODY)
    axes.set_ylim(0)
    plain(axes, keep=("bottom", "left"))
    axes.grid(axis="y", color="#eeeeee")


def _moment(axes: Axes, found: Sighting, name: str, at_s: float, beside: Mapping[str, Any]) -> None:
    """A mark on the curve, named on its inner side."""
    at = at_s / MINUTE_S, found.track.trajectory.altitude_m(at_s) / LENGTH_M["km"]
    axes.plot(*at, "|", color=INK, markersize=13, markeredgewidth=1.6, zorder=4, clip_on=False)
    axes.annotate(
        f"{name} {time_words(at_s)}", at, textcoords="offset points", fontsize=SMALL, bbox=PLATE, zorder=2, **beside
    )


def _row(axes: Axes, y: float, seen: Seen) -> None:
    """What a sensor sees at its typical range, and thin behind it what at the high end of its range."""
    of_colour = colour(seen.sensor.owner)
    if seen.is_spread and seen.ends[1]:
        _stretches(axes, y, seen.ends[1], THIN, of_colour)
    if seen.sight:
        _stretches(axes, y, seen.sight, THICK, of_colour)
    title = shortened(seen.stage.title, SMALL, SIDE * line_room())
    said = f"{capital(owner_name(seen.sensor.owner))}, {title}: {first_words(seen.sight) if seen.sight else NEVER}"
    axes.text(0, y + THICK / 2 + 0.07, said, va="bottom", fontsize=SMALL, color=INK, bbox=PLATE)


def _stretches(axes: Axes, y: float, sight: Sight, height: float, of_colour: str) -> None:
    pieces = [(start / MINUTE_S, (stop - start) / MINUTE_S) for start, stop in sight.pieces_s]
    axes.broken_barh(pieces, (y - height / 2, height), facecolor=of_colour)


def _finish_rows(axes: Axes, rows: Sequence[float], found: Sighting) -> None:
    axes.set_yticks([])
    axes.set_ylim(min(rows) - 0.4, 0.8)
    axes.set_xlim(0, found.flight_time_s / MINUTE_S)
    axes.set_xlabel("minutes from launch", fontsize=BODY)
    plain(axes)
