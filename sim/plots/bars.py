"""Bars of stages on a clock from launch: shared ones grey, assumed ones hatched, waits hollow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from sim.plots.style import BODY, HATCH, INK, NAME, SHARED, WIDTH, plain, wrapped

HEIGHT = 0.5
ROW = 0.85  # inches
ROOM = 1.36  # the axis beside the longest bar, for its label
MOST_BESIDE = 3  # lines of names
INCHES_PER_CHARACTER = 0.073  # of a stage's name


@dataclass(frozen=True)
class Piece:
    """One stage on a bar: minutes at which it was queued, started and ended."""

    title: str
    queued: float
    started: float
    ended: float
    is_shared: bool
    is_assumed: bool


@dataclass(frozen=True)
class Bar:
    """One arm: its pieces, when its report arrives (None: never), its colour."""

    title: str
    pieces: Sequence[Piece]
    end: float | None
    colour: str


def draw_bars(axes: Axes, bars: Sequence[Bar], least: float) -> Axes:
    """A row a bar, from the top; the axis shows at least so many minutes."""
    longest = max([least, *(bar.end for bar in bars if bar.end is not None)]) or 1.0
    inches = WIDTH - 0.4 - 0.09 * max(len(bar.title) for bar in bars)
    character = longest * ROOM / inches * INCHES_PER_CHARACTER
    for row, bar in enumerate(bars):
        draw_bar(axes, bar, -row, character)
        label_end(axes, bar, -row, int((longest * ROOM - (bar.end or 0)) / character) - 2, character)
    axes.set_yticks([-row for row in range(len(bars))], [bar.title for bar in bars])
    axes.set_ylim(-len(bars) + 0.6, 0.8)
    axes.set_xlim(0, longest * ROOM)
    axes.locator_params(axis="x", nbins=8, steps=[1, 2, 5, 10])
    plain(axes).tick_params(axis="y", length=0, labelsize=BODY - 1)
    return axes


def draw_bar(axes: Axes, bar: Bar, y: float, character: float) -> Axes:
    """One arm: its stages, named above where the name fits."""
    for piece in bar.pieces:
        colour = SHARED if piece.is_shared else bar.colour
        wait, hold = piece.started - piece.queued, piece.ended - piece.started
        if wait > 0:
            axes.barh(y, wait, HEIGHT, left=piece.queued, facecolor="white", edgecolor=colour, linewidth=1.2)
            if fits("waits", wait, character):
                axes.text(piece.queued + wait / 2, y, "waits", ha="center", va="center", fontsize=NAME, color=INK)
        hatch = HATCH if piece.is_assumed else ""
        axes.barh(
            y, hold, HEIGHT, left=piece.started, facecolor=colour, edgecolor="white", hatch=hatch, linewidth=0.8
        )
        if fits(piece.title, hold, character):
            above, middle = y + HEIGHT / 2 + 0.03, piece.started + hold / 2
            axes.text(middle, above, piece.title, ha="center", va="bottom", fontsize=NAME, color=INK)
    return axes


def label_end(axes: Axes, bar: Bar, y: float, room: int, character: float) -> Axes:
    """When the report arrives, and the names of the coloured stages that are too short to bear them."""
    if bar.end is None:
        axes.text(character, y, "no report arrives", va="center", fontsize=BODY, color=INK)
        return axes
    short = [p.title for p in bar.pieces if not p.is_shared and not fits(p.title, p.ended - p.started, character)]
    names = wrapped(", ".join(dict.fromkeys(short)), max(room, 1))
    has_room = len(bar.pieces) > 1 and max(map(len, names.split("\n"))) <= room and names.count("\n") < MOST_BESIDE
    lines = names.count("\n") + 1 if names and has_room else 0
    at = bar.end + character
    axes.text(
        at, y + 0.1 * lines, f"{bar.end:.1f} min", va="center", fontsize=BODY, fontweight="bold", color=bar.colour,
        zorder=7, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
    )  # fmt: skip
    if lines:
        axes.text(
            at, y + 0.1 * lines - 0.12, names, va="top", fontsize=NAME, color=bar.colour, linespacing=1.0,
            zorder=7, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
        )  # fmt: skip
    return axes


def fits(text: str, width: float, character: float) -> bool:
    """Whether a name fits over so many minutes of bar."""
    return len(text) * character <= width
