"""Where the time goes along the delivering branch; what separates the arms in colour, assumed hatched."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.results import ArmResult, StageMean
from sim.analysis.words import share_text
from sim.plots.style import BODY, HATCH, INK, SMALL, colours, finish, fits, new_figure, plain, shared_with_partner
from sim.plots.view import View
from sim.units import minutes

SHARED = "#cfcfcf"


def draw(view: View) -> Figure:
    """A bar an arm: mean hold and wait of every stage; they add up to the mean latency."""
    figure = new_figure(1.5 + 0.75 * len(view.results.arms))
    axes = figure.subplots()
    longest = max((minutes(arm.mean.estimate) for arm in view.results.arms if arm.mean.estimate > 0), default=1.0)
    for row, arm in enumerate(view.results.arms):
        bar(axes, arm, -row, shared_with_partner(view, arm.name), colours(view)[arm.name], longest)
    axes.set_yticks([-row for row in range(len(view.results.arms))], [arm.title for arm in view.results.arms])
    axes.set_xlim(0, longest * 1.2)
    axes.set_xlabel("mean minutes from launch, placeholder values", fontsize=BODY)
    plain(axes).tick_params(axis="y", length=0, labelsize=BODY - 1)
    note = (
        "Grey: shared with the arm it is compared with. Hatched: the value is assumed. "
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
    share = (longest.hold_us + longest.wait_us) / slowest.mean.estimate
    grade = "an assumption" if longest.value == "assumed" else f"{longest.value}"
    return f"“{longest.title}” takes {share_text(share)} of {slowest.title}, and its length is {grade}"


def bar(axes: Axes, arm: ArmResult, y: float, shared: set[str], colour: str, longest: float) -> Axes:
    """One arm."""
    left = 0.0
    for stage in arm.stages:
        left = piece(axes, stage, left, y, SHARED if stage.name in shared else colour, longest)
    if arm.fallback_us:
        axes.barh(y, minutes(arm.fallback_us), left=left, height=0.5, facecolor="white", edgecolor=colour)
        left += minutes(arm.fallback_us)
    axes.text(left + longest * 0.01, y, f"{left:.1f} min", va="center", fontsize=BODY, fontweight="bold", color=INK)
    return axes


def piece(axes: Axes, stage: StageMean, left: float, y: float, colour: str, longest: float) -> float:
    """One stage: its wait hollow, then its hold; returns where it ends."""
    wait, hold = minutes(stage.wait_us), minutes(stage.hold_us)
    if wait > 0:
        axes.barh(y, wait, left=left, height=0.5, facecolor="white", edgecolor=colour, linewidth=1.2)
    hatch = HATCH if stage.value == "assumed" else ""
    axes.barh(y, hold, left=left + wait, height=0.5, facecolor=colour, edgecolor="white", hatch=hatch, linewidth=0.8)
    if fits(stage.title, hold, longest * 1.2):
        axes.text(left + wait + hold / 2, y + 0.27, stage.title, ha="center", va="bottom", fontsize=SMALL, color=INK)
    return left + wait + hold
