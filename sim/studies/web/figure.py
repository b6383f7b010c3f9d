"""A web as a graph whose lines are as wide as channels are worth, and below it what every player is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from sim.model.web import Link, Web
from sim.plots.colours import DIRECT, INK, MUTED, OTHER_OWNER, OWNERS, QUIET
from sim.plots.measure import inches, shortened
from sim.plots.style import BODY, PLATE, SMALL, finish, line_room, new_figure, page_width, plain
from sim.say.numbers import capital
from sim.studies.sight.say import owner_name
from sim.studies.web.find import WARNING, Found, Valued, WebPlan
from sim.studies.web.games import KINDS, goal_of
from sim.studies.web.say import is_nil, is_told, player_name, ranked
from sim.units import minutes

LAYER, ROW = 0.95, 0.36  # inches: between centres one below the other, and of a player in the rows
MOST_ABOVE, MOST_BELOW = 5.0, 6.2  # inches of both parts, so that a figure of many players fits on a page
MOST_ROWS = 26  # players in the rows: of more the least valued stand in the sheet alone
MOST_NAMED = 24  # channels whose names stand at their lines
WIDEST, LEAST = 13.0, 1.2  # points, of lines
LARGEST, SMALLEST = 34.0, 8.0  # points across, of centres
BEND = 0.6  # of a line beside another between the same two
ALONG = 0.42  # of a line, from who gives: where its name stands, off the crowd at the goal
ROOM = 0.3  # inches, round a disc
NOTE = (
    "Above: lines are channels, as wide as they are worth, thin and grey where that is nothing beyond noise, dashed "
    "where it is nothing in any setting tried; discs are centres, as large as their sensors are worth; ring: whom the "
    "report must reach. Below: dot, Shapley value at working values; thin line through it, its noise; {bar}triangle, "
    "what is lost without it.{rest}"
)
BAR = "bar, lowest to highest of {n} drawn settings; "
REST = " Left out: {n} channels worth less than any that is shown; {study}.csv has them."
INDENT = 0.12  # of every other centre of a layer, so that a line from the first to the third passes it by
Place = tuple[float, float]


def draw(title: str, plan: WebPlan, found: Found, run: str) -> Figure:
    """The graph, and a row a player."""
    every = [valued for kind in KINDS for valued in ranked(found.of(kind))]
    n_left = max(0, min(len(every) - MOST_ROWS, len(found.of("channels")) - 1))
    rows = [one for one in every if one not in ranked(found.of("channels"))[-n_left:]] if n_left else every
    at = places(plan.scenario.web, goal_of(plan.arm.flow)) if plan.scenario.web else {}
    above = LAYER * (1 + max((y for _, y in at.values()), default=0) * 2)
    heights = min(above, MOST_ABOVE), min(ROW * len(rows), MOST_BELOW) + 0.6
    figure = new_figure(sum(heights))
    parts = np.ravel(figure.subfigures(2, 1, squeeze=False, height_ratios=heights))
    _graph(parts[0].subplots(), plan, found, at)
    _rows(parts[1].subplots(), plan, rows)
    bar = BAR.format(n=plan.n_settings) if plan.n_settings > 1 else ""
    rest = REST.format(n=n_left, study=plan.study) if n_left else ""
    return finish(figure, title, NOTE.format(bar=bar, rest=rest), f"{plan.scenario.name}: {run}")


def places(web: Web, goal: str) -> dict[str, Place]:
    """Where centres stand: the farther from the goal by links, the farther to the left of it; in the file's order."""
    far = {goal: 0}
    while new := [pair for pair in _joined(web) if pair[0] in far and pair[1] not in far]:
        far.update({other: far[one] + 1 for one, other in new})
    layers: dict[int, list[str]] = {}
    for centre in (one for one in web.centres if one in far):
        layers.setdefault(far[centre], []).append(centre)
    return {
        centre: (-float(layer) + INDENT * (at % 2), (len(centres) - 1) / 2 - at)
        for layer, centres in layers.items()
        for at, centre in enumerate(centres)
    }


def _joined(web: Web) -> list[tuple[str, str]]:
    """Receiver and giver of every link."""
    back = [(link.ends[1], link.ends[0]) for link in web.links]
    return [*back, *(link.ends for link in web.links if not link.is_one_way)]


def _graph(axes: Axes, plan: WebPlan, found: Found, at: Mapping[str, Place]) -> None:
    web, goal = plan.scenario.web, goal_of(plan.arm.flow)
    channels = {valued.player: valued for valued in found.of("channels")}
    sensors = {valued.player: valued for valued in found.of("sensors")}
    most = max(map(_value, found.players), default=0.0)
    links = [link for link in (web.links if web else ()) if link.channel in channels and {*link.ends} <= at.keys()]
    for number, link in enumerate(links):
        text = capital(plan.arm.channels[link.channel].title) if len(links) <= MOST_NAMED else ""
        _line(axes, [at[end] for end in link.ends], channels[link.channel], most, text, BEND * _beside(links, number))
    for centre, place in at.items():
        _centre(axes, centre, place, sensors.get(centre), most, is_goal=centre == goal)
    _frame(axes, at, goal)


