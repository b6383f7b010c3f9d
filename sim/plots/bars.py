"""Arms as rows: the name and its time above a bar of stages, the names of the stages below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from sim.plots.colours import INK, QUIET
from sim.plots.measure import inches
from sim.plots.style import BODY, HATCH, PLATE, SMALL, WIDTH, plain

SHARED = "#cfcfcf"
ROW = 0.74  # inches
HEIGHT = 0.34
LONGER = 1.08  # the axis, than the longest bar
AXES = 0.96  # of the figure's width
MOST_LINES = 3


@dataclass(frozen=True)
class Piece:
    """A stretch of a bar in minutes: a stage at work, filled, or a wait, hollow and without a title."""

    title: str
    left: float
    width: float
    is_shared: bool = False
    is_assumed: bool = False
    is_wait: bool = False


def row(axes: Axes, y: float, words: str, pieces: Sequence[Piece], colour: str, longest: float) -> Axes:
    """One arm; ``longest`` is the length of the axis in minutes."""
    axes.text(
        0, y + 0.2, words, ha="left", va="bottom", fontsize=BODY, fontweight="bold", color=colour, bbox=PLATE, zorder=7
    )
    for piece in pieces:
        bar(axes, piece, y, SHARED if piece.is_shared else colour)
    name_pieces(axes, [piece for piece in pieces if piece.title not in words], y, longest)
    return axes


def bar(axes: Axes, piece: Piece, y: float, colour: str) -> None:
    """One piece."""
    face, edge = ("white", colour) if piece.is_wait else (colour, "white")
    hatch = HATCH if piece.is_assumed and not piece.is_wait else ""
    width = 1.2 if piece.is_wait else 0.8
    axes.barh(
        y, piece.width, left=piece.left, height=HEIGHT, facecolor=face, edgecolor=edge, hatch=hatch, linewidth=width
    )


def name_pieces(axes: Axes, pieces: Sequence[Piece], y: float, longest: float) -> None:
    """Titles below the pieces that are as wide; what sets the arm apart and is not, behind the bar if there is room."""
    small: dict[str, Any] = {"va": "center", "fontsize": SMALL, "bbox": PLATE, "zorder": 7, "linespacing": 1.0}
    narrow = []
    for piece in pieces:
        if width_of(piece.title, longest) < piece.width:
            colour = QUIET if piece.is_shared else INK
            axes.text(piece.left + piece.width / 2, y - 0.29, piece.title, ha="center", color=colour, **small)
        elif piece.title and piece.width and not piece.is_shared:
            narrow.append(piece.title)
    end = max((piece.left + piece.width for piece in pieces), default=0.0) + 0.01 * longest
    for said in (", ".join(narrow), ",\n".join(narrow[:MOST_LINES])):
        if narrow and end + width_of(max(said.split("\n"), key=len), longest) < longest and len(narrow) <= MOST_LINES:
            axes.text(end, y, said, ha="left", color=INK, **small)
            break


def width_of(title: str, longest: float) -> float:
    """The width of a title in minutes of an axis of this length."""
    return inches(title, SMALL) / (WIDTH * AXES) * longest


def finish_rows(axes: Axes, n_rows: int, longest: float, label: str) -> Axes:
    """The axes around the rows."""
    axes.set_yticks([])
    axes.set_ylim(-n_rows + 0.5, 0.55)
    axes.set_xlim(0, longest)
    axes.set_xlabel(label, fontsize=BODY)
    return plain(axes)
