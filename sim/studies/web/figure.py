"""A web as a graph whose lines are as wide as channels are worth, and below it what every player is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from sim.model.web import Link, Web
from sim.plots.colours import DIRECT, INK, MUTED, OTHER_OWNER, OWNERS, QUIET
from sim.plots.measure import shortened
from sim.plots.style import BODY, PLATE, SMALL, finish, line_room, new_figure, plain
from sim.say.numbers import capital
from sim.studies.sight.say import owner_name
from sim.studies.web.find import WARNING, Found, Valued, WebPlan
from sim.studies.web.games import goal_of
from sim.studies.web.say import is_nil, player_name, ranked, worth_words
from sim.units import minutes

GRAPH, ROW = 2.7, 0.3  # inches: the graph, and a player below it
WIDEST, LEAST = 13.0, 1.0  # points, of lines
LARGEST, SMALLEST = 34.0, 7.0  # points across, of centres
BEND = 0.18  # of a line beside another between the same two
NOTE = (
    "Lines: channels, as wide as their value in warning; dashed: worth nothing in any setting. Discs: centres, as large "
    "as the value of their sensors; ring: whom the report must reach. Below: dot, Shapley value at working values; bar, "
    "over {n} drawn settings; triangle, last in."
)
Place = tuple[float, float]


def draw(title: str, plan: WebPlan, found: Found, run: str) -> Figure:
    """The graph, and a row a player."""
    rows = [valued for kind in ("channels", "sensors") for valued in ranked(found.of(kind))]
    height = ROW * len(rows) + 0.5
    figure = new_figure(GRAPH + height)
    above, below = figure.subplots(2, 1, height_ratios=(GRAPH, height))
    _graph(above, plan, found)
    _rows(below, plan, rows)
    return finish(figure, title, NOTE.format(n=plan.n_settings), f"{plan.scenario.name}: {run}")


def places(web: Web, goal: str) -> dict[str, Place]:
    """Where centres stand: the farther from the goal by links, the farther to the left of it; in the file's order."""
    far = {goal: 0}
    while new := [pair for pair in _joined(web) if pair[0] in far and pair[1] not in far]:
        far.update({other: far[one] + 1 for one, other in new})
    layers: dict[int, list[str]] = {}
    for centre in (one for one in web.centres if one in far):
        layers.setdefault(far[centre], []).append(centre)
    return {
        centre: (-float(layer) + 0.12 * (at % 2), (len(layers[layer]) - 1) / 2 - at)
        for layer, centres in layers.items()
        for at, centre in enumerate(centres)
    }


def _joined(web: Web) -> list[tuple[str, str]]:
    """Receiver and giver of every link."""
    back = [(link.ends[1], link.ends[0]) for link in web.links]
    return [*back, *(link.ends for link in web.links if not link.is_one_way)]


def _graph(axes: Axes, plan: WebPlan, found: Found) -> None:
    web, goal = plan.scenario.web, goal_of(plan.arm.flow)
    if web is None:
        return
    at = places(web, goal)
    channels = {valued.player: valued for valued in found.of("channels")}
    sensors = {valued.player: valued for valued in found.of("sensors")}
    most = max((_value(one) for one in found.players), default=0.0)
    named: set[str] = set()
    for number, link in enumerate(web.links):
        if link.channel in channels and set(link.ends) <= at.keys():
            words = capital(plan.arm.channels[link.channel].title)
            text = words if link.channel in named else f"{words}\n{worth_words(channels[link.channel])}"
            named.add(link.channel)
            _line(axes, link, at, channels[link.channel], most, text, BEND * _beside(web.links, number))
    for centre, place in at.items():
        _centre(axes, centre, place, sensors.get(centre), most, is_goal=centre == goal)
    lows, highs = np.min([*at.values()], axis=0), np.max([*at.values()], axis=0)
    axes.set_xlim(lows[0] - 0.45, highs[0] + 0.4)
    axes.set_ylim(lows[1] - 0.5, highs[1] + 0.45)
    axes.axis("off")


