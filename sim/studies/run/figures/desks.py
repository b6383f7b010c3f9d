"""How desks stood where work waited for one: a row an arm and desk, on the share of its time that was in use."""

from __future__ import annotations

import math
from collections.abc import Mapping

from matplotlib.figure import Figure

from sim.analysis.burden import DeskLoad
from sim.plots.spans import Group, Span, draw_spans
from sim.plots.style import finish
from sim.say.numbers import capital
from sim.studies.run.burden import DESKS, desk_title
from sim.studies.run.figures.work import row_colour
from sim.studies.run.loads import Alike, by_desk, desks_title, legible
from sim.studies.run.view import View, colours, small_print
from sim.studies.sight.say import owner_name


def draw(view: View) -> Figure | None:
    """All arms, or the first pair where they are many; None where nothing ever waited."""
    burdens = legible(view.scenario, [(arm, result.burden) for arm, result in view.pairs()], by_desk)
    if not any(load.most for _, found in burdens for load in found.desks):
        return None
    colour = colours(view)
    groups = [
        Group(_title(desk, rows[0].load), tuple(_span(one, colour) for one in rows))
        for desk, rows in by_desk(burdens).items()
    ]
    figure = draw_spans(groups, "share of the time of a desk in use, %", middle=None)
    figure.axes[0].set_xlim(0, 100)
    return finish(figure, desks_title(burdens), _note(view), small_print(view))


def _note(view: View) -> str:
    return f"Dots, %: in use. {DESKS.format(what=view.scenario.happening)}"


def _title(desk: str, load: DeskLoad) -> str:
    """A desk, and where it stands."""
    title, where = desk_title(desk), owner_name(load.centre).removeprefix("the ")
    return capital(f"{title}, {where}" if where and where not in title else title)


def _span(one: Alike[DeskLoad], colour: Mapping[str, str]) -> Span:
    words = f"{one.said}: {one.titles}"
    return Span(words, 100 * one.load.utilisation, math.nan, math.nan, row_colour(one, colour))
