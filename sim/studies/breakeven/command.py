"""``sim breakeven`` and ``sim.breakeven``: what may be asked."""

from __future__ import annotations

from sim.asking.option import MEASURE, REPLICATIONS, Option
from sim.asking.study import Study

STUDY = Study(
    "breakeven",
    help="""Find the value at which two arms are equal, for every range of the file or for one value.

    The pair is the first that the scenario compares, or --arms A,B.

    \b
    Examples:
      sim breakeven 2019-10-02-pukguksong-3
      sim breakeven first-look --on stages.us_evaluates.delay.lognormal.median --for p95
      sim breakeven first-look --on stages.seoul_sees.delay="30 s:5 min"
    """,
    options=(
        MEASURE,
        REPLICATIONS,
        Option(
            "on",
            "--on",
            "One value alone; a fixed number of the file needs bounds.",
            metavar="PATH[=FROM:TO]",
        ),
    ),
)
