"""Where the time goes along the delivering branch; what separates the arms in colour, assumed hatched."""

from __future__ import annotations

from matplotlib.figure import Figure

from sim.analysis.results import ArmResult, StageMean
from sim.plots.bars import LONGER, SHARED, Head, Piece, Row, draw_rows, merged
from sim.plots.style import finish
from sim.say.channels import no_path_words
from sim.say.numbers import capital, share_text
from sim.studies.run.view import View, colours, shared_with_partner, small_print
from sim.units import minutes

NOTE = (
    "Means at working values. Grey: shared with the arm it is first compared with. Hatched: assumed. Hollow: "
    "waiting for sight, a desk or a fallback."
)


def draw(view: View) -> Figure:
    """A bar an arm: mean hold and wait of every stage; they add up to the mean latency."""
    arms = view.results.arms
    longest = LONGER * max((minutes(arm.mean.estimate) for arm in arms if arm.mean.estimate > 0), default=1.0)
    rows = [row_of(view, arm) for arm in arms]
    figure, _ = draw_rows(merged(rows, longest), longest, f"mean minutes from {view.scenario.happening}")
    return finish(figure, title(view), NOTE, small_print(view))


def row_of(view: View, arm: ArmResult) -> Row:
    """The bar of an arm."""
    colour = colours(view)[arm.name]
    pieces = pieces_of(arm, shared_with_partner(view, arm.name))
    return Row((Head(words(view, arm), colour),), tuple((one, SHARED if one.is_shared else colour) for one in pieces))


def words(view: View, arm: ArmResult) -> str:
    """The name of an arm and its mean, or why it has none."""
    if arm.mean.estimate > 0:
        return f"{arm.title}: {minutes(arm.mean.estimate):.1f} min"
    return f"{arm.title}: {no_path_words(view.scenario, view.scenario.arm(arm.name)) or 'no report arrives'}"


def pieces_of(arm: ArmResult, shared: set[str]) -> list[Piece]:
    """Every stage end to end, its wait before it, and the time spent before fallbacks began."""
    found: list[Piece] = []
    left = 0.0
    for stage in arm.stages:
        is_shared, is_assumed = stage.name in shared, stage.value == "assumed"
        wait, hold = minutes(stage.wait_us), minutes(stage.hold_us)
        if wait > 0:
            found.append(Piece("", left, wait, is_shared=is_shared, is_wait=True))
        found.append(Piece(short_title(arm, stage), left + wait, hold, is_shared=is_shared, is_assumed=is_assumed))
        left += wait + hold
    if arm.fallback_us:
        found.append(Piece("", left, minutes(arm.fallback_us), is_wait=True))
    return found


def short_title(arm: ArmResult, stage: StageMean) -> str:
    """The title of a stage, without the label of a step that is the only one of its stage in the bar."""
    name, _, label = stage.name.partition(" as ")
    is_only = sum(other.name.partition(" as ")[0] == name for other in arm.stages) == 1
    return stage.title.removesuffix(f" ({label})") if label and is_only else stage.title


def title(view: View) -> str:
    """The longest stage of the slowest arm."""
    arms = [arm for arm in view.results.arms if arm.stages and arm.mean.estimate > 0]
    if not arms:
        return "No report arrives"
    slowest = max(arms, key=lambda arm: arm.mean.estimate)
    longest = max(slowest.stages, key=lambda stage: stage.hold_us + stage.wait_us)
    share = (longest.hold_us + longest.wait_us) / slowest.mean.estimate
    waiting = ", most of it waiting" if longest.wait_us > longest.hold_us else ""
    size = f"takes {share_text(share)} of the time{waiting}"
    said = f"“{short_title(slowest, longest)}” {size}; its length is {longest.value}"
    return f"{capital(slowest.title)}: {said}"
