"""The share of reports in time against the share of time that the hub is up, with and without the second channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.outcomes import Floats
from sim.plots.colours import INK, QUIET, arm_colours
from sim.plots.measure import shortened
from sim.plots.style import BODY, SMALL, finish, line_room, new_figure, plain, raised
from sim.studies.redundancy.find import FEWEST, RedundancyPlan

HEIGHT = 3.1
SHADE = 0.16


@dataclass(frozen=True, eq=False)
class Curve:
    """One arm: its title, its shares and those of the closed form, percent by share of time."""

    title: str
    shares: Floats
    closed: Floats


@dataclass(frozen=True)
class Mark:
    """What the second channel is worth at one share of time: percent, and in words."""

    up: float
    low: float
    high: float
    words: str


def draw(
    title: str,
    plan: RedundancyPlan,
    curves: Sequence[Curve],
    marks: Sequence[Mark],
    own: float,
    labels: tuple[str, str],
    note: str,
    run: str,
) -> Figure:
    """Both curves, what lies between them, their closed forms, and the worth where it is said.

    curves : with the second channel, then without; own : the share of time that the file has; labels : of the axes.
    """
    figure = new_figure(HEIGHT)
    axes = figure.subplots()
    shown = [place for place, share in enumerate(plan.shares) if share >= FEWEST]
    x = [100 * plan.shares[place] for place in shown]
    colours = _colours(plan)
    for curve, colour in zip(curves, colours, strict=True):
        axes.plot(x, curve.closed[shown], color=colour, linewidth=1, linestyle=(0, (4, 2)), zorder=2)
        axes.plot(x, curve.shares[shown], color=colour, linewidth=2, zorder=3)
    axes.fill_between(x, curves[1].shares[shown], curves[0].shares[shown], color=colours[0], alpha=SHADE, linewidth=0)
    axes.axvline(100 * own, color=QUIET, linewidth=1.2, linestyle=":", zorder=1)
    for mark in marks:
        _mark(axes, mark)
    _finish(axes, curves, colours, labels)
    return finish(figure, title, note, f"{plan.scenario.name}: {run}")


def _colours(plan: RedundancyPlan) -> list[str]:
    colours = arm_colours(plan.scenario)
    return [colours[plan.with_second], colours[plan.without]]


def _mark(axes: Axes, mark: Mark) -> None:
    """From one curve to the other, and below them what lies between."""
    axes.plot([mark.up, mark.up], [mark.low, mark.high], color=INK, linewidth=1.2, zorder=4)
    axes.annotate(
        mark.words,
        (mark.up, mark.low),
        (0, -10),
        textcoords="offset points",
        ha="center",
        va="top",
        fontsize=SMALL,
        color=INK,
        zorder=5,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
    )


def _finish(axes: Axes, curves: Sequence[Curve], colours: Sequence[str], labels: tuple[str, str]) -> None:
    axes.set_xlim(100 * FEWEST, 100)
    axes.set_ylim(0, 100)
    axes.xaxis.set_major_formatter("{x:g} %")
    axes.yaxis.set_major_formatter("{x:g} %")
    axes.set_xlabel(labels[0], fontsize=BODY)
    axes.set_ylabel(labels[1], fontsize=BODY)
    plain(axes, keep=("bottom", "left"))
    for line, (curve, colour) in enumerate(zip(reversed(curves), reversed(colours), strict=True)):
        said = shortened(f"■ {curve.title}", BODY, line_room())
        place = raised(axes.transAxes, axes, line)
        axes.text(0, 1.02, said, transform=place, ha="left", va="bottom", fontsize=BODY, color=colour)
