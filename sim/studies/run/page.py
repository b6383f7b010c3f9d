"""A run as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sim.analysis.results import Results
from sim.model.load import cold
from sim.model.scenario import Scenario
from sim.pages.page import Page, Section, Table
from sim.say.channels import channels_line
from sim.say.desks import empty_words
from sim.say.findings import AT_ENDS, NOT_A_PROBABILITY, further_sentences, sentences
from sim.say.hours import staffed_notes
from sim.say.numbers import capital
from sim.say.outages import outage_notes
from sim.say.products import by_product
from sim.say.repeat import run_words
from sim.say.rests import rests_on
from sim.say.whose import recipients, report_words, where
from sim.store.run import Run
from sim.studies.breakeven.say import reverses_text
from sim.studies.run import burden
from sim.studies.run.data import data_of
from sim.studies.run.ends import ends, plain_ends
from sim.studies.run.reverses import reverses_of
from sim.studies.run.tables import arms, channels, pairs, sheet, stages, terms_notes, unit_text

REVERSES_NOTE = "What reverses the first pair was looked for with {:,} replications a value, one value at a time."
ENDS_NOTE = (
    "Lowest and highest found, values at the ends of their ranges. Each is the answer of a run of its own: sim run "
    "with these options gives it to the last digit, under the digest beside it."
)
NO_SHEET = Table((), ())
NO_FINDING = "The table says how many reports arrive, and when."


def brief(run: Run, precision: str = "") -> Page:
    """What is said of a run first: its sentences and the table of arms; ``precision`` is what was asked of it."""
    scenario, results = run.scenario, run.results
    headline, *findings = sentences(scenario, results) or (NO_FINDING,)
    return Page(
        study="run",
        scenario=scenario.name,
        digest=run.digest,
        title=scenario.title,
        question=f"{capital(report_words(scenario))} to {where(scenario)} ({recipients(scenario)})",
        headline=headline,
        findings=tuple(findings),
        sections=tuple(_arms(scenario, results)),
        rests_on=rests_on(scenario, results),
        labels=_labels(run, precision),
        repeat=run_words(scenario, results, run.digest),
        sheet=NO_SHEET,
        data={},
    )


def page(run: Run, precision: str = "") -> Page:
    """All that is said of a run: first what is said of it in brief."""
    scenario, results, first = run.scenario, run.results, brief(run, precision)
    table_of_stages, sources = stages(scenario, results)
    reverses = reverses_of(run)
    found = ends(run)
    notes = [NOT_A_PROBABILITY, AT_ENDS] if results.n_settings > 1 else []
    notes += [REVERSES_NOTE.format(reverses.n_replications)] if reverses else []
    return replace(
        first,
        sections=(
            *first.sections,
            Section(sentences=further_sentences(scenario, results), is_detail=True),
            *_pairs(scenario, results, notes),
            *([Section("Ends of the bands", table=found, notes=(ENDS_NOTE,), is_detail=True)] if found else []),
            Section(
                "Stages and what they rest on",
                table=table_of_stages,
                sources=sources,
                is_detail=True,
                is_backing=True,
            ),
            *_channels(scenario),
            *burden.sections(scenario, results.arms),
        ),
        sheet=sheet(scenario, results),
        data={**data_of(scenario, results), "ends": plain_ends(run)},
    )


def channels_notes(scenario: Scenario) -> tuple[str, ...]:
    """Which channels were open on the day, where any has dates; one note, or none."""
    line = channels_line(scenario)
    return (line,) if line else ()


def _channels(scenario: Scenario) -> tuple[Section, ...]:
    """What may be closed, where some arm uses such."""
    table = channels(scenario)
    title = "Channels and when they were open"
    return (Section(title, table=table, is_detail=True, is_backing=True),) if table.rows else ()


def _arms(scenario: Scenario, results: Results) -> Iterator[Section]:
    """A table of arms for each product; what the names and desks need to be read stands below the last."""
    parts = by_product(scenario, results)
    for number, (product, part, of_part) in enumerate(parts, 1):
        is_last = number == len(parts)
        before = channels_notes(scenario) if is_last else ()
        after = (*terms_notes(scenario), *_desk_notes(scenario)) if is_last else ()
        yield Section(capital(product), table=arms(part, of_part), notes=(*before, unit_text(part, of_part), *after))


def _pairs(scenario: Scenario, results: Results, notes: Sequence[str]) -> Iterator[Section]:
    """A table of pairs for each product."""
    parts = [part for part in by_product(scenario, results) if part[2].contrasts or not part[0]]
    for number, (product, part, of_part) in enumerate(parts, 1):
        title, further = f"Pairs of {product}" if product else "Pairs", tuple(notes) if number == len(parts) else ()
        yield Section(title, table=pairs(part, of_part), notes=further, is_detail=True)


def _desk_notes(scenario: Scenario) -> tuple[str, ...]:
    return (
        *(f"desk {desk} {empty_words(scenario, share)}" for desk, share in cold(scenario).items()),
        *staffed_notes(scenario),
        *outage_notes(scenario),
    )


def _labels(run: Run, precision: str) -> dict[str, str]:
    reverses = reverses_of(run)
    return {
        **({"Reverses": reverses_text(run.scenario, reverses)} if reverses else {}),
        **({"Precision": precision} if precision else {}),
    }
