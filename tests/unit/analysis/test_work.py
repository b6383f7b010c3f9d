"""Work by centre, worked out by hand, and on random sample paths against what each step held."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.analysis.bands import Band
from sim.analysis.burden import Burden, CentreWork, DeskLoad, burden
from sim.analysis.intervals import RatioSums
from sim.analysis.work import NO_WORK, DeskSums, WorkSums, held_us, longest_queues, work_by_centre, work_sums
from sim.draws.table import Block, draw
from sim.engines.contract import NEVER
from sim.engines.reference import simulate
from sim.experiment.simulate import WORKED
from sim.experiment.work import find_work
from sim.model.network import compile_network
from sim.model.ranges import TYPICAL
from sim.scenario.loader import load_text
from tests.examples import SHIPPED, examples

MINUTE = 60_000_000
TEXT = """
title: by hand
launches: [{name: salvo, offsets: [0 min, 0 min, 0 min], flight_time: 10 min}]
desks:
  people: {at: seoul, capacity: 1, evidence: assumed}
stages:
  sees:   {at: seoul, delay: 1 min, evidence: assumed}
  calls:  {desk: people, delay: 2 min, evidence: assumed}
  relays: {at: us, delay: 30 min, evidence: assumed}
  files:  {delay: 4 min, evidence: assumed}
  denied: {at: tokyo, delay: 3 min, refusal: {probability: 100 %}, evidence: assumed}
  never:  {at: tokyo, delay: 9 min, evidence: assumed}
arrangements:
  x: [sees, {first: [calls, relays, [denied, never]]}, files]
  y: [sees, files]
