"""A world of constants: direct takes 9 minutes at any hour, the relay 6, and 10 more outside of the hours in the US."""

from __future__ import annotations

import numpy as np

from sim.experiment.execution import Execution
from sim.experiment.simulator import in_memory
from sim.model.scenario import Scenario
from sim.scenario.loader import load_text
from sim.studies.hours.find import Week, find, plan

TEXT = """
title: one desk
launches: [{name: one, date: 2019-07-25, time: "05:34", flight_time: 10 min}]
desks:
  us_desk:
    at: us
    capacity: 1
    evidence: assumed
    hours:
      from: "08:00"
      until: "17:00"
      on_call: {constant: {low: 5 min, typical: 10 min, high: 20 min}}
      evidence: {step: hypothetical, value: assumed}
stages:
  sees:  {delay: 1 min, evidence: assumed}
  calls: {delay: 8 min, evidence: assumed}
  relay: {delay: 5 min, desk: us_desk, evidence: assumed}
arrangements:
  direct: [sees, calls]
  via_us: {title: via the US, flow: [sees, relay]}
compare: [direct, via_us]
replications: 4
settings: {count: 4, replications: 4}
"""
MINUTE = 60_000_000


def world(date: str = "2019-07-25", time: str = "05:34", **sets: str) -> Scenario:
    return load_text(TEXT.replace("2019-07-25", date).replace("05:34", time), "one-desk", sets=sets)


def week_of(scenario: Scenario) -> Week:
    return find(plan(scenario), in_memory(Execution("columns")))


def in_summer() -> np.ndarray:
    """Whether the US desk is staffed: Monday to Friday 08:00 to 17:00 there, 21:00 to 06:00 the day after in Seoul."""
    hours = np.arange(168)
    day, of_day = hours // 24, hours % 24
    return ((of_day >= 21) & (day < 5)) | ((of_day < 6) & (day > 0) & (day < 6))
