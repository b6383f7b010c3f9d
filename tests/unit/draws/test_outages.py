"""Outages become periods: one world for all arms and launches, another for whoever else has the name."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import integrate

from sim.draws.background import in_surge
from sim.draws.block import Block
from sim.draws.compiled import COMPILED
from sim.draws.outages import down, weighed
from sim.draws.quantiles import quantile
from sim.draws.streams import Source
from sim.draws.table import draw
from sim.model.delay import Delay, Given, constant
from sim.model.distributions import Constant, Empirical, Gamma, Lognormal, Uniform, Weibull
from sim.model.evidence import ASSUMED
from sim.model.network import compile_network
from sim.model.outages import Alternating
from sim.model.ranges import Exactly, Range
from sim.model.stage import Surge
from sim.scenario.loader import load_text

SECOND, MINUTE = 1_000_000, 60_000_000
TEXT = """
title: o
deadline: none
launches: [{name: o, count: 3, gap: 4 min}]
channels: {k: {between: [us, tokyo], outages: {availability: {low: 50 %, high: 90 %}, down: {exponential: {mean: 2 min}}, evidence: assumed}}}
desks: {k: {at: us, capacity: 1, outages: {availability: 60 %, down: {exponential: {mean: 2 min}}, evidence: assumed}, evidence: assumed}}
stages:
  a: {desk: k, delay: 0 s, evidence: assumed}
  b: {at: us, channel: k, delay: 1 s, evidence: assumed}
