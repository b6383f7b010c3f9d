"""How all figures look: colours, small print, titles that state a finding.

Colours are those of Okabe and Ito, told apart by colour-blind readers. Sizes are for a figure of
7.2 inches that is printed at 8 cm.
"""

from __future__ import annotations

import textwrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.findings import kept_text
from sim.analysis.intervals import LEVEL
from sim.model.scenario import Arm
from sim.plots.view import View
from sim.units import minutes

WIDTH = 7.2
INK, MUTED, GRID = "#222222", "#9a9a9a", "#e4e4e4"
BASELINE = "#4d4d4d"
DIRECT, WASHINGTON = "#0072B2", "#D55E00"
OTHERS = ("#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442")
TITLE, BODY, SMALL = 15, 12, 8.5
HATCH = "////"


def colours(view: View) -> dict[str, str]:
    """A colour for each arm: by route where it is stated, else in turn."""
    found: dict[str, str] = {}
    spare = list(OTHERS)
    for arm in view.scenario.arms:
        colour = _own_colour(view, arm)
        is_taken = colour in found.values() and not arm.mode
        found[arm.name] = spare.pop(0) if spare and (colour is None or is_taken) else colour or MUTED
    return found


def _own_colour(view: View, arm: Arm) -> str | None:
    if arm.name == view.scenario.baseline:
        return BASELINE
    words = f"{arm.route} {arm.name}".lower()
    if "washington" in words:
        return WASHINGTON
    return DIRECT if "direct" in words else None


def new_figure(height: float) -> Figure:
    """An empty figure of the one width."""
    return Figure(figsize=(WIDTH, height), layout="constrained")


def finish(figure: Figure, view: View, title: str, note: str) -> Figure:
    """Put the finding above and the small print below."""
    lines = textwrap.wrap(title, 58)
    figure.suptitle("\n".join(lines), x=0.01, ha="left", fontsize=TITLE, fontweight="bold", color=INK)
    words = "\n".join([*textwrap.wrap(note, 104), *textwrap.wrap(small_print(view), 104)])
    figure.supxlabel(words, x=0.01, ha="left", fontsize=SMALL, color="#555555")
    return figure


def small_print(view: View) -> str:
    """Scenario, n, settings, level, seed, digest."""
    results = view.results
    settings = (
        f"{results.n_settings} settings × {results.n_setting_replications:,}" if results.n_settings > 1 else "no ranges"
    )
    return (
        f"{view.scenario.name} · n = {results.n_replications:,} replications · {settings} · "
        f"{100 * LEVEL:.0f} % level · seed {view.scenario.seed} · {view.digest} · {kept_text(results)}"
    )


def plain(axes: Axes, *, keep: tuple[str, ...] = ("bottom",)) -> Axes:
    """Leave out every line that says nothing."""
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(side in keep)
    axes.tick_params(labelsize=BODY - 1, colors=INK, length=3)
    return axes


def deadline_line(axes: Axes, minutes: float, name: str, y: float = 0.97) -> None:
    """A deadline as a named line."""
    axes.axvline(minutes, color=INK, linewidth=1.4, zorder=5)
    axes.text(
        minutes,
        y,
        f" {name}, {minutes:g} min",
        transform=axes.get_xaxis_transform(),
        va="top",
        ha="left",
        fontsize=BODY - 1,
        color=INK,
        zorder=6,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.75},
    )


def deadlines(view: View) -> list[tuple[float, str]]:
    """The different deadlines of the launches, minutes and name."""
    found = [entry.deadline for entry in view.scenario.launches if entry.deadline]
    return sorted({(minutes(deadline.after_us), deadline.name) for deadline in found})


def shared_with_partner(view: View, arm: str) -> set[str]:
    """The stages that an arm has in common with the arm it is first compared with."""
    for pair in view.results.contrasts:
        if arm in (pair.a, pair.b):
            of_a, of_b = ({stage.name for stage in view.results.arm(name).stages} for name in (pair.a, pair.b))
            return of_a & of_b
    return set()


def fits(text: str, width: float, axis: float) -> bool:
    """Whether a small label fits over a bar, both in units of the axis."""
    return len(text) * 0.0145 * axis < width
