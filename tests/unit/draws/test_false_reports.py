"""Reports of launches that never were: table contents, both engines, and apart from what a run says of launches."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import sim
from sim.analysis.ledger import ledger
from sim.analysis.tally import AT_TYPICAL, Key
from sim.draws.block import Block
from sim.draws.nouns import Draws
from sim.draws.table import draw
from sim.engines.compare import first_difference
from sim.engines.compiled import prepare
from sim.engines.contract import NEVER, State
from sim.engines.reference import simulate
from sim.errors import SimError
from sim.experiment.engines import EngineName
from sim.model.network import Network, compile_network
from sim.model.ranges import TYPICAL
from sim.model.scenario import Scenario
from sim.scenario.loader import load_text

LAUNCH = "{name: real, place: {lat: 39.2 deg, lon: 127.5 deg}, azimuth: 90 deg, range: 450 km, apogee: 910 km}"
FALSE = """
title: t
launches: [{launches}]
sensors:
  eye: {owner: us, field: space, sees_above: 8 km, delay: 30 s, evidence: assumed}
  radar: {owner: tokyo, field: land, place: {lat: 38.0 deg, lon: 138.4 deg}, delay: 20 s, evidence: assumed}
desks:
  d: {capacity: 1, evidence: assumed}
stages:
  seoul: {delay: 60 s, refusal: {probability: 25 %}, false_alarms: {per_year: 0.5}, evidence: assumed}
  officer: {delay: 2 min, desk: d, evidence: assumed}
  splash: {delay: 5 s, earliest: impact, evidence: assumed}
  relay:
    {delay: {lognormal: {median: 60 s, p90: 150 s}}, loss: {probability: 30 %, retry_after: 10 s, attempts: 2},
     evidence: assumed}
arrangements:
  one: [{first: [eye, radar, seoul]}, officer, relay]
  two: [{at_least: 2, of: [eye, radar, seoul]}, officer, relay]
  after: [eye, splash]
