"""``sim flights`` and ``sim.flights``: what may be asked."""

from __future__ import annotations

from sim.asking.option import REPLICATIONS
from sim.asking.study import Study

STUDY = Study(
    "flights",
    help="""Show at what flight time each arrangement stops being in time, and which launches of a period flew so long.

    An arrangement needs as long a flight as the median of its alert latency: then half of its reports are in time.

    \b
    Examples:
      sim flights campaign-2016-2019
      sim flights campaign-2016-2019 --arms direct_standing,via_washington_standing
    """,
    options=(REPLICATIONS,),
    subject="CAMPAIGN",
    kind="campaign",
)
