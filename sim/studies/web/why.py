"""Why channels and sensors are worth nothing, in words: no report in time at all, or sensors that see no launch."""

from __future__ import annotations

from collections.abc import Iterator

from sim.engines.contract import NEVER
from sim.say.channels import no_path_words
from sim.say.deadlines import deadline_after, deadline_name
from sim.say.missing import ended_words, unseen_titles
from sim.say.numbers import list_text
from sim.studies.sight.say import height_words, owner_name
from sim.studies.web.find import Found, WebPlan
from sim.studies.web.games import goal_of
from sim.studies.web.seen import Unseen
from sim.units import duration_text

ENDED = "where a report does not arrive, "


def nothing_sentence(plan: WebPlan, found: Found) -> str:
    """That nobody is worth anything in any setting tried, and why."""
    goal = owner_name(goal_of(plan.arm.flow))
    over = " in any setting tried" if plan.n_settings > 1 else ""
    if found.whole.any():
        return f"nothing brings {goal} more warning{over}: it has as much without any channel or sensor"
    return f"nothing brings {goal} warning{over}: {_nothing_why(plan, found)}"


def _nothing_why(plan: WebPlan, found: Found) -> str:
    """That every report is late, or why none arrives."""
    scenario, arm = plan.scenario, plan.arm
    if found.earliest_us != NEVER:
        due = f"{deadline_name(scenario)} is {deadline_after(scenario)} after launch"
        return f"the earliest report comes {duration_text(found.earliest_us)} after launch, and {due}"
    if no_path := no_path_words(scenario, arm):
        return f"there is {no_path}"
    if ended := ended_words(scenario, [arm], unseen_titles(scenario, arm)):
        return f"no report arrives: {ended.removeprefix(ENDED)}"
    return f"no report arrives within {duration_text(scenario.horizon_us)} of the launch"


def unseen_sentences(plan: WebPlan, found: Found) -> Iterator[str]:
    """Of every centre whose sensors see no launch: why, by geometry; and of channels that carry nothing else."""
    blind = [sights for sights in found.sights if sights.is_blind]
    for sights in blind:
        n = len(sights.unseen)
        what = "nothing of the launch" if n == 1 else f"none of the {n} launches; of the first"
        yield f"The sensors of {owner_name(sights.centre)} see {what}: {unseen_words(sights.unseen[0])}."
    if found.idle:
        titles = list_text([plan.arm.channels[name].title for name in found.idle])
        verb, whatever = ("carries", "its delays are") if len(found.idle) == 1 else ("carry", "their delays are")
        whose = list_text([owner_name(sights.centre) for sights in blind])
        yield f"{titles} {verb} nothing but what {whose} would see, so it adds nothing, whatever {whatever}."


def unseen_words(unseen: Unseen) -> str:
    """Why the sensor that comes nearest to seeing a launch does not: the Earth is between, or it is too far."""
    if unseen.reach is None:
        return f"{unseen.title} sees burning engines above the clouds alone"
    said = []
    if unseen.reach.short_m:
        high, short = height_words(unseen.reach.highest_m), height_words(unseen.reach.short_m)
        said.append(f"it stays under the horizon from launch to impact, {short} too far away even when {high} high")
    if unseen.range_m is not None and unseen.reach.nearest_m > unseen.range_m:
        nearest, most = height_words(unseen.reach.nearest_m), height_words(unseen.range_m)
        said.append(f"it is never nearer than {nearest}, where {most} is the most that the sensor may reach")
    why = ", and ".join(said) or "it is never where the sensor looks, or not for long enough"
    return f"from {unseen.title} {why}{_needed_words(unseen)}"


def _needed_words(unseen: Unseen) -> str:
    """What it would take; nothing where the Earth does not hide it."""
    if unseen.needed is None:
        return ""
    high, far = height_words(unseen.needed.apogee_m), height_words(unseen.needed.range_m)
    reaching = "" if unseen.range_m is None else f", by a sensor that reaches {far}"
    return f"; one that flew as far and {high} high or more would be seen from there{reaching}"
