"""One simulated launch under each arm, on one clock from launch."""

from __future__ import annotations

from matplotlib.figure import Figure

from sim.analysis.branch import delivering
from sim.engines.contract import NEVER, Paths
from sim.model.scenario import Arm
from sim.plots.bars import ROW, Bar, Piece, draw_bars
from sim.plots.style import BODY, INK, colours, finish, new_figure, shared
from sim.plots.view import View
from sim.units import minutes

FIRST = (0, 0)  # replication, launch


def draw(view: View) -> Figure:
    """Stages of the delivering branch as bars, queueing hollow, time spent on others as gaps."""
    bars = [bar_of(view, arm, view.paths[arm.name]) for arm in view.scenario.arms]
    deadline = view.scenario.launches[0].deadline
    figure = new_figure(1.9 + ROW * len(bars))
    axes = draw_bars(figure.subplots(), bars, minutes(deadline.after_us) if deadline else 0.0)
    if deadline:
        when = minutes(deadline.after_us)
        axes.axvline(when, color=INK, linewidth=1.4, zorder=5)
        text = f"{deadline.name}, {when:.3g} min"
        axes.text(when, 0.82, text, ha="center", va="bottom", fontsize=BODY - 1, color=INK)
    axes.set_xlabel("minutes from launch\none simulated launch, not a log of that day", fontsize=BODY)
    note = (
        "The first launch of one replication, placeholder values. Grey: shared with the other arms of its mode. "
        "Hatched: the value is assumed. Hollow: waiting for a desk. Gap: waiting for another branch."
    )
    return finish(figure, view, title(view), note)


def title(view: View) -> str:
    """When the reports of the first pair arrive, in this launch."""
    if not view.results.contrasts:
        return "One simulated launch"
    first = view.results.contrasts[0]
    said = (f"{view.scenario.arm(name).title} {_arrival(view.paths[name])}" for name in (first.a, first.b))
    return f"One simulated launch: {'; '.join(said)}"


def _arrival(paths: Paths) -> str:
    latency = int(paths.latency[FIRST])
    return "no report" if latency == NEVER else f"{minutes(latency):.1f} min"


def bar_of(view: View, arm: Arm, paths: Paths) -> Bar:
    """Every stage that carried the report; none where no report came."""
    latency = int(paths.latency[FIRST])
    if latency == NEVER:
        return Bar(arm.title, (), None, colours(view)[arm.name])
    on, common = delivering(paths)[FIRST], shared(view, arm)
    pieces = []
    for node, step in paths.network.stages:
        if on[node]:
            times = (paths.queued, paths.started, paths.ended)
            queued, started, ended = (minutes(int(x[(*FIRST, node)] - paths.launch[FIRST])) for x in times)
            stage = arm.stages[step.stage]
            is_assumed = stage.evidence.value == "assumed"
            pieces.append(Piece(stage.title, queued, started, ended, step.name in common, is_assumed))
    return Bar(arm.title, pieces, minutes(latency), colours(view)[arm.name])
