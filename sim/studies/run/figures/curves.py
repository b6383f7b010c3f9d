"""What the figures of curves share: what is named in their panels and above them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, cycle
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from sim.model.scenario import Arm
from sim.plots.colours import QUIET
from sim.plots.labels import Box, DrawnCurve, best_box, is_nearest
from sim.plots.measure import inches, lines
from sim.plots.style import BODY, LEADING, PLATE, SMALL, new_figure, page_width, plain, raised, upright
from sim.say.channels import NO_PATH
from sim.say.numbers import list_text, share_text
from sim.studies.run.view import View, colours

N_POINTS = 400
ALONE, PANEL = 2.1, 1.35  # inches, the axes of a panel: one alone, one of several
NAME = 1.7  # lines above a panel that its name takes
BELOW, APART = 0.62, 0.22  # inches: the axis below, and a panel from the next
TICKS = 0.22  # inches, the numbers along an axis
LINE = 0.2  # inches a line of a label takes
TOP = 1.06
PAD = 0.02
LABEL = 1.75  # inches, the longest line of a label
AXES = 0.86  # of the figure's width, a panel
DASHES: tuple[Any, ...] = ("-", (0, (4, 1)), (0, (1.2, 0.8)), (0, (5, 1, 1, 1)))  # so that equal curves both show
MOST_ARRIVE = 0.995
AS_ONE = 0.01  # of the height, two curves that look like one
HANDLE = 0.55  # inches, a line of the key and what is beside it
BESIDE_END = (0.03, 0.12, 0.25, 0.4)  # below a curve, the share that never arrives


@dataclass(frozen=True)
class Mark:
    """An upright line and its name."""

    at: float  # of the width
    x: float
    words: str

    @property
    def is_left(self) -> bool:
        """Whether the name has no room on the right."""
        return self.at + self.width > 1

    @property
    def width(self) -> float:
        """Of the axes' width, the name."""
        return inches(self.words, SMALL) / (page_width() * AXES)

    @property
    def ends(self) -> tuple[float, float]:
        """From where to where the name stands."""
        return (self.at - self.width, self.at) if self.is_left else (self.at, self.at + self.width)


@dataclass(frozen=True)
class Curve:
    """The curve of an arm: where it stands in the axes, in which colour."""

    arm: Arm
    place: DrawnCurve
    colour: str


def panel_inches(n_panels: int) -> float:
    """How high the axes of a panel are."""
    return ALONE if n_panels == 1 else PANEL


def empty(n_panels: int, *, is_shared: bool = True) -> tuple[Figure, Sequence[Axes]]:
    """A figure of so many panels, one above the other; where they do not share an axis each has room for its ticks."""
    ticks = 0.0 if is_shared else TICKS * (n_panels - 1)
    figure = new_figure(n_panels * (panel_inches(n_panels) + APART) + ticks + BELOW)
    return figure, list(np.atleast_1d(figure.subplots(n_panels, 1, sharex=is_shared)))


def styles_of(arms: Sequence[Arm], baseline: str | None) -> dict[str, Any]:
    """Width and dash of every arm's line."""
    dashes = dict(zip((arm.name for arm in arms if arm.name != baseline), cycle(DASHES), strict=False))
    thin = {"linestyle": "-", "linewidth": 1.6}
    return {
        arm.name: thin if arm.name == baseline else {"linestyle": dashes[arm.name], "linewidth": 2.3} for arm in arms
    }


def curves_of(view: View, arms: Sequence[Arm], shares: Mapping[str, Any]) -> list[Curve]:
    """Where the curves of a panel stand, from their shares along its axis."""
    x, colour = np.linspace(0, 1, N_POINTS), colours(view)
    return [Curve(arm, DrawnCurve(x, shares[arm.name] / TOP), colour[arm.name]) for arm in arms]


def dress(
    axes: Axes,
    name: str,
    curves: Sequence[Curve],
    named: Sequence[Curve],
    marks: Sequence[Mark],
    high: float,
    never: Mapping[str, float],
) -> float:
    """All words of a panel so many inches high: beside its curves or in a key above it, over marks, and its name.

    never : by arm, the share of launches that it does not report, where that is said.

    Gives how much room that takes above the panel, inches.
    """
    places = [curve.place for curve in curves]
    taken = note_never(axes, {curve.arm.name: curve.place for curve in curves}, never, LINE / high)
    taken += [Box(mark.at, 0, 0, 1) for mark in marks]
    above: float = name_marks(axes, marks)
    if not label_curves(axes, named, places, taken, LINE / high):
        above += key(axes, named, above)
    elif name and all(mark.ends[0] > inches(name, BODY) / (page_width() * AXES) + PAD for mark in marks):
        above = 0.0  # the name of the panel stands beside those of the marks
    if name:
        axes.set_title(name, loc="left", fontsize=BODY, pad=4 + 72 * LEADING * SMALL * above)
    return (above + (NAME if name else 0.0)) * LEADING * SMALL


