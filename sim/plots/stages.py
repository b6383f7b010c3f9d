"""Where the time goes along the delivering branch; what separates the arms in colour, assumed hatched."""

from __future__ import annotations

import math

from matplotlib.figure import Figure

from sim.analysis.findings import share_text
from sim.analysis.results import ArmResult
from sim.model.scenario import Arm
from sim.plots.bars import ROW, Bar, Piece, draw_bars
from sim.plots.style import BODY, colours, finish, new_figure, shared
from sim.plots.view import View
from sim.units import minutes


def draw(view: View) -> Figure:
    """A bar an arm: mean wait and hold of every stage; they add up to the mean latency."""
    bars = [bar_of(view, arm, result) for arm, result in view.pairs()]
    figure = new_figure(1.5 + ROW * len(bars))
    axes = draw_bars(figure.subplots(), bars, 0.0)
    axes.set_xlabel("mean minutes from launch, placeholder values", fontsize=BODY)
    note = (
        "Grey: shared with the other arms of its mode. Hatched: the value is assumed. "
        "Hollow: waiting for a desk or a fallback."
    )
    return finish(figure, view, title(view), note)


def title(view: View) -> str:
    """The longest stage of the slowest arm."""
    arms = [arm for arm in view.results.arms if arm.stages and arm.mean.estimate > 0]
    if not arms:
        return "No report arrives"
    slowest = max(arms, key=lambda arm: arm.mean.estimate)
    longest = max(slowest.stages, key=lambda stage: stage.hold_us + stage.wait_us)
    share = share_text((longest.hold_us + longest.wait_us) / slowest.mean.estimate)
    if longest.wait_us > longest.hold_us:
        return f"“{longest.title}” takes {share} of {slowest.title}, most of it waiting for a desk"
    grade = "an assumption" if longest.value == "assumed" else longest.value
    return f"“{longest.title}” takes {share} of {slowest.title}, and its length is {grade}"


def bar_of(view: View, arm: Arm, result: ArmResult) -> Bar:
    """Stages end to end, and what tries spent before their fallback as a last wait."""
    pieces, left, common = [], 0.0, shared(view, arm)
    for stage in result.stages:
        started = left + minutes(stage.wait_us)
        ended = started + minutes(stage.hold_us)
        if stage.share:
            pieces.append(Piece(stage.title, left, started, ended, stage.name in common, stage.value == "assumed"))
        left = ended
    if result.fallback_us:
        end = left + minutes(result.fallback_us)
        pieces.append(Piece("before the fallback", left, end, end, is_shared=False, is_assumed=False))
        left = end
    return Bar(arm.title, pieces, None if math.isnan(result.mean.estimate) else left, colours(view)[arm.name])
