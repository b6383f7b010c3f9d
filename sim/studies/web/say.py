"""What channels and sensors are worth, in words, and which of them is worth most as far as noise tells them apart."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from sim.model.flow import steps
from sim.say.deadlines import deadline_after, deadline_name
from sim.say.numbers import capital, grade_text, list_text, minutes_text, noise_words
from sim.studies.sight.say import owner_name, time_words
from sim.studies.web.find import IN_TIME, WARNING, Found, Valued, WebPlan, half_widths, noise_between
from sim.studies.web.games import KINDS, Kind, goal_of
from sim.studies.web.why import nothing_sentence, unseen_sentences

NOTHING, NIL, IN_NOISE = "nothing", "nothing in any setting tried", "nothing beyond noise"
NIL_SAMPLED = "nothing in any order and setting tried"
MOST_NAMED = 3  # in a title, of those that noise does not tell apart
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
SAMPLED = "Of {kind} {n:,} orders were sampled: their noise is that of sampling them as well as that of replications."
NOISE = "Noise (±): half-width at the 95 % level, shown where it exceeds a tenth of its value."


def player_name(plan: WebPlan, valued: Valued) -> str:
    """A player in a sentence: the title of a channel, the sensors of a centre."""
    if valued.kind == "channels":
        return plan.arm.channels[valued.player].title
    return f"sensors of {owner_name(valued.player)}"


def headline(plan: WebPlan, found: Found) -> str:
    """What both kinds are worth, and why some of them are worth nothing."""
    if all(map(is_nil, found.players)):
        return " ".join([f"{capital(nothing_sentence(plan, found))}.", *unseen_sentences(plan, found)])
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
    half_width = float(half_widths((found.whole - found.without[kind])[WARNING, :, 0]))
    noise = noise_words(half_width, together[WARNING])
    by_words: dict[str, list[str]] = {}
    for valued in ranked(found.of(kind)):
        by_words.setdefault(worth_words(valued), []).append(_named(plan, valued))
    each = "; ".join(f"{list_text(names)} {words}" for words, names in by_words.items())
    size = f"{signed(together[WARNING])} min of warning{noise}{_over(plan, found, kind)}"
    return f"the {kind} together bring {size}{points}: {each}."


def _over(plan: WebPlan, found: Found, kind: Kind) -> str:
    """What all of a kind bring in the settings that were drawn."""
    over = (found.whole - found.without[kind])[WARNING, 0]
    if plan.n_settings < 2:
        return ""
    return f" ({signed(over.min())} to {signed(over.max())} min over {plan.n_settings} drawn settings)"


def _named(plan: WebPlan, valued: Valued) -> str:
    """A player where its kind is said."""
    return player_name(plan, valued).removeprefix("sensors of ")


def ranked(players: Sequence[Valued]) -> list[Valued]:
    """By what they are worth in warning, the most first; those that are never worth anything last."""
    return sorted(players, key=lambda valued: (is_nil(valued), -valued.shapley[WARNING, 0, 0]))


def worth_words(valued: Valued) -> str:
    """The Shapley value of a player in warning, where noise leaves anything of it."""
    if is_nil(valued):
        return NIL if valued.by_order is None else NIL_SAMPLED
    value, noise = warning_of(valued), valued.noise[WARNING]
    if math.isnan(noise):
        return f"{signed(value)} min, noise unknown"
    return f"{signed(value)} min{noise_words(noise, value)}" if is_told(valued) else IN_NOISE


def warning_of(valued: Valued) -> float:
    """The Shapley value of a player in warning at working values, microseconds."""
    return float(valued.shapley[WARNING, 0, 0])


def signed(us: float) -> str:
    """Minutes with a minus where they cost warning."""
    size = minutes_text(us)
    return f"−{size}" if us < 0 and size[0].isdigit() else size


def is_told(valued: Valued) -> bool:
    """Whether noise leaves anything of the Shapley value; not where the noise is not known."""
    return abs(warning_of(valued)) > float(valued.noise[WARNING])


def is_nil(valued: Valued) -> bool:
    """Whether a player changes nothing in any setting, whoever is there."""
    return not any(values.any() for values in (valued.alone, valued.last, valued.shapley))


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
    if all(map(is_nil, found.players)):
        return capital(nothing_sentence(plan, found))
    goal = owner_name(goal_of(plan.arm.flow))
    if plan.n < 2:
        return f"What each is worth to {goal}, in one replication, whose noise is not known"
    said = [_most_words(plan, best) for kind in KINDS if (best := leading(found.of(kind)))]
    most = f"most warning to {goal}: {'; '.join(said)}" if said else f"nothing brings {goal} warning beyond noise"
    nil = [player_name(plan, valued) for valued in found.players if is_nil(valued)]
    return capital("; ".join([most, *([f"{NOTHING}: {list_text(nil)}"] if nil else [])]))


def leading(players: Sequence[Valued]) -> list[Valued]:
    """Who is worth most, and whom noise does not tell from that one; nobody where it leaves nothing of any."""
    ahead = ranked(players)[:1]
    if not any(map(is_told, ahead)):
        return []
    (first,) = ahead
    return [one for one in ranked(players) if one is first or not (is_nil(one) or _is_behind(one, first))]


def _is_behind(one: Valued, first: Valued) -> bool:
    return warning_of(first) - warning_of(one) > float(noise_between(first, one)[WARNING])


def _most_words(plan: WebPlan, best: Sequence[Valued]) -> str:
    """One with its worth, or several as one finding, since nothing tells which of them is ahead."""
    if len(best) == 1:
        return f"{player_name(plan, best[0])} ({worth_words(best[0])})"
    names = [player_name(plan, valued) for valued in best]
    who = list_text(names) if len(names) <= MOST_NAMED else f"{len(names)} {best[0].kind}"
    ends = dict.fromkeys(signed(end(map(warning_of, best))) for end in (min, max))
    return f"{who} ({' to '.join(ends)} min{', not told apart' if len(ends) > 1 else ' each'})"


def notes(plan: WebPlan) -> tuple[str, ...]:
    """How to read the values."""
    sampled = [SAMPLED.format(kind=one.kind, n=len(one.orders)) for one in plan.games if one.orders is not None]
    drawn = [DRAWN.format(n=plan.n_settings)] if plan.n_settings > 1 else []
    warning = WARNING_IS.format(name=deadline_name(plan.scenario), after=deadline_after(plan.scenario))
    return (SHAPLEY, warning, *drawn, NOISE, *sampled)


def rests_on(plan: WebPlan) -> str:
    """How many of its steps nobody has timed, and how many nobody has seen."""
    used = {step.stage for step in steps(plan.arm.flow)}
    evidence = [plan.arm.stages[stage].evidence for stage in used]
    assumed = sum(one.value == "assumed" for one in evidence)
    imagined = sum(one.step == "hypothetical" for one in evidence)
    said = f"the delays of {assumed} of {len(evidence)} stages and sensors are {grade_text('assumed')}"
    return f"{said}; {imagined} of them are hypothetical" if imagined else said
