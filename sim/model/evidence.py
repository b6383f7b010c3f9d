"""What a step and its value rest on: two grades that are never merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

StepGrade = Literal["documented", "inferred", "hypothetical"]
ValueGrade = Literal["documented", "estimated", "interview", "assumed"]


@dataclass(frozen=True)
class Evidence:
    """Does a source say that the step happens; does a public time give its value.

    step : documented (a source says so), inferred (our reading of one), hypothetical ("what if").
    value : documented (a public time for this step on this launch), estimated (derived from public
        times on other launches), interview (told by somebody who knows the work), assumed (no public time).
    """

    step: StepGrade = "hypothetical"
    value: ValueGrade = "assumed"
    source: str = ""
    note: str = ""


ASSUMED = Evidence()
