"""What channels and sensors are worth, in words; and of those that are worth nothing, why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.model.flow import steps
from sim.say.numbers import capital, grade_text, list_text, minutes_text, share_text
from sim.studies.sight.say import height_words, owner_name, time_words
from sim.studies.web.find import IN_TIME, WARNING, Found, Valued, WebPlan
from sim.studies.web.games import KINDS, Kind
from sim.studies.web.seen import Sights, Unseen
from sim.units import count_text, length_text

NOTHING, NIL, IN_NOISE = "nothing", "nothing in any setting", "nothing beyond noise"
SHAPLEY = (
    "Value: Shapley's, the mean of what it adds over all orders in which the players of its kind may come, all of the "
    "other kind being there; the values of a kind add up to what all of that kind bring. Alone: what it adds where no "
    "other of its kind is. Last in: what is lost without it; where another does the same, that is nothing."
)
WARNING_IS = (
    "Warning: minutes from the report to the deadline, of every launch; a report that never comes, or comes late, leaves "
    "none, so it counts as 0 and is never left out."
)
DRAWN = (
    "Over settings: lowest and highest of {n} settings drawn from the ranges of what is not known; they are points, a "
    "count of them is no probability, and the ends of the ranges may lie farther out."
)
SAMPLED = "Of {kind} {n:,} orders were sampled, and the noise is that of sampling them."
NAMES: dict[Kind, str] = {"channels": "The channels", "sensors": "The sensors"}


def player_name(plan: WebPlan, valued: Valued) -> str:
    """A player in a sentence: the title of a channel, the sensors of a centre."""
    if valued.kind == "channels":
        return plan.arm.channels[valued.player].title
    return f"sensors of {owner_name(valued.player)}"


def headline(plan: WebPlan, found: Found) -> str:
    """What both kinds are worth, and why some of them are worth nothing."""
    said = (worth_sentence(plan, found, kind) for kind in KINDS if found.of(kind))
    return " ".join([*said, *unseen_sentences(plan, found)])


def worth_sentence(plan: WebPlan, found: Found, kind: Kind) -> str:
    """What all of a kind bring to the recipient together, and of that each of them, the most valued first."""
    together = (found.whole - found.without[kind])[:, 0, 0]
    size = f"{minutes_text(together[WARNING])} min of warning" if together[WARNING] else "no warning"
    share = f"{share_text(together[IN_TIME])} of launches in time that would else be late or unheard of"
    both = f"{size}, and {share}" if together[IN_TIME] > 0 else size
    by_words: dict[str, list[str]] = {}
    for valued in ranked(found.of(kind)):
        by_words.setdefault(worth_words(valued), []).append(player_name(plan, valued))
    each = "; ".join(f"{list_text(names)} {words}" for words, names in by_words.items())
    where = " at working values" if plan.scenario.ranges() else ""
    return f"{NAMES[kind]} bring {plan.arm.recipient}{where} {both}: {each}."


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
    for sights in (one for one in found.sights if one.is_blind):
        yield f"{_whose(sights)} see {_none_of(sights)}: {unseen_words(sights.unseen[0])}."
    if found.idle:
        titles = list_text([plan.arm.channels[name].title for name in found.idle])
        blind = list_text([owner_name(sights.centre) for sights in found.sights if sights.is_blind])
        verb, it = ("carries", "it is") if len(found.idle) == 1 else ("carry", "they are")
        yield f"{titles} {verb} only what {blind} sees, so {it} worth {NOTHING} whatever its delays are."


def _whose(sights: Sights) -> str:
    return f"The sensors of {owner_name(sights.centre)}"


def _none_of(sights: Sights) -> str:
    n = len(sights.unseen)
    return "nothing of the launch" if n == 1 else f"none of the {n} launches"


def unseen_words(unseen: Unseen) -> str:
    """Why the sensor that comes nearest to seeing a launch does not: the Earth is between, or it is too far."""
    if unseen.reach is None:
        return f"{unseen.title} sees burning engines above its clouds alone"
    said = []
    if unseen.reach.short_m:
        said.append(
            f"from {unseen.title} the flight is under the horizon from launch to impact, being "
            f"{length_text(round(unseen.reach.short_m, -4))} too far for that even when it is "
            f"{height_words(unseen.reach.highest_m)} high"
        )
    if unseen.range_m is not None and unseen.reach.nearest_m > unseen.range_m:
        subject = "it" if said else f"the flight from {unseen.title}"
        said.append(
            f"{subject} is never nearer than {length_text(round(unseen.reach.nearest_m, -4))}, and the radar reaches "
            f"{length_text(unseen.range_m)} at most"
        )
    return "; ".join(said) or f"{unseen.title} does not look where the flight is, or not long enough"


def seen_sentences(found: Found) -> Iterator[str]:
    """Of every centre whose sensors see a launch: when the first does, and what none of them sees."""
    for sights in (one for one in found.sights if not one.is_blind):
        firsts = list(sights.first_s.values())
        when = time_words(min(firsts))
        of = f"{len(firsts)} of {len(firsts) + len(sights.unseen)} launches, the first" if len(firsts) > 1 else "it"
        yield f"{_whose(sights)} see {of} after {when} (geometry alone, {count_text(sights.n_sensors, 'sensor')})."


def title(plan: WebPlan, found: Found) -> str:
    """The finding in short, for a figure: who is worth most of each kind, and who nothing."""
    best = [ranked(found.of(kind))[0] for kind in KINDS if found.of(kind)]
    said = [f"{player_name(plan, valued)}: {worth_words(valued)}" for valued in best]
    nil = [player_name(plan, valued) for valued in found.players if is_nil(valued)]
    return capital("; ".join([*said, *([f"{list_text(nil)}: {NOTHING}"] if nil else [])]))


def notes(plan: WebPlan) -> tuple[str, ...]:
    """How to read the values."""
    sampled = [SAMPLED.format(kind=one.kind, n=len(one.orders)) for one in plan.games if one.orders is not None]
    drawn = [DRAWN.format(n=plan.n_settings)] if plan.n_settings > 1 else []
    return (SHAPLEY, WARNING_IS, *drawn, *sampled)


def rests_on(plan: WebPlan) -> str:
    """How many of its steps nobody has timed, and how many nobody has seen."""
    used = {step.stage for step in steps(plan.arm.flow)}
    evidence = [plan.arm.stages[stage].evidence for stage in used]
    assumed = sum(one.value == "assumed" for one in evidence)
    imagined = sum(one.step == "hypothetical" for one in evidence)
    said = f"the delays of {assumed} of {len(evidence)} stages and sensors are {grade_text('assumed')}"
    return f"{said}; {imagined} of them are hypothetical" if imagined else said
