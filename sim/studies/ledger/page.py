"""A ledger as a text for the terminal, a sheet, JSON and a figure."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from sim.analysis.ledger import GRADES, Account, Entry, Ledger, ledger, shares
from sim.analysis.results import Contrast, contrast
from sim.analysis.tally import Tally
from sim.model.scenario import Scenario
from sim.pages.tables import aligned
from sim.pages.texts import CAVEAT, csv_text, filled, labelled
from sim.plots.render import figure_files
from sim.say.findings import claim, rests_on_title, rests_on_words, typical_words
from sim.say.numbers import grade_text, minutes_cell, share_text
from sim.store.run import json_text
from sim.store.study import Answer
from sim.studies.ledger import figure as figure
from sim.units import minutes

CANCELS = "cancels"
UNIT = (
    "Mean minutes at placeholder values, along the branch that delivers; the rows add up to the mean exactly. What "
    "both arms spend alike cancels."
)
WEAKEST = (
    "A part counts whole under the weakest grade of the values that make it: a stage with losses rests on its delay "
    "and on its loss, a wait on who serves and on all work done there. Shares are of the sizes of the parts, whatever "
    "their sign."
)


def answer(scenario: Scenario, tally: Tally, n: int, digest: str) -> Answer:
    """What is said of the ledger of ``n`` replications at the typical setting."""
    found = ledger(scenario, tally)
    first = contrast(scenario, *scenario.contrasts[0], tally)
    run = typical_words(scenario, n, digest)
    files = {
        "ledger.json": json_text(_document(scenario, found, digest)).encode(),
        "ledger.csv": sheet(found).encode(),
        **figure_files("ledger", figure.draw(scenario, found, first, run)),
    }
    return Answer(text(scenario, found, first, run), files)


def text(scenario: Scenario, found: Ledger, first: Contrast, run: str) -> str:
    """For the terminal: the finding, the parts of the first pair, and the shares of every arm and pair."""
    lines = [scenario.title, "What the mean latencies and their differences rest on", CAVEAT, ""]
    said = f"{rests_on_title(scenario, first)}."
    if first.counts.both:
        said = f"{said} At placeholder values {claim(scenario, first)}."
    lines += [filled(said), "", aligned(parts_table(scenario, found)), filled(UNIT), ""]
    lines += [aligned(shares_table(scenario, found)), filled(WEAKEST)]
    if first.counts.both:
        lines.append(labelled("Rests on", rests_on_words(scenario, first)))
    lines += [labelled(f"[{number}]", source) for source, number in _sources(found).items()]
    lines.append(labelled("Run", run))
    return "\n".join(lines) + "\n"


def _shown(found: Ledger) -> tuple[Account, ...]:
    """The accounts of the table: the first pair and its arms."""
    pair = found.pairs[0]
    return (found.arm(pair.arm), found.arm(pair.against), pair)


def _sources(found: Ledger) -> dict[str, int]:
    """Sources of what the table shows, numbered from 1."""
    every = (entry.source for account in _shown(found) for entry in account.entries)
    return {source: number for number, source in enumerate(dict.fromkeys(filter(None, every)), 1)}


def parts_table(scenario: Scenario, found: Ledger) -> list[list[str]]:
    """A row a part, as text cells, header first; a dash where an arm has no such part."""
    shown, numbers = _shown(found), _sources(found)
    rows = {(entry.kind, entry.name): entry for account in shown for entry in account.entries}
    header = ["", "step", "value", "source", *(_name(scenario, account) for account in shown)]
    cells = [
        [entry.title, entry.step, grade_text(entry.value), _mark(entry, numbers), *_cells(shown, key)]
        for key, entry in rows.items()
    ]
    total = [minutes_cell(float(account.total_us)) if account.n else "–" for account in shown]
    return [header, *cells, ["mean", "", "", "", *total]]


def _name(scenario: Scenario, account: Account) -> str:
    return "difference" if account.against else scenario.arm(account.arm).title


def _mark(entry: Entry, numbers: dict[str, int]) -> str:
    return f"[{numbers[entry.source]}]" if entry.source in numbers else ""


def _cells(shown: tuple[Account, ...], key: tuple[str, str]) -> Iterator[str]:
    for account in shown:
        us = next((entry.us for entry in account.entries if (entry.kind, entry.name) == key), None)
        if us is None:
            yield "–"
        else:
            yield CANCELS if account.against and not us else minutes_cell(float(us))


def shares_table(scenario: Scenario, found: Ledger) -> list[list[str]]:
    """What every account rests on: a row an arm or pair, shares by grade, header first."""
    cells = [["share of", "mean", *map(grade_text, GRADES)]]
    for account in (*found.arms, *found.pairs):
        by_grade = {share.grade: share.share for share in shares(account)}
        name = scenario.arm(account.arm).title
        name = f"{name} − {scenario.arm(account.against).title}" if account.against else name
        mean = minutes_cell(float(account.total_us)) if account.n else "–"
        cells.append([name, mean, *(share_text(by_grade.get(grade, 0)) if by_grade else "–" for grade in GRADES)])
    return cells


def sheet(found: Ledger) -> str:
    """One row a part of every arm and pair, then its mean: values, grades, sources, exact microseconds, minutes."""
    header = ["arm", "minus", "kind", "part", "title", "step", "value", "microseconds", "minutes", "rests_on", "source"]
    return csv_text([header, *(row for account in (*found.arms, *found.pairs) for row in _sheet_rows(account))])


def _sheet_rows(account: Account) -> Iterator[list[str]]:
    start = [account.arm, account.against]
    for entry in account.entries:
        paths = "; ".join(value.path for value in entry.values)
        row = [entry.kind, entry.name, entry.title, entry.step, entry.value, *_numbers(entry.us)]
        yield [*start, *row, paths, " ".join(entry.source.split())]
    if account.n:
        yield [*start, "total", "", "mean", "", "", *_numbers(account.total_us), "", ""]


def _numbers(us: Fraction) -> list[str]:
    return [str(us), f"{minutes(float(us)):.6g}"]


def _document(scenario: Scenario, found: Ledger, digest: str) -> dict[str, Any]:
    return {
        "scenario": scenario.name,
        "digest": digest,
        "accounts": [_plain(account) for account in (*found.arms, *found.pairs)],
    }


def _plain(account: Account) -> dict[str, Any]:
    """An account with every mean as an exact fraction of microseconds beside the number."""
    return {
        "arm": account.arm,
        "minus": account.against,
        "launches": account.n,
        "total_us": float(account.total_us) if account.n else None,
        "total_us_exact": str(account.total_us) if account.n else None,
        "shares": {share.grade: share.share for share in shares(account)},
        "parts": [_plain_entry(entry) for entry in account.entries],
    }


def _plain_entry(entry: Entry) -> dict[str, Any]:
    values = [
        {
            "path": value.path,
            "step": value.evidence.step,
            "value": value.evidence.value,
            "source": value.evidence.source,
        }
        for value in entry.values
    ]
    start = {"kind": entry.kind, "name": entry.name, "title": entry.title, "step": entry.step, "value": entry.value}
    return {**start, "us": float(entry.us), "us_exact": str(entry.us), "rests_on": values}
