"""Titles of stages in the bars of a run."""

from __future__ import annotations

from sim.analysis.analyse import analyse
from sim.experiment.run import simulate_scenario
from sim.scenario.loader import load_text
from sim.studies.run.figures.stages import short_title

TEXT = """
title: t
launches: [{name: one, flight_time: 10 min}]
stages:
  tells: {title: Seoul tells, delay: 1 s, evidence: assumed}
  hears: {title: Tokyo hears, delay: 1 s, evidence: assumed}
arrangements: {x: [tells, {stage: tells, as: again}, {stage: hears, as: seoul-k-tokyo}]}
compare: [x]
replications: 2
"""


def test_a_label_is_said_where_another_step_is_of_the_same_stage() -> None:
    scenario = load_text(TEXT, "t")
    (arm,) = analyse(scenario, simulate_scenario(scenario).tally).arms
    said = [short_title(arm, stage) for stage in arm.stages]
    assert said == ["Seoul tells", "Seoul tells (again)", "Tokyo hears"]
