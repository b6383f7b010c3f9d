"""``sim campaign`` and ``sim.campaign``: what may be asked."""

from __future__ import annotations

from sim.asking.option import REPLICATIONS
from sim.asking.study import Study

STUDY = Study(
    "campaign",
    help="""Compare calendars over every launch of a period: what changes, by how much, and what it adds up to.

    A calendar is an arm that says when channels were open. Each launch is a run of its own, sim run CAMPAIGN:LAUNCH.

    \b
    Examples:
      sim campaign campaign-2019-2021
      sim campaign campaign-2019 --arms lapsed,as_it_was
      sim run campaign-2019:2019-10-02
    """,
    options=(REPLICATIONS,),
    subject="CAMPAIGN",
    kind="campaign",
)
