"""``sim map`` and ``sim.map``: what may be asked."""

from __future__ import annotations

from sim.asking.option import LAUNCH, REPLICATIONS
from sim.asking.study import Study

STUDY = Study(
    "map",
    help="""Draw a launch, who sees it, and the ways its report takes to its recipient.

    SCENARIO is one with sensors, or a launch of the catalogue, which takes those of the base case. The ways are of the
    first pair that it compares, or of --arms A,B.

    \b
    Examples:
      sim map 2019-10-02
      sim map 2019-10-02 --arms direct_standing,via_washington_standing
    """,
    options=(REPLICATIONS, LAUNCH),
)
