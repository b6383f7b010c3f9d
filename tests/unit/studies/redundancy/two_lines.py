"""A world in which closed forms are exact: two lines, each asked once at a fixed instant, each may refuse."""

from __future__ import annotations

from sim.model.scenario import Scenario
from sim.scenario.loader import load_text

TEXT = """
title: two lines
launches: [{name: one, flight_time: 10 min}]
channels:
  relay: {title: relay, between: [us, tokyo], outages: {availability: 90 %, down: {exponential: {mean: 2 h}}, evidence: assumed}}
  line:  {between: [seoul, tokyo]}
stages:
  sees:   {delay: 1 min, evidence: assumed}
  passes: {at: us, channel: relay, delay: 1 min, refusal: {probability: {low: 0 %, typical: 20 %, high: 60 %}}, evidence: assumed}
  calls:  {at: seoul, channel: line, delay: 2 min, refusal: {probability: 50 %}, evidence: assumed}
arrangements:
  both: {title: both lines, flow: [sees, {first: [passes, calls]}]}
  via_us: {title: via the US, flow: [sees, passes]}
  dated: [sees, calls]
compare: [both, via_us]
replications: 20000
settings: {count: 4, replications: 20}
"""  # noqa: E501 - a scenario file


def world(**sets: str) -> Scenario:
    return load_text(TEXT, "two-lines", sets=sets)
