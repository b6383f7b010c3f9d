"""What the sensors of a centre see of launches, by geometry alone; and of those that see nothing, why."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.draws.sights import track_of
from sim.flight.reach import Reach, reach
from sim.flight.roots import root
from sim.model.flow import steps
from sim.model.launch import Flight
from sim.model.ranges import extremes
from sim.model.scenario import Arm, Scenario
from sim.model.sensor import Sensor
from sim.studies.sight.find import Seen, Sighting, sighting

HIGHEST_M = 10_000_000.0  # a missile that flies higher leaves for good, or nearly


@dataclass(frozen=True)
class Unseen:
    """A launch that no sensor of a centre sees, and the sensor that comes nearest to it.

    range_m : the farthest that it may reach; None is no limit. reach : None for one in space.
    needed : where the Earth hides it, what it would take to see one that flew as far; None where no apogee is enough.
    """

    launch: str
    title: str
    range_m: float | None
    reach: Reach | None
    needed: Needed | None


@dataclass(frozen=True)
class Needed:
    """The least apogee at which the Earth hides a flight no longer, and how far a sensor must reach to see it then."""

    apogee_m: float
    range_m: float


@dataclass(frozen=True)
class Sights:
    """What a centre's sensors see.

    first_s : by launch that one of them sees, when the first does, in seconds after it, at working values.
    unseen : the launches that none of them sees, wherever values lie in their ranges.
    """

    centre: str
    n_sensors: int
    n_launches: int
    first_s: dict[str, float]
    unseen: tuple[Unseen, ...]

    @property
    def is_blind(self) -> bool:
        """Whether they see no launch, wherever values lie in their ranges."""
        return len(self.unseen) == self.n_launches > 0


def sights_of(scenario: Scenario, arm: Arm) -> tuple[Sights, ...]:
    """What the sensors that an arm uses see of every launch whose flight is known, by centre in order of first use."""
    used = {step.stage for step in steps(arm.flow) if arm.stages[step.stage].sensor is not None}
    flown = [entry.name for entry in scenario.real.launches if entry.flight is not None]
    every = [sighting(scenario, name) for name in flown] if used else []
    owners = dict.fromkeys(arm.stages[step.stage].at or "" for step in steps(arm.flow) if step.stage in used)
    return tuple(_sights(owner, used, every) for owner in owners)


def _sights(owner: str, used: set[str], every: list[Sighting]) -> Sights:
    own = {of.entry.name: [s for s in of.sensors if s.sensor.owner == owner and s.stage.name in used] for of in every}
    first_s = {name: min((s.sight.first_s for s in seen if s.sight), default=None) for name, seen in own.items()}
    unseen = (_unseen(of, own[of.entry.name]) for of in every if not any(_may_see(s) for s in own[of.entry.name]))
    n_sensors = max(map(len, own.values()), default=0)
    seen_s = {name: s for name, s in first_s.items() if s is not None}
    return Sights(owner, n_sensors, len(every), seen_s, tuple(unseen))


def _may_see(seen: Seen) -> bool:
    return any((seen.sight, *seen.ends))


def _unseen(of: Sighting, sensors: list[Seen]) -> Unseen:
    """By the sensor that the Earth hides it from least, and of those the nearest."""
    track = track_of(of.flight)
    found = [(seen, reach(seen.sensor, track)) for seen in sensors]
    seen, at = min(found, key=lambda one: (one[1].short_m, one[1].nearest_m) if one[1] else (0.0, 0.0))
    range_m = None if seen.sensor.range_m is None else float(max(extremes(seen.sensor.range_m)))
    needed = _needed(seen.sensor, of.flight) if at and at.short_m else None
    return Unseen(of.entry.name, seen.stage.title, range_m, at, needed)


def _needed(sensor: Sensor, flight: Flight) -> Needed | None:
    """Searched for between the apogee that it has and the highest that is tried."""

    def at(apogee_m: float) -> Reach:
        found = reach(sensor, track_of(replace(flight, apogee_m=apogee_m)))
        assert found is not None  # noqa: S101  (it stands somewhere: it was asked before)
        return found

    if at(HIGHEST_M).short_m:
        return None
    # By what is hidden and what is not alone: by how much it is hidden is no straight line, and takes many more steps.
    apogee_m = root(lambda metres: -1.0 if at(metres).short_m else 1.0, flight.apogee_m, HIGHEST_M, within=100.0)
    return Needed(apogee_m, at(apogee_m).slant_m)
