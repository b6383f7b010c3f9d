"""A value that is not known, as its plausible range; and the numbers that may be one."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Self

from pydantic import Discriminator, Tag, model_validator

from sim import units
from sim.scenario.schema.part import Part
from sim.scenario.schema.texts import Duration, FewCount, Length, Ratio, Share

ENDS = frozenset({"low", "high"})


class Range(Part):
    """The plausible range of a value that is not known, of the value, not the spread of a delay; in short 2 to 5 min.

    Without `typical` the geometric mean of the ends stands for it, or their mean where the low end is 0.
    """

    kind: ClassVar[units.QuantityKind] = "number"
    low: float
    typical: float | None = None
    high: float

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        ends = units.split_range(value) if isinstance(value, str) else None
        if ends:
            return {"low": ends[0], "high": ends[1]}
        if isinstance(value, dict) and value and value.keys() <= ENDS | {"typical"} and not value.keys() >= ENDS:
            given = ", ".join(f"{end} {value[end]}" for end in value if isinstance(value[end], str))
            raise ValueError(f"has {given} alone, and a range has low and high — write both, or one value")
        return value

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not self.low <= (self.low if self.typical is None else self.typical) <= self.high:
            ends = (end for end in (self.low, self.typical, self.high) if end is not None)
            texts = ", ".join(units.quantity_text(self.kind, end) for end in ends)
            raise ValueError(f"low, typical and high must rise, got {texts}")
        if self.low == self.high:
            raise ValueError("low and high are equal — write the one value")
        return self


class DurationRange(Range):
    kind = "time"
    low: Duration
    typical: Duration | None = None
    high: Duration


class ShareRange(Range):
    kind = "share"
    low: Share
    typical: Share | None = None
    high: Share


class RatioRange(Range):
    low: Ratio
    typical: Ratio | None = None
    high: Ratio


class CountRange(Range):
    low: FewCount
    typical: FewCount | None = None
    high: FewCount


class LengthRange(Range):
    kind = "length"
    low: Length
    typical: Length | None = None
    high: Length


def _shape(value: object) -> str:
    is_range = units.split_range(value) is not None if isinstance(value, str) else isinstance(value, dict)
    return "<range>" if is_range else "<value>"


_One = Tag("<value>")
_Many = Tag("<range>")
_Either = Discriminator(_shape)
DurationOrRange = Annotated[Annotated[Duration, _One] | Annotated[DurationRange, _Many], _Either]
ShareOrRange = Annotated[Annotated[Share, _One] | Annotated[ShareRange, _Many], _Either]
RatioOrRange = Annotated[Annotated[Ratio, _One] | Annotated[RatioRange, _Many], _Either]
CountOrRange = Annotated[Annotated[FewCount, _One] | Annotated[CountRange, _Many], _Either]
LengthOrRange = Annotated[Annotated[Length, _One] | Annotated[LengthRange, _Many], _Either]
