"""How much warning a report leaves: the share of launches against the time that people need before impact."""

from __future__ import annotations

from itertools import cycle
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from sim.analysis.curves import share_with
from sim.analysis.tally import AT_TYPICAL, deadlines_us
from sim.model.launch import Deadline
from sim.model.scenario import Arm
from sim.plots.colours import INK
from sim.plots.labels import Box, DrawnCurve
from sim.plots.measure import inches
from sim.plots.style import BODY, SMALL, WIDTH, finish, new_figure, plain
from sim.say.findings import NOT_A_PROBABILITY
from sim.say.numbers import share_text
from sim.studies.run.figures.latency import AXES, DASHES, LINE, N_POINTS, TOP, label_curves, panel_inches, panels_of
from sim.studies.run.view import View, colours, deadlines, small_print
from sim.units import US_PER_MINUTE, duration_text, minutes

NOTE = (
    "Line: placeholder values. Shade: lowest to highest over the settings of what is not known. What people do with "
    f"the time is not part of it. {NOT_A_PROBABILITY}"
)


def draw(view: View) -> Figure | None:
    """A curve an arm, by how much time is needed; None unless every launch has a deadline."""
    if deadlines_us(view.scenario) is None:
        return None
    panels = panels_of(view)
    figure = new_figure(1.5 + len(panels) * panel_inches(view, panels))
    every = np.atleast_1d(figure.subplots(len(panels), 1, sharex=True))
    for number, (axes, (name, arms)) in enumerate(zip(every, panels, strict=True)):
        panel(axes, view, arms, is_first=number == 0)
        axes.set_title(name, loc="left", fontsize=BODY)
    every[-1].set_xlabel(f"minutes left before {event_name(view)}", fontsize=BODY)
    figure.supylabel("share of launches reported by then", fontsize=BODY)
    return finish(figure, title(view), NOTE, small_print(view))


def event_name(view: View) -> str:
    """What the reports warn of, if all warn of the same."""
    names = {deadline.event for deadline in deadlines(view)}
    return names.pop() if len(names) == 1 else "the deadline"


def needed(view: View) -> Deadline | None:
    """The deadline whose need is marked: the one that all launches share, if it leaves time for something."""
    found = deadlines(view)
    return found[0] if len({deadline.needs_us for deadline in found}) == 1 and found[0].needs_us else None


def title(view: View) -> str:
    """The first pair and the best of the others, at the time needed, else at all before the event."""
    named = [arm.name for arm in view.scenario.arms if arm.name != view.scenario.baseline]
    first = [name for pair in view.results.contrasts[:1] for name in (pair.a, pair.b)]
    if not first:
        return f"How much warning a report leaves before {event_name(view)}"
    marked = needed(view)
    needs_us = np.array([marked.needs_us if marked else 0.0])
    shares = {name: float(share_with(view.scenario, view.tally, AT_TYPICAL, name, needs_us)[0]) for name in named}
    best = max(shares, key=lambda name: shares[name])
    shown = dict.fromkeys(name for name in (*first, best) if name in shares)
    said = "; ".join(f"{view.scenario.arm(name).title} {share_text(shares[name])}" for name in shown)
    when = f"{duration_text(marked.needs_us)} or more before" if marked else "before"
    return f"Reported {when} {event_name(view)}, at placeholder values: {said}"


def panel(axes: Axes, view: View, arms: list[Arm], *, is_first: bool) -> Axes:
    """Curves with their envelopes, and the time that is needed."""
    longest_us = max(deadline.event_us for deadline in deadlines(view))
    needs_us = np.linspace(longest_us, 0.0, N_POINTS)  # time goes on to the right
    grid, colour, baseline = needs_us / US_PER_MINUTE, colours(view), view.scenario.baseline
    styles = dict(zip((arm.name for arm in arms if arm.name != baseline), cycle(DASHES), strict=False))
    places = {}
    for arm in arms:
        share = share_with(view.scenario, view.tally, AT_TYPICAL, arm.name, needs_us)
        if arm.name != baseline:
            settings = (share_with(view.scenario, view.tally, s, arm.name, needs_us) for s in view.tally.settings)
            envelope = np.stack([share, *settings])
            axes.fill_between(grid, envelope.min(0), envelope.max(0), color=colour[arm.name], alpha=0.14, linewidth=0)
        width, style = (1.6, "-") if arm.name == baseline else (2.3, styles[arm.name])
        axes.plot(grid, share, linestyle=style, color=colour[arm.name], linewidth=width, label=arm.title)
        places[arm.name] = DrawnCurve(np.linspace(0, 1, N_POINTS), share / TOP)
    named = [(arm.title, places[arm.name], colour[arm.name]) for arm in arms if is_first or arm.name != baseline]
    marked = needed(view)
    high = panel_inches(view, panels_of(view))
    taken = [need_box(marked, longest_us, high)] if marked else []
    label_curves(axes, named, list(places.values()), taken, LINE / high)
    if marked:
        mark_need(axes, marked)
    axes.set_xlim(grid[0], 0)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylim(0, TOP)
    axes.set_yticks([0, 0.5, 1])
    axes.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    return plain(axes, keep=("bottom", "left"))


def need_words(marked: Deadline) -> str:
    """The time that the scenario says is needed."""
    return f"{round(minutes(marked.needs_us), 2):g} min needed"


def need_box(marked: Deadline, longest_us: float, high: float) -> Box:
    """Where these words stand, upright, left of their line in a panel so many inches high."""
    width, height = LINE / (WIDTH * AXES), inches(need_words(marked), SMALL) / high
    return Box(1 - marked.needs_us / longest_us - width, (1 - height) / 2, width, height)


def mark_need(axes: Axes, marked: Deadline) -> None:
    """That time as a line."""
    at, words = minutes(marked.needs_us), need_words(marked)
    axes.axvline(at, color=INK, linewidth=1.3, zorder=5)
    upright: dict[str, Any] = {"transform": axes.get_xaxis_transform(), "rotation": 90, "ha": "right", "va": "center"}
    axes.text(at, 0.5, words, fontsize=SMALL, color=INK, zorder=6, **upright)
