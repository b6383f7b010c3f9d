"""Who sees a launch, and when: every sensor of a scenario against one flight.

Geometry alone. What it takes to notice, outages and decisions are delays of the scenario, and not in it.
"""

from __future__ import annotations

import math
from collections.abc import Container
from dataclasses import dataclass, replace

from sim.asking.study import Plan
from sim.draws.sights import seen_by, track_of
from sim.errors import SimError
from sim.experiment.simulator import Simulator
from sim.flight.sight import Sight
from sim.flight.track import Track
from sim.model.launch import Flight, LaunchEntry
from sim.model.ranges import TYPICAL, Position, Range, Setting, settle
from sim.model.scenario import Scenario
from sim.model.sensor import Field, Sensor
from sim.model.stage import Stage
from sim.scenario.document import suggestion
from sim.units import MILLISECOND_US, US_PER_SECOND

OWNERS = ("seoul", "tokyo", "us")  # in this order; the scenario's own centres come after
ANYWHERE: tuple[Field, ...] = ("land", "sea", "air", "space")
FIXED: tuple[Field, ...] = ("land", "space")  # what is where it is; ships and aircraft are where they are sent
NO_SENSORS = (
    "has no sensors — add a line use: [base-case/sensors-2019.yaml] to the file, or sensors: of its own "
    "(scenarios/README.md says what one has)"
)
NAME_A_LAUNCH = "ask about a launch, such as 2019-10-02"
EXAMPLES = {
    "place": "place: {lat: 39.2 deg, lon: 127.6 deg}",
    "azimuth": "azimuth: 90 deg",
    "range": "range: 450 km",
    "apogee": "apogee: 910 km",
}


@dataclass(frozen=True)
class Seen:
    """What one sensor sees of a flight, if it is not out of service.

    sensor : as in the file; `stage` has its title and what it rests on.
    range_m : how far it reaches, typically; None is no limit.
    sight : at that range; None is never.
    ends : where it sees least and where most, over the ranges of what is not known; both `sight` where there is none.
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
        """Whether how far it reaches, or how long a track takes, is a range of what is not known."""
        return any(isinstance(number, Range) for number in self.sensor.numbers())


@dataclass(frozen=True, eq=False)
class Sighting:
    """One launch as all sensors see it; they stand by owner, who sees it first before who sees it later.

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

    def first(self, owner: str, fields: Container[Field] = ANYWHERE) -> tuple[Seen, Sight] | None:
        """Which of an owner's sensors sees it first, of those in some fields; None: it is never seen.

        A sensor that is always out of service does not count.
        """
        return min(self._seeing(owner, fields), key=lambda found: found[1].first_s, default=None)

    def last(self, owner: str) -> tuple[Seen, Sight] | None:
        """Which of them sees it last."""
        return max(self._seeing(owner, ANYWHERE), key=lambda found: found[1].last_s, default=None)

    def out_of_sight_s(self, owner: str) -> float:
        """The longest time between an owner's first sight and last in which none of its sensors sees it."""
        pieces = sorted(piece for _, sight in self._seeing(owner, ANYWHERE) for piece in sight.pieces_s)
        longest_s, seen_to_s = 0.0, math.inf
        for start_s, end_s in pieces:
            longest_s = max(longest_s, start_s - seen_to_s)
            seen_to_s = end_s if seen_to_s == math.inf else max(seen_to_s, end_s)
        return longest_s

    def _seeing(self, owner: str, fields: Container[Field]) -> list[tuple[Seen, Sight]]:
        own = (seen for seen in self.sensors if seen.sensor.owner == owner and seen.sensor.field in fields)
        return [(seen, seen.sight) for seen in own if seen.sight and seen.out < 1]


def first_sights(scenario: Scenario, entry: LaunchEntry) -> dict[str, float]:
    """Microseconds from a launch to the first sight by each owner that sees it; none where its flight is not known."""
    found: dict[str, float] = {}
    for seen in [_seen(stage, entry.flight) for stage in scenario.sensors] if entry.flight else []:
        if seen.sight and seen.out < 1:
            first_us, owner = seen.sight.first_s * US_PER_SECOND, seen.sensor.owner
            found[owner] = min(first_us, found.get(owner, first_us))
    return found


