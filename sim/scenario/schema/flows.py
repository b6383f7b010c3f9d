"""Flows, the arrangements that they make, and the arms that take one."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Discriminator, Field, Tag, model_validator

from sim.scenario.schema.launches import Deadline
from sim.scenario.schema.part import MOST_ENTRIES, MOST_IN_A_LIST, Part
from sim.scenario.schema.ranges import DurationOrRange
from sim.scenario.schema.texts import FewCount, HopCount, Label, Name

FORMS: tuple[tuple[set[str], set[str]], ...] = (  # the fields that make a flow, and those that may stand beside
    ({"stage"}, {"as"}),
    ({"in_turn"}, set()),
    ({"all"}, set()),
    ({"first"}, set()),
    ({"at_least", "of"}, set()),
    ({"try", "else"}, {"for"}),
    ({"sight"}, set()),
    ({"reports_to", "hops"}, {"first"}),  # what it is written out to
)


class Flow(Part):
    """A stage or a combination; a name stands for itself, a list for each in turn."""

    stage: Name | None = None
    """A stage or named flow; a name alone is short for it."""
    label: Name | None = Field(default=None, alias="as")
    """Tells two uses of one stage apart: two steps are two draws."""
    in_turn: list[Flow] | None = Field(default=None, min_length=1, max_length=MOST_IN_A_LIST)
    """Each in turn; a list alone is short for it."""
    all: list[Flow] | None = Field(default=None, min_length=1, max_length=MOST_IN_A_LIST)
    """Done when the last of them is."""
    first: list[Flow] | None = Field(default=None, min_length=1, max_length=MOST_IN_A_LIST)
    """Done when the first of them is."""
    at_least: FewCount | None = None
    """Done when so many of `of` are."""
    of: list[Flow] | None = Field(default=None, min_length=1, max_length=MOST_IN_A_LIST)
    """The flows that at_least counts."""
    main: Flow | None = Field(default=None, alias="try")
    """Tried first."""
    limit: DurationOrRange | None = Field(default=None, alias="for")
    """How long it is tried; left out, until it is refused."""
    fallback: Flow | None = Field(default=None, alias="else")
    """What begins then; the first of the two counts."""
    sight: Name | None = None
    """The first of an owner's sensors to see the launch, each with its own delay."""
    reports_to: Name | None = None
    """The first report to reach a centre of the web, by whatever way there is."""
    hops: HopCount | None = None
    """Over how many links of the web such a report may go."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"stage": value}
        return {"in_turn": value} if isinstance(value, list) else value

    @model_validator(mode="after")
    def _is_one_form(self) -> Self:
        given = self.given
        for form, beside in FORMS:
            if form <= given <= form | beside:
                break
        else:
            raise ValueError(
                f"is no flow: {', '.join(sorted(given)) or 'nothing'} — a name, a list, all, first, "
                "at_least and of, try (for) else, sight, reports_to and hops, or stage and as"
            )
        if self.at_least is not None and self.of is not None and self.at_least > len(self.of):
            raise ValueError(f"at_least {self.at_least} of only {len(self.of)}")
        return self


class Arrangement(Part):
    flow: Flow
    """From the launch to the recipient."""
    title: Label | None = None
    """For tables and figures; left out, the name."""
    route: Label = ""
    """Which way the report goes; two arms of one mode that differ in it differ in the route alone."""
    mode: Label = ""
    """How it is released; two arms of one route that differ in it differ in the mode alone."""
    recipient: Label | None = None
    """Left out, the scenario's."""
    product: Label = ""
    """What its report is: first cue, track, assessment. Pairs are of one product; left out, all arms are of one."""
    deadline: Deadline | None = None
    """When its report stops being in time, `{name: assessment due, after: 2 h}`; left out, by the launch's deadline."""


def _arrangement_shape(value: object) -> str:
    is_whole = isinstance(value, Arrangement) or (isinstance(value, dict) and "flow" in value)
    return "<arrangement>" if is_whole else "<flow>"


ArrangementOrFlow = Annotated[
    Annotated[Arrangement, Tag("<arrangement>")] | Annotated[Flow, Tag("<flow>")],
    Discriminator(_arrangement_shape),
]


class Arm(Part):
    arrangement: Name
    """The arrangement that it takes."""
    title: Label | None = None
    """For tables and figures."""
    mode: Label | None = None
    """Left out, the arrangement's."""
    set: dict[str, Any] = Field(default={}, max_length=MOST_ENTRIES)
    """Overrides in this arm's world alone: a path below stages, sensors, desks or flows, and its new value."""