compare: [one, two, after]
replications: 40
settings: 1
"""
ARMS = ("one", "two", "after")
OF_EYE, OF_SEOUL, OF_RELAY = (
    "{name: of the eye, false_report: eye, at: 1 h}",
    "{name: of seoul, false_report: seoul, at: 2 h}",
    "{name: of the relay, false_report: relay, at: 3 h}",
)
EVERY = (LAUNCH, OF_EYE, OF_SEOUL, OF_RELAY)


def text(*launches: str) -> str:
    return FALSE.replace("{launches}", ", ".join(launches))


def false(*launches: str) -> Scenario:
    return load_text(text(*launches), "false")


def drawn(scenario: Scenario, arm: str) -> tuple[Network, Draws]:
    network = compile_network(scenario.arm(arm))
    return network, draw(Block(scenario, 0, 40), scenario.arm(arm), network, TYPICAL)


def column(network: Network, stage: str) -> int:
    return next(node for node, step in network.stages if step.stage == stage)


@pytest.mark.parametrize("arm", ARMS)
def test_the_engines_agree(arm: str) -> None:
    network, draws = drawn(false(*EVERY), arm)
    for is_by_events in (False, True):
        found = prepare(network, is_by_events=is_by_events).paths(draws)
        assert first_difference(found, simulate(network, draws)) == ""


def test_of_a_false_report_every_other_source_refuses_at_once_and_the_named_one_reports() -> None:
    network, draws = drawn(false(*EVERY), "one")
    eye, radar, seoul, relay = (column(network, name) for name in ("eye", "radar", "seoul", "relay"))
    for launch, named in ((1, eye), (2, seoul), (3, relay)):
        for source in {eye, radar, seoul} - {named}:
            assert draws.refused[:, launch, source].all()
            assert not draws.hold[:, launch, source].any()
        assert not draws.earliest[:, launch].any()  # no geometry: a sensor that reports is ready at once
    assert (draws.hold[:, 1, eye] == 30_000_000).all()
    assert not draws.refused[:, 1, eye].any()
    assert not draws.refused[:, 2, seoul].any()  # what misses a quarter of launches reports what never was all the same
    assert 0 < draws.refused[:, 3, relay].mean() < 1  # a stage that is no source but is named loses some of its own


def test_the_draws_of_launches_do_not_move_and_those_of_false_reports_are_what_a_launch_of_that_name_has() -> None:
    network, alone = drawn(false(LAUNCH), "one")
    _, beside = drawn(false(*EVERY), "one")
    assert np.array_equal(alone.hold[:, 0], beside.hold[:, 0])
    assert np.array_equal(alone.refused[:, 0], beside.refused[:, 0])
    assert np.array_equal(alone.earliest[:, 0], beside.earliest[:, 0])
    _, instead = drawn(false("{name: real, false_report: eye}"), "one")
    relay = column(network, "relay")
    assert np.array_equal(alone.hold[:, 0, relay], instead.hold[:, 0, relay])


def test_what_waits_for_impact_begins_at_once_where_nothing_was_launched() -> None:
    """The eye reports after 30 s, and the splash takes 5 s from there."""
    network, draws = drawn(false(OF_EYE.replace(", at: 1 h", "")), "after")
    assert (simulate(network, draws).latency == 35_000_000).all()
    assert not draws.earliest.any()


def test_one_false_source_alerts_under_a_rule_of_one_unless_it_refuses_and_never_under_a_rule_of_two() -> None:
    scenario = false(*EVERY)
    (one, draws), (two, others) = (drawn(scenario, arm) for arm in ("one", "two"))
    states = simulate(one, draws).state[:, 1:3, -1]
    is_lost = draws.refused[:, 1:3, column(one, "relay")]
    is_refused = draws.refused[:, 2, column(one, "seoul")]
    assert np.array_equal(states[:, 0] == State.DONE, ~is_lost[:, 0])
    assert np.array_equal(states[:, 1] == State.DONE, ~is_lost[:, 1] & ~is_refused)
    assert (simulate(two, others).latency[:, 1:] == NEVER).all()


@pytest.mark.parametrize("engine", ["reference", "compiled"])
def test_a_run_says_of_launches_what_it_says_without_false_reports(tmp_path: Path, engine: EngineName) -> None:
    """Hours apart nothing queues, so that false reports leave the paths of launches alone."""
    (tmp_path / "alone.yaml").write_text(text(LAUNCH))
    (tmp_path / "beside.yaml").write_text(text("{name: of the eye, false_report: eye}", LAUNCH[:-1] + ", at: 9 h}"))
    alone, beside = (sim.run(tmp_path / f"{name}.yaml", engine=engine) for name in ("alone", "beside"))
    assert alone.results.arms == beside.results.arms
    assert alone.results.contrasts == beside.results.contrasts
    assert beside.results.n_launches == 1
    assert not alone.results.false_alerts
    for account in ledger(beside.scenario, beside.alerts.tally).arms:
        came = beside.alerts.typical[account.arm][:, 1]
        assert account.total_us * (came >= 0).sum() == came[came >= 0].sum()


def test_a_run_counts_false_alerts_apart(tmp_path: Path) -> None:
    (tmp_path / "false.yaml").write_text(text(*EVERY))
    run = sim.run(tmp_path / "false.yaml")
    for one in run.results.false_alerts:
        alerts = run.alerts.typical[one.arm][:, 1:] != NEVER
        assert one.share.estimate == alerts.mean()
        assert run.alerts.tally.sums[Key(AT_TYPICAL, "false alert", one.arm)].total == alerts.sum()
    assert [one.share.estimate > 0 for one in run.results.false_alerts] == [True, False, True]


def test_false_reports_alone_are_a_scenario_but_no_run(tmp_path: Path) -> None:
    assert false("{false_report: eye}").launches[0].deadline is None
    (tmp_path / "false.yaml").write_text(text("{false_report: eye}"))
    with pytest.raises(SimError, match="has false reports only, and a run is of launches"):
        sim.run(tmp_path / "false.yaml")


def test_how_often_a_source_is_false_is_a_range_that_no_setting_varies() -> None:
    scenario = load_text(text(LAUNCH).replace("per_year: 0.5", "per_year: {low: 0.1, typical: 0.5, high: 2}"), "false")
    alarms = scenario.arm("one").stages["seoul"].false_alarms
    assert alarms is not None
    assert (alarms.per_year.low, alarms.per_year.high) == (0.1, 2)
    assert scenario.ranges() == ()