compare: [x, y]
replications: 4
settings: 1
"""


def burden_of(text: str, arm: str = "x", **fields: float) -> Burden:
    return sim.run(load_text(text, "by-hand"), engine="columns", **fields).results.arm(arm).burden


def centre(found: Burden, name: str) -> CentreWork:
    return next(one for one in found.centres if one.centre == name)


def test_work_is_what_every_step_that_began_held_whether_it_delivered_or_not() -> None:
    """By hand: the relay is late and done all the same, a refusal takes its time, and what never began takes none."""
    found = burden_of(TEXT)
    minutes = {one.centre: one.work.estimate / MINUTE for one in found.centres}
    assert minutes == {"seoul": 1 + 2, "us": 30, "tokyo": 3, "": 4}
    assert centre(found, "seoul").at_desks_us == 2 * MINUTE
    assert centre(found, "us").at_desks_us == 0
    assert burden_of(TEXT, "y").desks == ()


def test_a_desk_that_three_reach_at_once_serves_one_and_lets_two_wait() -> None:
    """By hand: calls begin after 1, 3 and 5 min, waiting 0, 2 and 4; the desk is asked for 7 min and at work for 6."""
    assert burden_of(TEXT).desks == (DeskLoad("people", "seoul", 1.0, 2 * MINUTE, 6 / 7, 2.0, 2),)


def test_two_servers_are_offered_twice_the_time() -> None:
    """By hand: two begin at 1 min, the third at 3; until 5 min two servers have 10 min, of which 6 are work."""
    (desk,) = burden_of(TEXT.replace("capacity: 1", "capacity: 2")).desks
    assert (desk.utilisation, desk.longest, desk.wait_us) == (6 / 10, 1.0, 2 * MINUTE / 3)


def test_of_two_blocks_the_longer_queue_is_the_longest_and_the_rest_adds_up() -> None:
    one, other = DeskSums(1, 2, 3, 4, 5, 6), DeskSums(10, 20, 30, 40, 50, 2)
    assert one + other == other + one == DeskSums(11, 22, 33, 44, 55, 6)


def test_a_replication_with_a_longer_queue_is_not_cut_at_that_of_another() -> None:
    """One waits beside one that comes when it is gone; three wait at once beside it."""
    queued, started = np.array([[0, 9, 20], [0, 0, 0]]), np.array([[1, 10, 21], [1, 2, 3]])
    assert longest_queues(queued, started).tolist() == [1, 3]


def test_who_is_turned_away_at_a_desk_waits_in_no_queue_and_who_is_never_begun_does() -> None:
    """By hand: the line is closed, so the calls are refused at once; or the desk is at its first call for an hour."""
    line = "channels: {line: {between: [seoul, us], open: [{from: 2019-01-01, until: 2019-01-02}]}}"
    closed = TEXT.replace("{desk: people,", "{desk: people, channel: line,").replace("stages:\n", f"{line}\nstages:\n")
    closed = closed.replace("flight_time: 10 min", "flight_time: 10 min, date: 2020-01-01, time: 07:10, zone: UTC")
    (desk,) = burden_of(closed).desks
    assert (desk.pieces, desk.longest, desk.most) == (0, 0, 0)
    (desk,) = burden_of(TEXT.replace("delay: 2 min", "delay: 2 h") + "horizon: 1 h\n").desks
    assert (desk.pieces, desk.longest, desk.most) == (0, 2, 2)


def test_where_no_work_was_counted_there_is_no_burden() -> None:
    arm = load_text(TEXT, "by-hand").arm("x")
    assert burden(arm, NO_WORK, lambda centre, at: Band(0.0, 0.0)) == Burden((), (), 0)


def test_a_desk_that_nobody_came_to_stood_idle() -> None:
    arm = load_text(TEXT, "by-hand").arm("x")
    sums = WorkSums({"seoul": RatioSums(4, 4, 0, 12, 0, 0, 36)}, {}, {"people": DeskSums(0, 0, 0, 0, 0, 0)})
    found = burden(arm, sums, lambda centre, at: Band(0.0, 0.0))
    (desk,) = found.desks
    assert (desk.pieces, desk.utilisation, desk.longest, desk.most) == (0, 0, 0, 0)
    assert math.isnan(desk.wait_us)
    assert (found.n_replications, found.centres[0].at_desks_us) == (4, 0)


def test_the_band_of_work_is_what_the_ends_of_its_range_make_of_it() -> None:
    """By hand: a relay of 10 to 50 min, whatever the arm has beside it; the difference to an arm without it is it."""
    text = TEXT.replace("delay: 30 min", "delay: {constant: {low: 10 min, typical: 30 min, high: 50 min}}")
    text = text.replace("settings: 1", "settings: 4")
    band = centre(burden_of(text), "us").band
    assert (band.low, band.high) == (10 * MINUTE, 50 * MINUTE)
    assert (centre(burden_of(text), "seoul").band.low, centre(burden_of(text), "seoul").band.high) == (180e6, 180e6)
    extents = find_work(load_text(text, "t"), "columns", [("x", "y")])
    apart = {quantity.at: extent for quantity, extent in extents.items() if quantity.against}
    assert (apart["us"].low.at.estimate, apart["us"].high.at.estimate) == (10 * MINUTE, 50 * MINUTE)


@pytest.mark.parametrize("name", examples(SHIPPED, SHIPPED[:2]))
def test_work_by_centre_is_all_that_the_paths_held_to_the_microsecond(name: str) -> None:
    """Conservation: centres have all holds of stages, desks have those of theirs, and blocks add up."""
    scenario = sim.check(name)
    for arm in scenario.arms:
        network = compile_network(arm)
        paths = simulate(network, draw(Block(scenario, 0, 12), arm, network, TYPICAL))
        sums = work_sums(arm, paths)
        holds = 0
        for number, _ in network.stages:
            began = (paths.started[:, :, number] != NEVER) & (paths.ended[:, :, number] != NEVER)
            holds += int((paths.ended - paths.started)[:, :, number][began].sum())
        assert sum(one.total for one in sums.by_centre.values()) == holds == int(held_us(paths).sum())
        assert sum(one.hold_us for one in sums.desks.values()) == sum(sums.at_desks_us.values())
        halves = [work_sums(arm, paths.of(slice(None), part)) for part in (slice(5), slice(5, None))]
        assert halves[0] + halves[1] == sums
        assert sum(int(one.sum()) for one in work_by_centre(arm, paths).values()) == holds


def test_work_is_told_of_the_first_replications_alone_and_alike_by_every_engine() -> None:
    text = TEXT.replace("delay: 30 min", "delay: {exponential: {mean: 30 min}}")
    text = text.replace("replications: 4", "replications: 40")
    found = [
        sim.run(load_text(text, "by-hand"), engine=engine).results.arm("x").burden
        for engine in ("columns", "reference", "compiled")
    ]
    assert found[0] == found[1] == found[2]
    assert found[0].n_replications == 40
    assert burden_of(text, replications=WORKED + 6).n_replications == WORKED


@settings(max_examples=60, derandomize=True, database=None, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), min_size=1, max_size=7), st.integers(0, 2))
def test_the_longest_queue_is_that_of_looking_at_every_instant(work: list[tuple[int, int]], n_unserved: int) -> None:
    """Against counting, at every instant, what has come and is not begun yet."""
    queued = np.array([came for came, _ in work] + [9] * n_unserved)
    started = np.array([came + wait for came, wait in work] + [NEVER] * n_unserved)
    until = np.where(started == NEVER, 99, started)
    expected = max(int(((queued <= now) & (now < until)).sum()) for now in range(40))
    assert longest_queues(queued[None], started[None]).tolist() == [expected]


def test_what_never_came_is_in_no_queue() -> None:
    assert longest_queues(np.array([[NEVER, 3]]), np.array([[NEVER, 3]])).tolist() == [0]


def test_false_reports_are_no_work_of_launches() -> None:
    """By hand: a false report goes the same way, and its work is not that of the launch beside it."""
    text = """
title: by hand
launches:
  - {name: one, flight_time: 10 min}
  - {name: none, false_report: sees, at: 1 h}
stages:
  sees: {at: seoul, delay: 1 min, false_alarms: {per_year: 1, evidence: assumed}, evidence: assumed}
  told: {at: us, delay: 5 min, evidence: assumed}
arrangements: {x: [sees, told]}
compare: [x]
replications: 4
settings: 1
"""
    scenario = load_text(text, "by-hand")
    found = sim.run(scenario, engine="columns").results.arm("x").burden
    assert {one.centre: one.work.estimate / MINUTE for one in found.centres} == {"seoul": 1, "us": 5}
    assert replace(scenario, launches=scenario.launches[:1]).launch_keys() == scenario.real.launch_keys()
