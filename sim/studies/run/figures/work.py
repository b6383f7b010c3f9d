"""Whose time a launch takes: a row an arm and centre, in minutes of work with their band."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure

from sim.analysis.burden import CentreWork
from sim.model.scenario import Scenario
from sim.plots.colours import INK, arm_colours
from sim.plots.spans import Group, Span, draw_spans
from sim.plots.style import finish
from sim.say.numbers import capital
from sim.studies.run.burden import NO_STAFFING, centre_title
from sim.studies.run.loads import Alike, Burdens, by_centre, legible, work_title
from sim.studies.run.view import View, small_print
from sim.units import minutes

DOTS = "Dots: means at working values. "
LINES = "Lines: lowest to highest over the ranges of what is not known. "
NO_ROW = "An arm without a row at a centre has no step there. "


def draw(view: View) -> Figure | None:
    """All arms, or the first pair where they are many; None where no step says at which centre it is done."""
    burdens = legible(view.scenario, [(arm, result.burden) for arm, result in view.pairs()], by_centre)
    if not any(by_centre(burdens)):
        return None
    return draw_work(work_title(view.scenario, burdens), view.scenario, burdens, small_print(view))


def draw_work(title: str, scenario: Scenario, burdens: Burdens, run: str) -> Figure:
    """A group a centre, in it a row for all arms that ask the same of it."""
    colour = arm_colours(scenario)
    groups = [
        Group(centre_title(centre), tuple(_span(one, colour) for one in rows))
        for centre, rows in by_centre(burdens).items()
    ]
    figure = draw_spans(groups, f"minutes of work a {scenario.happening}", middle=None)
    figure.axes[0].set_xlim(left=0)
    is_banded = any(span.low < span.high for group in groups for span in group.spans)
    return finish(figure, title, f"{DOTS}{LINES * is_banded}{NO_ROW}{NO_STAFFING}", run)


def row_colour(one: Alike[Any], colour: Mapping[str, str]) -> str:
    """That of its arm; of several none of theirs."""
    return colour[one.arms[0].name] if len(one.arms) == 1 else INK


def _span(one: Alike[CentreWork], colour: Mapping[str, str]) -> Span:
    band = one.load.band
    ends = (minutes(band.low), minutes(band.high)) if band.low < band.high else (math.nan, math.nan)
    return Span(f"{capital(one.titles)}: {one.said}", minutes(one.load.work.estimate), *ends, row_colour(one, colour))
