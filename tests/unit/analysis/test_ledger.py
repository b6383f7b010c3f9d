"""A ledger worked out by hand: constants, a queue, a loss, a fallback, and launches that only one arm reports."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from sim.analysis.ledger import Account, Entry, Share, _decided, bases, ledger, shares
from sim.experiment.run import simulate_scenario
from sim.model.flow import Step
from sim.scenario.loader import load_text

TEXT = """
title: by hand
launches: [{name: salvo, offsets: [0 s, 0 s, 0 s], flight_time: 10 min}]
desks:
  people: {capacity: 1, evidence: {step: documented, value: assumed, source: D}}
stages:
  sees:  {title: Seoul sees, delay: 60 s, evidence: {step: documented, value: documented, source: S}}
  calls: {title: call, desk: people, delay: 20 s, evidence: {step: inferred, value: estimated, source: C}}
  fails: {title: no answer, delay: 5 s, refusal: {probability: 100 %}, evidence: assumed}
  relay: {title: relay, delay: 90 s, loss: {probability: 100 %, retry_after: 1 s, attempts: 3}, evidence: assumed}
  again: {title: once more, delay: 30 s, evidence: {step: documented, value: estimated, source: R}}
arrangements:
  queued: {title: Q, flow: [sees, calls]}
  tried:  {title: T, flow: [sees, {try: fails, for: 10 s, else: again}]}
  slow:   {title: S, flow: [sees, {try: {stage: again, as: main}, for: 10 s, else: relay}]}
  lost:   {title: L, flow: [sees, relay]}
compare: [queued, tried, slow, lost]
replications: 3
settings: 1
"""
SCENARIO = load_text(TEXT, "s")
LEDGER = ledger(SCENARIO, simulate_scenario(SCENARIO).tally)


def told(account: Account) -> dict[str, float]:
    """Mean seconds of every part by its title."""
    return {entry.title: float(entry.us) / 1e6 for entry in account.entries}


def entry(account: Account, title: str) -> Entry:
    return next(one for one in account.entries if one.title == title)


@pytest.mark.parametrize(
    ("arm", "expected"),
    [
        ("queued", {"Seoul sees": 60, "call": 20, "waiting at people": 20}),  # three calls at once: 0, 20 and 40 s
        ("tried", {"Seoul sees": 60, "no answer": 0, "once more": 30, "before a fallback began": 5}),  # at the refusal
        ("slow", {"Seoul sees": 60, "once more (main)": 30, "relay": 0}),  # main is done at 30 s, the relay never
        ("lost", {}),
    ],
)
def test_an_arm_is_the_sum_of_its_stages_waits_and_fallbacks(arm: str, expected: dict[str, float]) -> None:
    account = LEDGER.arm(arm)
    assert told(account) == expected
    assert account.total_us == 1_000_000 * sum(expected.values())


def test_a_pair_is_one_minus_the_other_and_what_both_do_alike_is_exactly_nothing() -> None:
    """100 s against 95 s."""
    account = LEDGER.pairs[0]
    assert told(account) == {
        "Seoul sees": 0,
        "call": 20,
        "waiting at people": 20,
        "no answer": 0,
        "once more": -30,
        "before a fallback began": -5,
    }
    assert entry(account, "Seoul sees").us == 0
    assert account.total_us == 5_000_000
    assert not account.is_one_way


def test_shares_are_of_absolute_parts_under_the_weakest_grade_of_each() -> None:
    """Assumed: 20 s of waiting, 5 s of a time limit; estimated: 20 s of calls, 30 s of again; of 75 s."""
    account = LEDGER.pairs[0]
    assert shares(account) == (Share("assumed", 25 / 75, 2), Share("estimated", 50 / 75, 2))
    assert shares(LEDGER.arm("queued")) == (
        Share("assumed", 0.2, 1),
        Share("estimated", 0.2, 1),
        Share("documented", 0.6, 1),
    )


def test_a_wait_rests_on_the_desk_and_on_the_work_that_is_done_there() -> None:
    wait = entry(LEDGER.arm("queued"), "waiting at people")
    assert (wait.step, wait.value, wait.source) == ("inferred", "assumed", "D; C")
    assert [value.path for value in wait.values] == ["desks.people.capacity", "stages.calls.delay"]


def test_a_stage_with_losses_rests_on_two_values() -> None:
    relay = entry(LEDGER.arm("slow"), "relay")
    assert [value.path for value in relay.values] == ["stages.relay.delay", "stages.relay.loss"]


def test_without_a_launch_that_both_report_a_pair_has_no_parts() -> None:
    account = LEDGER.pairs[2]
    assert (account.against, account.entries, account.n) == ("lost", (), 0)
    assert shares(account) == ()


def test_launches_that_only_one_reports_have_a_row_of_their_own_that_rests_on_what_refuses() -> None:
    """`y` loses some, none of them alike: the paired mean is not the difference of the means."""
    text = """
title: pairing
deadline: none
launches: [{name: one}]
stages:
  x: {delay: {uniform: {low: 0 s, high: 60 s}}, evidence: {step: documented, value: documented, source: S}}
  y:
    delay: 1 s
    refusal: {probability: 50 %, evidence: assumed}
    evidence: {step: documented, value: documented, source: S}
