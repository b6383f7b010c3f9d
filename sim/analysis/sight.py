"""Who sees a launch, and when: every sensor of a scenario against one flight, and what that says in a sentence.

Geometry alone. What it takes to notice, outages and decisions are delays of the scenario, and not in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.analysis.words import capital
from sim.draws.sights import MILLISECOND_US, seen_by, track_of
from sim.errors import SimError
from sim.flight.sight import Sight
from sim.flight.track import Track
from sim.model.ranges import TYPICAL, Range, settle
from sim.model.scenario import Flight, LaunchEntry, Scenario, Stage
from sim.model.sensor import Sensor
from sim.scenario.document import suggestion
from sim.units import LENGTH_M, US_PER_SECOND

NAMES = {"seoul": "Seoul", "tokyo": "Tokyo", "us": "the US"}  # in this order; the scenario's own come after
NEVER = "never"
KEPT_S = 1.0  # what is lost so shortly before impact is not lost
IN_SECONDS = 180.0  # up to here times are said in seconds
MEND = (
    "add a line use: [base-case/sensors-2019.yaml] to the file, or sensors: of its own (scenarios/README.md says what"
    " one has)"
)


@dataclass(frozen=True)
class Seen:
    """What one sensor sees of a flight, if it is not out of service.

    sensor : as in the file; `stage` has its title and what it rests on.
    range_m : how far it reaches, typically; None is no limit.
    sight : at that range; None is never.
    ends : at the low and the high end of a range of what is not known; both `sight` where there is none.
    out : the typical share of launches for which it is out of service.
    """

    stage: Stage
    sensor: Sensor
    range_m: float | None
    sight: Sight | None
    ends: tuple[Sight | None, Sight | None]
    out: float

    @property
    def is_spread(self) -> bool:
        """Whether its range is one of what is not known."""
        return isinstance(self.sensor.range_m, Range)


@dataclass(frozen=True, eq=False)
class Sighting:
    """One launch as all sensors see it; they stand by owner.

    written_us : the flight time of the file, where it has one of its own beside range and apogee.
    """

    entry: LaunchEntry
    flight: Flight
    track: Track
    written_us: int | None
    sensors: tuple[Seen, ...]

    @property
    def owners(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(seen.sensor.owner for seen in self.sensors))

    @property
    def flight_time_s(self) -> float:
        """As computed."""
        return self.track.trajectory.flight_time_s

    def first(self, owner: str) -> Seen | None:
        """Which of an owner's sensors sees it first; None: it never does. Those always out of service do not count."""
        return self._best(owner, lambda sight: -sight.first_s)

    def last(self, owner: str) -> Seen | None:
        """Which of them sees it last."""
        return self._best(owner, lambda sight: sight.last_s)

    def _best(self, owner: str, merit: Callable[[Sight], float]) -> Seen | None:
        own = [(merit(one.sight), one) for one in self.sensors if one.sensor.owner == owner and one.sight]
        return max((pair for pair in own if pair[1].out < 1), key=lambda pair: pair[0], default=(0, None))[1]


def sighting(scenario: Scenario, launch: str | None = None) -> Sighting:
    """One launch of a scenario, by name where it has several, as all sensors of the file see it.

    Raises
    ------
    SimError : there is no such launch, not enough is known of its flight, no missile flies so, or no sensor looks.
    """
    entry = _entry(scenario, launch)
    if not scenario.sensors:
        raise SimError(f"{scenario.name}: has no sensors — {MEND}")
    if entry.flight is None:
        lacks = ", ".join(entry.flight_lacks)
        raise SimError(
            f"{scenario.name}: of the launch {entry.name} nobody has written {lacks} — add it to the launch, e.g. "
            "place: {lat: 39.2 deg, lon: 127.6 deg}, azimuth: 90 deg, range: 450 km, apogee: 910 km"
        )
    try:
        track = track_of(entry.flight)
    except ValueError as error:
        raise SimError(f"{scenario.name}: launch {entry.name}: {error}") from None
    computed_us = track.trajectory.flight_time_s * US_PER_SECOND
    is_computed = entry.flight_time_us is None or abs(entry.flight_time_us - computed_us) <= MILLISECOND_US
    order = [*NAMES, *scenario.centres]
    sensors = sorted(scenario.sensors, key=lambda stage: (order.index(stage.at or ""), stage.name))
    written_us = None if is_computed else entry.flight_time_us
    return Sighting(entry, entry.flight, track, written_us, tuple(_seen(one, entry.flight) for one in sensors))


