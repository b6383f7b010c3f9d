"""What opens and closes: channels with their periods, and the hours of desks."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from sim.model.calendar import Weekday
from sim.scenario.schema.delays import Delay
from sim.scenario.schema.evidence import Evidence
from sim.scenario.schema.part import MOST_IN_A_LIST, Part
from sim.scenario.schema.ranges import ShareOrRange
from sim.scenario.schema.texts import Clock, Day, Label, Moment, Name, Text

MOST_PERIODS = 200


class Period(Part):
    start: Moment | None = Field(default=None, alias="from")
    """The first instant at which it is open: a day, or a day and a time; left out, it always was. Where clocks are
    put back, a time is the first of two."""
    until: Moment | None = None
    """The first at which it is not; left out, it stays open."""
    because: Label = ""
    """What happened then, in a few words: they stand in sentences and figures."""
    source: Text = ""
    """Who says so."""


class Outages(Part):
    """When something is out of service: by chance, up and down in turn, or in dated periods."""

    availability: ShareOrRange | None = None
    """The share of time that it is up: the mean time up over that and the mean time down. It then fails without memory:
    times of being up are exponential."""
    up: Delay | None = None
    """Or how long it is up between two outages, with a mean: no min, max or normal."""
    down: Delay | None = None
    """How long an outage lasts, with a mean as well. How it stands when the run begins is drawn too."""
    dated: list[Period] | None = Field(default=None, min_length=1, max_length=MOST_PERIODS)
    """Or when it is down, in order: from the first instant at which it is, until the first at which it is not."""
    evidence: Evidence
    """What the outages rest on."""

    @model_validator(mode="after")
    def _is_by_chance_or_dated(self) -> Self:
        ways = self.given - {"evidence"}
        if ways not in ({"availability", "down"}, {"up", "down"}, {"dated"}):
            got = " and ".join(sorted(ways)) or "nothing"
            raise ValueError(f"needs availability and down, e.g. 95 % and 2 h, or up and down, or dated; got {got}")
        return self


class Channel(Part):
    """An agreement, a line or a link: what may be closed."""

    between: list[Name] | None = Field(default=None, min_length=2, max_length=20)
    """The centres that it connects, both ways."""
    start: Name | None = Field(default=None, alias="from")
    """Or the one centre that gives,"""
    stop: Name | None = Field(default=None, alias="to")
    """and the one that receives."""
    title: Label | None = None
    """As people say it; left out, the name."""
    open: list[Period] | None = Field(default=None, max_length=MOST_PERIODS)
    """When it is open, in order; left out, always; `[]` is never. Days and times are of the first centre's zone."""
    carries: list[Label] | None = Field(default=None, min_length=1, max_length=MOST_IN_A_LIST)
    """The matters it may carry, such as DPRK missile; left out, any."""
    outages: Outages | None = None
    """When it is down, and so closed; left out, never."""
    source: Text = ""
    """What says what it is and carries."""

    @model_validator(mode="after")
    def _has_two_ends(self) -> Self:
        if self.given & {"between", "from", "to"} not in ({"between"}, {"from", "to"}):
            raise ValueError("needs between: [seoul, tokyo], both ways, or from and to, one way")
        if len(set(self.ends)) < len(self.ends):
            raise ValueError("names a centre twice")
        return self

    @property
    def ends(self) -> tuple[str, ...]:
        """The centres that it touches."""
        return tuple(self.between or (self.start or "", self.stop or ""))


class Hours(Part):
    """When a desk is staffed, in the zone of its centre."""

    days: list[Weekday] = Field(default=["Mon", "Tue", "Wed", "Thu", "Fri"], min_length=1, max_length=7)
    """The days on which a shift begins; left out, Mon to Fri."""
    start: Clock = Field(alias="from")
    """When a shift begins, e.g. 08:30."""
    until: Clock
    """When it ends; no later than it begins is on the day after."""
    holidays: list[Day] = Field(default=[], max_length=MOST_IN_A_LIST)
    """Days on which no shift begins."""
    on_call: Delay | None = None
    """How long it takes to reach somebody outside of the hours; left out, work waits for the next shift."""
    evidence: Evidence
    """What the hours and the call rest on."""
