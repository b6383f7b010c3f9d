"""``sim sensitivity`` and ``sim.sensitivity``: what may be asked."""

from __future__ import annotations

from sim.asking.option import MEASURE, REPLICATIONS, Option
from sim.asking.study import Study

STUDY = Study(
    "sensitivity",
    help="""Find which value that nobody knows moves the difference of two arms most.

    Sobol' indices over all ranges of the file, and a tornado of one value at a time. The pair is the first that
    the scenario compares, or --arms A,B; the table is about --for, with the indices of the other measures beside.

    \b
    Examples:
      sim sensitivity 2019-10-02-pukguksong-3
      sim sensitivity 2019-10-02-pukguksong-3 --for in-time --arms direct_standing,via_washington_standing
    """,
    options=(
        MEASURE,
        REPLICATIONS,
        Option(
            "points",
            "--points",
            "Points of the Sobol' sequence: a power of two.",
            form="number",
            least=16,
            most=1 << 16,
        ),
    ),
)
