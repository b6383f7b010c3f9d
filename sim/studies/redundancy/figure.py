"""The share of reports in time against the share of time that the hub is up, and what the second channel is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.outcomes import Floats
from sim.plots.colours import INK, QUIET, arm_colours
from sim.plots.measure import shortened
from sim.plots.style import BODY, PLATE, SMALL, finish, line_room, new_figure, plain, raised
from sim.studies.redundancy.find import FEWEST, RedundancyPlan

HEIGHTS = (2.6, 2.0)  # inches of both parts
SHADE = 0.16
NOISE_SHADE = 0.5


@dataclass(frozen=True, eq=False)
class Curve:
    """One arm: its title, its shares and those of the closed form, percent by share of time."""

    title: str
    shares: Floats
    closed: Floats


@dataclass(frozen=True, eq=False)
class Worths:
    """What the second channel is worth by share of time, in points: with its half-width and the ends of its band."""

    points: Floats
    half_width: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Mark:
    """What the second channel is worth at one share of time: in points, and in words."""

    up: float
    points: float
    words: str


def draw(
    title: str,
    plan: RedundancyPlan,
    curves: Sequence[Curve],
    marks: Sequence[Mark],
    worth: Worths,
    own: float,
    labels: tuple[str, str],
    note: str,
    run: str,
) -> Figure:
    """Both curves with their closed forms, and below what lies between them with its noise and band.

    curves : with the second channel, then without; own : the share of time that the file has; labels : of the axes.
    """
    figure = new_figure(sum(HEIGHTS))
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=HEIGHTS)
    shown = [place for place, share in enumerate(plan.shares) if share >= FEWEST]
    x = [100 * plan.shares[place] for place in shown]
    colours = _colours(plan)
    for curve, colour in zip(curves, colours, strict=True):
        above.plot(x, curve.shares[shown], color=colour, linewidth=3.4, alpha=0.75, zorder=2)
        above.plot(x, curve.closed[shown], color=INK, linewidth=1, linestyle=(0, (4, 3)), zorder=3)
    above.fill_between(x, curves[1].shares[shown], curves[0].shares[shown], color=colours[0], alpha=SHADE, linewidth=0)
    below.fill_between(x, worth.low[shown], worth.high[shown], color=colours[0], alpha=SHADE, linewidth=0)
    ends = [worth.points[shown] + side * worth.half_width[shown] for side in (-1, 1)]
    below.fill_between(x, *ends, color=colours[0], alpha=NOISE_SHADE, linewidth=0)
    below.plot(x, worth.points[shown], color=INK, linewidth=1.2, zorder=3)
    for mark in marks:
        _mark(below, mark)
    for axes in (above, below):
        axes.axvline(100 * own, color=QUIET, linewidth=1.2, linestyle=":", zorder=1)
    _finish(above, below, curves, colours, labels)
    return finish(figure, title, note, f"{plan.scenario.name}: {run}")


def _colours(plan: RedundancyPlan) -> list[str]:
    colours = arm_colours(plan.scenario)
    return [colours[plan.with_second], colours[plan.without]]


def _mark(axes: Axes, mark: Mark) -> None:
    """A dot on the line, and above it what it says."""
    axes.plot(mark.up, mark.points, "o", color=INK, markersize=5, zorder=4)
    axes.annotate(
        mark.words,
        (mark.up, mark.points),
        (0, 6),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=SMALL,
        color=INK,
        zorder=5,
        bbox=PLATE,
    )


def _finish(above: Axes, below: Axes, curves: Sequence[Curve], colours: Sequence[str], labels: tuple[str, str]) -> None:
    above.set_xlim(100 * FEWEST, 100)
    above.set_ylim(0, 100)
    above.xaxis.set_major_formatter("{x:g} %")
    above.yaxis.set_major_formatter("{x:g} %")
    below.set_xlabel(labels[0], fontsize=BODY)
    above.set_ylabel(labels[1], fontsize=BODY)
    below.set_ylabel("worth, points", fontsize=BODY)
    for axes in (above, below):
        plain(axes, keep=("bottom", "left"))
    for line, (curve, colour) in enumerate(zip(reversed(curves), reversed(colours), strict=True)):
        said = shortened(f"■ {curve.title}", BODY, line_room())
        place = raised(above.transAxes, above, line)
        above.text(0, 1.02, said, transform=place, ha="left", va="bottom", fontsize=BODY, color=colour)
