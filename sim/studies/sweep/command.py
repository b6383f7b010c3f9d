"""``sim sweep`` and ``sim.sweep``: what may be asked."""

from __future__ import annotations

from sim.asking.option import MEASURE, REPLICATIONS, Option
from sim.asking.study import Study

STUDY = Study(
    "sweep",
    help="""Compare two arms over the values of one parameter or two, or over cases of many.

    A parameter is any number or choice of the file. The pair is the first that the scenario compares, or --arms A,B.

    \b
    Examples:
      sim sweep first-look --vary stages.us_evaluates.delay.lognormal.median="30 s:1 h:25:log"
      sim sweep 2019-10-02-pukguksong-3 --vary "flows.us_side=us_evaluates|[us_evaluates, originator_consents]"
      sim sweep mine.yaml --cases cases.csv
    """,
    options=(
        MEASURE,
        REPLICATIONS,
        Option("vary", "--vary", "One parameter, or two.", metavar="PATH=FROM:TO:N[:log]", is_many=True),
        Option(
            "cases",
            "--cases",
            "A CSV of cases: paths in the header, a row a case; a column name names them.",
            form="path",
        ),
        Option("settings", "--settings", "Settings of what is not known, for a band.", form="number", most=10_000),
    ),
)
