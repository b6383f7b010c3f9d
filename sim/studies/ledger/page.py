"""A ledger as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

from sim.analysis.bands import no_band
from sim.analysis.burden import burden
from sim.analysis.intervals import RatioSums
from sim.analysis.ledger import GRADES, Account, Entry, Ledger, shares
from sim.analysis.work import WorkSums
from sim.model.scenario import Arm, Scenario
from sim.pages.page import Drawing, Page, Section, Table
from sim.say.channels import NO_PATH, pathless_words
from sim.say.numbers import grade_text, minutes_cell, share_text
from sim.say.repeat import typical_words
from sim.say.rests import rests_on_title
from sim.studies.ledger import figure
from sim.studies.ledger.find import Accounts, LedgerPlan
from sim.studies.ledger.say import QUESTION, UNIT, WEAKEST, WORK, headline, pair_title, rests_on
from sim.studies.run.burden import centre_title
from sim.studies.run.loads import by_centre, of_pair, work_title
from sim.units import minutes

CANCELS, NONE = "cancels", "–"
SHEET = ("arm", "minus", "kind", "part", "title", "step", "value", "mean_us", "mean_min", "rests_on", "source")


def page(plan: LedgerPlan, found: Accounts) -> Page:
    """What is said of a ledger: the parts of the first pair, and the shares of every arm and pair."""
    scenario, ledger, first = plan.scenario, found.ledger, found.first
    run = typical_words(scenario, plan.n, plan.digest)
    draw = partial(figure.draw, scenario=scenario, ledger=ledger, pair_title=pair_title(scenario, first), run=run)
    return Page(
        study=plan.study,
        scenario=scenario.name,
        digest=plan.digest,
        title=scenario.title,
        question=QUESTION,
        headline=headline(scenario, first),
        sections=(
            Section(table=parts_table(scenario, ledger), notes=(UNIT,), sources=tuple(_sources(ledger))),
            Section(table=shares_table(scenario, ledger), notes=(WEAKEST,)),
            Section("Work by centre", table=work_table(scenario, found), notes=(WORK.format(n=_n_worked(found)),)),
        ),
        rests_on=rests_on(scenario, first),
        repeat=run,
        sheet=sheet(scenario, ledger),
        data={
            "replications": plan.n,
            "accounts": [_plain(scenario, account) for account in _all(ledger)],
            "work": [_plain_work(arm, found.work[arm.name]) for arm in scenario.arms],
        },
        drawings=(Drawing("ledger", rests_on_title(scenario, first), draw), *_work_drawing(scenario, found, run)),
    )


def _work_drawing(scenario: Scenario, found: Accounts, run: str) -> Iterator[Drawing]:
    """The work of the first pair, where some step says at which centre it is done."""
    burdens = of_pair(scenario, [(arm, burden(arm, found.work[arm.name], no_band)) for arm in scenario.arms])
    if any(by_centre(burdens)):
        draw = partial(figure.draw_work, scenario=scenario, burdens=burdens, run=run)
        yield Drawing("work", work_title(scenario, burdens), draw)


def _all(ledger: Ledger) -> tuple[Account, ...]:
    return (*ledger.arms, *ledger.pairs)


def _shown(ledger: Ledger) -> tuple[Account, ...]:
    """The accounts of the table: the first pair and its arms."""
    pair = ledger.pairs[0]
    return (ledger.arm(pair.arm), ledger.arm(pair.against), pair)


def _sources(ledger: Ledger) -> dict[str, int]:
    """Sources of what the table shows, numbered from 1."""
    sources = (entry.source for account in _shown(ledger) for entry in account.entries)
    return {source: number for number, source in enumerate(dict.fromkeys(filter(None, sources)), 1)}


def parts_table(scenario: Scenario, ledger: Ledger) -> Table:
    """A row a part; a dash where an arm has no such part."""
    shown, numbers = _shown(ledger), _sources(ledger)
    parts = {(entry.kind, entry.name): entry for account in shown for entry in account.entries}
    header = ["", "step", "value", "source", *(_name(scenario, account) for account in shown)]
    rows = [
        [entry.title, entry.step, grade_text(entry.value), _mark(entry, numbers), *_cells(shown, key)]
        for key, entry in parts.items()
    ]
    return Table.of([header, *rows, ["mean", "", "", "", *(_mean(scenario, account) for account in shown)]])


def _name(scenario: Scenario, account: Account) -> str:
    return "difference" if account.against else scenario.arm(account.arm).title


def _mark(entry: Entry, numbers: Mapping[str, int]) -> str:
    return f"[{numbers[entry.source]}]" if entry.source in numbers else ""


def _cells(shown: tuple[Account, ...], key: tuple[str, str]) -> Iterator[str]:
    for account in shown:
        us = next((entry.us for entry in account.entries if (entry.kind, entry.name) == key), None)
        if us is None:
            yield NONE
        else:
            yield CANCELS if account.against and not us else minutes_cell(float(us))


def _mean(scenario: Scenario, account: Account) -> str:
    if account.n:
        return minutes_cell(float(account.total_us))
    return NO_PATH if _why(scenario, account) else NONE


def shares_table(scenario: Scenario, ledger: Ledger) -> Table:
    """What every account rests on: a row an arm or pair, shares by grade; interviews only where there are some."""
    used = {entry.value for account in _all(ledger) for entry in account.entries}
    grades = [grade for grade in GRADES if grade != "interview" or grade in used]
    cells = [["share of", "mean", *map(grade_text, grades)]]
    for account in _all(ledger):
        by_grade = {share.grade: share.share for share in shares(account)}
        name = scenario.arm(account.arm).title
        name = f"{name} − {scenario.arm(account.against).title}" if account.against else name
        of_grades = (share_text(by_grade.get(grade, 0)) if by_grade else NONE for grade in grades)
        cells.append([name, _mean(scenario, account), *of_grades])
    return Table.of(cells)


def work_table(scenario: Scenario, found: Accounts) -> Table:
    """A row a centre: the work of a launch under both arms of the first pair, exactly one minus the other."""
    pair = found.ledger.pairs[0]
    arms = pair.arm, pair.against
    of_arms = [{centre: _mean_us(one) for centre, one in found.work[arm].by_centre.items()} for arm in arms]
    rows = [["", *(scenario.arm(arm).title for arm in arms), "difference"]]
    for centre in dict.fromkeys(centre for of_arm in of_arms for centre in of_arm):
        a, b = (of_arm.get(centre, Fraction()) for of_arm in of_arms)
        apart = minutes_cell(float(a - b)) if a != b else CANCELS
        rows.append([centre_title(centre), minutes_cell(float(a)), minutes_cell(float(b)), apart])
    return Table.of(rows)


def _mean_us(sums: RatioSums) -> Fraction:
    return Fraction(sums.total, sums.count)


def _n_worked(found: Accounts) -> int:
    return max(one.n for sums in found.work.values() for one in sums.by_centre.values())


def _plain_work(arm: Arm, sums: WorkSums) -> dict[str, Any]:
    """The work of an arm by centre: the mean in minutes, and beside it exactly in microseconds."""
    centres = {centre: _mean_us(one) for centre, one in sums.by_centre.items()}
    return {
        "arm": arm.name,
        "centres": [
            {"centre": centre, "mean_min": minutes(float(us)), "mean_us_exact": _exact(us)}
            for centre, us in centres.items()
        ],
    }


def sheet(scenario: Scenario, ledger: Ledger) -> Table:
    """One row a part of every arm and pair, then its mean: grades, microseconds, minutes, values, sources."""
    return Table.of([[*SHEET], *(row for account in _all(ledger) for row in _sheet_rows(scenario, account))])


def _sheet_rows(scenario: Scenario, account: Account) -> Iterator[list[str]]:
    start = [account.arm, account.against]
    for entry in account.entries:
        paths = "; ".join(value.path for value in entry.values)
        row = [entry.kind, entry.name, entry.title, entry.step, entry.value, *_numbers(entry.us)]
        yield [*start, *row, paths, " ".join(entry.source.split())]
    if account.n:
        yield [*start, "total", "", "mean", "", "", *_numbers(account.total_us), "", ""]
    elif why := _why(scenario, account):
        yield [*start, "total", "", why, "", "", "", "", "", ""]


def _numbers(us: Fraction) -> list[str]:
    """Microseconds and minutes; a spreadsheet takes no fraction, so the exact one is in JSON alone."""
    return [f"{float(us):.3f}", f"{minutes(float(us)):.6g}"]


def _plain(scenario: Scenario, account: Account) -> dict[str, Any]:
    """An account, every mean in minutes and beside it exactly in microseconds."""
    total = account.total_us if account.n else None
    return {
        "arm": account.arm,
        **({"no_path": why} if (why := _why(scenario, account)) else {}),
        "minus": account.against,
        "launches": account.n,
        "mean_min": None if total is None else minutes(float(total)),
        "mean_us_exact": None if total is None else _exact(total),
        "shares": {share.grade: share.share for share in shares(account)},
        "parts": [_plain_entry(entry) for entry in account.entries],
    }


def _why(scenario: Scenario, account: Account) -> str:
    """Why an account has no report, where that is for want of a path."""
    return pathless_words(scenario, *filter(None, (account.arm, account.against)))


def _exact(us: Fraction) -> dict[str, int]:
    """A mean of whole microseconds as two whole numbers, of which the second is above zero."""
    return {"numerator": us.numerator, "denominator": us.denominator}


def _plain_entry(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "name": entry.name,
        "title": entry.title,
        "step": entry.step,
        "value": entry.value,
        "mean_min": minutes(float(entry.us)),
        "mean_us_exact": _exact(entry.us),
        "rests_on": [
            {
                "path": value.path,
                "step": value.evidence.step,
                "value": value.evidence.value,
                "source": value.evidence.source,
            }
            for value in entry.values
        ],
    }
