"""``sim ledger`` and ``sim.ledger``: what may be asked."""

from __future__ import annotations

from sim.asking.option import REPLICATIONS
from sim.asking.study import Study

STUDY = Study(
    "ledger",
    help="""Show what mean latencies and differences are made of, and what each part rests on.

    \b
    Examples:
      sim ledger 2019-10-02-pukguksong-3
      sim ledger first-look --arms direct,via_washington --json
    """,
    options=(REPLICATIONS,),
)
