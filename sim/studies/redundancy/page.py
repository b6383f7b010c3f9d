"""The page of a second channel: what it is worth, at every share of time, and the closed form beside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sim.analysis.ledger import bases
from sim.analysis.outcomes import noise
from sim.pages.page import Drawing, Page, Section, Table
from sim.pages.sheets import number
from sim.say.numbers import capital, share_text
from sim.say.outages import availability_text, outage_notes
from sim.say.repeat import study_words
from sim.say.values import assumed_words
from sim.studies.redundancy import figure
from sim.studies.redundancy.find import FEWEST, RedundancyPlan, Worth, independent, straight
from sim.studies.redundancy.say import (
    SAID,
    availability_words,
    check_words,
    finding,
    hub_words,
    points,
    points_words,
    share_words,
    title,
    titles,
)

NOTE = (
    "Lines: working values; between them what the second channel is worth. Dashed: closed form, with the second "
    "channel as if the two were independent. Dotted: the share of time that the file has."
)
SHEET = (
    "up_share",
    "with_share",
    "without_share",
    "worth_share",
    "worth_low_share",
    "worth_high_share",
    "worth_band_low_share",
    "worth_band_high_share",
    "without_closed_form_share",
    "with_independent_share",
)


def page(plan: RedundancyPlan, worth: Worth) -> Page:
    """What is said of a second channel."""
    scenario = plan.scenario
    run = study_words(scenario, plan.n, len(plan.shares), plan.digest, "share")
    draw = partial(
        figure.draw,
        plan=plan,
        curves=_curves(plan, worth),
        marks=_marks(plan, worth),
        own=plan.own.share_up(),
        labels=(f"share of time that {hub_words(plan)} is up", share_words(scenario, plan.measure).partition(" (")[0]),
        note=f"{NOTE} {capital(share_words(scenario, plan.measure))}, of all launches.",
        run=run,
    )
    return Page(
        study=plan.study,
        scenario=scenario.name,
        digest=plan.digest,
        title=scenario.title,
        question="What is a second channel worth when the first fails?",
        headline=finding(plan, worth),
        findings=(check_words(plan, worth),),
        sections=(
            Section(table=table(plan, worth), notes=(_units(plan),)),
            Section(sentences=(availability_words(plan), *(f"{capital(note)}." for note in outage_notes(scenario)))),
        ),
        rests_on=assumed_words([basis.evidence.value for basis in bases(scenario)]),
        repeat=run,
        sheet=Table.of([[*SHEET], *([number(value) for value in row.values()] for row in _rows(plan, worth))]),
        data={
            "hub": plan.hub,
            "with": plan.with_second,
            "without": plan.without,
            "measure": plan.measure.value,
            "shares": [*_rows(plan, worth)],
        },
        drawings=(Drawing("redundancy", title(plan, worth), draw),),
    )


def _units(plan: RedundancyPlan) -> str:
    both, one = titles(plan)
    return (
        f"Up: the share of time that {hub_words(plan)} is up. Shares of {share_words(plan.scenario, plan.measure)}, of "
        f"all {plan.scenario.happenings}, at working values: without is {one}, with is {both}. Worth: with minus "
        "without, percentage points; across the ranges: the least and most found, searched for at the file's share. "
        "Closed form: a p of what is without; independent: 1 − (1 − a p)(1 − q)."
    )


def table(plan: RedundancyPlan, worth: Worth) -> Table:
    """A row a share of time; where the hub is never up as well, which is the second channel alone."""
    header = ["up", "without", "with", "worth", "across ranges", "closed form", "independent"]
    rows = [
        [
            availability_text(row["up_share"]),
            *(share_text(row[name]) for name in ("without_share", "with_share")),
            points_words(100 * row["worth_share"]).partition(" ")[0],
            _band(row) if worth.ends else "–",
            *(share_text(row[name]) for name in ("without_closed_form_share", "with_independent_share")),
        ]
        for row in _rows(plan, worth)
    ]
    return Table.of([header, *rows])


def _band(row: dict[str, float]) -> str:
    return " to ".join(points_words(100 * row[f"worth_band_{end}_share"]).partition(" ")[0] for end in ("low", "high"))


def _rows(plan: RedundancyPlan, worth: Worth) -> Iterator[dict[str, float]]:
    """The numbers at every share of time, by their columns."""
    pair = plan.with_second, plan.without
    apart = worth.typical.difference(plan.measure, *pair)
    columns = (
        plan.shares,
        *(worth.share(plan.measure, arm) for arm in pair),
        apart[0],
        *noise(apart),
        *worth.band(plan.measure, *pair),
        straight(plan, worth, plan.without),
        independent(plan, worth),
    )
    for values in zip(*columns, strict=True):
        yield dict(zip(SHEET, map(float, values), strict=True))


def _curves(plan: RedundancyPlan, worth: Worth) -> tuple[figure.Curve, ...]:
    closed = independent(plan, worth), straight(plan, worth, plan.without)
    return tuple(
        figure.Curve(said, 100 * worth.share(plan.measure, arm), 100 * form)
        for said, arm, form in zip(titles(plan), (plan.with_second, plan.without), closed, strict=True)
    )


def _marks(plan: RedundancyPlan, worth: Worth) -> tuple[figure.Mark, ...]:
    """What is said, where it is seen: at the shares of the sentence."""
    found = []
    for share in SAID:
        place = plan.shares.index(share)
        low, high = (100 * float(worth.share(plan.measure, arm)[place]) for arm in (plan.without, plan.with_second))
        if share >= FEWEST:
            found.append(figure.Mark(100 * share, low, high, points_words(points(plan, worth, share))))
    return tuple(found)
