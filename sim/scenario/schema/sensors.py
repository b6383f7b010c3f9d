"""Sensors, and the places of the Earth: where they stand, and the centres that hear them."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from sim.scenario.schema.calendar import Outages
from sim.scenario.schema.delays import Delay
from sim.scenario.schema.evidence import Evidence
from sim.scenario.schema.part import Part
from sim.scenario.schema.ranges import DurationOrRange, LengthOrRange, ShareOrRange
from sim.scenario.schema.stages import FalseAlarms
from sim.scenario.schema.texts import Bearing, Elevation, Label, Latitude, Length, Longitude, Name, Zone

OF_AN_ANTENNA = frozenset({"place", "height", "range", "reach", "min_elevation", "sector"})


class Place(Part):
    lat: Latitude
    """Degrees north, e.g. 38.7 deg."""
    lon: Longitude
    """Degrees east."""


class Sector(Part):
    start: Bearing = Field(alias="from")
    """From north, clockwise."""
    stop: Bearing = Field(alias="to")
    """Clockwise from there."""


class Sensor(Part):
    owner: Name
    """The centre that hears it: `sight: seoul` is the first of all that seoul owns."""
    field: Literal["land", "sea", "air", "space"]
    """Where it is; one in space watches the whole region and sees burning engines only."""
    delay: Delay
    """From the first moment in sight to the report: scanning, forming a track, telling."""
    evidence: Evidence
    """What the sensor, its place and its delay rest on."""
    title: Label | None = None
    """Two to four words for figures; left out, the name."""
    place: Place | None = None
    """Where it stands; none in space."""
    height: Length = 0
    """Of the antenna above the sea."""
    range: LengthOrRange | None = None
    """How far it sees what is in line of sight; left out, no limit."""
    reach: ShareOrRange = 1.0
    """The share of that at which it sees what is launched here: less for a small or manoeuvring target."""
    min_elevation: Elevation = 0.0
    """The lowest it looks, above its own horizon; 0 is all that is in line of sight."""
    sector: Sector | None = None
    """Where it looks; left out, all round."""
    sees_above: Length = 0
    """The least altitude at which it sees anything: in space, that of the clouds."""
    in_sight: DurationOrRange = 0
    """How long it must have a missile in sight, without a break, to see it at all: what a track takes."""
    out: ShareOrRange | None = None
    """The share of launches for which it is out of service or off station."""
    outages: Outages | None = None
    """When it is down: it sees once it is up, if it then has the missile in sight for long enough. Left out, never."""
    false_alarms: FalseAlarms | None = None
    """How often it reports what never was."""

    @model_validator(mode="after")
    def _stands_somewhere(self) -> Self:
        if self.field == "space" and (beside := self.given & OF_AN_ANTENNA):
            raise ValueError(f"in space it watches the whole region: leave out {', '.join(sorted(beside))}")
        if "reach" in self.given and self.range is None:
            raise ValueError("reach is a share of its range — add range: 1000 km, or leave reach out")
        if self.field != "space" and self.place is None:
            raise ValueError("needs a place, e.g. place: {lat: 38.0 deg, lon: 138.4 deg}")
        return self


class Centre(Part):
    """Where people work."""

    zone: Zone | None = None
    """Its time zone, e.g. Europe/Berlin; of seoul, tokyo and us it is Asia/Seoul, Asia/Tokyo and America/New_York."""
