"""What channels and sensors are worth, in words; and of those that are worth nothing, why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.model.flow import steps
from sim.say.deadlines import deadline_after, deadline_name
from sim.say.numbers import capital, grade_text, list_text, minutes_text
from sim.studies.sight.say import height_words, owner_name, time_words
from sim.studies.web.find import IN_TIME, WARNING, Found, Valued, WebPlan
from sim.studies.web.games import KINDS, Kind, goal_of
from sim.studies.web.seen import Unseen

NOTHING, NIL, IN_NOISE = "nothing", "nothing in any setting tried", "nothing beyond noise"
SHAPLEY = (
    "Value: Shapley's, the mean of what it adds over all orders in which the players of its kind may come, all of the "
    "other kind being there; the values of a kind add up to what all of that kind bring. Alone: what it adds where no "
    "other of its kind is. Last in: what is lost without it; where another does the same, that is nothing."
)
WARNING_IS = (
    "Warning: minutes from the report to the deadline ({name}, {after} after launch), a mean over all launches; a "
    "report that never comes, or comes late, leaves none, so it counts as 0 and is never left out."
)
DRAWN = (
    "Over settings: lowest and highest of {n} settings drawn from the ranges of what is not known; they are points, a "
    "count of them is no probability, and the ends of the ranges may lie farther out."
)
SAMPLED = "Of {kind} {n:,} orders were sampled, and the noise is that of sampling them."


def player_name(plan: WebPlan, valued: Valued) -> str:
    """A player in a sentence: the title of a channel, the sensors of a centre."""
    if valued.kind == "channels":
        return plan.arm.channels[valued.player].title
    return f"sensors of {owner_name(valued.player)}"


def headline(plan: WebPlan, found: Found) -> str:
    """What both kinds are worth, and why some of them are worth nothing."""
    first, *others = [worth_sentence(plan, found, kind) for kind in KINDS if found.of(kind)]
    first = f"at working values {first}" if plan.scenario.ranges() else first
    said = map(capital, (first, *others))
    return " ".join([*said, *unseen_sentences(plan, found)])


def worth_sentence(plan: WebPlan, found: Found, kind: Kind) -> str:
    """What all of a kind bring together, and of that each of them, the most valued first."""
    together = (found.whole - found.without[kind])[:, 0, 0]
    if not together.any():
        return f"the {kind} bring nothing."
    points = f" and {100 * together[IN_TIME]:.0f} points of the share in time" if together[IN_TIME] else ""
    by_words: dict[str, list[str]] = {}
    for valued in ranked(found.of(kind)):
        by_words.setdefault(worth_words(valued), []).append(_named(plan, valued))
    each = "; ".join(f"{list_text(names)} {words}" for words, names in by_words.items())
    size = f"{minutes_text(together[WARNING])} min of warning{_over(plan, found, kind)}"
    return f"the {kind} together bring {size}{points}: {each}."


def _over(plan: WebPlan, found: Found, kind: Kind) -> str:
    """What all of a kind bring in the settings that were drawn."""
    over = (found.whole - found.without[kind])[WARNING, 0]
    if plan.n_settings < 2:
        return ""
    return f" ({minutes_text(over.min())} to {minutes_text(over.max())} min over {plan.n_settings} drawn settings)"


def _named(plan: WebPlan, valued: Valued) -> str:
    """A player where its kind is said."""
    return player_name(plan, valued).removeprefix("sensors of ")


def ranked(players: Sequence[Valued]) -> list[Valued]:
    """By what they are worth in warning, the most first; those that are never worth anything last."""
    return sorted(players, key=lambda valued: (is_nil(valued), -valued.shapley[WARNING, 0, 0]))


def worth_words(valued: Valued) -> str:
    """The Shapley value of a player in warning, where noise leaves anything of it."""
    if is_nil(valued):
        return NIL
    value, noise = valued.shapley[WARNING, 0, 0], valued.noise[WARNING]
    return IN_NOISE if abs(value) <= noise or not value else f"{minutes_text(value)} min"


def is_nil(valued: Valued) -> bool:
    """Whether a player changes nothing in any setting, whoever is there."""
    return not any(values.any() for values in (valued.alone, valued.last, valued.shapley))


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


def seen_sentences(found: Found) -> Iterator[str]:
    """When the first sensor of each centre has a launch in sight, of those that see any."""
    said = []
    for sights in (one for one in found.sights if one.first_s):
        n = sights.n_launches
        of = f" ({len(sights.first_s)} of {n} launches)" if n > 1 else ""
        said.append(f"{owner_name(sights.centre)} after {time_words(min(sights.first_s.values()))}{of}")
    if said:
        yield f"By geometry alone the first sensor has it in sight, of {list_text(said)}."


def title(plan: WebPlan, found: Found) -> str:
    """The finding in short, for a figure: who is worth most of each kind, and who nothing."""
    best = [valued for kind in KINDS for valued in ranked(found.of(kind))[:1] if not is_nil(valued)]
    most = list_text([f"{player_name(plan, valued)} ({worth_words(valued)})" for valued in best])
    nil = [player_name(plan, valued) for valued in found.players if is_nil(valued)]
    said = [f"most warning to {owner_name(goal_of(plan.arm.flow))}: {most}"] if best else []
    return capital("; ".join([*said, *([f"{NOTHING}: {list_text(nil)}"] if nil else [])]))


def notes(plan: WebPlan) -> tuple[str, ...]:
    """How to read the values."""
    sampled = [SAMPLED.format(kind=one.kind, n=len(one.orders)) for one in plan.games if one.orders is not None]
    drawn = [DRAWN.format(n=plan.n_settings)] if plan.n_settings > 1 else []
    warning = WARNING_IS.format(name=deadline_name(plan.scenario), after=deadline_after(plan.scenario))
    return (SHAPLEY, warning, *drawn, *sampled)


def rests_on(plan: WebPlan) -> str:
    """How many of its steps nobody has timed, and how many nobody has seen."""
    used = {step.stage for step in steps(plan.arm.flow)}
    evidence = [plan.arm.stages[stage].evidence for stage in used]
    assumed = sum(one.value == "assumed" for one in evidence)
    imagined = sum(one.step == "hypothetical" for one in evidence)
    said = f"the delays of {assumed} of {len(evidence)} stages and sensors are {grade_text('assumed')}"
    return f"{said}; {imagined} of them are hypothetical" if imagined else said
