"""Which is sooner, and whether zero lies inside what is not known."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.findings import headline
from sim.analysis.results import Contrast
from sim.analysis.words import band_text, minutes_text
from sim.plots.style import BODY, GRID, INK, MUTED, SMALL, colours, finish, new_figure, plain
from sim.plots.view import View
from sim.units import minutes


def draw(view: View) -> Figure | None:
    """A row a pair: settings as dots, their band, the typical difference with its noise."""
    pairs = [pair for pair in view.results.contrasts if pair.counts.both]
    if not pairs:
        return None
    figure = new_figure(1.7 + 0.95 * len(pairs))
    axes = figure.subplots()
    for row, pair in enumerate(pairs):
        draw_pair(axes, view, pair, -row)
    axes.axvline(0, color=INK, linewidth=1.4)
    axes.set_ylim(-len(pairs) + 0.35, 0.75)
    axes.set_yticks([])
    axes.set_xlabel("difference in alert latency, minutes (mean of paired differences)", fontsize=BODY)
    axes.grid(axis="x", color="#eeeeee")
    axes.set_axisbelow(True)
    scale(axes, pairs)
    plain(axes)
    note = (
        "Mark: placeholder values, its width the noise of the simulation. Grey: lowest to highest over the settings of "
        "what is not known; dots: one setting each (not a probability)."
    )
    return finish(figure, view, headline(view.scenario, view.results), note)


def draw_pair(axes: Axes, view: View, pair: Contrast, y: float) -> Axes:
    """One row."""
    a, b = view.scenario.arm(pair.a).title, view.scenario.arm(pair.b).title
    known = np.array([minutes(d) for d in pair.by_setting if not np.isnan(d)])
    if len(known) > 1:
        axes.barh(y, known.max() - known.min(), left=known.min(), height=0.3, color=GRID, zorder=1)
        jitter = 0.11 * np.sin(np.arange(len(known)) * 2.4)
        axes.plot(known, y + jitter, ".", color=MUTED, markersize=3.5, zorder=2)
    colour = colours(view)[pair.a]
    estimate = minutes(pair.mean.estimate)
    axes.plot([minutes(pair.mean.low), minutes(pair.mean.high)], [y, y], color=colour, linewidth=5, zorder=4)
    axes.plot([estimate], [y], "|", color=colour, markersize=22, markeredgewidth=3, zorder=4)
    words = "sooner" if estimate < 0 else "later"
    noise = minutes_text(pair.mean.half_width)
    text = f"{a} against {b}: {minutes_text(pair.mean.estimate)} min {words} (± {noise} noise)"
    axes.text(0.0, y + 0.22, text, transform=axes.get_yaxis_transform(), fontsize=BODY - 1.5, color=INK, va="bottom")
    if len(known) > 1:
        ends = f"{band_text(pair.band)}, over {len(known)} settings"
        axes.text(
            0.0, y - 0.2, ends, transform=axes.get_yaxis_transform(), fontsize=SMALL + 0.5, color="#666666", va="top"
        )
    return axes


def scale(axes: Axes, pairs: list[Contrast]) -> None:
    """Straight near zero, logarithmic far from it, so that minutes and hours both show."""
    ends = [abs(minutes(end)) for pair in pairs for end in (pair.band.low, pair.band.high, pair.mean.estimate)]
    most = max([end for end in ends if not np.isnan(end)], default=1)
    if most > 30:
        axes.set_xscale("symlog", linthresh=10, linscale=1)
        ticks = [t for t in (5, 20, 100, 500) if t <= most * 1.3]
        every = [*(-t for t in reversed(ticks)), 0, *ticks]
        axes.set_xticks(every, [f"{t:g}".replace("-", "−") for t in every])
        axes.set_xticks([], minor=True)
    low = min(0, *(minutes(p.band.low) for p in pairs))
    high = max(0, *(minutes(p.band.high) for p in pairs))
    axes.set_xlim(low * 1.25 - 0.3, high * 1.25 + 0.3)
    axes.text(
        0.0, 1.0, "◄ first sooner", transform=axes.transAxes, ha="left", va="bottom", fontsize=BODY - 1, color=INK
    )
    axes.text(
        1.0, 1.0, "second sooner ►", transform=axes.transAxes, ha="right", va="bottom", fontsize=BODY - 1, color=INK
    )
