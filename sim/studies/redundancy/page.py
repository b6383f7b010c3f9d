"""The page of a second channel: what it is worth, at every share of time, and the closed form beside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from sim.analysis.ledger import bases
from sim.pages.page import Drawing, Page, Section, Table
from sim.pages.sheets import number
from sim.say.numbers import capital, list_text, share_text
from sim.say.outages import availability_text, outage_notes
from sim.say.repeat import study_words
from sim.say.values import assumed_words
from sim.studies.redundancy import figure
from sim.studies.redundancy.find import FEWEST, RedundancyPlan, Worth, independent, searched, straight
from sim.studies.redundancy.say import (
    SAID,
    availability_words,
    check_words,
    closed_words,
    finding,
    hub_words,
    independent_words,
    noise_beside,
    points,
    points_words,
    share_words,
    title,
    titles,
)

NOTE = (
    "Above: lines, working values; between them what the second channel is worth; dashed, closed form, with the second "
    "channel as if the two were independent. Below: that worth, {band}its noise (dark). Dotted: the share of time that "
    "the file has. Less than {fewest} up: see the table."
)
BAND = "across the ranges of all else (pale) and with "
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
        worth=_worths(plan, worth),
        own=plan.own.share_up(),
        labels=(f"share of time that {hub_words(plan)} is up", share_words(scenario, plan.measure).partition(" (")[0]),
        note=f"{_note(worth)} {capital(share_words(scenario, plan.measure))}, of all launches.",
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
            Section(table=table(plan, worth), notes=(_units(plan, worth),)),
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


def _note(worth: Worth) -> str:
    return NOTE.format(band=BAND if worth.ends else "with ", fewest=availability_text(FEWEST))


def _worths(plan: RedundancyPlan, worth: Worth) -> figure.Worths:
    """What lies between the curves, in points, with its noise and its band."""
    pair = plan.with_second, plan.without
    found, half_width = worth.worth(plan.measure, *pair)
    low, high = worth.band(plan.measure, *pair)
    return figure.Worths(*(100 * values for values in (found, half_width, low, high)))


def _units(plan: RedundancyPlan, worth: Worth) -> str:
    both, one = titles(plan)
    closed = closed_words(plan, worth)
    at = list_text([availability_text(share) for share in searched(plan.own)])
    searched_at = f", searched for at {at} and tried at every share" if worth.ends else ""
    return (
        f"Up: the share of time that {hub_words(plan)} is up. Shares of {share_words(plan.scenario, plan.measure)}, of "
        f"all {plan.scenario.happenings}, at working values: without is {one}, with is {both}. Worth: with minus "
        f"without, percentage points, with their noise (±, 95 % level) where it exceeds a tenth; across the ranges: "
        f"the least and most found{searched_at}. Closed form: {closed}; independent: {independent_words(plan, worth)}."
    )


def table(plan: RedundancyPlan, worth: Worth) -> Table:
    """A row a share of time; where the hub is never up as well, which is the second channel alone."""
    header = ["up", "without", "with", "worth", "across ranges", "closed form", "independent"]
    rows = [
        [
            availability_text(row["up_share"]),
            *(share_text(row[name]) for name in ("without_share", "with_share")),
            _worth(row),
            _band(row) if worth.ends else "–",
            *(share_text(row[name]) for name in ("without_closed_form_share", "with_independent_share")),
        ]
        for row in _rows(plan, worth)
    ]
    return Table.of([header, *rows])


def _worth(row: dict[str, float]) -> str:
    """In points, with its noise where that shows."""
    value = points_words(100 * row["worth_share"]).partition(" ")[0]
    half_width = (row["worth_high_share"] - row["worth_low_share"]) / 2
    return f"{value}{noise_beside(half_width, row['worth_share']).replace(', noise', '')}"


def _band(row: dict[str, float]) -> str:
    return " to ".join(points_words(100 * row[f"worth_band_{end}_share"]).partition(" ")[0] for end in ("low", "high"))


def _rows(plan: RedundancyPlan, worth: Worth) -> Iterator[dict[str, float]]:
    """The numbers at every share of time, by their columns."""
    pair = plan.with_second, plan.without
    apart, half_width = worth.worth(plan.measure, *pair)
    columns = (
        plan.shares,
        *(worth.share(plan.measure, arm) for arm in pair),
        apart,
        np.maximum(apart - half_width, -1),
        np.minimum(apart + half_width, 1),
        *worth.band(plan.measure, *pair),
        straight(plan, worth, plan.without)[0],
        independent(plan, worth)[0],
    )
    for values in zip(*columns, strict=True):
        yield dict(zip(SHEET, map(float, values), strict=True))


def _curves(plan: RedundancyPlan, worth: Worth) -> tuple[figure.Curve, ...]:
    closed = independent(plan, worth)[0], straight(plan, worth, plan.without)[0]
    return tuple(
        figure.Curve(said, 100 * worth.share(plan.measure, arm), 100 * form)
        for said, arm, form in zip(titles(plan), (plan.with_second, plan.without), closed, strict=True)
    )


def _marks(plan: RedundancyPlan, worth: Worth) -> tuple[figure.Mark, ...]:
    """What is said, where it is seen: at the shares of the sentence."""
    found = ((share, points(plan, worth, share)) for share in SAID)
    return tuple(figure.Mark(100 * share, value, points_words(value)) for share, value in found)
