"""What is said of outages and surges: how often what is up, how long it is down, and what both rest on."""

from __future__ import annotations

from collections.abc import Iterator

from sim.model.outages import Alternating, Outages
from sim.model.ranges import TYPICAL, Range, settle
from sim.model.scenario import Arm, Scenario
from sim.model.stage import Surge
from sim.say.channels import period_text
from sim.say.names import desk_name, title_of
from sim.say.numbers import grade_text, list_text
from sim.units import duration_text, quantity_text


def owner_words(arm: Arm, path: str) -> str:
    """What has outages, in a sentence: GSOMIA, Green Pine (north), the US desk."""
    section, _, name = path.partition(".")
    if section == "channels":
        return arm.channels[name].title
    return arm.stages[name].title if section == "sensors" else desk_name(name)


def outages_of(scenario: Scenario) -> dict[tuple[str, str], Outages]:
    """Every outage of what some arm uses, by path and, where arms differ in it, the title of the arm."""
    found: dict[tuple[str, str], Outages] = {}
    for arm in scenario.arms:
        for path, outages in arm.outages().items():
            if found.setdefault((path, ""), outages) != outages:
                found[path, arm.name] = outages
    return found


def outage_notes(scenario: Scenario) -> tuple[str, ...]:
    """Of everything that is down at times how often that is, for how long and on what grounds; and of every surge."""
    said = []
    for (path, name), outages in outages_of(scenario).items():
        arm = scenario.arm(name) if name else next(arm for arm in scenario.arms if path in arm.outages())
        where = f" under {title_of(scenario, name)}" if name else ""
        said.append(f"{owner_words(arm, path)} is {outages_words(outages)}{where}")
    return (*said, *dict.fromkeys(_surges(scenario)))


def outages_words(outages: Outages) -> str:
    """Up 95 % of the time, 80 % to 99 % across its range, and down 2 h at a time on average (assumed)."""
    grade = grade_text(outages.evidence.value)
    if not isinstance(outages, Alternating):
        return f"down at these times: {list_text([period_text(period) for period in outages.periods])} ({grade})"
    share, known = availability_text(outages.share_up()), outages.availability
    ends = ""
    if isinstance(known, Range):
        ends = f" ({availability_text(known.low)} to {availability_text(known.high)} across its range)"
    return f"up {share} of the time{ends} and down {mean_down_text(outages)} at a time on average ({grade})"


def availability_text(share: float) -> str:
    """A share of time, with as many digits as tell 99.8 % from 99.9 %."""
    return f"{100 * share:.4g} %"


def mean_down_text(outages: Alternating) -> str:
    """How long an outage lasts on average, at working values."""
    return duration_text(outages.mean_down_us(TYPICAL))


def _surges(scenario: Scenario) -> Iterator[str]:
    for arm in scenario.arms:
        for name in arm.used_desks():
            background = arm.desks[name].background
            if background and background.surge:
                yield f"{desk_name(name)} has {surge_words(background.surge, scenario.happening)}"


def surge_words(surge: Surge, happening: str) -> str:
    """4 times as much other work from the first launch on until 3 h after it (assumed)."""
    start = "the beginning" if surge.start_us < 0 else f"the first {happening}"
    start = f"{duration_text(surge.start_us)} after {start}" if surge.start_us > 0 else start
    until = "" if surge.until_us is None else f" until {duration_text(surge.until_us)} after the first {happening}"
    times, grade = quantity_text("number", settle(surge.times, TYPICAL)), grade_text(surge.evidence.value)
    return f"{times} times its usual other work from {start} on{until} ({grade})"
