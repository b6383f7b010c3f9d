"""A claim of an argument, and what is asked of the model about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.errors import Fault


@dataclass(frozen=True)
class Question:
    """A study of a scenario, as the command line would ask it.

    arms : those that are compared, empty for those of the scenario; sets : other values by path.
    options : of the study, by their flags without dashes; several values of one as a tuple.
    figure : which of its figures is shown, empty for the first.
    place : where it stands in its file, a fault without a message.
    """

    study: str
    scenario: str
    arms: tuple[str, ...]
    sets: Mapping[str, str]
    options: Mapping[str, str | tuple[str, ...]]
    figure: str
    place: Fault


@dataclass(frozen=True)
class Claim:
    """A claim in our words, how it is tried, and what that cannot show.

    number : its place among the claims of a page.
    experiment : what is done, in a sentence or two; empty where nothing is asked.
    asks : what is asked, the figure being that of the first; ``otherwise``, what would make the answer another one: a
        question, or words. why_none : why there is no break-even, where that question cannot find one.
    exchanges : the first and the last day of the periods of which exchanges on record are told; None for none.
    """

    name: str
    title: str
    number: int
    claim: str
    experiment: str
    asks: tuple[Question, ...]
    otherwise: Question | str
    why_none: str
    cannot_show: str
    exchanges: tuple[str, str] | None
    place: Fault
