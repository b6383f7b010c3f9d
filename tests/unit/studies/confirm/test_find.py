"""Rules of confirmation with constants: every share by hand."""

from __future__ import annotations

import pytest

from sim.analysis.bands import Band
from sim.errors import SimError
from sim.experiment.simulator import in_memory
from sim.model.scenario import Scenario
from sim.scenario.loader import load_text
from sim.studies.confirm.find import find, plan
from sim.studies.confirm.rules import Price, Rule
from sim.studies.confirm.say import finding, title

TEXT = """
title: rules
launches: [{name: one, flight_time: 10 min}]
stages:
  us: {delay: 1 min, false_alarms: {per_year: {low: 0.1, typical: 1, high: 4}}, evidence: assumed}
  radar: {title: the radar, delay: 3 min, false_alarms: {per_year: 2}, evidence: assumed}
  seoul: {delay: {constant: {low: 5 min, typical: 9 min, high: 20 min}}, evidence: assumed}
  tell: {delay: 30 s, evidence: assumed}
  asked: {delay: 0 s, refusal: {probability: {low: 0 %, typical: 0 %, high: 100 %}}, evidence: assumed}
arrangements:
  one: [{first: [us, radar]}, tell]
  two: [{at_least: 2, of: [us, radar]}, tell]
  checked: [us, asked, tell]
  slow: [{all: [us, radar, seoul]}, tell]
compare: [two, one, checked]
contrasts: [[two, one], [one, checked]]
replications: 20
settings: {count: 8, replications: 4}
"""


def scenario(**sets: str) -> Scenario:
    return load_text(TEXT, "rules", sets=sets)


def found(asked: Scenario) -> tuple[tuple[Rule, ...], tuple[Price, ...]]:
    confirmation = find(plan(asked), in_memory())
    return confirmation.rules, confirmation.prices


def test_one_source_makes_an_alert_of_every_false_report_and_two_of_none() -> None:
    (two, one, _), _ = found(scenario())
    assert [source.share.typical.estimate for source in one.sources] == [1, 1]
    assert [source.share.typical.estimate for source in two.sources] == [0, 0]
    assert [source.title for source in one.sources] == ["US", "the radar"]
    assert (two.false_per_year, two.false_per_year_band) == (0, Band(0, 0))


def test_false_alerts_a_year_are_rates_times_shares_and_so_are_their_ends() -> None:
    """By hand: 1 + 2 a year, from 0.1 + 2 to 4 + 2; of the US alone 1, and asking may stop all or none."""
    (_, one, checked), _ = found(scenario())
    assert one.false_per_year == 3
    assert one.false_per_year_band == Band(pytest.approx(2.1), 6)
    assert checked.false_per_year == 1
    assert (checked.sources[0].per_year, checked.sources[0].per_year_band) == (1, Band(0.1, 4))
    assert checked.false_per_year_band == Band(0, 4)


def test_shares_of_launches_and_the_price_of_the_second_source() -> None:
    """By hand: alerts after 1.5 and 3.5 min, of 10; the second source costs 2 min and no launch."""
    (two, one, _), (price, other) = found(scenario())
    assert [rule.median.typical.estimate for rule in (two, one)] == [210e6, 90e6]
    for rule in (two, one):
        assert [part.estimate for part in (rule.in_time.typical, rule.late, rule.never.typical)] == [1, 0, 0]
    assert (price.strict, price.loose, price.later.typical.estimate) == ("two", "one", 120e6)
    assert (other.strict, other.loose) == ("checked", "one")  # the pair as written has the looser rule first


def test_what_is_late_and_what_never_comes_is_told_apart() -> None:
    """By hand: 20 min at the latest is late, 9 min and a half is not; asked, 1.5 min or never."""
    (slow, checked), _ = found(scenario(compare="[slow, checked]", contrasts="[]"))
    assert (slow.in_time.typical.estimate, slow.in_time.band) == (1, Band(0, 1))
    assert (slow.late.estimate, slow.never.band) == (0, Band(0, 0))
    assert (checked.late.estimate, checked.never.band) == (0, Band(0, 1))


def test_the_finding_says_what_is_stopped_and_at_which_price() -> None:
    every, all_prices = found(scenario())
    assert finding(every, all_prices) == (
        "With two, no false report of a single source becomes an alert; with one, there are 3 (2.1 to 6) a year. At "
        "working values the median alert is 2.0 min slower, and 100 % instead of 100 % of launches are alerted in "
        "time."
    )
    assert (
        title(every, all_prices)
        == "Two: no alert from one false report instead of 3 a year, 2.0 min slower at the median"
    )
    alone, _ = found(scenario(compare="[one]", contrasts="[]"))
    assert finding(alone, ()) == "False alerts a year: one 3 (2.1 to 6)."
    assert title(alone, ()) == "False alerts a year: one 3"


def test_an_arm_whose_own_stage_is_never_false_has_no_false_alerts_of_it() -> None:
    """By hand: the US alone at 1 a year, and the radar, 2 a year in the other arm, at none."""
    text = TEXT.replace("compare: [two, one, checked]", "compare: [one, sure]").replace(
        "contrasts: [[two, one], [one, checked]]",
        "arms: {sure: {arrangement: one, set: {stages.radar: {delay: 3 min, evidence: assumed}}}}",
    )
    (one, sure), _ = found(load_text(text, "rules"))
    assert (one.false_per_year, sure.false_per_year) == (3, 1)


@pytest.mark.parametrize(
    ("sets", "words"),
    [
        (
            {"compare": "[only]", "contrasts": "[]", "arrangements.only": "[tell]"},
            "no stage or sensor with false_alarms",
        ),
        ({"deadline": "none"}, "not every launch has a deadline, so no alert is late"),
    ],
)
def test_what_cannot_be_asked_is_said(sets: dict[str, str], words: str) -> None:
    with pytest.raises(SimError, match=words):
        plan(scenario(**sets))