arrangements: {a: [x], b: [x, y]}
compare: [a, b]
replications: 40
settings: 1
"""
    scenario = load_text(text, "p")
    alerts = simulate_scenario(scenario)
    account = ledger(scenario, alerts.tally).pairs[0]
    a, b = (alerts.typical[arm][:, 0] for arm in "ab")
    is_both = b >= 0
    means = Fraction(int(a.sum()), 40) - Fraction(int(b[is_both].sum()), int(is_both.sum()))
    rest = entry(account, "launches that only one reports")
    assert 0 < is_both.sum() < 40
    assert account.total_us == -1_000_000  # of every pair
    assert rest.us == -1_000_000 - means != 0
    assert [(value.path, value.evidence.value) for value in rest.values] == [("stages.y.refusal", "assumed")]


def test_a_stage_and_a_desk_of_one_name_keep_their_waits_apart():
    """The stage d waits 5 s for its instant and works 1 s; its flow then waits for the desk d, 1 s of each launch."""
    text = """
title: one name
launches: [{name: one, offsets: [0 s, 0 s], deadline: none}]
desks:
  d: {capacity: 1, evidence: assumed}
stages:
  d: {delay: 1 s, earliest: 5 s, evidence: assumed}
  e: {delay: 2 s, desk: d, evidence: assumed}
arrangements:
  x: [d, e]
  y: [d]
compare: [x, y]
contrasts: [[x, y], [x, x]]
replications: 2
settings: 1
"""
    scenario = load_text(text, "named")
    found = ledger(scenario, simulate_scenario(scenario).tally)
    assert [(entry.kind, int(entry.us)) for entry in found.arm("x").entries] == [
        ("before", 5_000_000),
        ("hold", 1_000_000),
        ("hold", 2_000_000),
        ("wait", 1_000_000),
    ]
    assert not any(entry.us for entry in found.pairs[1].entries)


FULL = """
title: all that there is
launches: [{name: two, offsets: [0 s, 0 s], date: 2019-10-02, time: "07:10", deadline: none}]
channels:
  line: {between: [seoul, us], outages: {availability: 50 %, down: 1 min, evidence: assumed}}
desks:
  d:
    at: us
    capacity: 1
    evidence: assumed
    hours: {from: "08:00", until: "17:00", on_call: 10 s, evidence: assumed}
    outages: {up: 3 h, down: 1 s, evidence: assumed}
    background: {interarrival: 1 h, service: 1 s, warm_up: 0 s, surge: {times: 2, from: 1 h, evidence: assumed}, evidence: assumed}
  idle: {at: us, capacity: 1, hours: {from: "08:00", until: "17:00", evidence: assumed}, evidence: assumed}
stages:
  a: {at: seoul, delay: 2 s, channel: line, refusal: {probability: 1 %, evidence: assumed}, evidence: assumed}
  b: {desk: d, delay: 3 s, loss: {probability: 100 %, retry_after: 1 s, attempts: 2}, evidence: assumed}
  c: {desk: d, delay: 4 s, evidence: assumed}
  e: {desk: idle, delay: 0 s, evidence: assumed}
arrangements: {x: {first: [[b, e], c]}, y: [a]}
compare: [x, y]
replications: 4
settings: 1
"""  # noqa: E501 - a scenario file
OF_A_WAIT = (
    *("capacity", "hours", "outages", "background", "background.surge"),
    *("stages.b.delay", "stages.b.loss", "stages.c.delay"),
)


def test_a_wait_rests_on_hours_outages_other_work_and_a_surge_and_a_call_on_the_hours() -> None:
    """At 18:10 in Washington all are called, for 10 s: b, always lost, holds the desk for 12 s, then c for 14."""
    scenario = load_text(FULL, "full")
    account = ledger(scenario, simulate_scenario(scenario).tally).arm("x")
    paths = [value.path for value in entry(account, "waiting at d").values]
    assert paths == [one if one.startswith("stages") else f"desks.d.{one}" for one in OF_A_WAIT]
    assert [value.path for value in entry(account, "c").values] == ["stages.c.delay", "desks.d.hours"]
    assert entry(account, "c").us == 14_000_000


def test_every_value_that_an_arm_rests_on_is_told_once_whether_or_not_it_takes_time() -> None:
    scenario = load_text(FULL, "full")
    of_d = [one if one.startswith("stages") else f"desks.d.{one}" for one in OF_A_WAIT]
    of_idle = ["desks.idle.capacity", "desks.idle.hours", "stages.e.delay"]
    expected = {*of_d, *of_idle, "stages.a.delay", "stages.a.refusal", "channels.line.outages"}
    found = [one.path for one in bases(scenario)]
    assert sorted(found) == sorted(expected)


def test_what_decides_whether_a_report_comes_are_refusals_losses_and_outages_or_the_horizon() -> None:
    scenario = load_text(FULL, "full")
    x, y = scenario.arms
    assert [one.path for one in _decided(y)] == ["stages.a.refusal", "channels.line.outages"]
    assert [one.path for one in _decided(x)] == ["stages.b.loss", "desks.d.outages"]
    assert [one.path for one in _decided(x, y)] == [
        *("stages.b.loss", "stages.a.refusal", "desks.d.outages", "channels.line.outages"),
    ]
    only_e = replace(x, flow=Step("e", ""))
    assert [one.path for one in _decided(only_e)] == ["horizon"]
