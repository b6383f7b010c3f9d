"""``sim claims`` and ``sim.claims``: what may be asked."""

from __future__ import annotations

from sim.asking.option import REPLICATIONS, Option
from sim.asking.study import Study

STUDY = Study(
    "claims",
    help="""Say of an argument's claims what can be tried here, what comes out, and what cannot be shown.

    Each CLAIM is the name of a shipped one, or a file; without any, all that are shipped. It takes no side.

    \b
    Examples:
      sim claims --plan
      sim claims threat
      sim claims --replications 200
    """,
    options=(
        Option("claims", "CLAIM", "Which claims: names of shipped ones, or files.", is_many=True, is_argument=True),
        REPLICATIONS,
        Option("settings", "--settings", "Settings, of studies that draw them.", form="number", least=2, most=10_000),
    ),
    subject="",
)
