"""A campaign over time: when the channel was open under each calendar, and every launch with what it is changed by."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.model.scenario import Scenario
from sim.plots.colours import GRID, INK, MUTED, QUIET, arm_colours
from sim.plots.measure import inches
from sim.plots.spans import Group, Span, draw_spans
from sim.plots.style import (
    BODY,
    LEADING,
    PLATE,
    SMALL,
    STRAIGHT_MIN,
    finish,
    line_room,
    new_figure,
    plain,
    raised,
    warp,
)
from sim.studies.campaign.calendars import Calendar, calendars, happened, months, stretch
from sim.studies.campaign.say import hours_text, titles
from sim.studies.campaign.totals import Campaign, CentreTotal, Total
from sim.studies.run.burden import centre_title
from sim.units import minutes

SECONDS_A_DAY = 86_400
ROW, PANEL, AXIS = 0.42, 1.35, 0.4  # inches: a calendar, a pair, the axis below it
BAR = 0.4  # of a row, under its name
AXES = 0.85  # of the page, at least
CLOSED = "closed"
WORK_NOTE = (
    "Dots: at working values. Lines: lowest to highest over the ranges of what is not known. Work is time of the "
    "modelled steps, no staffing of any office."
)
NOTE = (
    "Bars: when the channel is open. Dots: each launch at working values, on the mean of its paired differences; "
    "hollow on the line where nothing changes. Lines: lowest to highest over the ranges of what is not known."
)


def draw(title: str, scenario: Scenario, found: Campaign, run: str) -> Figure:
    """Calendars as bars above, below them a panel a pair, all over the same time."""
    rows = calendars(scenario)
    first, last = stretch([launch.run for launch in found.launches])
    marks = happened(rows, first, last)
    above = LEADING * SMALL * (len(marks) + 0.5)
    bars_high = ROW * len(rows)
    figure = new_figure(above + bars_high + (PANEL + AXIS) * len(found.totals))
    axes = figure.subplots(
        1 + len(found.totals), 1, sharex=True, squeeze=False, height_ratios=[bars_high, *[PANEL] * len(found.totals)]
    )[:, 0]
    colours = arm_colours(scenario)
    axes[0].set_xlim(_x(first), _x(last))
    _bars(axes[0], rows, colours, (first, last))
    _name_marks([*axes], marks, (first, last))
    for panel, one in zip(axes[1:], found.totals, strict=True):
        _panel(panel, scenario, found, one, colours[one.pair[0]])
    for panel in axes[2:]:
        panel.sharey(axes[1])
    warped = _scale([*axes[1:]], found)
    ticks = months(first, last)
    axes[-1].set_xticks([_x(tick) for tick in ticks], [f"{tick:%b %Y}" for tick in ticks])
    return finish(figure, title, f"{NOTE}{warped}", f"{scenario.name}: {run}")


def _scale(panels: Sequence[Axes], found: Campaign) -> str:
    """Straight near zero and logarithmic far from it, so that minutes and hours both show; what to say of it."""
    ends = [
        abs(minutes(end))
        for one in found.totals
        for launch in one.changed
        for end in (launch.pairs[one.pair].band.low, launch.pairs[one.pair].band.high)
    ]
    most = max((end for end in ends if not math.isnan(end)), default=0.0)
    for panel in panels:
        if not warp(panel.set_yscale, most):
            return ""
        sizes = [STRAIGHT_MIN * 10**power for power in range(4) if STRAIGHT_MIN * 10**power <= most]
        ticks = [*(-size for size in reversed(sizes)), 0, *sizes]
        panel.set_yticks(ticks, [f"{tick:,}".replace("-", "−") for tick in ticks])
        panel.minorticks_off()
    return f" Minutes go evenly to {STRAIGHT_MIN}, logarithmically beyond."


def _x(instant: datetime) -> float:
    """Days, as the axis has them."""
    return instant.timestamp() / SECONDS_A_DAY


def _bars(axes: Axes, rows: Sequence[Calendar], colours: Mapping[str, str], within: tuple[datetime, datetime]) -> None:
    """A row a calendar: its name, and below it a bar where the channel is open, a word where it is not."""
    for number, row in enumerate(rows):
        for start, stop in row.closed(*within):
            axes.barh(-number, _x(stop) - _x(start), left=_x(start), height=0.06, color=GRID)
            _write_closed(axes, -number, start, stop, within)
        for start, stop in row.opened(*within):
            width = _x(stop) - _x(start)
            axes.barh(-number, width, left=_x(start), height=BAR, color=colours[row.arm.name], edgecolor="white")
        axes.text(
            *(0, -number + 0.26),
            row.name,
            transform=axes.get_yaxis_transform(),
            fontsize=SMALL,
            color=INK,
            va="bottom",
            bbox=PLATE,
            zorder=4,
        )
    axes.set_ylim(-len(rows) + 0.65, 0.75)
    axes.set_yticks([])
    plain(axes, keep=())
    axes.grid(visible=False)
    axes.tick_params(length=0, labelbottom=False)


def _write_closed(axes: Axes, row: int, start: datetime, stop: datetime, within: tuple[datetime, datetime]) -> None:
    """That it is closed, in the middle of where it is, if there is room."""
    share = (stop - start) / (within[1] - within[0])
    if share * line_room() * AXES > 2 * inches(CLOSED, SMALL):
        middle = (_x(start) + _x(stop)) / 2
        axes.text(middle, row, CLOSED, fontsize=SMALL, color=QUIET, ha="center", va="center", bbox=PLATE, zorder=4)


def _name_marks(axes: Sequence[Axes], marks: Sequence[tuple[datetime, str]], within: tuple[datetime, datetime]) -> None:
    """What happened: a line through all axes, and its name above them, each on a line of its own."""
    first, last = map(_x, within)
    for level, (at, what) in enumerate(reversed(marks)):
        for one in axes:
            one.axvline(_x(at), color=MUTED, linewidth=0.9, linestyle=(0, (3, 2)), zorder=1)
        words = f"{at.day} {at:%b %Y}: {what}"
        share = (_x(at) - first) / (last - first)
        is_left = inches(words, SMALL) > (1 - share) * line_room() * AXES
        place = raised(axes[0].get_xaxis_transform(), axes[0], level + 0.2)
        side = "right" if is_left else "left"
        axes[0].text(_x(at), 1.0, words, transform=place, ha=side, va="bottom", fontsize=SMALL, color=INK)


def _panel(axes: Axes, scenario: Scenario, found: Campaign, one: Total, colour: str) -> None:
    """Every launch at its time: what the first of a pair changes it by, in minutes."""
    axes.axhline(0, color=INK, linewidth=0.8, zorder=2)
    for launch in found.launches:
        at, pair = _x(launch.run.clock), launch.pairs[one.pair]
        is_changed = launch in one.changed
        if is_changed and not math.isnan(pair.band.low):
            ends = minutes(pair.band.low), minutes(pair.band.high)
            axes.plot([at, at], ends, color=colour, linewidth=1.6, alpha=0.55, solid_capstyle="butt", zorder=3)
        fill = colour if is_changed else "white"
        level = minutes(pair.typical.estimate) if is_changed else 0.0
        axes.plot(
            [at], [level], "o", color=colour if is_changed else MUTED, markerfacecolor=fill, markersize=4.5, zorder=4
        )
    a, b = titles(scenario, one)
    axes.set_title(f"{a}, minutes slower than {b}", loc="left", fontsize=BODY, fontweight="bold")
    plain(axes)
    axes.grid(axis="y", color="#eeeeee")
    axes.grid(visible=False, axis="x")


def draw_work(title: str, scenario: Scenario, found: Campaign, run: str) -> Figure:
    """A row a centre of every pair: hours of work that the first of the pair adds to it or takes from it."""
    colours = arm_colours(scenario)
    groups = []
    for one in found.totals:
        a, b = titles(scenario, one)
        spans = tuple(_work_span(work, colours[one.pair[0]]) for work in found.work_of(one.pair))
        groups.append(Group(f"{a}, against {b}", spans))
    figure = draw_spans(
        groups, f"hours of work more (right) or less, over all {len(found.launches)} {scenario.happenings}"
    )
    return finish(figure, title, WORK_NOTE, f"{scenario.name}: {run}")


def _work_span(work: CentreTotal, colour: str) -> Span:
    total = work.total
    at, low, high = (minutes(us) / 60 for us in (total.typical.estimate, total.band.low, total.band.high))
    ends = "" if math.isnan(low) or low == high else f" ({_signed(total.band.low)} to {_signed(total.band.high)})"
    words = f"{_signed(total.typical.estimate)} hours{ends}" if at else "no change"
    words = f"{centre_title(work.centre)}: {words}"
    return Span(words, at, low, high, colour, is_hollow=not at)


def _signed(us: float) -> str:
    return f"{'+' if us > 0 else '−' if us < 0 else ''}{hours_text(us)}"
