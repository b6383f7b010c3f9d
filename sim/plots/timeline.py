"""One simulated launch under each arm, on one clock from launch."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.branch import delivering
from sim.engines.contract import NEVER, Paths
from sim.model.scenario import Arm
from sim.plots.stages import SHARED
from sim.plots.style import (
    BODY,
    HATCH,
    INK,
    SMALL,
    colours,
    deadline_line,
    deadlines,
    finish,
    fits,
    new_figure,
    plain,
    shared_with_partner,
)
from sim.plots.view import View
from sim.units import minutes


def draw(view: View) -> Figure:
    """Stages of the delivering branch as bars, queueing hollow."""
    arms = view.scenario.arms
    figure = new_figure(1.6 + 0.75 * len(arms))
    axes = figure.subplots()
    ends = [minutes(int(view.paths[arm.name].latency[0, 0])) for arm in arms]
    longest = max([*ends, *(d for d, _ in deadlines(view)), 0.1])
    for row, arm in enumerate(arms):
        draw_arm(
            axes, arm, view.paths[arm.name], -row, shared_with_partner(view, arm.name), colours(view)[arm.name], longest
        )
    for when, name in deadlines(view)[:1]:
        deadline_line(axes, when, name, 1.0)
    axes.set_yticks([-row for row in range(len(arms))], [arm.title for arm in arms])
    axes.set_ylim(-len(arms) + 0.4, 1.0)
    axes.set_xlim(0, longest * 1.2)
    axes.set_xlabel("minutes from launch", fontsize=BODY)
    plain(axes).tick_params(axis="y", length=0, labelsize=BODY - 1)
    note = (
        "ONE SIMULATED LAUNCH (replication 0), not a log of any day. Grey: shared with the arm it is compared with. "
        "Hatched: assumed. Hollow: waiting for a desk."
    )
    return finish(figure, view, title(view), note)


def title(view: View) -> str:
    """When the reports of the first pair arrive, in this launch."""
    if not view.results.contrasts:
        return "One simulated launch"
    first = view.results.contrasts[0]
    said = []
    for name in (first.a, first.b):
        latency = int(view.paths[name].latency[0, 0])
        arm = view.scenario.arm(name).title
        said.append(f"{arm}: no report" if latency == NEVER else f"{arm} {minutes(latency):.1f} min")
    return f"One simulated launch: {', '.join(said)}"


def draw_arm(axes: Axes, arm: Arm, paths: Paths, y: float, shared: set[str], colour: str, longest: float) -> Axes:
    """One arm: every stage that carried the report."""
    latency = int(paths.latency[0, 0])
    if latency == NEVER:
        axes.text(longest * 0.01, y, "no report arrives", va="center", fontsize=BODY, color=INK)
        return axes
    on, zero = delivering(paths)[0, 0], int(paths.launch[0, 0])
    for node, step in paths.network.stages:
        if on[node]:
            times = [minutes(int(x[0, 0, node]) - zero) for x in (paths.queued, paths.started, paths.ended)]
            stage = arm.stages[step.stage]
            hatch = HATCH if stage.evidence.value == "assumed" else ""
            piece(axes, times, y, SHARED if step.name in shared else colour, hatch)
            if fits(stage.title, times[2] - times[1], longest * 1.2):
                axes.text(
                    (times[1] + times[2]) / 2,
                    y + 0.27,
                    stage.title,
                    ha="center",
                    va="bottom",
                    fontsize=SMALL,
                    color=INK,
                )
    axes.text(
        minutes(latency) + longest * 0.01,
        y,
        f"{minutes(latency):.1f} min",
        va="center",
        fontsize=BODY,
        fontweight="bold",
        color=colour,
        zorder=7,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1},
    )
    return axes


def piece(axes: Axes, times: list[float], y: float, colour: str, hatch: str) -> None:
    """One stage: queued to started hollow, started to ended filled."""
    queued, started, ended = times
    if started > queued:
        axes.barh(y, started - queued, left=queued, height=0.5, facecolor="white", edgecolor=colour, linewidth=1.2)
    axes.barh(
        y, ended - started, left=started, height=0.5, facecolor=colour, edgecolor="white", hatch=hatch, linewidth=0.8
    )
