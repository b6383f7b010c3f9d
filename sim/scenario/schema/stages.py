"""Stages and the desks that do them."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from sim.scenario.schema.calendar import Hours, Outages
from sim.scenario.schema.delays import Delay
from sim.scenario.schema.evidence import Evidence
from sim.scenario.schema.part import Part
from sim.scenario.schema.ranges import CountOrRange, DurationOrRange, RatioOrRange, ShareOrRange
from sim.scenario.schema.texts import Duration, Earliest, FewCount, Label, Moment, Name

Precedence = Literal["FLASH", "IMMEDIATE", "PRIORITY", "ROUTINE"]


class Loss(Part):
    probability: ShareOrRange
    """The share of attempts that are lost."""
    retry_after: DurationOrRange
    """What a lost attempt costs."""
    attempts: FewCount
    """After so many lost attempts the stage is refused."""
    evidence: Evidence | None = None
    """As under stages; left out, that of the stage."""


class Refusal(Part):
    probability: ShareOrRange
    """The share of launches for which the flow ends here."""
    start: Moment | None = Field(default=None, alias="from")
    """The first instant whose launches may be refused: a day, or a day and a time, in the zone of the centre."""
    until: Moment | None = None
    """The first instant whose launches may not be any more; left out, it goes on."""
    evidence: Evidence | None = None
    """As under stages; left out, that of the stage."""


class FalseAlarms(Part):
    per_year: RatioOrRange
    """How many times a year it reports a launch that never was."""
    evidence: Evidence | None = None
    """As under stages; left out, that of the stage or sensor."""


class Stage(Part):
    delay: Delay
    """How long the step takes: a duration or a distribution."""
    evidence: Evidence
    """What the step and its delay rest on; `evidence: assumed` in short."""
    title: Label | None = None
    """Two to four words for figures; left out, the name."""
    at: Name | None = None
    """The centre where it happens; left out, that of the desk."""
    desk: Name | None = None
    """The desk that does it, shared by every launch and stage that names it."""
    precedence: Precedence = "FLASH"
    """Message precedence at the desk: FLASH before IMMEDIATE, PRIORITY and ROUTINE."""
    loss: Loss | None = None
    """Attempts that are lost and repeated."""
    refusal: Refusal | None = None
    """A chance that the stage ends the flow here."""
    channel: Name | None = None
    """The channel that it uses: it is refused if that is closed when it is ready, or may not carry the matter."""
    earliest: Earliest = 0
    """Not before this, from the launch: impact (the end of the flight time), or a duration."""
    false_alarms: FalseAlarms | None = None
    """How often it reports what never was. It is then a source, which tells nothing when another's report is false."""

    @model_validator(mode="after")
    def _waits_or_queues(self) -> Self:
        if self.earliest and self.desk:
            raise ValueError(
                "a stage that waits for an instant has no desk — put a stage of 0 s with earliest before it"
            )
        if "precedence" in self.given and not self.desk:
            raise ValueError("has a precedence, which counts at a desk, and none — name its desk, or leave it out")
        if self.false_alarms and self.desk:
            raise ValueError("a source of false alarms has no desk — let the desk be that of the stage after it")
        return self


class Surge(Part):
    """More jobs of other work for a time."""

    times: RatioOrRange
    """How many times as many jobs come in the same time."""
    start: Duration | None = Field(default=None, alias="from")
    """From when on, after time 0, the first launch; left out, from the beginning."""
    until: Duration | None = None
    """The first instant at which it is over, after time 0; left out, it goes on."""
    evidence: Evidence | None = None
    """As under stages; left out, that of the background."""

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.until is not None and self.until <= (self.start or 0):
            raise ValueError("ends before it begins — until is the first instant at which it is over")
        return self


class Background(Part):
    interarrival: Delay
    """The time between two jobs."""
    service: Delay
    """How long a job takes."""
    precedence: Precedence = "ROUTINE"
    """Message precedence of the jobs: left out, any stage that states none goes before them."""
    warm_up: Duration = 0
    """How long before time 0 the jobs begin."""
    surge: Surge | None = None
    """More of it for a time."""
    evidence: Evidence | None = None
    """As under stages; left out, that of the desk."""


class Desk(Part):
    capacity: CountOrRange
    """How many can be served at once."""
    evidence: Evidence
    """What the desk and its capacity rest on."""
    at: Name | None = None
    """The centre where it stands."""
    background: Background | None = None
    """Other work of the desk."""
    hours: Hours | None = None
    """When it is staffed; left out, always."""
    outages: Outages | None = None
    """When it is down: work waits until it is up, work begun is finished. Left out, never."""
