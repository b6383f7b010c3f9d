"""From when to when each side's sensors have a launch in sight, by geometry alone: a row a launch, the lowest first."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.plots.colours import GRID, INK, OWNERS
from sim.plots.style import BODY, SMALL, finish, new_figure, plain
from sim.studies.record.rows import Span
from sim.studies.record.tracked import InSight

SEOUL, LAND, SHIP = OWNERS["seoul"], OWNERS["tokyo"], "#b9b3dd"
ROW, THIN = 0.42, 0.24
NEVER = "never seen from land"


def draw(title: str, launches: Sequence[InSight]) -> Figure:
    """Every launch of the days in question."""
    rows = sorted(launches, key=_height_km)
    figure = new_figure(0.95 + ROW * len(rows))
    axes = figure.subplots()
    for y, one in enumerate(rows):
        _draw_row(axes, -y, one)
    labels = [f"{one.launch.date}\n{_height_km(one):.4g} km high" for one in rows]
    axes.set_yticks([-y for y in range(len(rows))], labels)
    axes.set_ylim(0.6 - len(rows), 0.6)
    axes.set_xlim(left=0)
    axes.set_xlabel("minutes after launch", fontsize=BODY)
    plain(axes)
    axes.tick_params(axis="y", length=0, labelsize=SMALL)
    _legend(axes)
    return finish(
        figure,
        title,
        "Grey: the flight. Radars with their working range. The ship is put "
        "in the middle of the sea. Low, irregular flight, the reason given for the launches missed, is not modelled.",
    )


def _height_km(one: InSight) -> float:
    return one.launch.apogee_km.value if one.launch.apogee_km else 0.0


def _draw_row(axes: Axes, y: int, one: InSight) -> None:
    axes.plot([0, one.flight_s / 60], [y, y], color=GRID, linewidth=14, solid_capstyle="butt", zorder=1)
    _bar(axes, y + THIN / 2, one.seoul, SEOUL)
    _bar(axes, y - THIN / 2, one.tokyo, SHIP)
    _bar(axes, y - THIN / 2, one.land, LAND)
    if one.land is None:
        axes.text(one.flight_s / 60, y, f" {NEVER}", ha="left", va="center", fontsize=SMALL, color=INK, zorder=6)


def _bar(axes: Axes, y: float, span: Span | None, colour: str) -> None:
    if span is not None:
        axes.barh(y, (span.high - span.low) / 60, THIN, left=span.low / 60, color=colour, zorder=3)


def _legend(axes: Axes) -> None:
    named = ((SEOUL, "Seoul"), (LAND, "Tokyo, radars on land"), (SHIP, "Tokyo, with a ship"))
    axes.legend(
        handles=[Patch(facecolor=colour, label=label) for colour, label in named],
        frameon=False,
        fontsize=SMALL,
        ncols=3,
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        columnspacing=1.0,
        handletextpad=0.4,
    )
