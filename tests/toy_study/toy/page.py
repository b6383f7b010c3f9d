"""The mean as a page."""

from sim.pages.page import Page, Section, Table
from sim.units import minutes


def page(plan, found):
    """One sentence and one number."""
    arm = plan.scenario.arms[0]
    table = Table.of([["arm", "mean_min"], [arm.name, f"{minutes(found):.3f}"]])
    return Page(
        study=plan.study,
        scenario=plan.scenario.name,
        digest=plan.digest,
        title=plan.scenario.title,
        question="How long does the report take?",
        headline=f"{arm.title} takes {minutes(found):.1f} min on average.",
        sections=(Section(table=table),),
        repeat=f"n = {plan.asked['replications']}, {plan.digest}",
        sheet=table,
        data={"mean_min": minutes(found)},
    )
