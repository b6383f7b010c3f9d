"""What sensors see of a launch, in words: the finding as a sentence and as a title."""

from __future__ import annotations

from sim.flight.sight import Sight
from sim.model.names import in_words
from sim.model.sensor import Field
from sim.say.numbers import capital, share_text
from sim.studies.sight.find import FIXED, Seen, Sighting
from sim.units import LENGTH_M

NAMES = {"us": "the US"}
NEVER = "never"
KEPT_S = 1.0  # what is lost so shortly before impact is not lost
IN_SECONDS = 180.0  # up to here times are said in seconds
FROM: dict[Field, str] = {"land": "from land", "sea": "from a ship", "air": "from the air", "space": "from space"}


def owner_name(owner: str) -> str:
    """An owner as a sentence has it."""
    return NAMES.get(owner, capital(in_words(owner)))


def time_words(seconds: float) -> str:
    """A time of a flight: whole seconds, or minutes where it is long."""
    return f"{seconds:.0f} s" if seconds < IN_SECONDS else f"{seconds / 60:.1f} min"


def height_words(altitude_m: float) -> str:
    """A height of a flight: kilometres, with a decimal below ten."""
    kilometres = altitude_m / LENGTH_M["km"]
    return f"{kilometres:.1f} km" if kilometres < 9.95 else f"{kilometres:,.0f} km"


def first_words(sight: Sight) -> str:
    """When it is first seen, and how high it is then."""
    return f"{time_words(sight.first_s)} at {height_words(sight.first_altitude_m)}"


def compared(found: Sighting) -> tuple[str, ...]:
    """Whose sights are compared: Seoul's and Tokyo's where both have sensors, else those of the first two."""
    return ("seoul", "tokyo") if {"seoul", "tokyo"} <= set(found.owners) else found.owners[:2]


def sentence(found: Sighting) -> str:
    """The finding: who sees it first, how much later the other does, and who loses it."""
    owners = compared(found)
    clauses, before = [], None
    for owner in owners:
        clauses.append(_first_clause(found, owner, before))
        before = before or found.first(owner)
    clauses += [_last_clause(found, owner) for owner in owners if found.last(owner)]
    return f"{capital('; '.join(clauses))}."


def title(found: Sighting) -> str:
    """The finding in short."""
    (owner, *others) = compared(found)
    when = _when(found, owner)
    start = f"{capital(owner_name(owner))} could {'never see it' if when == NEVER else f'see it {when}'}"
    return ", ".join([start, *(f"{owner_name(other)} {_when(found, other)}" for other in others)])


def _when(found: Sighting, owner: str) -> str:
    first, fixed = found.first(owner), found.first(owner, FIXED)
    if first is None:
        return NEVER
    seen, sight = first
    said = f"after {time_words(sight.first_s)}"
    if seen.sensor.field in FIXED:
        return said
    also = f"{time_words(fixed[1].first_s)} {FROM[fixed[0].sensor.field]}" if fixed else "never otherwise"
    return f"{said} {FROM[seen.sensor.field]} ({also})"


def _first_clause(found: Sighting, owner: str, before: tuple[Seen, Sight] | None) -> str:
    first, name = found.first(owner), owner_name(owner)
    if first is None:
        return f"{name} never sees it"
    seen, sight = first
    who = f"({seen.stage.title}{_if_it_is_there(found, seen)})"
    if before is None:
        when = f"{time_words(sight.first_s)} after launch at {height_words(sight.first_altitude_m)}"
        return f"{name}'s first sight is {when} {who}"
    late_s = round(sight.first_s) - round(before[1].first_s)  # as a reader takes one from the other
    gap = f"{time_words(abs(late_s))} {'later' if late_s > 0 else 'sooner'}" if late_s else "at the same time"
    return f"{name}'s {first_words(sight)} {who}, {gap}"


def _if_it_is_there(found: Sighting, seen: Seen) -> str:
    """Of a ship or aircraft: how often it is not there, and what its owner sees without any."""
    if seen.sensor.field in FIXED:
        return ""
    fixed = found.first(seen.sensor.owner, FIXED)
    without = f"{first_words(fixed[1])}, {fixed[0].stage.title}" if fixed else NEVER
    return f", not there for {share_text(seen.out)} of launches; without it {without}"


def _last_clause(found: Sighting, owner: str) -> str:
    last, name = found.last(owner), owner_name(owner)
    if last is None:
        return f"{name} never sees it"
    seen, sight = last
    early_s = found.flight_time_s - sight.last_s
    when = f"{time_words(early_s)} before impact, at {height_words(sight.last_altitude_m)}"
    kept = "keeps it to impact" if early_s < KEPT_S else f"loses it {when}"
    gone_s = found.out_of_sight_s(owner)
    if gone_s < KEPT_S:
        return f"{name} {kept} ({seen.stage.title})"
    again = "has it at impact" if early_s < KEPT_S else kept
    return f"{name} {again} ({seen.stage.title}), after {time_words(gone_s)} out of sight"
