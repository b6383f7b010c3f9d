"""How long missiles flew, year by year, above how long a flight each arrangement needs."""

from __future__ import annotations

import math

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.model.scenario import Scenario
from sim.plots.colours import INK, MUTED, arm_colours
from sim.plots.spans import Group, Span, draw_spans
from sim.plots.style import BODY, PLATE, SMALL, finish
from sim.say.numbers import minutes_text
from sim.studies.flights.find import Flights, Needed
from sim.studies.flights.say import band_words
from sim.units import minutes

NOTE = (
    "Upper rows: how long each missile flew. Lower rows: how long it must fly for half of the reports that come to be "
    "in time; dots: at working values, lines: lowest to highest over the ranges of what is not known."
)
ROW, TITLE = 0.36, 0.24  # inches


def draw(title: str, scenario: Scenario, found: Flights, run: str) -> Figure:
    """A row a year with its launches, and a row an arm with its need, over the same minutes."""
    colours = arm_colours(scenario)
    needs = Group("flight needed", tuple(_span(scenario, one, colours[one.arm]) for one in found.needed))
    figure = draw_spans([needs], "minutes from launch, or of flight (log scale)", middle=None, is_log=True)
    (axes,) = figure.axes
    figure.set_figheight(figure.get_figheight() + TITLE + ROW * len(found.years))
    _years(axes, found)
    axes.set_xticks([1, 2, 5, 10, 20, 50, 100, 200])
    axes.set_xticks([], minor=True)
    return finish(figure, title, NOTE, f"{scenario.name}: {run}")


def _span(scenario: Scenario, one: Needed, colour: str) -> Span:
    at, band = one.flight.typical.estimate, one.flight.band
    need = "none arrives" if math.isnan(at) else f"{minutes_text(at)} min{band_words(one.flight)}"
    return Span(f"{scenario.arm(one.arm).title}: {need}", minutes(at), minutes(band.low), minutes(band.high), colour)


def _years(axes: Axes, found: Flights) -> None:
    """Above what is needed: the launches of each year as ticks at how long they flew."""
    bottom, _ = axes.get_ylim()
    top = TITLE + ROW * len(found.years)
    _write(axes, top - TITLE + 0.02, "flights", is_bold=True)
    for row, year in enumerate(found.years):
        y = top - TITLE - ROW * (row + 1)
        launches = found.of_year(year)
        flown = [minutes(launch.flight_us) for launch in launches]
        axes.vlines(flown, y + 0.08, y + ROW - 0.04, color=INK, linewidth=1.6, alpha=0.75, zorder=4)
        _write(axes, y + 0.1, f"{year} ({len(launches)})")
    axes.axhline(0.02, color=MUTED, linewidth=0.8)
    axes.set_ylim(bottom, top)


def _write(axes: Axes, y: float, words: str, *, is_bold: bool = False) -> None:
    size, weight = (BODY, "bold") if is_bold else (SMALL, "normal")
    place = axes.get_yaxis_transform()
    axes.text(
        0, y, words, transform=place, va="bottom", fontsize=size, fontweight=weight, color=INK, bbox=PLATE, zorder=5
    )
