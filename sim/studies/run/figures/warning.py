"""How much warning a report leaves: the share of launches against the time that people need before impact."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.analysis.curves import share_with
from sim.analysis.tally import AT_TYPICAL
from sim.model.launch import Deadline
from sim.model.scenario import Arm, Scenario
from sim.plots.style import BODY, finish
from sim.say.findings import NOT_A_PROBABILITY
from sim.say.numbers import capital
from sim.studies.run.figures.curves import (
    N_POINTS,
    Mark,
    curves_of,
    dress,
    empty,
    panel_inches,
    share_axis,
    shares_words,
    styles_of,
)
from sim.studies.run.figures.panels import is_first_of_product, panels_of
from sim.studies.run.view import View, colours, leading, small_print
from sim.units import US_PER_MINUTE, duration_text, minutes

NOTE = (
    "Line: working values. Shade: lowest to highest over settings drawn within the ranges, which the table's bands go "
    f"beyond. What people do with the time is not part of it. {NOT_A_PROBABILITY}"
)


def draw(view: View) -> Figure | None:
    """A curve an arm, by how much time is needed; None unless every launch has a deadline, after it, and a path."""
    if not view.arms or not view.scenario.is_timed:
        return None
    if not any(deadline.event_us > 0 for deadline in view.scenario.deadlines()):
        return None
    panels = panels_of(view)
    ends = {longest_us(view.scenario.of_product(arms[0].product)) for _, arms in panels}
    figure, every = empty(len(panels), is_shared=len(ends) == 1)
    above = [
        panel(axes, view, name, arms, is_first=is_first_of_product(panels, number))
        for number, (axes, (name, arms)) in enumerate(zip(every, panels, strict=True))
    ]
    figure.set_figheight(figure.get_figheight() + sum(above))
    every[-1].set_xlabel(f"minutes left before {event_name(view)}", fontsize=BODY)
    figure.supylabel(f"{view.scenario.happenings} reported by then", fontsize=BODY)
    return finish(figure, title(leading(view)), NOTE, small_print(view))


def event_name(view: View) -> str:
    """What the reports warn of, if all warn of the same."""
    names = {deadline.event for deadline in view.scenario.deadlines()}
    return names.pop() if len(names) == 1 else "the deadline"


def longest_us(scenario: Scenario) -> int:
    """How long after its launch the last of what reports warn of is."""
    return max(deadline.event_us for deadline in scenario.deadlines())


def needed(scenario: Scenario) -> Deadline | None:
    """The deadline whose need is marked: the one that all launches share, if it leaves time for something."""
    found = scenario.deadlines()
    return found[0] if len({deadline.needs_us for deadline in found}) == 1 and found[0].needs_us else None


def title(view: View) -> str:
    """Who is there at the time needed, else at all before the event."""
    named = [arm.name for arm in view.arms if arm.name != view.scenario.baseline]
    if not view.results.contrasts:
        return f"How much warning a report leaves before {event_name(view)}"
    marked = needed(view.scenario)
    needs_us = np.array([marked.needs_us if marked else 0.0])
    shares = {name: float(share_with(view.scenario, view.tally, AT_TYPICAL, name, needs_us)[0]) for name in named}
    when = f"{duration_text(marked.needs_us)} or more before" if marked else "before"
    what = f"{view.scenario.products[0]} reported" if view.scenario.products[0] else "reported"
    return capital(f"{what} {when} {event_name(view)}, at working values: {shares_words(view, shares)}")


def panel(axes: Axes, view: View, name: str, arms: list[Arm], *, is_first: bool) -> float:
    """Curves with their envelopes over the time that their product has, and the time that is needed of it.

    Gives the inches of its words above it.
    """
    scenario = view.scenario.of_product(arms[0].product)
    needs_us = np.linspace(longest_us(scenario), 0.0, N_POINTS)  # time goes on to the right
    grid, colour, baseline = needs_us / US_PER_MINUTE, colours(view), view.scenario.baseline
    styles = styles_of(arms, baseline)
    shares = {arm.name: share_with(view.scenario, view.tally, AT_TYPICAL, arm.name, needs_us) for arm in arms}
    for arm in arms:
        share = shares[arm.name]
        if arm.name != baseline:
            settings = (share_with(view.scenario, view.tally, s, arm.name, needs_us) for s in view.tally.settings)
            envelope = np.stack([share, *settings])
            axes.fill_between(grid, envelope.min(0), envelope.max(0), color=colour[arm.name], alpha=0.14, linewidth=0)
        axes.plot(grid, share, color=colour[arm.name], label=arm.title, **styles[arm.name])
    axes.set_xlim(grid[0], 0)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    share_axis(axes)
    curves = curves_of(view, arms, shares)
    named = [curve for curve in curves if is_first or curve.arm.name != baseline]
    marks = marks_of(scenario, is_named=is_first)
    return dress(axes, name, curves, named, marks, panel_inches(len(panels_of(view))), {})


def marks_of(scenario: Scenario, *, is_named: bool) -> list[Mark]:
    """The time that the scenario says is needed, along the axis."""
    marked = needed(scenario)
    if not marked:
        return []
    words = f" {round(minutes(marked.needs_us), 2):g} min needed " if is_named else ""
    return [Mark(1 - marked.needs_us / longest_us(scenario), minutes(marked.needs_us), words)]
