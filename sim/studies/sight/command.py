"""``sim sight`` and ``sim.sight``: what may be asked."""

from __future__ import annotations

from sim.asking.option import LAUNCH
from sim.asking.study import Study

STUDY = Study(
    "sight",
    help="""Show which sensors see a launch, from when to when, and how high it is then.

    LAUNCH is a scenario with sensors, or a launch of the catalogue, which takes those of the base case.

    \b
    Examples:
      sim sight 2019-10-02
      sim sight my-scenario.yaml --launch "the second" --set sensors.sado.range="1500 km"
    """,
    options=(LAUNCH,),
    subject="LAUNCH",
    is_simulated=False,
)
