"""Cost against size, a panel for each thing that varies: positions and labels only, nothing is measured here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator

from sim.plots.colours import GRID, INK
from sim.plots.style import BODY, SMALL, finish, new_figure, plain
from tests.benchmarks.programs import OURS, PROGRAMS, RIVALS, SIMPY

if TYPE_CHECKING:
    from tests.benchmarks.scaling import Point

OUR_COLOURS = ("#0072B2", "#56B4E9", "#004C78", "#5D3A9B", "#009E73")
THEIR_COLOURS = (INK, "#D55E00", "#E69F00", "#CC79A7", "#7A7A7A")
LABEL_GAP = 0.27  # decades between two labels
LABEL_ROOM = 1.9  # of four, on the right for labels
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LEAD = 0.06  # of the axis: the lines that lead from curves to labels
Lines = dict[str, list["Point"]]


def draw(points: Iterable[Point], note: str) -> Figure:
    """One panel above the other, on the same seconds, so that they can be read at 8 cm."""
    panels: dict[str, Lines] = {}
    for point in points:
        panels.setdefault(point.axis, {}).setdefault(point.program, []).append(point)
    figure = new_figure(3.2 * len(panels) + 0.2)
    above: Axes | None = None
    for number, (axis, lines) in enumerate(panels.items(), start=1):
        above = figure.add_subplot(len(panels), 1, number, sharey=above)
        _panel(above, axis, lines)
    return finish(figure, finding(panels.get("replications", {})), note)


def finding(lines: Mapping[str, list[Point]]) -> str:
    """How ours and the rivals' fastest on one core compare with SimPy, at the most replications that SimPy reached."""
    if SIMPY.name not in lines:
        return "Cost of the alert chain"
    most = lines[SIMPY.name][-1].value
    seconds = {name: point.seconds for name, line in lines.items() for point in line if point.value == most}
    words = []
    for group in (OURS, RIVALS):
        names = [each.name for each in group if each.n_cores == 1 and each != SIMPY and each.name in seconds]
        if names:
            fastest = min(names, key=seconds.__getitem__)
            words.append(f"{short(fastest)} {_times(seconds[SIMPY.name] / seconds[fastest])}")
    return f"{most:,} replications on one core, against SimPy: {', '.join(words)} as fast"


def short(program: str) -> str:
    """A name for a label: whose it is can be seen."""
    return program.removeprefix("alertpath, ")


def _times(ratio: float) -> str:
    return f"{ratio:.1f} times" if ratio < 10 else f"{ratio:,.0f} times"


def colour_of(program: str) -> str:
    """Blues and green are ours, the rest are rivals; all told apart by colour-blind readers."""
    ours, theirs = ([each.name for each in group] for group in (OURS, RIVALS))
    if program in ours:
        return OUR_COLOURS[ours.index(program) % len(OUR_COLOURS)]
    return THEIR_COLOURS[theirs.index(program) % len(THEIR_COLOURS)]


def _panel(axes: Axes, axis: str, lines: Lines) -> None:
    names = [each.name for each in PROGRAMS if each.name in lines]
    for name in names:
        xs, ys = ([getattr(point, field) for point in lines[name]] for field in ("value", "seconds"))
        width = 2.8 if name in {each.name for each in OURS} else 1.6
        axes.loglog(xs, ys, color=colour_of(name), linewidth=width, marker="o", markersize=4, label=name)
    smallest, largest = (pick(p.value for line in lines.values() for p in line) for pick in (min, max))
    axes.set_xlim(smallest / 1.3, largest * 10 ** (LABEL_ROOM * math.log10(largest / smallest) / 4))
    powers = [power for power in range(math.floor(math.log10(largest)) + 1) if 10**power >= smallest]
    axes.set_xticks([10**power for power in powers], [power_text(power) for power in powers])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_locator(LogLocator(base=10, numticks=12))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter("{x:g}")  # what the library makes of powers is a formula, and none is set here
    axes.set_xlabel(axis, fontsize=BODY, color=INK)
    axes.set_ylabel("seconds", fontsize=BODY, color=INK)
    axes.grid(axis="y", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    plain(axes, keep=("bottom",))
    ends = {name: (lines[name][-1].value, lines[name][-1].seconds) for name in names}
    at = largest * 10 ** (LEAD * math.log10(largest / smallest))
    for name, height in label_heights({name: seconds for name, (_, seconds) in ends.items()}).items():
        leads = {
            "arrowstyle": "-",
            "color": colour_of(name),
            "linewidth": 0.7,
            "linestyle": ":",
            "shrinkA": 0,
            "relpos": (0, 0.5),
        }
        place = {"xytext": (at, 10**height), "va": "center", "arrowprops": leads}
        axes.annotate(f" {short(name)}", ends[name], fontsize=SMALL, color=colour_of(name), **place)


def power_text(power: int) -> str:
    """A power of ten: as it is, or where that is long with its exponent."""
    return f"{10**power:,}" if power < 4 else "10" + str(power).translate(RAISED)


def label_heights(ends: Mapping[str, float]) -> dict[str, float]:
    """Where labels go in a column, as powers of ten: as high as their curves end, or as near as they do not touch."""
    heights: dict[str, float] = {}
    for name in sorted(ends, key=lambda name: -ends[name]):
        lowest = min(heights.values(), default=math.inf)
        heights[name] = min(math.log10(ends[name]), lowest - LABEL_GAP)
    off = sum(math.log10(ends[name]) - height for name, height in heights.items()) / len(heights)
    return {name: height + off for name, height in heights.items()}