def sighting(scenario: Scenario, launch: str | None = None) -> Sighting:
    """One launch of a scenario, by name where it has several, as all sensors of the file see it.

    Raises
    ------
    SimError : there is no such launch, not enough is known of its flight, no missile flies so, or no sensor looks.
    """
    entry = _entry(scenario, launch)
    if entry.flight is None:
        lacks, examples = ", ".join(entry.flight_lacks), ", ".join(EXAMPLES[field] for field in entry.flight_lacks)
        raise SimError(
            f"{scenario.name}: launch {entry.name}: nobody has written its {lacks} — add to the launch, e.g. {examples}"
        )
    if not scenario.sensors:
        raise SimError(f"{scenario.name}: {NO_SENSORS}")
    try:
        track = track_of(entry.flight)
    except ValueError as error:
        raise SimError(f"{scenario.name}: launch {entry.name}: {error}") from None
    order = [*OWNERS, *scenario.centres]
    sensors = [_seen(stage, entry.flight) for stage in scenario.sensors]
    sensors.sort(key=lambda seen: (order.index(seen.sensor.owner), seen.sight.first_s if seen.sight else math.inf))
    return Sighting(entry, entry.flight, track, _written_us(entry, track), tuple(sensors))


def _entry(scenario: Scenario, launch: str | None) -> LaunchEntry:
    flown = [entry for entry in scenario.real.launches if not entry.is_event]
    names = [entry.name for entry in flown]
    if launch is None and len(names) > 1:
        said = ", ".join(f'--launch "{name}"' for name in names)
        raise SimError(f"{scenario.name}: has several launches — name one: {said}")
    asked = next((entry for entry in scenario.launches if entry.name == launch), None)
    if asked and asked.false_report:
        raise SimError(f"--launch {launch}: a false report, so nothing was launched and there is nothing to see")
    if asked and asked.is_event:
        raise SimError(f"--launch {launch}: an event, so nothing flew that a sensor could see — {NAME_A_LAUNCH}")
    if launch is None and not flown:
        raise SimError(f"{scenario.name}: nothing flew in it that a sensor could see — {NAME_A_LAUNCH}")
    found = [entry for entry in flown if launch in (None, entry.name)]
    if not found:
        raise SimError(f"--launch {launch}: {scenario.name} has no such launch{suggestion(launch or '', names)}")
    return found[0]


def _written_us(entry: LaunchEntry, track: Track) -> int | None:
    """The flight time of the file; None if there is none or it is the computed one."""
    computed_us = track.trajectory.flight_time_s * US_PER_SECOND
    given_us = entry.flight_time_us
    return None if given_us is None or abs(given_us - computed_us) <= MILLISECOND_US else given_us


def _seen(stage: Stage, flight: Flight) -> Seen:
    sensor = stage.sensor
    assert sensor is not None  # noqa: S101  (it is one of the scenario's sensors)
    low, high = (seen_by(sensor, flight, end) for end in ends_of(sensor))
    out = settle(stage.refusal.probability, TYPICAL) if stage.refusal else 0.0
    return Seen(stage, sensor, sensor.reach_m(TYPICAL), seen_by(sensor, flight, TYPICAL), (low, high), out)


def ends_of(sensor: Sensor) -> tuple[Setting, Setting]:
    """The settings in which a sensor sees least and most: how far it reaches, and how long a track takes."""
    far = [number.path for number in (sensor.range_m, sensor.reach) if isinstance(number, Range)]
    long = [sensor.in_sight_us.path] if isinstance(sensor.in_sight_us, Range) else []
    ends: tuple[dict[str, Position], dict[str, Position]] = dict.fromkeys(far, 0.0), dict.fromkeys(far, 1.0)
    return ends[0] | dict.fromkeys(long, 1.0), ends[1] | dict.fromkeys(long, 0.0)


@dataclass(frozen=True, kw_only=True)
class SightPlan(Plan):
    """The launch that is looked at, by its name; nothing is simulated."""

    launch: str


def plan(scenario: Scenario, *, launch: str | None = None) -> SightPlan:
    """One launch of a scenario with sensors; ``launch`` names it where there are several.

    Raises
    ------
    SimError : there are no sensors, or no launch whose flight is known.
    """
    name = _entry(scenario, launch).name
    sighting(scenario, launch)  # so that what is wrong is told before anything is begun
    return SightPlan(study="sight", scenario=_undrawn(scenario), asked={"launch": name}, launch=name)


def _undrawn(scenario: Scenario) -> Scenario:
    """The scenario whatever its draws: nothing is drawn here."""
    document = {field: value for field, value in scenario.document.items() if field != "draws"}
    return replace(scenario, draws="philox", document=document)


def find(plan: SightPlan, _: Simulator) -> Sighting:
    """What every sensor sees of it."""
    return sighting(plan.scenario, plan.launch)