def name_marks(axes: Axes, marks: Sequence[Mark]) -> int:
    """Draw marks; how many lines above the axes their names take."""
    taken: list[tuple[int, tuple[float, float]]] = []
    for mark in marks:
        levels = [n for n, ends in taken if mark.words and mark.ends[0] < ends[1] and ends[0] < mark.ends[1]]
        level = max(levels, default=-1) + 1
        upright(axes, mark.x, mark.words, is_left=mark.is_left, level=level)
        taken += [(level, mark.ends)] if mark.words else []
    return 1 + max((level for level, _ in taken), default=-1)


def label_curves(
    axes: Axes, named: Sequence[Curve], places: Sequence[DrawnCurve], taken: Sequence[Box], line: float
) -> bool:
    """The names of curves beside them, where they hide least; whether all stand nearest to their own and hide none.

    line : how high a line is, of the axes.
    """
    boxes: list[tuple[list[str], Box]] = []
    for curve in named:
        ways = ways_to_break(curve.arm.title)
        others = [place for place in places if place is not curve.place]
        written = [*taken, *(box for _, box in boxes)]
        chosen, box = best_box(curve.place, [size_of(way, line) for way in ways], others, written)
        if not is_nearest(box, curve.place, others) or any(box.n_points(other) for other in others):
            return False
        boxes.append((ways[chosen], box))
    written = [box for _, box in boxes]
    is_crowded = any(box.overlaps(other) for n, box in enumerate(written) for other in [*taken, *written[:n]])
    if is_crowded or any(are_one(a, b) for a, b in combinations(named, 2)):
        return False
    for (said, box), curve in zip(boxes, named, strict=True):
        write(axes, said, box, curve.colour)
    return True


def are_one(a: Curve, b: Curve) -> bool:
    """Whether two curves look like one."""
    return bool(np.abs(a.place.y - b.place.y).max() < AS_ONE)


def write(axes: Axes, said: Sequence[str], box: Box, colour: str) -> None:
    """The name of a curve in its place."""
    bold: dict[str, Any] = {"fontsize": BODY, "fontweight": "bold", "linespacing": 1.0, "bbox": PLATE, "zorder": 7}
    middle = box.left + box.width / 2, box.bottom + box.height / 2
    axes.text(*middle, "\n".join(said), transform=axes.transAxes, color=colour, ha="center", va="center", **bold)


