"""Which colour is whose: each means one thing in all figures.

Arms have the colours of Okabe and Ito, told apart by colour-blind readers; where two arms are near each other they
also differ in line or mark. What is no arm has other colours: owners some of Tol's, what has an order shades of one.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from sim.model.evidence import ValueGrade
from sim.model.scenario import Arm, Scenario

INK, QUIET, MUTED, GRID = "#222222", "#5c5c5c", "#9a9a9a", "#e4e4e4"
BASELINE = "#4d4d4d"
DIRECT, WASHINGTON = "#0072B2", "#D55E00"
OTHERS = ("#009E73", "#CC79A7", "#E69F00", "#56B4E9")
OWNERS = {"seoul": "#882255", "us": "#8a8a2a", "tokyo": "#332288"}
OTHER_OWNER = "#44AA99"
AT_LOW, AT_HIGH = "#d9bf94", "#6b4423"  # the ends of a range
HOLDS, NEARLY = "#4b3068", "#b9a5d3"  # what is asked for, and what comes close
GRADE_COLOURS: dict[ValueGrade, str] = {
    "documented": "#1f4e4e",
    "estimated": "#5b9292",
    "interview": "#95bcbc",
    "assumed": "#c9dcdc",
}
MODELLED = "#b4bfc8"


def arm_colours(scenario: Scenario) -> dict[str, str]:
    """A colour for each arm of a scenario, by name: that of every figure of it."""
    names = (arm.name for arm in scenario.arms)
    return dict(zip(names, colours_of(scenario.arms, (scenario.baseline,)), strict=True))


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
