"""Arms as rows: the name and its time above a bar of stages, the names of the stages below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.plots.colours import INK, MUTED, QUIET
from sim.plots.measure import inches, lines, shortened
from sim.plots.style import BODY, HATCH, PLATE, SMALL, new_figure, page_width, plain

SHARED = "#cfcfcf"
HEIGHT = 0.24  # inches, a bar
TITLE, TIER, GAP = 0.21, 0.185, 0.1  # inches: a name above it, a line of names below, and to the next row
AXIS = 0.55  # inches, below the rows
LONGER = 1.04  # the axis, than the longest bar
AXES = 0.97  # of the figure's width
TIERS, BEHIND = 2, -1
SEEN = 0.006  # of the axis, what is shorter cannot be seen
APART = 0.09  # inches between two names
UNDER = 0.03  # inches between a bar and a name
SPARE = 0.15  # inches: the numbers at the ends of an axis reach beyond it
WIDE = 0.85  # of the axes, a text that would press them together though it has room in them


@dataclass(frozen=True)
class Piece:
    """A stretch of a bar in minutes: a stage at work, filled, or a wait, hollow and without a title."""

    title: str
    left: float
    width: float
    is_shared: bool = False
    is_assumed: bool = False
    is_wait: bool = False


@dataclass(frozen=True)
class Head:
    """What stands above a bar: words and their colour."""

    words: str
    colour: str = INK

    @property
    def lines(self) -> list[str]:
        """Its words in lines as wide as the axes."""
        return lines(self.words, BODY, room() - SPARE, is_bold=True)


@dataclass(frozen=True)
class Row:
    """A bar of pieces each in its colour, under the names of all arms that look alike."""

    heads: tuple[Head, ...]
    pieces: tuple[tuple[Piece, str], ...]


@dataclass(frozen=True)
class Name:
    """Where the title of a piece stands: from left to right in minutes, in a tier below the bar or behind it."""

    title: str
    piece: Piece
    left: float
    width: float
    tier: int


def merged(rows: Sequence[Row], longest: float) -> list[Row]:
    """Rows whose bars look alike become one, under all their names."""
    found: list[Row] = []
    for row in rows:
        alike = [number for number, other in enumerate(found) if look_alike(row, other, SEEN * longest)]
        if alike:
            before = found[alike[0]]
            found[alike[0]] = Row((*before.heads, *row.heads), before.pieces)
        else:
            found.append(row)
    return found


def look_alike(a: Row, b: Row, seen: float) -> bool:
    """Whether two bars differ in nothing that is longer than what can be seen, minutes."""
    seen_a, seen_b = ([one for one in row.pieces if one[0].width > seen] for row in (a, b))
    return (
        bool(seen_a)
        and len(seen_a) == len(seen_b)
        and all(
            one.title == other.title
            and colour == other_colour
            and abs(one.left - other.left) < seen
            and abs(one.width - other.width) < seen
            for (one, colour), (other, other_colour) in zip(seen_a, seen_b, strict=True)
        )
    )


def draw_rows(rows: Sequence[Row], longest: float, label: str) -> tuple[Figure, Axes]:
    """A figure of rows, under an axis that is so many minutes long."""
    names = [placed(row, longest) for row in rows]
    figure = new_figure(AXIS + sum(height(row, found) for row, found in zip(rows, names, strict=True)))
    axes = figure.subplots()
    fill(axes, rows, names)
    axes.set_xlim(0, longest)
    axes.set_xlabel(label, fontsize=BODY)
    plain(axes)
    return figure, axes


def height(row: Row, names: Sequence[Name]) -> float:
    """How high a row is with its names, inches."""
    n_lines = sum(len(head.lines) for head in row.heads)
    return TITLE * n_lines + HEIGHT + TIER * (1 + max((name.tier for name in names), default=BEHIND)) + GAP


def fill(axes: Axes, rows: Sequence[Row], names: Sequence[Sequence[Name]]) -> None:
    """Rows one below the other, upwards in inches."""
    top = 0.0
    for row, found in zip(rows, names, strict=True):
        y = top
        for head in row.heads:
            bold: dict[str, Any] = {
                "fontsize": BODY,
                "fontweight": "bold",
                "color": head.colour,
                "zorder": 7,
                "bbox": PLATE,
            }
            for line in head.lines:
                said = axes.text(0.0, y - 0.02, line, va="top", transform=axes.get_yaxis_transform(), **bold)
                said.set_in_layout(inches(line, BODY, is_bold=True) < WIDE * room())
                y -= TITLE
        for piece, colour in row.pieces:
            bar(axes, piece, y - HEIGHT, colour)
        for name in found:
            write(axes, name, y - HEIGHT)
        top -= height(row, found)
    axes.set_yticks([])
    axes.set_ylim(top + GAP / 2, 0.0)


def bar(axes: Axes, piece: Piece, bottom: float, colour: str) -> None:
    """One piece, from a height in inches upwards; the limits of the axes are set and need not be found."""
    face, edge = ("white", colour) if piece.is_wait else (colour, "white")
    hatch = HATCH if piece.is_assumed and not piece.is_wait else ""
    width = 1.2 if piece.is_wait else 0.8
    look: dict[str, Any] = {"facecolor": face, "edgecolor": edge, "hatch": hatch, "linewidth": width}
    axes.add_artist(Rectangle((piece.left, bottom), piece.width, HEIGHT, **look))


def placed(row: Row, longest: float, lowest: float = 0.0) -> list[Name]:
    """The titles of pieces below the bar, as near to their pieces as they can be: first what fits below its own, then
    what sets the arm apart, then the others, the longest first. What sets it apart and finds no room in two tiers
    stands behind the bar if there is room."""
    titled = [
        replace(piece, title=shortened(piece.title, SMALL, room() - SPARE))
        for piece, _ in row.pieces
        if piece.title and piece.width > SEEN * longest
    ]
    order = sorted(
        titled, key=lambda piece: (width_of(piece.title, longest) > piece.width, piece.is_shared, -piece.width)
    )
    ways = [below(order, longest, lowest, first) for first in range(len(lefts(Piece("", 0, 0), 0, 0, 0)))]
    found = max(ways, key=lambda names: sum(1 if name.piece.is_shared else 2 for name in names))
    named = [name.piece for name in found]
    left_over = [piece for piece in order if piece not in named and not piece.is_shared]
    return [*found, *behind(row, left_over, longest, lowest)]


def below(order: Sequence[Piece], longest: float, lowest: float, first: int) -> list[Name]:
    """Titles in two tiers below their bar; ``first``: which of the places along the bar is tried first."""
    found: list[Name] = []
    for piece in order:
        width = width_of(piece.title, longest)
        along = lefts(piece, width, longest, lowest)
        tried = [along[first], *along] if width > piece.width else along
        places = [Name(piece.title, piece, left, width, tier) for tier in range(TIERS) for left in tried]
        found += [place for place in places if is_free(place, found, longest)][:1]
    return found


def behind(row: Row, left_over: Sequence[Piece], longest: float, lowest: float) -> list[Name]:
    """As many titles as have room to the right of the bar, the longest pieces first, in the order of time."""
    end = max((piece.left + piece.width for piece, _ in row.pieces), default=0.0) + 0.01 * longest
    for n in range(len(left_over), 0, -1):
        said = ", ".join(piece.title for piece in sorted(left_over[:n], key=lambda piece: piece.left))
        width = width_of(said, longest)
        if end + width < lowest + longest:
            return [Name(said, left_over[0], end, width, BEHIND)]
    return []


def lefts(piece: Piece, width: float, longest: float, lowest: float) -> list[float]:
    """Where a title may begin: about the middle of its piece, from its left edge on, up to its right edge."""
    middle, right = piece.left + piece.width / 2, piece.left + piece.width
    wanted = (middle - width / 2, piece.left, right - width, middle, middle - width)
    return [min(max(left, lowest), lowest + longest - width) for left in wanted]


def is_free(name: Name, others: Sequence[Name], longest: float) -> bool:
    """Whether a title hides no other, nor the line that leads to one."""
    apart = APART / room() * longest
    for other in others:
        is_beside = name.left > other.left + other.width + apart or other.left > name.left + name.width + apart
        if other.tier == name.tier and not is_beside:
            return False
        upper, lower = (name, other) if name.tier < other.tier else (other, name)
        at = lower.piece.left + lower.piece.width / 2
        if lower.tier > upper.tier and upper.left - apart / 2 < at < upper.left + upper.width + apart / 2:
            return False
    return True


def write(axes: Axes, name: Name, bottom: float) -> None:
    """A title below its bar, and a line that leads there if it stands aside or lower."""
    y = bottom - UNDER - TIER * name.tier if name.tier != BEHIND else bottom + HEIGHT - 0.02
    colour = QUIET if name.piece.is_shared else INK
    said = axes.text(name.left, y, name.title, va="top", ha="left", fontsize=SMALL, color=colour, bbox=PLATE, zorder=7)
    said.set_in_layout(inches(name.title, SMALL) < WIDE * room())
    at = name.piece.left + name.piece.width / 2
    if name.tier > 0:
        axes.plot([at, at], [bottom - UNDER / 2, y - UNDER / 2], color=MUTED, linewidth=0.7, zorder=6)


def width_of(title: str, longest: float) -> float:
    """The width of a title in minutes of an axis of this length."""
    return inches(title, SMALL) / room() * longest


def room() -> float:
    """The width of the axes, inches."""
    return page_width() * AXES
