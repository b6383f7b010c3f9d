"""``sim redundancy`` and ``sim.redundancy``: what may be asked."""

from __future__ import annotations

from sim.asking.option import REPLICATIONS, Option
from sim.asking.study import Study

STUDY = Study(
    "redundancy",
    help="""Show what a second channel is worth, by the share of time that the first is up.

    The pair is the first that the scenario compares, or --arms A,B: with the second channel, and without. What fails is
    the first channel, sensor or desk of B that has outages by chance, or the one that --of names; each outage lasts as
    long as the file says, and how often it comes follows from the share.

    \b
    Examples:
      sim redundancy both-channels-under-outage
      sim redundancy both-channels-under-outage --of channels.gsomia --arms both,direct_standing
    """,
    options=(
        REPLICATIONS,
        Option("of", "--of", "What fails, e.g. channels.tisa.", metavar="PATH"),
    ),
)
