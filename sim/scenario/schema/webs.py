"""A web of centres and links, by which a flow reports to one of them."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from sim.scenario.schema.part import MOST_ENTRIES, Part
from sim.scenario.schema.texts import Name

MOST_CENTRES = 12
MOST_LINKS = 50


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Names = Annotated[
    list[Name],
    BeforeValidator(_listed),
    Field(min_length=1, max_length=MOST_ENTRIES),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


class WebCentre(Part):
    """What is done at a centre of a web: a stage, or several in turn."""

    identify: Names | None = None
    """With what its own sensors see; left out, they report nothing."""
    release: Names | None = None
    """Before a report leaves it, its own or another's; left out, nothing."""
    handle: Names | None = None
    """With a report that comes in; left out, nothing."""


class WebLink(Part):
    """A way from centre to centre under a channel."""

    line: Names
    """The stage that carries a report, or several in turn; it names the channel."""
    between: list[Name] | None = Field(default=None, min_length=2, max_length=2)
    """The two centres that it joins, both ways; left out, those of its channel."""
    start: Name | None = Field(default=None, alias="from")
    """Or the one that gives,"""
    stop: Name | None = Field(default=None, alias="to")
    """and the one that receives."""

    of: Names | None = None
    """Of which centres it takes reports, such as its owner's own; left out, of any."""

    @model_validator(mode="after")
    def _has_no_ends_or_two(self) -> Self:
        if self.given & {"between", "from", "to"} not in (set(), {"between"}, {"from", "to"}):
            raise ValueError(
                "joins two centres: between: [seoul, tokyo], both ways, or from and to, one way, or neither"
            )
        if self.given and len({*(self.between or (self.start, self.stop or ""))}) < 2:
            raise ValueError("joins a centre with itself")
        return self


class Web(Part):
    """Who passes a report on to whom."""

    centres: dict[Name, WebCentre] = Field(min_length=1, max_length=MOST_CENTRES)
    """The centres in it, and what is done there."""
    links: list[WebLink] = Field(max_length=MOST_LINKS)
    """What joins them."""
