"""A campaign as a page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sim.analysis.ledger import bases
from sim.model.scenario import Scenario
from sim.pages.page import Drawing, Page, Section
from sim.say.values import assumed_words
from sim.studies.campaign import figure
from sim.studies.campaign.find import CampaignPlan
from sim.studies.campaign.say import (
    ADDED,
    SHARED,
    WORK,
    figure_title,
    findings,
    headline,
    notes,
    work_sentence,
    work_title,
)
from sim.studies.campaign.sheets import data_of, sheet
from sim.studies.campaign.tables import NONE, desks_table, launches_table, totals_table, work_table
from sim.studies.campaign.totals import Campaign

DESKS = (
    "In use: what launches bring to a desk as a share of all hours of a calendar year, at working values. Its other "
    "work is left out and no staffing is public, so it is no desk's real load. Launches of different days never meet: "
    "the queue is that of the launch with the longest, a mean over replications, in brackets the longest of all."
)
SAME = f"Mean minutes from launch, and differences at working values (lowest to highest); {NONE}: nothing changes."


def page(plan: CampaignPlan, found: Campaign) -> Page:
    """What is said of a campaign: totals of each pair, and launch by launch."""
    scenario = plan.scenario
    run = f"{len(plan.runs)} {scenario.happenings} × {plan.n:,} replications, seed {scenario.seed}, {plan.digest}"
    draw = partial(figure.draw, scenario=scenario, found=found, run=run)
    return Page(
        study=plan.study,
        scenario=scenario.name,
        digest=plan.digest,
        title=scenario.title,
        question="What calendars change over all launches of a period",
        headline=headline(scenario, found),
        findings=findings(scenario, found),
        sections=(
            Section(table=totals_table(scenario, found), notes=(SHARED, ADDED)),
            Section(table=launches_table(scenario, found), notes=(SAME, *notes(found))),
            *([Section("Work by centre", table=work_table(scenario, found), notes=(WORK,))] if found.work else []),
            *([Section("Desks", table=desks_table(scenario, found), notes=(DESKS,))] if found.desks else []),
            *([Section(sentences=(scenario.story,))] if scenario.story else []),
        ),
        rests_on=assumed_words([basis.evidence.value for basis in bases(scenario)]),
        repeat=f"{run}; bands over {found.n_settings} settings",
        sheet=sheet(scenario, found),
        data=data_of(scenario, found),
        drawings=(Drawing("campaign", figure_title(scenario, found), draw), *_work_drawing(scenario, found, run)),
    )


def _work_drawing(scenario: Scenario, found: Campaign, run: str) -> Iterator[Drawing]:
    """What calendars change of the work of centres, where they change any."""
    if any(work.total.typical.estimate for one in found.totals for work in found.work_of(one.pair)):
        draw = partial(figure.draw_work, scenario=scenario, found=found, run=run)
        yield Drawing("work", work_title(scenario, found), draw, work_sentence(scenario, found, found.totals[0]))