arrangements: {x: [a, b], y: [b]}
compare: [x, y]
replications: 50
horizon: 1 h
"""  # noqa: E501 - a scenario file
SCENARIO = load_text(TEXT, "o")
BLOCK = Block(SCENARIO, 0, 50)
OUTAGES = Alternating(constant(MINUTE), ASSUMED, up=constant(3 * MINUTE))


def delay_of(minutes):
    return Delay(Given("exponential", (("mean", minutes * MINUTE),)))


def drawn_of(name, *settings, block=BLOCK):
    arm = SCENARIO.arm(name)
    return draw(block, arm, compile_network(arm), *(settings or ({},)))


def test_outages_of_a_channel_are_the_same_under_every_arm_and_for_every_launch():
    one, other = drawn_of("x").closed[0], drawn_of("y").closed[0]
    assert np.array_equal(one.start, other.start)
    assert np.array_equal(one.end, other.end)
    assert one.start.shape[0] == 1


def test_a_channel_and_a_desk_of_one_name_go_down_apart():
    found = drawn_of("x")
    assert not np.array_equal(found.closed[0].start[0, :, 0], found.shut[0].start[:, 0])


def test_replications_are_the_same_however_they_are_cut():
    whole, part = drawn_of("y").closed[0], drawn_of("y", block=Block(SCENARIO, 20, 30)).closed[0]
    n = part.start.shape[-1]
    assert np.array_equal(whole.start[0, 20:30, :n], part.start[0])


def test_compiled_draws_are_the_same():
    ours, theirs = drawn_of("x"), drawn_of("x", block=Block(SCENARIO, 0, 50, COMPILED))
    for one, other in ((ours.closed[0], theirs.closed[0]), (ours.shut[0], theirs.shut[0])):
        assert np.array_equal(one.start, other.start)
        assert np.array_equal(one.end, other.end)


def test_settings_in_turn_are_each_as_if_alone():
    path = "channels.k.outages.availability"
    settings = [{path: Exactly(share)} for share in (0.5, 0.9)]
    both = drawn_of("y", *settings).closed[0]
    for place, setting in enumerate(settings):
        one = drawn_of("y", setting).closed[0]
        n = min(one.start.shape[-1], both.start.shape[-1])
        assert np.array_equal(both.start[0, place * 50 : place * 50 + 50, :n], one.start[0, :, :n])


@pytest.mark.parametrize(("share", "is_down"), [(0.0, True), (1.0, False)])
def test_what_is_never_up_is_always_down_and_what_is_always_up_never_is(share, is_down):
    found = drawn_of("y", {"channels.k.outages.availability": Exactly(share)}).closed[0]
    if not is_down:
        assert found is None
        return
    assert (found.start[0, :, 0] == 0).all()
    assert (found.end[0, :, 0] > 60 * MINUTE).all()


def test_constant_times_differ_by_where_in_a_cycle_the_run_begins_alone():
    found = down(BLOCK, "desk", "k", OUTAGES, [{}], -MINUTE, 20 * MINUTE)
    lengths, between = found.end - found.start, found.start[:, 1:] - found.end[:, :-1]
    is_whole = found.start > -MINUTE
    assert (lengths[is_whole & (found.start < 2**61)] == MINUTE).all()
    assert (between[found.start[:, 1:] < 2**61] == 3 * MINUTE).all()
    assert (found.start >= -MINUTE).all()
    assert len(np.unique(found.start[:, 0])) > 30  # but for those that begin down, anywhere in a time of being up


@pytest.mark.parametrize("is_random", [False, True])
def test_how_it_stands_when_a_run_begins_by_hand(is_random):
    """Up for 6 minutes and down for 2: up in 3 of 4 cases; what is left is a share of a constant, of an exponential all
    of one drawn anew: -m log(1 - v), v what the first uniform says beyond whether it is up."""
    up, down_ = (delay_of(minutes) if is_random else constant(minutes * MINUTE) for minutes in (6, 2))
    u, share = (BLOCK.uniforms(Source("k", way, "desk"), (("", 0),))[0] for way in ("up", "down"))
    is_up = u < 0.75
    within = np.where(is_up, u / 0.75, (u - 0.75) / 0.25)
    left = np.where(is_up, 6 * MINUTE, 2 * MINUTE) * (-np.log1p(-within) if is_random else share)
    found = down(BLOCK, "desk", "k", Alternating(down_, ASSUMED, up=up), [{}], -MINUTE, 90 * MINUTE)
    assert 5 < is_up.sum() < 45
    assert np.where(is_up, found.start[:, 0], found.end[:, 0]) == pytest.approx(left - MINUTE, abs=1)
    assert (found.start[~is_up, 0] == -MINUTE).all()


def test_what_is_never_up_is_down_to_the_last_instant_though_an_outage_ends_just_then():
    """An outage is under way when the run begins; the fourth ends three minutes after it."""
    never, one = Alternating(constant(MINUTE), ASSUMED, availability=0.0), Block(SCENARIO, 0, 1)
    first = int(np.rint(one.uniforms(Source("k", "down", "desk"), (("", 0),))[0, 0] * MINUTE))
    for last in (first + 3 * MINUTE - 1, first + 3 * MINUTE, first + 3 * MINUTE + 1):
        found = down(one, "desk", "k", never, [{}], 0, last)
        assert found.start.tolist() == [[0]]
        assert found.end[0, 0] > last


def test_outages_of_dates_are_the_same_for_all():
    """In Seoul it is 07:00, in Washington 18:00 of the evening before."""
    scenario = load_text(
        TEXT.replace("count: 3, gap: 4 min", 'date: 2019-10-02, time: "07:00"').replace(
            "outages: {availability: 60 %, down: {exponential: {mean: 2 min}}",
            "outages: {dated: [{from: 2019-10-01 18:01, until: 2019-10-01 18:03}]",
        ),
        "o",
    )
    outages = scenario.arm("x").desks["k"].outages
    found = down(Block(scenario, 0, 9), "desk", "k", outages, [{}, {}], 0, MINUTE)
    assert (found.start.tolist(), found.end.tolist()) == ([[MINUTE]], [[3 * MINUTE]])


def test_an_outage_lasts_a_microsecond_at_the_least():
    none = replace(OUTAGES, down=constant(0), up=constant(MINUTE))
    found = down(BLOCK, "desk", "k", none, [{}], 0, 5 * MINUTE)
    assert ((found.end - found.start)[(found.start < 2**61) & (found.start > 0)] == 1).all()


@pytest.mark.parametrize(
    "distribution",
    [
        Constant(7.0),
        Lognormal(3.0, 0.8),
        Gamma(0.7, 4.0),
        Weibull(0.8, 5.0),
        Uniform(1.0, 5.0),
        Empirical((1.0, 2.0, 9.0), is_linear=False),
        Empirical((1.0, 2.0, 9.0), is_linear=True),
    ],
    ids=lambda one: type(one).__name__,
)
def test_a_time_that_an_instant_lies_in_is_weighed_by_its_length(distribution):
    """Its mean is E[X²] / E[X], both by integrating quantiles."""
    first, second = (
        integrate.quad(lambda u, k=k: float(quantile(distribution, np.array([u]))[0]) ** k, 0, 1, limit=500)[0]
        for k in (1, 2)
    )
    u = (np.arange(200_000) + 0.5) / 200_000
    assert weighed(distribution, u).mean() == pytest.approx(second / first, rel=4e-3)


def test_a_surge_brings_the_same_jobs_sooner():
    """From 10 s to 20 s four times as many: 40 s of jobs come in 10 s, and 30 s are spared from then on."""
    arrivals = np.array([0, 9, 10, 14, 30, 49, 50, 60]).reshape(-1, 1, 1) * SECOND
    found = in_surge(Surge(10 * SECOND, 20 * SECOND, 4.0, ASSUMED), arrivals, [{}]).ravel() / SECOND
    assert found.tolist() == [0, 9, 10, 11, 15, 19.75, 20, 30]


def test_a_surge_without_end_goes_on_and_one_of_less_than_one_brings_fewer():
    arrivals = np.array([5, 20, 30]).reshape(-1, 1, 1) * SECOND
    assert in_surge(Surge(10 * SECOND, None, 2.0, ASSUMED), arrivals, [{}]).ravel().tolist() == [
        5 * SECOND,
        15 * SECOND,
        20 * SECOND,
    ]
    fewer = in_surge(Surge(0, 20 * SECOND, 0.5, ASSUMED), arrivals, [{}]).ravel() / SECOND
    assert fewer.tolist() == [10, 30, 40]  # in 20 s come those of 10 s


def test_a_surge_is_of_each_setting():
    times = Range("t", 2.0, 3.0, 4.0, is_whole=False)
    arrivals = np.full((1, 2, 1), 12 * SECOND)
    found = in_surge(Surge(0, None, times, ASSUMED), arrivals, [{"t": Exactly(2.0)}, {"t": Exactly(4.0)}])
    assert found.ravel().tolist() == [6 * SECOND, 3 * SECOND]


def test_no_surge_changes_nothing():
    arrivals = np.arange(4).reshape(2, 2, 1)
    assert in_surge(None, arrivals, [{}, {}]) is arrivals
