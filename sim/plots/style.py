"""How all figures look: titles that state a finding, small print, axes.

Sizes are for a figure of 5.4 inches that is printed 8 cm wide, where the least of them is 6 points. A figure for a
wider page has more inches and letters of the same size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import ScaledTranslation, Transform

from sim.model.launch import Deadline
from sim.plots.colours import INK, QUIET
from sim.plots.measure import POINTS, inches, lines
from sim.say.numbers import unbroken
from sim.units import minutes

COLUMN, COLUMN_CM, LEAST_PT = 5.4, 8.0, 6.0  # inches of a figure, how wide it is printed, and the smallest letters then
_PRINTED_CM: ContextVar[float] = ContextVar("printed_cm", default=COLUMN_CM)
TITLE, BODY, SMALL, NOTE = 13, 10.6, 10.3, 10.3
LEADING = 1.2 / POINTS  # inches a line takes, for each point of its letters
BESIDE = 0.12  # inches between title, figure and small print
HATCH = "////"
STRAIGHT_MIN = 10  # minutes that an axis shows evenly where it shows hours as well
PLATE = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1}


@contextmanager
def printed_at(cm: float) -> Iterator[None]:
    """Figures that are made meanwhile are for being printed so wide."""
    token = _PRINTED_CM.set(cm)
    try:
        yield
    finally:
        _PRINTED_CM.reset(token)


def page_width() -> float:
    """The width of a figure, inches."""
    return COLUMN * _PRINTED_CM.get() / COLUMN_CM


def line_room() -> float:
    """Inches, for a line."""
    return 0.97 * page_width()


def new_figure(height: float) -> Figure:
    """An empty figure; `finish` makes room for title and small print beside so many inches."""
    return Figure(figsize=(page_width(), height), layout="constrained")


def finish(figure: Figure, title: str, *notes: str) -> Figure:
    """Put the finding above and the small print below; what is between them keeps its height."""
    above = title_lines(title)
    small = [line for text in notes for line in lines(text, NOTE, line_room())]
    figure.suptitle(_as_said(above), x=0.01, ha="left", fontsize=TITLE, fontweight="bold", color=INK)
    figure.supxlabel(_as_said(small), x=0.01, ha="left", fontsize=NOTE, color=QUIET)
    figure.set_figheight(figure.get_figheight() + LEADING * (TITLE * len(above) + NOTE * len(small)) + 2 * BESIDE)
    return figure


def _as_said(found: list[str]) -> str:
    """Lines with plain spaces, so that who searches for the words finds them."""
    return "\n".join(found).replace("\N{NO-BREAK SPACE}", " ")


def title_lines(title: str) -> list[str]:
    """A title in lines that end between its parts, or where they must."""
    parts = unbroken(title).split("; ")
    whole = [part.replace(" ", "\N{NO-BREAK SPACE}") for part in parts]
    is_short = len(parts) > 1 and all(inches(f"{part};", TITLE, is_bold=True) <= line_room() for part in parts)
    return lines("; ".join(whole if is_short else parts), TITLE, line_room(), is_bold=True)


def plain(axes: Axes, *, keep: tuple[str, ...] = ("bottom",)) -> Axes:
    """Leave out every line that says nothing."""
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(side in keep)
    axes.tick_params(labelsize=SMALL, colors=INK, length=3)
    axes.grid(axis="x", color="#eeeeee")
    axes.set_axisbelow(True)
    return axes


def upright(axes: Axes, at: float, words: str, *, is_left: bool, level: int = 0) -> None:
    """A line through the axes, named above them so many lines up: from the line to the right, or to the left."""
    axes.axvline(at, color=INK, linewidth=1.3, zorder=5)
    if words:
        above = raised(axes.get_xaxis_transform(), axes, level)
        side = "right" if is_left else "left"
        axes.text(at, 1.0, words, transform=above, va="bottom", ha=side, fontsize=SMALL, color=INK, zorder=6)


def raised(transform: Transform, axes: Axes, n_lines: float) -> Transform:
    """So many lines of small letters above where it was."""
    return transform + ScaledTranslation(0, n_lines * LEADING * SMALL, axes.figure.dpi_scale_trans)


def deadline_words(deadline: Deadline) -> str:
    """The name of a deadline and its time."""
    return f" {deadline.name}, {round(minutes(deadline.after_us), 2):g} min "


def warp(set_scale: Callable[..., None], most_min: float) -> bool:
    """Make an axis of minutes even near zero and logarithmic beyond, where hours must show too; whether it was made so.

    set_scale : `set_xscale` or `set_yscale` of the axes.
    """
    is_far = most_min > 3 * STRAIGHT_MIN
    if is_far:
        set_scale("symlog", linthresh=STRAIGHT_MIN, linscale=1)
    return is_far
