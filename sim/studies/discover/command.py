"""``sim discover`` and ``sim.discover``: what may be asked."""

from __future__ import annotations

from sim.asking.option import REPLICATIONS, Option
from sim.asking.study import Study

STUDY = Study(
    "discover",
    help="""Find in which settings of what nobody knows a condition holds, and how much each arm has to regret.

    \b
    A condition says of arms, joined by and, or, not:
      A faster than B [by 5 min]   the mean paired difference; also: slower than
      A in time [in 90 %]          at least that share of launches, 50 % if not said
      A within 10 min              the mean alert latency
    After "A in time and", "B not" says that B is not.

    \b
    Examples:
      sim discover 2019-10-02-pukguksong-3
      sim discover first-look --when "direct in time and via_washington not"
    """,
    options=(
        Option(
            "when",
            "--when",
            "What is looked for; else: the first arm faster than the second.",
            metavar="CONDITION",
        ),
        Option("settings", "--settings", "Settings tried.", form="number", default=2_000, least=50, most=100_000),
        REPLICATIONS,
    ),
)
