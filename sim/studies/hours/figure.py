"""Alert latency over the hours of a week, with its band, and below it when desks are staffed."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.outcomes import Floats
from sim.model.calendar import WEEKDAYS, Hours
from sim.model.scenario import Arm, Scenario
from sim.plots.colours import INK, MODELLED, QUIET, arm_colours
from sim.plots.measure import shortened
from sim.plots.style import BODY, SMALL, finish, line_room, new_figure, plain, raised
from sim.say.hours import hours_of, what_if_sentence
from sim.say.names import desk_name
from sim.studies.hours.find import Week
from sim.studies.hours.say import shown_arms, zone_text
from sim.studies.hours.week import DAY, HOURS, hour_of, shifts
from sim.units import minutes

HEIGHT, DESK = 2.6, 0.42  # inches: the latencies, and a desk below them
BAR = 0.4  # of the height of a desk
ENDS = (0, (4, 2))  # dashes of the ends of a band
NOTE = (
    "Line: the median at working values, of launches on the hour by the clock of {zone}; dashes: lowest and "
    "highest found across the ranges. Bars: when desks are staffed. Dotted: the launch as it was."
)


def draw(title: str, scenario: Scenario, week: Week, run: str) -> Figure:
    """The arms that are shown over the week; a bar a shift of each desk of theirs."""
    arms = shown_arms(scenario)
    desks = hours_of(arms)
    figure = new_figure(HEIGHT + DESK * len(desks))
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(HEIGHT, max(DESK * len(desks), 0.1)))
    known = arm_colours(scenario)
    colours = [known[arm.name] for arm in arms]
    for arm, colour in zip(arms, colours, strict=True):
        _curve(above, arm, week, colour)
    _finish_latencies(above, arms, colours)
    _desks(below, scenario, desks)
    for axes in (above, below):
        axes.axvline(hour_of(scenario), color=QUIET, linewidth=1.2, linestyle=":", zorder=2)
        for day in range(1, 7):
            axes.axvline(day * DAY, color="#eeeeee", linewidth=0.8, zorder=0)
    note = f"{NOTE.format(zone=zone_text(scenario))} {what_if_sentence(desks)}".strip()
    return finish(figure, title, note, f"{scenario.name}: {run}")


def _curve(axes: Axes, arm: Arm, week: Week, colour: str) -> None:
    """A median until the next hour, and its band."""
    x = np.arange(HOURS + 1)
    median, low, high = (
        _closed(values) for values in (week.of_arm(arm.name)[0], week.low[arm.name], week.high[arm.name])
    )
    for end in (low, high):  # shades of two arms, one over the other, would be a wall of grey
        axes.step(x, end, where="post", color=colour, linewidth=0.9, linestyle=ENDS, zorder=2)
    axes.step(x, median, where="post", color=colour, linewidth=2, zorder=3)


def _closed(values: Floats) -> Floats:
    """In minutes, the last hour once more, until which the week goes on."""
    return minutes(1) * np.append(values, values[-1])


def _finish_latencies(axes: Axes, arms: Sequence[Arm], colours: Sequence[str]) -> None:
    axes.set_yscale("log")
    low, high = axes.get_ylim()
    ticks = [digit * 10.0**power for power in range(-2, 5) for digit in (1, 2, 5)]
    shown = [tick for tick in ticks if low <= tick <= high]
    axes.set_yticks(shown[:: math.ceil(len(shown) / 7)])
    axes.set_yticks([], minor=True)
    axes.yaxis.set_major_formatter("{x:g}")
    axes.set_ylabel("minutes from launch\n(log scale)", fontsize=BODY)
    plain(axes, keep=("bottom", "left"))
    axes.grid(visible=False, axis="x")
    axes.tick_params(axis="x", length=0)
    for line, (arm, colour) in enumerate(zip(reversed(arms), reversed(colours), strict=True)):
        said = shortened(f"■ {arm.title}", BODY, line_room())
        place = raised(axes.transAxes, axes, line)
        axes.text(0, 1.02, said, transform=place, ha="left", va="bottom", fontsize=BODY, color=colour)


def _desks(axes: Axes, scenario: Scenario, desks: dict[str, Hours]) -> None:
    """A row a desk: its name, below it its shifts; days of the week below them all."""
    for row, (name, hours) in enumerate(desks.items()):
        spans = shifts(scenario, hours)
        axes.broken_barh(
            [(one.start, one.stop - one.start) for one in spans], (-row - 1, BAR), color=MODELLED, zorder=1
        )
        said = shortened(desk_name(name), SMALL, line_room())
        axes.text(0, -row - 1 + BAR + 0.06, said, ha="left", va="bottom", fontsize=SMALL, color=INK)
    axes.set_ylim(-len(desks) - 0.15, 0)
    axes.set_xlim(0, HOURS)
    axes.set_yticks([])
    axes.set_xticks([DAY * day + DAY / 2 for day in range(7)], WEEKDAYS)
    plain(axes)
    axes.tick_params(axis="x", length=0)
    axes.grid(visible=False, axis="x")