def key(axes: Axes, named: Sequence[Curve], level: float) -> float:
    """The names of curves with their lines so many lines above the axes, the soonest first; how many lines they take:
    beside curves that coincide there is no room."""
    order = in_order(named)
    said = (f"{curve.arm.title}{same_words(order[:n], curve)}" for n, curve in enumerate(order))
    titles = ["\n".join(lines(title, SMALL, page_width() * AXES - HANDLE)) for title in said]
    drawn = {str(line.get_label()): line for line in axes.get_lines()}
    half = -(-len(titles) // 2)
    widths = [max(_width(title) for title in part) + HANDLE for part in (titles[:half], titles[half:] or [""])]
    n_columns = 2 if len(titles) > 1 and sum(widths) < page_width() * AXES else 1
    legend = axes.legend(
        [drawn[curve.arm.title] for curve in order],
        [curve.arm.name for curve in order],
        loc="lower left",
        bbox_to_anchor=(0, 1),
        bbox_transform=raised(axes.transAxes, axes, level + 0.2),
        ncols=n_columns,
        fontsize=SMALL,
        frameon=False,
        borderpad=0,
        borderaxespad=0,
        labelspacing=0.2,
        columnspacing=1.0,
    )
    for text, title in zip(legend.get_texts(), titles, strict=True):
        text.set_text(title)  # given as a label one that begins with _ would be left out
    n_lines = sum(title.count("\n") + 1 for title in titles)
    return (half if n_columns == 2 else n_lines) * 1.05 + 0.4


def _width(said: str) -> float:
    return max(inches(line, SMALL) for line in said.split("\n"))


def in_order(named: Sequence[Curve]) -> list[Curve]:
    """Curves from the soonest on, those that look like one together."""
    groups: list[list[Curve]] = []
    for curve in named:
        alike = next((group for group in groups if are_one(group[0], curve)), None)
        if alike is None:
            groups.append([curve])
        else:
            alike.append(curve)
    return [curve for group in sorted(groups, key=lambda group: -float(group[0].place.y.sum())) for curve in group]


def same_words(before: Sequence[Curve], curve: Curve) -> str:
    """Said of a curve that lies on the one before it."""
    return ", the same" if before and are_one(before[-1], curve) else ""


def ways_to_break(title: str) -> list[list[str]]:
    """A name on as few lines as it may be, and on one more."""
    few = lines(title, BODY, LABEL, is_bold=True)
    room = 1.3 * inches(title, BODY, is_bold=True) / (len(few) + 1)
    return [few, lines(title, BODY, room, is_bold=True)]


def size_of(said: Sequence[str], line: float) -> tuple[float, float]:
    """Width and height of a name, in shares of the axes."""
    return max(inches(words, BODY, is_bold=True) for words in said) / (page_width() * AXES) + PAD, line * len(said)


def note_never(axes: Axes, places: Mapping[str, DrawnCurve], never: Mapping[str, float], line: float) -> list[Box]:
    """The share of launches that is never reported, at the end of its curve: above it where that is the axis, else as
    near below it as it hides no curve and no other. Gives where it stands."""
    taken: list[Box] = []
    for share, arm in {share: arm for arm, share in never.items()}.items():
        if share > 1 - MOST_ARRIVE:
            said = f"{share_text(share)} never"
            width, own = inches(said, SMALL) / (page_width() * AXES) + PAD, places[arm]
            end = float(own.y[own.x >= 1 - width].min())
            is_low = end < 2 * line
            tops = [float(own.y[-1]) + line + PAD] if is_low else [end - down for down in BESIDE_END]
            boxes = [Box(1 - width, top - line, width, line) for top in tops]
            box = min(boxes, key=partial(_hidden, taken, [*places.values()]))
            small: dict[str, Any] = {"fontsize": SMALL, "color": QUIET, "bbox": PLATE, "zorder": 6}
            top = box.bottom + box.height
            axes.text(0.995, top, said, transform=axes.transAxes, ha="right", va="top", **small)
            taken.append(box)
    return taken


def _hidden(taken: Sequence[Box], curves: Sequence[DrawnCurve], box: Box) -> tuple[int, int]:
    """How many texts a place hides, and how many points of curves."""
    return sum(map(box.overlaps, taken)), sum(map(box.n_points, curves))


def share_axis(axes: Axes) -> Axes:
    """Shares of launches upwards."""
    axes.set_ylim(0, TOP)
    axes.set_yticks([0, 0.5, 1])
    axes.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    return plain(axes, keep=("bottom", "left"))


def shares_words(view: View, shares: Mapping[str, float]) -> str:
    """The first pair, and the best of the others if it is better; those that are equal are told together.

    shares : by arm, of those that have a path; of the first pair it is said which has none.
    """
    with_path = {arm.name for arm in view.arms}
    pair = (name for pair in view.scenario.contrasts[:1] for name in pair if name not in with_path)
    without = [f"{view.scenario.arm(name).title} {NO_PATH}" for name in pair]
    return "; ".join(filter(None, [*without, _shares_words(view, shares) if shares else ""]))


def _shares_words(view: View, shares: Mapping[str, float]) -> str:
    every = "every arm" if len(view.arms) == len(view.scenario.arms) else "every arm with a path"
    texts = {name: share_text(share) for name, share in shares.items()}
    if len(texts) > 1 and len(set(texts.values())) == 1:
        return f"{every} {texts.popitem()[1]}"
    titles = {name: view.scenario.arm(name).title for name in texts}
    most = max(texts.values(), key=[*texts.values()].count)
    but = [name for name in texts if texts[name] != most]
    if len(but) == 1 and len(texts) > 2:
        return f"{every} {most} but {titles[but[0]]} {texts[but[0]]}"
    first = [name for pair in view.results.contrasts[:1] for name in (pair.a, pair.b) if name in texts]
    best = max(shares, key=lambda name: shares[name])
    as_good = [name for name in texts if texts[name] == texts[best] and name not in first]
    told = [f"{titles[name]} {texts[name]}" for name in first]
    if as_good and texts[best] not in [texts[name] for name in first]:
        said = list_text([titles[name] for name in as_good]) if len(as_good) < 3 else f"{len(as_good)} others"
        told.append(f"{said} {texts[best]}")
    return "; ".join(told)
