"""``sim confirm`` and ``sim.confirm``: what may be asked."""

from __future__ import annotations

from sim.asking.option import REPLICATIONS
from sim.asking.study import Study

STUDY = Study(
    "confirm",
    help="""Show what every arm, as a rule of confirmation, costs in delay and saves in false alerts.

    Launches alerted in time, late and never; and beside it the false alerts a year, from the false reports of every
    stage or sensor with false_alarms, one source at a time.

    \b
    Examples:
      sim confirm confirmation
      sim confirm confirmation --arms two_with_direct,one_source --json
    """,
    options=(REPLICATIONS,),
)
