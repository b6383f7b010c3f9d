"""A claim: a file of `scenarios/claims`, in our words, with what is asked about it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, Tag

from sim.scenario.schema.part import Part
from sim.scenario.schema.texts import Day, FewCount, Label, Name, Text


def _listed(value: Any) -> Any:
    """What stands alone is a list of one."""
    return [value] if isinstance(value, str | dict) else value


Texts = Annotated[list[Label], BeforeValidator(_listed)]


class Question(Part):
    study: Label
    """Which study is asked, by the name of its command."""
    scenario: Label = ""
    """Of which scenario: a shipped name, an id of the catalogue, or a file; left out for a study without one."""
    arms: list[Name] = Field(default=[], max_length=20)
    """Which arms are compared, the first against each other; left out, as the scenario has it."""
    set: dict[Label, Text] = Field(default={}, max_length=100)
    """Other values by path, as `--set` has them."""
    options: dict[Label, Texts] = Field(default={}, max_length=20)
    """Options of the study as on the command line, without dashes: `{for: in-time, replications: 500}`."""
    figure: Label = ""
    """Which of its figures is shown; left out, the first."""


def _shape(value: Any) -> str:
    return "<question>" if isinstance(value, Question | dict | list) else "<words>"


QuestionOrWords = Annotated[
    Annotated[Question, Tag("<question>")] | Annotated[Text, Tag("<words>")], Discriminator(_shape)
]


class Exchanges(Part):
    from_: Day = Field(alias="from")
    """The first day of a period."""
    until: Day
    """The last day."""


class ClaimFile(Part):
    """A claim of an argument: in our words, tried by a question to a study."""

    title: Label
    """A few words."""
    number: FewCount
    """Its place among the claims of a page."""
    claim: Text
    """What is claimed, in our own words."""
    cannot_show: Text
    """What no experiment here can show of it."""
    experiment: Text = ""
    """What is done, in plain words."""
    ask: Annotated[list[Question], BeforeValidator(_listed)] = Field(default=[], max_length=5)
    """The question whose answer is the result, or several, of which the first has the figure; left out where nothing of
    the claim can be tried."""
    otherwise: QuestionOrWords = ""
    """What would make it otherwise: words, or a question whose answer says it."""
    why_none: Text = ""
    """Where that question finds no break-even: why none can exist."""
    exchanges: Exchanges | None = None
    """Periods of which the exchanges on record are told beside it."""
