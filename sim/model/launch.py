"""What is launched, or reported and never was: when, how it flies, by when a report must be there."""

from __future__ import annotations

from dataclasses import dataclass

from sim.model.delay import Delay
from sim.model.sensor import Place
from sim.units import duration_text

MISSILE = "DPRK missile"  # the matter of a launch that states none


@dataclass(frozen=True)
class Deadline:
    """When a report stops being in time, from its launch: `needs_us` before the event itself."""

    event: str
    after_us: int
    needs_us: int = 0

    @property
    def name(self) -> str:
        """What it is called: the event, or how long before that."""
        return f"{duration_text(self.needs_us)} before {self.event}" if self.needs_us else self.event

    @property
    def event_us(self) -> int:
        """When it happens that the warning is of, from the launch."""
        return self.after_us + self.needs_us


@dataclass(frozen=True)
class Flight:
    """What is reported of a flight: where from, in which direction (degrees from north), how far and how high."""

    place: Place
    azimuth_deg: float
    range_m: float
    apogee_m: float


@dataclass(frozen=True)
class LaunchEntry:
    """One entry of the launches: a launch, a salvo of several, a report of a launch that never was, or another event.

    A salvo has either `offsets_us` (after the entry's time) or a `gap` between successive launches.
    `flight_time_us` is as written, or from range and apogee; None where neither tells. `flight` is None
    unless all of it is known; `flight_lacks` names what is not, as fields of the file. Of a false report
    `false_report` is the stage that reports. `matter` is what a report of it is about, which a channel may carry or
    not. Of what is no launch `is_event` holds, and nothing flies. `note` is what is taken of it that is not on record.
    """

    name: str
    at_us: int
    count: int
    gap: Delay | None
    offsets_us: tuple[int, ...]
    deadline: Deadline | None
    missile: str = ""
    date: str = ""
    range_m: int | None = None
    apogee_m: int | None = None
    source: str = ""
    flight_time_us: int | None = None
    flight: Flight | None = None
    flight_lacks: tuple[str, ...] = ()
    false_report: str | None = None
    matter: str = MISSILE
    is_event: bool = False
    note: str = ""
