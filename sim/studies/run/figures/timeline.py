"""One simulated launch under each arm, on one clock from launch."""

from __future__ import annotations

from dataclasses import replace

from matplotlib.figure import Figure

from sim.analysis.branch import delivering
from sim.engines.contract import NEVER, Paths
from sim.model.scenario import Arm
from sim.plots.bars import LONGER, SHARED, Head, Piece, Row, draw_rows, merged
from sim.plots.style import deadline_words, finish, upright
from sim.say.channels import no_path_words
from sim.studies.run.view import View, colours, shared_with_partner, small_print
from sim.units import minutes

NOTE = (
    "ONE SIMULATED {what}, not a log of any day: replication {replication}, the first with both of these reports, if"
    " any. Grey: shared with the arm it is first compared with. Hatched: assumed. Hollow: waiting for sight or a desk."
)


def draw(view: View) -> Figure:
    """Stages of the delivering branch as bars, queueing hollow; of several launches, the first."""
    arms = view.scenario.arms
    first = replace(view.scenario, launches=view.scenario.real.launches[:1])
    marks = [(minutes(deadline.after_us), deadline_words(deadline)) for deadline in first.deadlines()]
    ends = [minutes(latency_of(view, arm.name)) for arm in arms]
    longest = LONGER * max([*ends, *(at for at, _ in marks), 0.1])
    unit = f"minutes from {view.scenario.happening}"
    figure, axes = draw_rows(merged([row_of(view, arm) for arm in arms], longest), longest, unit)
    for at, words in marks:
        upright(axes, at, words, is_left=at > 0.6 * longest)
    note = NOTE.format(what=view.scenario.happening.upper(), replication=view.replication)
    return finish(figure, title(view), note, small_print(view))


def row_of(view: View, arm: Arm) -> Row:
    """The bar of an arm."""
    colour = colours(view)[arm.name]
    pieces = pieces_of(arm, view.paths[arm.name], shared_with_partner(view, arm.name))
    head = Head(f"{arm.title}: {arrival(view, arm.name)}", colour)
    return Row((head,), tuple((one, SHARED if one.is_shared else colour) for one in pieces))


def latency_of(view: View, name: str) -> int:
    """When the report of this launch arrives, microseconds, or `NEVER`."""
    return int(view.paths[name].latency[0, 0])


def arrival(view: View, name: str) -> str:
    """When the report of an arm arrives in this launch."""
    latency = latency_of(view, name)
    if latency == NEVER:
        return no_path_words(view.scenario, view.scenario.arm(name)) or "no report arrives"
    return f"{minutes(latency):.1f} min"


def title(view: View) -> str:
    """When the reports of the first pair arrive, in this launch."""
    if not view.results.contrasts:
        return f"One simulated {view.scenario.happening}"
    first = view.results.contrasts[0]
    said = [f"{view.scenario.arm(name).title} ({arrival(view, name)})" for name in (first.a, first.b)]
    return f"One simulated {view.scenario.happening}: {'; '.join(said)}"


def pieces_of(arm: Arm, paths: Paths, shared: set[str]) -> list[Piece]:
    """Every stage that carried the report, its wait for a desk before it."""
    on, zero = delivering(paths)[0, 0], int(paths.launch[0, 0])
    found: list[Piece] = []
    for node, step in paths.network.stages:
        if on[node]:
            queued, started, ended = (
                minutes(int(times[0, 0, node]) - zero) for times in (paths.queued, paths.started, paths.ended)
            )
            stage, is_shared = arm.stages[step.stage], step.name in shared
            is_assumed = stage.evidence.value == "assumed"
            if started > queued:
                found.append(Piece("", queued, started - queued, is_shared=is_shared, is_wait=True))
            found.append(Piece(stage.title, started, ended - started, is_shared=is_shared, is_assumed=is_assumed))
    return found
