"""What a step and its value rest on."""

from __future__ import annotations

from typing import Any, Self

from pydantic import model_validator

from sim.model.evidence import StepGrade, ValueGrade
from sim.scenario.schema.part import Part
from sim.scenario.schema.texts import Text


class Evidence(Part):
    step: StepGrade
    """Whether the step happens: documented (a source says so), inferred (our reading), hypothetical ("what if")."""
    value: ValueGrade
    """What the value rests on: documented (a public time for this step on this launch), estimated (from public times
    on other launches), interview (told by somebody who knows the work), assumed (no public time)."""
    source: Text = ""
    """Required unless the step is hypothetical and the value assumed."""
    note: Text = ""
    """Why this value, or this range."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        if isinstance(value, str):
            if value != "assumed":
                raise ValueError(f'the only short form is "assumed", got "{value[:60]}" — give step, value and source')
            return {"step": "hypothetical", "value": "assumed"}
        return value

    @model_validator(mode="after")
    def _has_source(self) -> Self:
        if not self.source and (self.step, self.value) != ("hypothetical", "assumed"):
            raise ValueError(f"a step that is {self.step}, with a value {self.value}, needs a source")
        return self
