"""Claims as one page, composed of the pages of the studies that they ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sim.errors import ScenarioError
from sim.pages.document import document
from sim.pages.page import Drawing, Page, Section, Table
from sim.studies.claims.ask import Asked
from sim.studies.claims.find import ClaimsPlan, Trial
from sim.studies.claims.say import (
    CAVEAT,
    EXCHANGES,
    QUESTION,
    cannot_sentence,
    claim_sentence,
    experiment_sentence,
    otherwise_sentence,
    repeat_note,
    result_sentence,
    short,
)

SHEET = ("claim", "about", "study", "scenario", "digest", "row", "column", "value")


@dataclass(frozen=True, eq=False)
class Tried:
    """A claim with the pages of what it asks, in its order; none where nothing is asked."""

    trial: Trial
    results: tuple[Page, ...]
    turned: Page | None

    @property
    def answers(self) -> list[tuple[Asked, Page]]:
        """What was asked, each with its page."""
        pages = self.results if self.turned is None else (*self.results, self.turned)
        return [*zip(self.trial.asked, pages, strict=True)]

    @property
    def drawing(self) -> Drawing | None:
        """The figure that is shown, under the name of the claim.

        Raises
        ------
        ScenarioError : the page has none of the name that the claim gives.
        """
        if not self.results:
            return None
        question, first = self.trial.asks[0].question, self.results[0]
        found = first.drawing(question.figure)
        if found is None:
            known = ", ".join(drawing.name for drawing in first.drawings) or "none"
            message = f'{question.study} has no figure "{question.figure}" here — it has: {known}'
            raise ScenarioError((replace(question.place, message=message),))
        return replace(found, name=self.trial.claim.name)

    @property
    def findings(self) -> tuple[str, ...]:
        """What the first study says of the figure that is shown, and the headlines of the others."""
        if self.drawing is None:
            return ()
        first, *others = self.results
        return (self.drawing.finding or first.headline, *(f"{page.title}: {page.headline}" for page in others))

    @property
    def otherwise(self) -> str:
        """What would turn it."""
        if self.turned is not None:
            return f"{self.turned.headline} {self.trial.claim.why_none}".rstrip()
        return self.trial.claim.otherwise if isinstance(self.trial.claim.otherwise, str) else ""


def page(plan: ClaimsPlan, found: Mapping[str, Any]) -> Page:
    """What is said of every claim, in turn."""
    pages = {digest: one.study.page(one.plan, found[digest]) for digest, one in plan.questions.items()}
    every = [_tried(trial, pages) for trial in plan.trials]
    said = [short(one.trial, one.drawing.title if one.drawing else "") for one in every]
    return Page(
        study=plan.study,
        scenario=plan.scenario.name,
        digest=plan.digest,
        title="An argument, claim by claim",
        question=QUESTION,
        caveat=CAVEAT,
        headline=said[0],
        findings=tuple(said[1:]),
        sections=tuple(section for one in every for section in _sections(one)),
        repeat=f"sim claims, {plan.digest}",
        sheet=Table.of([[*SHEET], *(row for one in every for row in _rows(one))]),
        data={"claims": [_plain(one) for one in every]},
        drawings=tuple(one.drawing for one in every if one.drawing),
    )


def _tried(trial: Trial, pages: Mapping[str, Page]) -> Tried:
    results = tuple(pages[one.plan.digest] for one in trial.asks)
    return Tried(trial, results, pages[trial.otherwise.plan.digest] if trial.otherwise else None)


def _sections(one: Tried) -> Iterator[Section]:
    """A claim: what is claimed, done, found and not shown, its figure, and the exchanges on record that it asks for."""
    trial = one.trial
    said = [claim_sentence(trial), experiment_sentence(trial)]
    said += [result_sentence(" ".join(one.findings))] if one.findings else []
    said += [otherwise_sentence(one.otherwise)] if one.otherwise else []
    rests = [f"Rests on {page.rests_on}." for page in one.results if page.rests_on]
    yield Section(
        trial.claim.title,
        sentences=(*said, cannot_sentence(trial)),
        notes=(*rests, *(repeat_note(asked, found.repeat) for asked, found in one.answers)),
        drawing=trial.claim.name if one.drawing else "",
    )
    if trial.exchanges:
        yield Section(table=_exchanges(trial), notes=(EXCHANGES,))


def _exchanges(trial: Trial) -> Table:
    """Exchanges on record of some periods, and how many the requests and refusals of the model let pass."""
    return Table.of([["period", "arrangement", "on record", "in the model"], *_counted(trial)])


def _counted(trial: Trial) -> Iterator[list[str]]:
    for row in trial.exchanges:
        yield [row.launch, row.what, row.recorded, "; ".join(filter(None, (row.modelled, row.rival)))]


def _rows(one: Tried) -> Iterator[list[str]]:
    """Every number of every answer, a value a row."""
    for asked, found in one.answers:
        about = "otherwise" if asked is one.trial.otherwise else "result"
        start = [one.trial.claim.name, about, found.study, found.scenario, found.digest]
        for number, row in enumerate(found.sheet.rows, 1):
            for column, value in zip(found.sheet.header, row, strict=True):
                yield [*start, str(number), column, value]


def _plain(one: Tried) -> dict[str, Any]:
    claim = one.trial.claim
    return {
        "claim": claim.name,
        "title": claim.title,
        "said": claim.claim,
        "experiment": claim.experiment,
        "result": [*one.findings],
        "figure_says": one.drawing.title if one.drawing else "",
        "otherwise": one.otherwise,
        "cannot_show": claim.cannot_show,
        "exchanges": [
            dict(zip(("period", "arrangement", "on_record", "in_the_model"), cells, strict=True))
            for cells in _counted(one.trial)
        ],
        "answers": [document(found) for _, found in one.answers],
    }
