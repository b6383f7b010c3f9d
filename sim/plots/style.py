"""How all figures look: titles that state a finding, small print, axes.

Sizes are for a figure of 5.4 inches that is printed at 8 cm.
"""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.model.launch import Deadline
from sim.plots.colours import INK, QUIET
from sim.plots.measure import inches, lines
from sim.say.numbers import unbroken
from sim.units import minutes

WIDTH = 5.4
TITLE, BODY, SMALL, NOTE = 13, 10.5, 8.5, 7.2
ROOM = 0.97 * WIDTH  # inches, for a line
HATCH = "////"
PLATE = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1}


def new_figure(height: float) -> Figure:
    """An empty figure of the one width."""
    return Figure(figsize=(WIDTH, height), layout="constrained")


def finish(figure: Figure, title: str, *notes: str) -> Figure:
    """Put the finding above and the small print below."""
    figure.suptitle("\n".join(title_lines(title)), x=0.01, ha="left", fontsize=TITLE, fontweight="bold", color=INK)
    small = [line for text in notes for line in lines(text, NOTE, ROOM)]
    figure.supxlabel("\n".join(small), x=0.01, ha="left", fontsize=NOTE, color=QUIET)
    return figure


def title_lines(title: str) -> list[str]:
    """A title in lines that end between its parts, or where they must."""
    parts = unbroken(title).split("; ")
    whole = [part.replace(" ", "\N{NO-BREAK SPACE}") for part in parts]
    is_short = len(parts) > 1 and all(inches(f"{part};", TITLE, is_bold=True) <= ROOM for part in parts)
    return lines("; ".join(whole if is_short else parts), TITLE, ROOM, is_bold=True)


def plain(axes: Axes, *, keep: tuple[str, ...] = ("bottom",)) -> Axes:
    """Leave out every line that says nothing."""
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(side in keep)
    axes.tick_params(labelsize=BODY - 0.5, colors=INK, length=3)
    axes.grid(axis="x", color="#eeeeee")
    axes.set_axisbelow(True)
    return axes


def deadline_line(axes: Axes, deadline: Deadline, y: float, *, is_left: bool, is_named: bool = True) -> None:
    """A deadline as a line, named at height y of the axes: right of the line, or left where there is no room."""
    at = minutes(deadline.after_us)
    axes.axvline(at, color=INK, linewidth=1.3, zorder=5)
    if not is_named:
        return
    axes.text(
        at,
        y,
        deadline_words(deadline),
        transform=axes.get_xaxis_transform(),
        va="bottom",
        ha="right" if is_left else "left",
        fontsize=BODY - 0.5,
        color=INK,
        zorder=6,
        bbox=PLATE,
    )


def deadline_words(deadline: Deadline) -> str:
    """The name of a deadline and its time."""
    return f" {deadline.name}, {round(minutes(deadline.after_us), 2):g} min "
