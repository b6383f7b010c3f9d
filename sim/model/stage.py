"""One step at one centre, and the desks that stages share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from sim.model.calendar import Hours, Period
from sim.model.delay import Delay
from sim.model.evidence import Evidence
from sim.model.outages import Outages
from sim.model.ranges import Number
from sim.model.sensor import Sensor


class Precedence(IntEnum):
    """Message precedence at a desk; the smaller is served first."""

    FLASH = 0
    IMMEDIATE = 1
    PRIORITY = 2
    ROUTINE = 3


@dataclass(frozen=True)
class Loss:
    """Each attempt is lost with a probability and repeated after a time-out, up to a number of attempts."""

    probability: Number
    retry_after: Number
    attempts: int
    evidence: Evidence


@dataclass(frozen=True)
class Refusal:
    """With a probability the stage ends the flow there; of launches in a period alone, if there is one."""

    probability: Number
    evidence: Evidence
    during: Period | None = None


@dataclass(frozen=True)
class FalseAlarms:
    """How many times a year a source reports a launch that never was."""

    per_year: Number
    evidence: Evidence


@dataclass(frozen=True)
class Stage:
    """One step at one centre; a sensor's is that it sees the launch.

    earliest : not before this, from the launch: microseconds, or the end of the flight.
    channel : what it uses that may be closed, or not carry the matter.
    """

    name: str
    title: str
    at: str | None
    delay: Delay
    desk: str | None
    precedence: Precedence
    loss: Loss | None
    refusal: Refusal | None
    evidence: Evidence
    earliest: int | Literal["impact"] = 0
    sensor: Sensor | None = None
    false_alarms: FalseAlarms | None = None
    channel: str | None = None

    @property
    def is_source(self) -> bool:
        """Whether it tells of launches by itself, so that it can tell of one that never was."""
        return self.sensor is not None or self.false_alarms is not None

    @property
    def path(self) -> str:
        """Its place in the scenario."""
        return f"{'sensors' if self.sensor else 'stages'}.{self.name}"


@dataclass(frozen=True)
class Surge:
    """More other work, or less: so many times as many jobs a time, [start, until) from time 0; None is without end."""

    start_us: int
    until_us: int | None
    times: Number
    evidence: Evidence


@dataclass(frozen=True)
class Background:
    """Other work of a desk: jobs from `-warm_up` to the horizon, not part of any sample path."""

    interarrival: Delay
    service: Delay
    precedence: Precedence
    warm_up_us: int
    evidence: Evidence
    surge: Surge | None = None


@dataclass(frozen=True)
class Desk:
    """People or equipment at a centre: a pool of equal servers. While it is down it begins no work."""

    name: str
    at: str | None
    capacity: Number
    background: Background | None
    evidence: Evidence
    hours: Hours | None = None
    outages: Outages | None = None

    @property
    def on_call(self) -> Delay | None:
        """How long it takes to reach somebody outside its hours; None where nobody is called."""
        return self.hours.on_call if self.hours else None
