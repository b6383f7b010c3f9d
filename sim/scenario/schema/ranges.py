"""A value that is not known, as its plausible range; and the numbers that may be one."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Discriminator, Tag, model_validator

from sim.scenario.schema.part import Part
from sim.scenario.schema.texts import Duration, FewCount, Length, Ratio, Share


class Range(Part):
    """The plausible range of a value that is not known: of the value, not the spread of a delay."""

    low: float
    typical: float
    high: float

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not self.low <= self.typical <= self.high:
            raise ValueError("low, typical and high must rise")
        if self.low == self.high:
            raise ValueError("low and high are equal — write the one value")
        return self


class DurationRange(Range):
    low: Duration
    typical: Duration
    high: Duration


class ShareRange(Range):
    low: Share
    typical: Share
    high: Share


class RatioRange(Range):
    low: Ratio
    typical: Ratio
    high: Ratio


class CountRange(Range):
    low: FewCount
    typical: FewCount
    high: FewCount


class LengthRange(Range):
    low: Length
    typical: Length
    high: Length


def _is_mapping(value: object) -> str:
    return "<range>" if isinstance(value, dict) else "<value>"


_One = Tag("<value>")
_Many = Tag("<range>")
_Either = Discriminator(_is_mapping)
DurationOrRange = Annotated[Annotated[Duration, _One] | Annotated[DurationRange, _Many], _Either]
ShareOrRange = Annotated[Annotated[Share, _One] | Annotated[ShareRange, _Many], _Either]
RatioOrRange = Annotated[Annotated[Ratio, _One] | Annotated[RatioRange, _Many], _Either]
CountOrRange = Annotated[Annotated[FewCount, _One] | Annotated[CountRange, _Many], _Either]
LengthOrRange = Annotated[Annotated[Length, _One] | Annotated[LengthRange, _Many], _Either]
