"""A run as a page."""

from __future__ import annotations

from sim.model.load import cold
from sim.model.scenario import Scenario
from sim.pages.page import Page, Section
from sim.say.desks import empty_words
from sim.say.findings import AT_ENDS, NOT_A_PROBABILITY, further_sentences, sentences
from sim.say.hours import staffed_notes
from sim.say.repeat import run_words
from sim.say.rests import rests_on
from sim.store.run import Run
from sim.studies.breakeven.crossings import BreakEvens
from sim.studies.breakeven.say import reverses_text
from sim.studies.run.data import data_of
from sim.studies.run.ends import ends, plain_ends
from sim.studies.run.reverses import reverses_of
from sim.studies.run.tables import arms, pairs, sheet, stages, terms_notes, unit_text

REVERSES_NOTE = "What reverses the first pair was looked for with {:,} replications a value, one value at a time."
ENDS_NOTE = (
    "Lowest and highest found, values at the ends of their ranges. Each is the answer of a run of its own: sim run "
    "with these options gives it to the last digit, under the digest beside it."
)
NO_FINDING = "The table says how many reports arrive, and when."


def page(run: Run, precision: str = "") -> Page:
    """What is said of a run; ``precision`` is what was asked of it."""
    scenario, results = run.scenario, run.results
    headline, *findings = sentences(scenario, results) or (NO_FINDING,)
    table_of_stages, sources = stages(scenario, results)
    reverses = reverses_of(run)
    found = ends(run)
    notes = [NOT_A_PROBABILITY, AT_ENDS] if results.n_settings > 1 else []
    notes += [REVERSES_NOTE.format(reverses.n_replications)] if reverses else []
    return Page(
        study="run",
        scenario=scenario.name,
        digest=run.digest,
        title=scenario.title,
        question=f"Seoul's report to Tokyo ({scenario.arms[0].recipient})",
        headline=headline,
        findings=tuple(findings),
        sections=(
            Section(
                table=arms(scenario, results),
                notes=(unit_text(scenario, results), *terms_notes(scenario), *_desk_notes(scenario)),
            ),
            Section(sentences=further_sentences(scenario, results), is_detail=True),
            Section("Pairs", table=pairs(scenario, results), notes=tuple(notes), is_detail=True),
            *([Section("Ends of the bands", table=found, notes=(ENDS_NOTE,), is_detail=True)] if found else []),
            Section("Stages and what they rest on", table=table_of_stages, sources=sources, is_detail=True),
        ),
        rests_on=rests_on(scenario, results),
        labels=_labels(run, reverses, precision),
        repeat=run_words(scenario, results, run.digest),
        sheet=sheet(results),
        data={**data_of(results), "ends": plain_ends(run)},
    )


def _desk_notes(scenario: Scenario) -> tuple[str, ...]:
    return (
        *(f"desk {desk} {empty_words(share)}" for desk, share in cold(scenario).items()),
        *staffed_notes(scenario),
    )


def _labels(run: Run, reverses: BreakEvens | None, precision: str) -> dict[str, str]:
    return {
        **({"Reverses": reverses_text(run.scenario, reverses)} if reverses else {}),
        **({"Precision": precision} if precision else {}),
    }
