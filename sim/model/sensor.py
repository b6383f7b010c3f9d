"""The nouns of seeing: places on the Earth, and sensors that stand there or watch from space."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sim.model.outages import Outages
from sim.model.ranges import Number, Setting, settle

Field = Literal["land", "sea", "air", "space"]


@dataclass(frozen=True)
class Place:
    """A point of the Earth's surface: WGS 84, degrees north and east."""

    lat_deg: float
    lon_deg: float


@dataclass(frozen=True)
class Sensor:
    """What may see a launch: its geometry. Its delay and what it rests on are those of its stage.

    owner : the centre that hears it first: seoul, tokyo, us or one of the scenario's own.
    place : None is a satellite that watches the whole region and sees a burning engine.
    height_m : of the antenna above the sea.
    range_m : None is no limit.
    reach : the share of that at which it sees what flies here: less for a small or manoeuvring target.
    min_elevation_deg : least angle above the antenna's own horizon; 0 is all that is in line of sight.
    sector_deg : from and to, clockwise from north; None is all round.
    sees_above_m : least altitude, for a satellite that of the clouds; 0 for a radar.
    in_sight_us : how long it must have a missile in sight without a break to see it at all, as a track takes.
    outages : when it is down, and sees nothing.
    """

    name: str
    owner: str
    field: Field
    place: Place | None
    height_m: float
    range_m: Number | None
    min_elevation_deg: float
    sector_deg: tuple[float, float] | None
    sees_above_m: float
    in_sight_us: Number
    reach: Number = 1.0
    outages: Outages | None = None

    def numbers(self) -> Iterator[Number]:
        """Every number that may be a range."""
        if self.range_m is not None:
            yield from (self.range_m, self.reach)
        yield self.in_sight_us

    def reach_m(self, setting: Setting) -> float | None:
        """How far it sees what flies here, in one setting; None is no limit."""
        return None if self.range_m is None else settle(self.range_m, setting) * settle(self.reach, setting)
