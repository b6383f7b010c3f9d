"""Products: whose deadline counts, which pairs there are, and what is said of each."""

from __future__ import annotations

import pytest

from sim.analysis.analyse import analyse
from sim.analysis.results import Results
from sim.analysis.tally import deadlines_us
from sim.errors import SimError
from sim.experiment.run import simulate_scenario
from sim.model.launch import Deadline
from sim.model.scenario import Scenario
from sim.say.findings import further_sentences, sentences
from sim.scenario.loader import load_text
from sim.studies.discover.find import plan
from sim.units import US_PER_MINUTE

TEXT = """
title: two products
launches: [{name: one, flight_time: 10 min}, {name: other, at: 1 h, flight_time: 12 min}]
stages:
  early: {delay: 5 min, evidence: assumed}
  late:  {delay: 11 min, evidence: assumed}
  long:  {delay: 130 min, evidence: assumed}
arrangements:
  cue_late:    {product: first cue, title: late cue, flow: [late]}
  slow:        {product: assessment, title: slow, deadline: {name: assessment due, after: 2 h}, flow: [long]}
  cue_early:   {product: first cue, title: early cue, flow: [early]}
  quick:
    {product: assessment, title: quick, deadline: {name: assessment due, after: 2 h, needs: 1 h}, flow: [late]}
compare: [cue_late, slow, cue_early, quick]
baseline: cue_late
replications: 2
settings: 1
"""


def known(**instead: str) -> Scenario:
    return load_text(TEXT, "s", sets=instead)


def answer(scenario: Scenario) -> Results:
    return analyse(scenario, simulate_scenario(scenario).tally)


def test_an_arrangements_own_deadline_takes_the_place_of_that_of_every_launch() -> None:
    scenario = known()
    of_cue, of_slow = (deadlines_us(scenario, scenario.arm(name)) for name in ("cue_late", "slow"))
    assert of_cue is not None
    assert of_slow is not None
    assert (of_cue // US_PER_MINUTE).tolist() == [10, 12]
    assert (of_slow // US_PER_MINUTE).tolist() == [120, 120]
    assert scenario.arm("quick").deadline == Deadline("assessment due", 60 * US_PER_MINUTE, 60 * US_PER_MINUTE)


def test_in_time_and_margin_go_by_the_deadline_of_the_arm() -> None:
    """By hand: 11 min against 10 and 12; 130 against 120; 5 against 10 and 12; 11 against 60."""
    results = answer(known())
    in_time = {arm.name: arm.in_time.estimate for arm in results.arms if arm.in_time}
    margin = {arm.name: arm.margin.estimate / US_PER_MINUTE for arm in results.arms if arm.margin}
    assert in_time == {"cue_late": 0.5, "slow": 0, "cue_early": 1, "quick": 1}
    assert margin == {"cue_late": 0, "slow": -10, "cue_early": 6, "quick": 49}


def test_a_deadline_of_arrangements_is_enough_where_launches_have_none() -> None:
    results = answer(known(deadline="none"))
    assert [arm.in_time and arm.in_time.estimate for arm in results.arms] == [None, 0, None, 1]
    assert [pair.in_time is None for pair in results.contrasts] == [True, False]


def test_left_out_the_pairs_are_those_of_each_product() -> None:
    assert known().contrasts == (("cue_late", "cue_early"), ("slow", "quick"))


def test_only_arms_of_its_product_are_held_against_the_baseline() -> None:
    results = answer(known())
    assert [arm.ahead and arm.ahead.estimate for arm in results.arms] == [None, None, 1, None]


def test_what_is_said_of_each_product_stands_together_under_its_name() -> None:
    scenario = known()
    results = answer(scenario)
    assert sentences(scenario, results) == (
        "First cue. With every value taken as written, late cue is 6.0 min slower than early cue. By impact (10 min to "
        "12 min) late cue reports 50 % of launches in time and early cue 100 %.",
        "Assessment. With every value taken as written, slow is 119 min slower than quick. By deadline (1 h to 2 h) "
        "slow reports 0 % of launches in time and quick 100 %.",
    )
    assert [said.partition(". ")[0] for said in further_sentences(scenario, results)][::2] == [
        "First cue",
        "Assessment",
    ]


def test_no_condition_says_that_an_arm_of_one_product_is_faster_than_one_of_another() -> None:
    with pytest.raises(SimError, match="of two products"):
        plan(known(), when="slow faster than cue_late")
