"""Kinds of contrast, what sets arms apart, and sentences, on a scenario small enough to know the answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.analysis.branch import stage_sums
from sim.analysis.findings import headline, rests_on, sentences
from sim.analysis.results import Results, analyse, contrast_kind, separating_grades
from sim.draws.table import Block, draw
from sim.engines.contract import NEVER
from sim.engines.reference import simulate
from sim.experiment.run import simulate_scenario
from sim.model.scenario import Scenario
from sim.network import compile_network
from sim.scenario.loader import load_text

TEXT = """
title: known answers
launches: [{name: one, flight_time: 10 min}]
stages:
  sees:  {delay: 60 s, evidence: {step: documented, value: documented, source: S}}
  line:  {delay: DIRECT, evidence: {step: documented, value: estimated, source: S}}
  relay: {delay: 120 s, evidence: assumed, loss: {probability: LOST, retry_after: 1 s, attempts: 1, evidence: assumed}}
arrangements:
  a: {title: A, route: direct, mode: by item, flow: [sees, line]}
  b: {title: B, route: via us, mode: by item, flow: [sees, relay]}
compare: [a, b]
replications: 50
settings: {count: 9, replications: 10}
"""


def known(direct: str = "60 s", lost: str = "0 %", replace: Mapping[str, str] | None = None) -> Scenario:
    text = TEXT.replace("DIRECT", direct).replace("LOST", lost)
    for old, new in (replace or {}).items():
        assert old in text
        text = text.replace(old, new)
    return load_text(text, "s")


def ranged(high: str) -> str:
    return f"{{constant: {{low: 10 s, typical: 60 s, high: {high}}}}}"


def answer(scenario: Scenario) -> Results:
    return analyse(scenario, simulate_scenario(scenario).tally)


def test_without_ranges_the_sentence_gives_one_difference_and_no_band() -> None:
    """By hand: 60 + 60 s against 60 + 120 s."""
    scenario = known()
    assert sentences(scenario, answer(scenario))[0] == "Route alone (by item): A is 1.0 min sooner than B."


def test_a_band_on_one_side_says_which_is_sooner_and_by_how_much() -> None:
    scenario = known(ranged("90 s"))
    said = sentences(scenario, answer(scenario))
    assert said[0].startswith(
        "Route alone (by item): at placeholder values A is 1.0 min sooner than B; over the ranges"
    )
    assert "not determined" not in said[0]
    assert said[-1] == "A count of settings is not a probability."


def test_a_band_across_zero_is_said_to_be_not_determined_before_anything_else() -> None:
    scenario = known(ranged("600 s"))
    results = answer(scenario)
    said = sentences(scenario, results)
    assert said[0].startswith("Route alone (by item): which is sooner is not determined. At placeholder values")
    assert headline(scenario, results) == "Whether A or B is sooner is not determined"


def test_equal_flows_arrive_at_the_same_time_with_no_interval_and_no_band() -> None:
    random = f"{{exponential: {{mean: {ranged('600 s')[11:-1]}}}}}"
    scenario = known(random, replace={"[sees, relay]": "[sees, line]"})
    results = answer(scenario)
    pair = results.contrasts[0]
    assert (pair.mean.low, pair.mean.estimate, pair.mean.high, pair.band.low, pair.band.high) == (0, 0, 0, 0, 0)
    assert "A and B arrive at the same time" in sentences(scenario, results)[0]


def test_an_arm_that_never_arrives_has_no_difference_and_the_sentence_says_so() -> None:
    scenario = known(lost="100 %")
    results = answer(scenario)
    assert results.contrasts[0].counts.only_a == 50
    assert "no launch alerted under both A and B" in sentences(scenario, results)[0]


CUE = {
    "arrangements:": "flows: {cue: hears}\narrangements:\n  base: {title: US warning, flow: [hears]}",
    "compare:": "cue: cue\nbaseline: base\ncompare:",
    "  sees:": "  hears: {delay: {constant: {low: 30 s, typical: 90 s, high: 300 s}}, evidence: assumed}\n  sees:",
    "[sees, relay]": "[{all: [sees, cue]}, relay]",
}


def test_what_is_asked_for_is_never_the_first_cue_in_any_setting() -> None:
    scenario = known(replace=CUE)
    alerts = simulate_scenario(scenario)
    results = analyse(scenario, alerts.tally)
    assert results.arm("b").is_never_first
    assert not results.arm("a").is_never_first
    assert (alerts.by_setting["b"] > alerts.by_setting["base"]).all()
    assert any(s.startswith("B comes only after Tokyo has heard") for s in sentences(scenario, results))


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("route: r, mode: m", "route: s, mode: m", "route"),
        ("route: r, mode: m", "route: r, mode: n", "mode"),
        ("route: r, mode: m", "route: s, mode: n", "mixed"),
        ("route: r, mode: m", "route: r, mode: m", "other"),
        ("route: r", "route: s, mode: m", "other"),
    ],
)
def test_a_contrast_is_named_after_what_its_arms_differ_in(a: str, b: str, kind: str) -> None:
    scenario = known(replace={"route: direct, mode: by item": a, "route: via us, mode: by item": b})
    assert contrast_kind(scenario.arm("a"), scenario.arm("b")) == kind


def test_values_that_set_arms_apart_are_those_of_stages_that_only_one_has() -> None:
    """`sees` is common; line is estimated; relay's delay and its loss are assumed."""
    scenario = known()
    grades = separating_grades(scenario.arm("a"), scenario.arm("b"))
    assert sorted(grades) == ["assumed", "assumed", "estimated"]
    assert rests_on(scenario, answer(scenario)) == "2 of 3 values that set A and B apart are ASSUMED"


