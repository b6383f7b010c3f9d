"""How all figures look: colours, small print, titles that state a finding.

Colours are those of Okabe and Ito, told apart by colour-blind readers; where two arms are near each
other they also differ in line or mark. Sizes are for a figure of 5.4 inches that is printed at 8 cm.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.findings import run_words
from sim.analysis.words import unbroken
from sim.model.scenario import Arm, Deadline
from sim.plots.measure import inches, lines
from sim.plots.view import View
from sim.units import minutes

WIDTH = 5.4
INK, QUIET, MUTED, GRID = "#222222", "#5c5c5c", "#9a9a9a", "#e4e4e4"
BASELINE = "#4d4d4d"
DIRECT, WASHINGTON = "#0072B2", "#D55E00"
OTHERS = ("#009E73", "#CC79A7", "#E69F00", "#56B4E9")
TITLE, BODY, SMALL, NOTE = 13, 10.5, 8.5, 7.2
ROOM = 0.97 * WIDTH  # inches, for a line
HATCH = "////"
PLATE = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1}


def colours(view: View) -> dict[str, str]:
    """A colour for each arm of a run."""
    return dict(
        zip(
            (arm.name for arm in view.scenario.arms),
            colours_of(view.scenario.arms, (view.scenario.baseline,)),
            strict=True,
        )
    )


def colours_of(arms: Sequence[Arm], baselines: Container[str | None]) -> list[str]:
    """A colour for each arm: by route where it is stated, once for each mode, else in turn."""
    found: list[tuple[str, str]] = []
    spare = list(OTHERS)
    for arm in arms:
        colour = BASELINE if arm.name in baselines else _route_colour(arm)
        is_free = colour is not None and (colour, arm.mode) not in found
        found.append((colour if colour and (is_free or not spare) else spare.pop(0) if spare else MUTED, arm.mode))
    return [colour for colour, _ in found]


def _route_colour(arm: Arm) -> str | None:
    words = f"{arm.route} {arm.name}".lower()
    if ("direct" in words) == ("washington" in words):
        return None
    return DIRECT if "direct" in words else WASHINGTON


def new_figure(height: float) -> Figure:
    """An empty figure of the one width."""
    return Figure(figsize=(WIDTH, height), layout="constrained")


def finish(figure: Figure, title: str, *notes: str) -> Figure:
    """Put the finding above and the small print below."""
    figure.suptitle("\n".join(title_lines(title)), x=0.01, ha="left", fontsize=TITLE, fontweight="bold", color=INK)
    small = [line for text in notes for line in lines(text, NOTE, ROOM)]
    figure.supxlabel("\n".join(small), x=0.01, ha="left", fontsize=NOTE, color=QUIET)
    return figure


def title_lines(title: str) -> list[str]:
    """A title in lines that end between its parts, or where they must."""
    parts = unbroken(title).split("; ")
    whole = [part.replace(" ", "\N{NO-BREAK SPACE}") for part in parts]
    is_short = len(parts) > 1 and all(inches(f"{part};", TITLE, is_bold=True) <= ROOM for part in parts)
    return lines("; ".join(whole if is_short else parts), TITLE, ROOM, is_bold=True)


def small_print(view: View) -> str:
    """Scenario, n, settings, level, seed, digest."""
    return f"{view.scenario.name}: {run_words(view.scenario, view.results, view.digest)}"


def small_print_of_all(views: Sequence[View]) -> list[str]:
    """The same for several runs: what they share once, with the digest of each."""
    alike: dict[str, list[View]] = {}
    for view in views:
        said = run_words(view.scenario, view.results, view.digest).replace(f", {view.digest}", "")
        alike.setdefault(said, []).append(view)
    found = []
    for said, group in alike.items():
        names = ", ".join(f"{view.scenario.name} ({view.digest})" for view in group)
        found.append(f"{names}: {'each ' if len(group) > 1 else ''}{said}")
    return found


def plain(axes: Axes, *, keep: tuple[str, ...] = ("bottom",)) -> Axes:
    """Leave out every line that says nothing."""
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(side in keep)
    axes.tick_params(labelsize=BODY - 0.5, colors=INK, length=3)
    axes.grid(axis="x", color="#eeeeee")
    axes.set_axisbelow(True)
    return axes


def deadline_line(axes: Axes, deadline: Deadline, y: float, *, is_left: bool = False, is_named: bool = True) -> None:
    """A deadline as a line, named at height y of the axes: right of the line, or left where there is no room."""
    at = minutes(deadline.after_us)
    axes.axvline(at, color=INK, linewidth=1.3, zorder=5)
    if not is_named:
        return
    axes.text(
        at,
        y,
        deadline_words(deadline),
        transform=axes.get_xaxis_transform(),
        va="bottom",
        ha="right" if is_left else "left",
        fontsize=BODY - 0.5,
        color=INK,
        zorder=6,
        bbox=PLATE,
    )


def deadline_words(deadline: Deadline) -> str:
    """The name of a deadline and its time."""
    return f" {deadline.name}, {round(minutes(deadline.after_us), 2):g} min "


def deadlines(view: View) -> list[Deadline]:
    """The different deadlines of the launches, soonest first."""
    found = {entry.deadline for entry in view.scenario.launches if entry.deadline}
    return sorted(found, key=lambda deadline: (deadline.after_us, deadline.name))


def shared_with_partner(view: View, arm: str) -> set[str]:
    """The stages that an arm has in common with the arm it is first compared with."""
    for pair in view.results.contrasts:
        if arm in (pair.a, pair.b):
            of_a, of_b = ({stage.name for stage in view.results.arm(name).stages} for name in (pair.a, pair.b))
            return of_a & of_b
    return set()
