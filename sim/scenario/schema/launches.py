"""Launches, salvos, false reports and other events; and when a report of one stops being in time."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from sim.model.launch import MISSILE
from sim.scenario.schema.delays import Delay
from sim.scenario.schema.part import MOST_IN_A_LIST, Part
from sim.scenario.schema.sensors import Place
from sim.scenario.schema.texts import (
    Bearing,
    CatalogueId,
    Clock,
    Day,
    Duration,
    FewCount,
    Label,
    Length,
    Name,
    Text,
    Zone,
)

OF_A_FLIGHT = frozenset(
    {
        "catalogue",
        "false_report",
        "flight_time",
        "missile",
        "range",
        "apogee",
        "place",
        "azimuth",
        "impact_point",
    }
)


class Deadline(Part):
    after: Duration | None = None
    """From the launch to the moment after which a report is late."""
    name: Label = "deadline"
    """What happens then: splash, overflight."""
    needs: Duration = 0
    """How long before it a report must be there to be in time: what people need to take shelter."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        if value == "impact":
            return {"name": "impact"}
        if isinstance(value, dict) and "after" not in value:
            return {"name": "impact", **value}
        return {"after": value} if isinstance(value, str) else value


def _deadline_shape(value: object) -> str:
    return "<none>" if value == "none" else "<deadline>"


DeadlineOrNone = Annotated[
    Annotated[Literal["none"], Tag("<none>")] | Annotated[Deadline, Tag("<deadline>")],
    Discriminator(_deadline_shape),
]


class Launch(Part):
    name: Label | None = None
    """Required, and different, where there are several."""
    catalogue: CatalogueId | None = None
    """A launch of the catalogue, e.g. 2019-10-02; fields written beside it win."""
    at: Duration = 0
    """After the first entry's launch; left out, by date and time. It must be written where their days differ and one
    has no time; beside both times it agrees with them to the minute. `0 s` says that they are launched together."""
    false_report: Name | None = None
    """Nothing was launched, and this stage or sensor reports all the same; every other source tells nothing."""
    event: Label | None = None
    """What happened, in place of a launch: nothing flies, no sensor looks for it; with its own `matter`."""
    flight_time: Duration | None = None
    """From launch to impact."""
    deadline: DeadlineOrNone | None = None
    """Left out, the scenario's."""
    count: FewCount | None = None
    """A salvo of so many, with `gap`."""
    gap: Delay | None = None
    """Between two launches of a salvo: a duration or a distribution."""
    offsets: list[Duration] | None = Field(default=None, min_length=1, max_length=MOST_IN_A_LIST)
    """Or the time of each launch of a salvo, after the entry's own."""
    missile: Label = ""
    """What was launched."""
    range: Length | None = None
    """As reported, along the ground."""
    apogee: Length | None = None
    """As reported; with the range it gives the flight time where none is written."""
    place: Place | None = None
    """Where it was launched; with azimuth, range and apogee it gives what sensors see, and when."""
    azimuth: Bearing | None = None
    """Where it flew, from north, clockwise."""
    impact_point: Place | None = None
    """Or where it came down, in place of azimuth and range."""
    date: Day | None = None
    """The day, as in 2019-10-02."""
    time: Clock | None = None
    """The time of day, as in 07:10: what channels and hours of desks are open then. Where clocks are put back, the
    first of two."""
    zone: Zone | None = None
    """That of date and time; left out, Asia/Seoul."""
    matter: Label = MISSILE
    """What a report of it is about: a channel may carry it or not."""
    source: Text = ""
    """Where the facts of the launch come from."""
    note: Text = ""
    """What is taken of it that is not on record."""

    @model_validator(mode="after")
    def _was_launched(self) -> Self:
        allowed = {
            "name",
            "at",
            "false_report",
            "date",
            "time",
            "zone",
            "matter",
            "source",
            *(["deadline"] if self.deadline == "none" else []),
        }
        if self.false_report is not None and (beside := self.given - allowed):
            raise ValueError(f"nothing was launched, so a false report has no {', '.join(sorted(beside))}")
        return self

    @model_validator(mode="after")
    def _is_event(self) -> Self:
        if self.event is None:
            return self
        if beside := self.given & OF_A_FLIGHT:
            raise ValueError(f"is an event, of which nothing flies, so it has no {', '.join(sorted(beside))}")
        if "matter" not in self.given:
            raise ValueError(f'is an event, and the matter of a launch is "{MISSILE}" — add matter: air patrol')
        return self

    @model_validator(mode="after")
    def _is_one_kind(self) -> Self:
        if self.offsets is not None and (self.count is not None or self.gap is not None):
            raise ValueError("offsets stand alone: leave out count and gap")
        if (self.count or 1) > 1 and self.gap is None:
            raise ValueError("a salvo needs the gap between its launches, e.g. gap: 5 min")
        if self.gap is not None and self.count is None:
            raise ValueError("gap needs count, the number of launches")
        if self.time is not None and self.date is None:
            raise ValueError("has a time and no date — add date: 2019-10-02")
        if self.zone is not None and self.time is None:
            raise ValueError("has a zone and no time — add time: 07:10")
        if self.offsets is not None and list(self.offsets) != sorted(self.offsets):
            raise ValueError("offsets must rise")
        if self.impact_point is not None and self.place is None:
            raise ValueError("impact_point needs place, where it was launched")
        if self.impact_point is not None and (beside := self.given & {"azimuth", "range"}):
            raise ValueError(f"impact_point says where it flew as well — leave out {' and '.join(sorted(beside))}")
        return self


class Days(Part):
    """The launches of the catalogue from one day to another."""

    start: Day = Field(alias="from")
    """The first day."""
    until: Day
    """The last day."""
    without: list[CatalogueId] = Field(default=[], max_length=MOST_IN_A_LIST)
    """Launches of these days that are left out."""
    gap: Duration | None = None
    """Between missiles whose single times are not on record; left out, the first of them stands for all."""


def _campaign_shape(value: object) -> str:
    return "<launches>" if isinstance(value, list) else "<days>"


def _listed_shape(value: object) -> str:
    return "<id>" if isinstance(value, str) else "<launch>"


Listed = Annotated[
    Annotated[CatalogueId, Tag("<id>")] | Annotated[Launch, Tag("<launch>")], Discriminator(_listed_shape)
]
Campaign = Annotated[
    Annotated[list[Listed], Field(min_length=1, max_length=1_000), Tag("<launches>")] | Annotated[Days, Tag("<days>")],
    Discriminator(_campaign_shape),
]
