"""How all figures look: colours, small print, titles that state a finding.

Colours are those of Okabe and Ito, told apart by colour-blind readers. Sizes are for a figure of
7.2 inches that is printed at 8 cm.
"""

from __future__ import annotations

import textwrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.findings import deadline_name
from sim.analysis.intervals import LEVEL
from sim.model.flow import steps
from sim.model.scenario import Arm, Stage
from sim.plots.view import View
from sim.units import minutes

WIDTH = 7.2
INK, QUIET, MUTED, GRID = "#222222", "#555555", "#9a9a9a", "#e4e4e4"
SHARED = "#cfcfcf"
BASELINE = "#4d4d4d"
DIRECT, WASHINGTON = "#0072B2", "#D55E00"
OTHERS = ("#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
TITLE, BODY, NAME, SMALL = 15, 12, 9.5, 8.5
TITLE_WIDTH, SMALL_WIDTH = 58, 112  # characters that fit the width at these sizes
HATCH = "////"


def colours(view: View) -> dict[str, str]:
    """A colour for each arm: by route where it is stated, else in turn; two arms of one mode differ."""
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    spare = list(OTHERS)
    for arm in view.scenario.arms:
        colour = _own_colour(view, arm)
        if colour is None or (colour, arm.mode) in seen:
            colour = spare.pop(0) if spare else MUTED
        seen.add((colour, arm.mode))
        found[arm.name] = colour
    return found


def _own_colour(view: View, arm: Arm) -> str | None:
    """The colour of an arm's route; none for an arm that uses both routes."""
    if arm.name == view.scenario.baseline:
        return BASELINE
    words = f"{arm.route or arm.title} {arm.name}".lower()
    is_direct, is_washington = "direct" in words, "washington" in words
    if is_direct == is_washington:
        return None
    return DIRECT if is_direct else WASHINGTON


def new_figure(height: float) -> Figure:
    """An empty figure of the one width."""
    return Figure(figsize=(WIDTH, height), layout="constrained")


def finish(figure: Figure, view: View, title: str, note: str) -> Figure:
    """Put the finding above and the small print below."""
    heading = wrapped(f"{title[:1].upper()}{title[1:]}", TITLE_WIDTH)
    figure.suptitle(heading, x=0.01, ha="left", fontsize=TITLE, fontweight="bold", color=INK)
    words = f"{wrapped(note, SMALL_WIDTH)}\n{small_print(view)}"
    figure.supxlabel(words, x=0.01, ha="left", fontsize=SMALL, color=QUIET)
    return figure


def wrapped(text: str, width: int) -> str:
    """Text in as few lines as the width allows, all about as long; a number keeps its unit."""
    for unit in ("%", "min"):
        text = text.replace(f" {unit}", f"\N{NO-BREAK SPACE}{unit}")
    n_lines = len(textwrap.wrap(text, width))
    best = next(w for w in range(1, width + 1) if len(textwrap.wrap(text, w, break_long_words=False)) <= n_lines)
    return "\n".join(textwrap.wrap(text, best, break_long_words=False))


def small_print(view: View) -> str:
    """Scenario, n, settings, level, seed, digest."""
    results = view.results
    settings = (
        f"{results.n_settings} settings × {results.n_setting_replications:,}" if results.n_settings > 1 else "no ranges"
    )
    return (
        f"{view.scenario.name} · n = {results.n_replications:,} replications · {settings} · "
        f"{100 * LEVEL:.0f} % level · seed {view.scenario.seed} · {view.digest}"
    )


def plain(axes: Axes, *, keep: tuple[str, ...] = ("bottom",)) -> Axes:
    """Leave out every line that says nothing."""
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(side in keep)
    axes.tick_params(labelsize=BODY - 1, colors=INK, length=3)
    return axes


def deadlines(view: View) -> list[tuple[float, str]]:
    """The different deadlines of the launches, minutes and name."""
    found = [entry.deadline for entry in view.scenario.launches if entry.deadline]
    return sorted({(minutes(deadline.after_us), deadline.name) for deadline in found})


def deadline_text(view: View) -> str:
    """The deadlines as a label: the name and when, from the first to the last of them."""
    found = deadlines(view)
    ends = dict.fromkeys(f"{found[i][0]:.3g}" for i in (0, -1))
    return f"{deadline_name(view.scenario)}, {'–'.join(ends)} min"


def shared(view: View, arm: Arm) -> set[str]:
    """The stages that an arm has in common with every arm of its mode; alone in its mode, with every arm."""
    others = [other for other in view.scenario.arms if other.name not in (arm.name, view.scenario.baseline)]
    if arm.name == view.scenario.baseline or not others:
        return set()
    peers = [other for other in others if other.mode == arm.mode] or others
    same = set(_stages(arm)).intersection(*map(_stages, peers))
    return {name for name, _ in same}


def _stages(arm: Arm) -> list[tuple[str, Stage]]:
    return [(step.name, arm.stages[step.stage]) for step in steps(arm.flow)]