def _entry(scenario: Scenario, launch: str | None) -> LaunchEntry:
    names = [entry.name for entry in scenario.launches]
    if launch is None and len(names) > 1:
        raise SimError(f"{scenario.name}: has several launches — name one: --launch {' | '.join(map(repr, names))}")
    found = [entry for entry in scenario.launches if launch in (None, entry.name)]
    if not found:
        hint = suggestion(launch or "", names)
        raise SimError(f"--launch {launch}: {scenario.name} has no such launch{hint}")
    return found[0]


def _seen(stage: Stage, flight: Flight) -> Seen:
    sensor = stage.sensor
    assert sensor is not None  # noqa: S101  (it is one of the scenario's sensors)
    number = sensor.range_m
    range_m = None if number is None else settle(number, TYPICAL)
    ends = (number.low, number.high) if isinstance(number, Range) else (range_m, range_m)
    low, high = (seen_by(sensor, flight, end) for end in ends)
    out = settle(stage.refusal.probability, TYPICAL) if stage.refusal else 0.0
    return Seen(stage, sensor, range_m, seen_by(sensor, flight, range_m), (low, high), out)


def owner_name(owner: str) -> str:
    """An owner as a sentence has it."""
    return NAMES.get(owner, owner.replace("_", " "))


def time_words(seconds: float) -> str:
    """A time of a flight: whole seconds, or minutes where it is long."""
    return f"{seconds:.0f} s" if seconds < IN_SECONDS else f"{seconds / 60:.1f} min"


def height_words(altitude_m: float) -> str:
    """A height of a flight: kilometres, with a decimal below ten."""
    kilometres = altitude_m / LENGTH_M["km"]
    return f"{kilometres:.1f} km" if kilometres < 9.95 else f"{kilometres:,.0f} km"


def compared(found: Sighting) -> tuple[str, ...]:
    """Whose sights the sentence compares: Seoul's and Tokyo's where both have sensors, else those of the first two."""
    return found.owners[:2] if not {"seoul", "tokyo"} <= set(found.owners) else ("seoul", "tokyo")


def sentence(found: Sighting) -> str:
    """The finding: who sees it first, how much later the other does, and who loses it."""
    owners = compared(found)
    clauses, before = [], None
    for owner in owners:
        seen = found.first(owner)
        clauses.append(_first_words(owner, seen, before))
        before = before or seen
    clauses += [_last_words(found, owner) for owner in owners if found.last(owner)]
    return f"{capital('; '.join(clauses))}."


def title(found: Sighting) -> str:
    """The finding in short."""
    whens = [_when(found.first(owner)) for owner in compared(found)]
    (first, when), *others = zip(map(owner_name, compared(found)), whens, strict=True)
    start = f"{capital(first)} could never see it" if when == NEVER else f"{capital(first)} could see it {when}"
    return ", ".join([start, *(f"{name} {when}" for name, when in others)])


def _when(seen: Seen | None) -> str:
    return f"after {time_words(seen.sight.first_s)}" if seen and seen.sight else NEVER


def _first_words(owner: str, seen: Seen | None, before: Seen | None) -> str:
    name = owner_name(owner)
    if seen is None or seen.sight is None:
        return f"{name} never sees it"
    who = seen.stage.title + (f", out for {seen.out:.0%} of launches".replace("%", " %") if seen.out else "")
    at = f"at {height_words(seen.sight.first_altitude_m)} ({who})"
    if before is None or before.sight is None:
        return f"{name}'s first sight is {time_words(seen.sight.first_s)} after launch {at}"
    late_s = round(seen.sight.first_s) - round(before.sight.first_s)  # as a reader who takes one from the other
    gap = f"{time_words(abs(late_s))} {'later' if late_s > 0 else 'sooner'}" if late_s else "at the same time"
    return f"{name}'s {time_words(seen.sight.first_s)} {at}, {gap}"


def _last_words(found: Sighting, owner: str) -> str:
    seen, name = found.last(owner), owner_name(owner)
    if seen is None or seen.sight is None:
        return f"{name} never sees it"
    early_s = found.flight_time_s - seen.sight.last_s
    if early_s < KEPT_S:
        return f"{name} keeps it to impact"
    return f"{name} loses it {time_words(early_s)} before impact, at {height_words(seen.sight.last_altitude_m)}"