def _value(valued: Valued) -> float:
    return max(float(valued.shapley[WARNING, 0, 0]), 0.0)


def _beside(links: Sequence[Link], number: int) -> int:
    """How many links before it join the same two."""
    return sum(set(other.ends) == set(links[number].ends) for other in links[:number])


def _line(
    axes: Axes, link: Link, at: Mapping[str, Place], valued: Valued, most: float, text: str, bend: float
) -> None:
    start, stop = (np.array(at[end]) for end in link.ends)
    is_idle = is_nil(valued)
    width = LEAST + (WIDEST - LEAST) * (_value(valued) / most if most else 0.0)
    axes.add_patch(
        FancyArrowPatch(
            tuple(start),
            tuple(stop),
            connectionstyle=f"arc3,rad={bend}",
            arrowstyle="-",
            linewidth=width,
            linestyle=(0, (4, 3)) if is_idle else "-",
            color=MUTED if is_idle else DIRECT,
            alpha=1.0 if is_idle else 0.75,
            shrinkA=12,
            shrinkB=12,
            zorder=1,
        )
    )
    across = np.array([stop[1] - start[1], start[0] - stop[0]])
    middle = (start + stop) / 2 + bend / 2 * across
    axes.text(*middle, text, ha="center", va="center", fontsize=SMALL, color=INK, bbox=PLATE, zorder=3, linespacing=1.1)


def _centre(axes: Axes, centre: str, place: Place, valued: Valued | None, most: float, *, is_goal: bool) -> None:
    """A disc as large as its sensors are worth, in area; its name, and that, below."""
    share = _value(valued) / most if valued and most else 0.0
    size = SMALLEST + (LARGEST - SMALLEST) * share**0.5
    colour = OWNERS.get(centre, OTHER_OWNER) if valued else "white"
    axes.plot(*place, "o", markersize=size, color=colour, markeredgecolor=QUIET, markeredgewidth=1, zorder=4)
    if is_goal:
        axes.plot(*place, "o", markersize=size + 9, color="none", markeredgecolor=INK, markeredgewidth=1.6, zorder=4)
    sensors = f"\nsensors: {worth_words(valued)}" if valued else "\nno sensors of its own"
    axes.annotate(
        f"{capital(owner_name(centre))}{sensors}",
        place,
        (0, -(size / 2 + (7 if is_goal else 3))),
        textcoords="offset points",
        ha="center",
        va="top",
        fontsize=SMALL,
        color=INK,
        bbox=PLATE,
        zorder=5,
        linespacing=1.1,
    )


def _rows(axes: Axes, plan: WebPlan, rows: Sequence[Valued]) -> None:
    """What each is worth, in minutes of warning: over the settings, at working values, and last in."""
    for row, valued in enumerate(rows):
        colour = DIRECT if valued.kind == "channels" else OWNERS.get(valued.player, OTHER_OWNER)
        over = minutes(1) * valued.shapley[WARNING, 0]
        axes.plot([over.min(), over.max()], [-row, -row], color=colour, alpha=0.35, linewidth=6, solid_capstyle="butt")
        axes.plot(over[0], -row, "o", color=colour, markersize=7, zorder=4)
        last = minutes(float(valued.last[WARNING, 0, 0]))
        axes.plot(last, -row, ">", color="white", markeredgecolor=INK, markersize=6, zorder=3)
    axes.set_yticks([-row for row in range(len(rows))])
    room = 0.34 * line_room()
    names = [shortened(capital(player_name(plan, valued)), SMALL, room) for valued in rows]
    axes.set_yticklabels(names)
    axes.set_ylim(0.6 - len(rows), 0.6)
    axes.set_xlabel("minutes of warning", fontsize=BODY)
    plain(axes)
    axes.tick_params(axis="y", length=0)
