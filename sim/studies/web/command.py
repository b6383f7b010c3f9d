"""``sim web`` and ``sim.web``: what may be asked."""

from __future__ import annotations

from sim.asking.option import REPLICATIONS, Option
from sim.asking.study import Study

STUDY = Study(
    "web",
    help="""Show what each channel of a web, and each centre's sensors, are worth to whom it reports to.

    Of the first arm that is compared: what each adds alone, what is lost without it, and its Shapley value, the mean
    of what it adds over all orders in which they may come. A report that never comes, or comes late, leaves no warning.

    \b
    Examples:
      sim web a-thicker-web
      sim web bangkok-instead-of-tokyo --json
    """,
    options=(
        Option("settings", "--settings", "Settings of what is not known.", form="number", most=10_000),
        REPLICATIONS,
        Option(
            "orders",
            "--orders",
            "Orders of players that are sampled; 0 looks at every coalition, as is usual for a dozen at most.",
            form="number",
            least=0,
            most=100_000,
        ),
    ),
)