def _frame(axes: Axes, at: Mapping[str, Place], goal: str) -> None:
    """Room for names to the left of all, and to the right of the goal."""
    lows, highs = np.min([*at.values()], axis=0), np.max([*at.values()], axis=0)
    left = max((inches(owner_name(centre), BODY, is_bold=True) for centre in at if centre != goal), default=0.0) + ROOM
    right = inches(owner_name(goal), BODY, is_bold=True) + ROOM
    unit = (page_width() - left - right - 2 * ROOM) / max(highs[0] - lows[0], 1.0)
    axes.set_xlim(lows[0] - (left + ROOM) / unit, highs[0] + (right + ROOM) / unit)
    axes.set_ylim(lows[1] - 0.5, highs[1] + 0.5)
    axes.axis("off")


def _value(valued: Valued) -> float:
    return max(float(valued.shapley[WARNING, 0, 0]), 0.0)


def _beside(links: Sequence[Link], number: int) -> int:
    """On which side of a straight line it goes: those after the first between the same two to either side in turn."""
    n = sum({*other.ends} == {*links[number].ends} for other in links[:number])
    return -(n + 1) // 2 if n % 2 else n // 2


def _line(axes: Axes, ends: Sequence[Place], valued: Valued, most: float, text: str, bend: float) -> None:
    (start, stop), is_idle = map(np.array, ends), is_nil(valued)
    beside = bend * np.array([stop[1] - start[1], start[0] - stop[0]])
    points = np.array([start, (start + stop) / 2 + beside, stop])
    look: dict[str, Any] = {"edgecolor": DIRECT if is_told(valued) else MUTED}
    look |= {"linestyle": (0, (4, 3))} if is_idle else {}
    share = _value(valued) / most if most and is_told(valued) else 0.0
    width = LEAST + (WIDEST - LEAST) * share
    path = Path(points, [Path.MOVETO, Path.CURVE3, Path.CURVE3])
    axes.add_patch(PathPatch(path, facecolor="none", alpha=0.8, linewidth=width, zorder=1, **look))
    if not text:
        return
    t = ALONG if start[0] != stop[0] else 0.5
    place = np.array([(1 - t) ** 2, 2 * t * (1 - t), t**2]) @ points
    axes.text(
        float(place[0]),
        float(place[1]),
        text,
        ha="center",
        va="center",
        fontsize=SMALL,
        color=INK,
        bbox=PLATE,
        zorder=3,
    )


def _centre(axes: Axes, centre: str, place: Place, valued: Valued | None, most: float, *, is_goal: bool) -> None:
    """A disc whose area is what its sensors are worth, and its name beside it."""
    share = _value(valued) / most if valued and most else 0.0
    size = max(SMALLEST, LARGEST * share**0.5)
    colour = OWNERS.get(centre, OTHER_OWNER) if valued else "white"
    axes.plot(*place, "o", markersize=size, color=colour, markeredgecolor=QUIET, markeredgewidth=1, zorder=4)
    if is_goal:
        size += 9
        axes.plot(*place, "o", markersize=size, color="none", markeredgecolor=INK, markeredgewidth=1.6, zorder=4)
    side = 1 if is_goal else -1
    axes.annotate(
        capital(owner_name(centre)),
        place,
        (side * (size / 2 + 5), 0),
        textcoords="offset points",
        ha="left" if is_goal else "right",
        va="center",
        fontsize=BODY,
        fontweight="bold",
        color=INK,
        zorder=5,
    )


def _rows(axes: Axes, plan: WebPlan, rows: Sequence[Valued]) -> None:
    """What each is worth, in minutes of warning: over the settings, at working values with its noise, and last in."""
    for row, valued in enumerate(rows):
        colour = DIRECT if valued.kind == "channels" else OWNERS.get(valued.player, OTHER_OWNER)
        over = minutes(1) * valued.shapley[WARNING, 0]
        axes.plot([over.min(), over.max()], [-row, -row], color=colour, alpha=0.35, linewidth=6, solid_capstyle="butt")
        axes.plot(over[0], -row, "o", color=colour, markersize=7, zorder=4)
        ends = over[0] + np.array([-1, 1]) * minutes(float(valued.noise[WARNING]))
        axes.plot(ends, [-row, -row], color=INK, linewidth=1.2, zorder=5)
        last = minutes(float(valued.last[WARNING, 0, 0]))
        axes.plot(last, 0.34 - row, "v", color=INK, markersize=4.5, zorder=3)
    axes.set_yticks([-row for row in range(len(rows))])
    room = 0.34 * line_room()
    names = [shortened(capital(player_name(plan, valued)), SMALL, room) for valued in rows]
    axes.set_yticklabels(names)
    axes.set_ylim(0.6 - len(rows), 0.7)
    axes.set_xlabel("minutes of warning", fontsize=BODY)
    plain(axes)
    axes.tick_params(axis="y", length=0)
