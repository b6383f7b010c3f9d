"""What a range is called: the stage or desk it belongs to, as the file titles it, and what of that is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from sim.model.evidence import Evidence
from sim.model.flow import steps
from sim.model.ranges import Number, Range
from sim.model.scenario import Arm, Scenario, outage_numbers
from sim.model.stage import Desk, Stage
from sim.say.names import owner_and_what, said, short
from sim.units import QuantityKind, quantity_text

KINDS: Mapping[str, QuantityKind] = {  # by the last name of a path; times otherwise
    **dict.fromkeys(("p90_over_median", "log_sd", "shape", "capacity", "times", "per_year"), "number"),
    **dict.fromkeys(("probability", "out", "availability", "reach"), "share"),
    "range": "length",
}


@dataclass(frozen=True)
class Value:
    """A value that is not known, as a reader meets it.

    owner : the title of its stage or desk; its path where it belongs to none.
    what : what of it, such as ``median`` or ``refusal``.
    grade : what its range rests on; empty where the file states nothing.
    """

    range: Range
    owner: str
    what: str
    grade: str

    @property
    def path(self) -> str:
        return self.range.path

    @property
    def kind(self) -> QuantityKind:
        """Of what kind it is."""
        return kind_of(self.path)

    @property
    def name(self) -> str:
        """In a table or a list: Tokyo asks: median."""
        return f"{self.owner}: {self.what}" if self.what else self.owner

    @property
    def said(self) -> str:
        """Within a sentence: the median of Tokyo asks."""
        return said(self.owner, self.what)

    @property
    def short(self) -> str:
        """On an axis: Tokyo asks."""
        return short(self.owner, self.what)

    def text(self, value: float) -> str:
        """One of its values with its unit."""
        return quantity_text(self.kind, value)

    @property
    def ends(self) -> str:
        """Its range: 1 min to 2 h."""
        return f"{self.text(self.range.low)} to {self.text(self.range.high)}"


def kind_of(path: str) -> QuantityKind:
    """Of what kind the value at a path is, by its last name."""
    return KINDS.get(path.rpartition(".")[2], "time")


def values_of(scenario: Scenario) -> tuple[Value, ...]:
    """Every value that some arm rests on and that is not known, by path."""
    grades: dict[str, str] = {}
    for number, evidence in chain.from_iterable(_numbers(arm) for arm in scenario.arms):
        if isinstance(number, Range):
            grades.setdefault(number.path, evidence.value)
    return tuple(
        Value(found, *owner_and_what(scenario, found.path), grades.get(found.path, "")) for found in scenario.ranges()
    )


def _numbers(arm: Arm) -> Iterator[tuple[Number, Evidence]]:
    """The numbers of an arm's stages, desks and outages, and what they rest on."""
    for step in steps(arm.flow):
        yield from _of_stage(arm.stages[step.stage])
    for name in arm.used_desks():
        yield from _of_desk(arm.desks[name])
    for outages in arm.outages().values():
        yield from ((number, outages.evidence) for number in outage_numbers(outages))


def _of_stage(stage: Stage) -> Iterator[tuple[Number, Evidence]]:
    yield from ((number, stage.evidence) for number in stage.delay.numbers())
    if stage.loss:
        yield from ((number, stage.loss.evidence) for number in (stage.loss.probability, stage.loss.retry_after))
    if stage.refusal:
        yield stage.refusal.probability, stage.refusal.evidence
    if stage.sensor:
        yield from ((number, stage.evidence) for number in stage.sensor.numbers())


def _of_desk(desk: Desk) -> Iterator[tuple[Number, Evidence]]:
    yield desk.capacity, desk.evidence
    if desk.hours and desk.on_call:
        yield from ((number, desk.hours.evidence) for number in desk.on_call.numbers())
    if desk.background:
        for delay in (desk.background.interarrival, desk.background.service):
            yield from ((number, desk.background.evidence) for number in delay.numbers())
        if desk.background.surge:
            yield desk.background.surge.times, desk.background.surge.evidence


def assumed_words(grades: Sequence[str]) -> str:
    """How many of some values nobody has grounds for."""
    return f"{grades.count('assumed')} of {len(grades)} values are ASSUMED"
