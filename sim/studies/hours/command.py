"""``sim hours`` and ``sim.hours``: what may be asked."""

from __future__ import annotations

from sim.asking.option import REPLICATIONS
from sim.asking.study import Study

STUDY = Study(
    "hours",
    help="""Show alert latency by the hour of the week at which the launch is, where desks keep hours.

    Every hour of the week of the launch's date, by the clock of its zone: the same flight and the same draws. Summer
    or winter time is that of the week.

    \b
    Examples:
      sim hours night-in-washington
      sim hours night-in-washington --arms direct_standing,via_washington_standing --json
    """,
    options=(REPLICATIONS,),
)