def test_a_stage_that_one_arm_overrides_sets_them_apart_too() -> None:
    arm = "arms: {c: {arrangement: a, set: {stages.sees.delay: 5 s}}}\ncompare: [a, c]"
    scenario = known(replace={"compare: [a, b]": arm})
    assert separating_grades(scenario.arm("a"), scenario.arm("c")) == ["documented"]
    assert answer(scenario).contrasts[0].mean.estimate == 55e6


FLOWS = st.recursive(
    st.sampled_from("abcdef"),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda c: f"[{', '.join(c)}]"),
        st.lists(inner, min_size=2, max_size=3).map(lambda c: f"{{all: [{', '.join(c)}]}}"),
        st.lists(inner, min_size=2, max_size=3).map(lambda c: f"{{first: [{', '.join(c)}]}}"),
        st.lists(inner, min_size=3, max_size=3).map(lambda c: f"{{at_least: 2, of: [{', '.join(c)}]}}"),
        st.tuples(inner, st.sampled_from(["", "for: 3 s, ", "for: 30 s, "]), inner).map(
            lambda c: f"{{try: {c[0]}, {c[1]}else: {c[2]}}}"
        ),
    ),
    max_leaves=7,
)


def labelled(flow: str) -> str:
    """Every stage of the flow under a label of its own, so that it may come again."""
    numbers = count()
    return re.sub(r"\b([a-f])\b", lambda m: f"{{stage: {m[1]}, as: l{next(numbers)}}}", flow)


@given(FLOWS)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_waits_holds_and_fallbacks_add_up_to_the_latencies_of_any_flow(flow: str) -> None:
    """Exact, with a queue and refusals; two launches a replication, 20 replications."""
    stage = "{delay: {exponential: {mean: 9 s}}, evidence: assumed, refusal: {probability: 20 %, evidence: assumed}}"
    desk = "{desk: d, delay: {uniform: {low: 0 s, high: 20 s}}, evidence: assumed}"
    stages = ", ".join(f"{name}: {stage if name in 'abc' else desk}" for name in "abcdef")
    scenario = load_text(
        f"title: t\ndeadline: none\nlaunches: [{{name: s, offsets: [0 s, 4 s]}}]\nreplications: 20\n"
        f"desks: {{d: {{capacity: 1, evidence: assumed}}}}\nstages: {{{stages}}}\n"
        f"arrangements: {{x: [{labelled(flow)}]}}\ncompare: [x]\n",
        "t",
    )
    arm = scenario.arm("x")
    network = compile_network(arm)
    paths = simulate(network, draw(Block(scenario, 0, 20), arm, network, {}))
    sums, latency = stage_sums(paths), paths.latency
    assert sums.n_alerts == (latency != NEVER).sum()
    assert sum(sums.wait_us) + sum(sums.hold_us) + sums.fallback_us == latency[latency != NEVER].sum()
