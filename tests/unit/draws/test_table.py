"""What the table of draws does to a variate on its way to the engines."""

from __future__ import annotations

import pytest

from sim.draws import background
from sim.draws.background import JOBS_AT_ONCE
from sim.draws.block import Block
from sim.draws.nouns import Jobs
from sim.draws.table import draw
from sim.errors import SimError
from sim.model.network import compile_network
from sim.model.ranges import TYPICAL
from sim.scenario.loader import load_text

NO_TIME = """
title: no time
deadline: none
launches: [{name: l}]
desks: {d: {capacity: 1, evidence: assumed}}
stages: {free: {delay: 0 s, evidence: assumed}, desk: {delay: 0 s, desk: d, evidence: assumed}}
arrangements: {x: [free, desk], y: free}
compare: [x, y]
replications: 3
settings: 1
"""


STEADY = NO_TIME.replace(
    "evidence: assumed}}", "evidence: assumed, background: {interarrival: 1 s, service: 2 s, warm_up: 90 s}}}", 1
)


def test_jobs_follow_each_other_however_many_are_made_at_a_time_until_the_horizon_is_passed() -> None:
    """One a second from 89 s before time 0 on."""
    scenario = load_text(STEADY, "steady")
    network = compile_network(scenario.arm("x"))
    draws = draw(Block(scenario, 0, 2), scenario.arm("x"), network, TYPICAL)
    (jobs,) = draws.jobs
    assert jobs is not None
    n = jobs.arrival.shape[1]
    assert n > 3 * JOBS_AT_ONCE
    assert jobs.arrival.tolist() == [[1_000_000 * (number - 89) for number in range(n)]] * 2
    assert (jobs.hold == 2_000_000).all()
    assert jobs.arrival[0, -2] <= draws.horizon[0] < jobs.arrival[0, -1]


def jobs_of(text: str, n: int = 2) -> tuple[Jobs, int]:
    """The jobs of the only desk, and the horizon."""
    scenario = load_text(text, "jobs")
    draws = draw(Block(scenario, 0, n), scenario.arm("x"), compile_network(scenario.arm("x")), TYPICAL)
    (jobs,) = draws.jobs
    assert jobs is not None
    assert len(set(draws.horizon.tolist())) == 1
    return jobs, int(draws.horizon[0])


@pytest.mark.parametrize("second", [37, 38, 39])
def test_one_job_more_than_comes_until_the_horizon_is_made_where_the_last_of_some_comes_just_then(second: int) -> None:
    """The last of two times 64 jobs, one a second from -89 s on, comes at 38 s."""
    jobs, _ = jobs_of(f"{STEADY}horizon: {second} s\n")
    assert jobs.arrival[:, -1].tolist() == [1_000_000 * (second + 1)] * 2
    assert jobs.arrival.shape == jobs.hold.shape == jobs.on_call.shape == (2, second + 90 + 1)


def test_every_replication_has_its_jobs_until_the_horizon_however_slowly_they_come() -> None:
    """In 10 minutes come 40 on average, and 64 or more in one of fifty replications or so."""
    text = STEADY.replace("interarrival: 1 s", "interarrival: {exponential: {mean: 15 s}}").replace("90 s", "0 s")
    jobs, horizon = jobs_of(f"{text}horizon: 14 min\n", 200)
    n_in_time = (jobs.arrival <= horizon).sum(axis=1)
    assert n_in_time.min() < JOBS_AT_ONCE < n_in_time.max() == jobs.arrival.shape[1] - 1
    assert not jobs.on_call.any()


def test_who_is_called_for_a_job_adds_what_the_call_takes() -> None:
    hours = 'hours: {from: "08:00", until: "17:00", on_call: 20 s, evidence: assumed}, at: us, background'
    text = STEADY.replace("background", hours).replace("[{name: l}]", "[{name: l, date: 2019-10-02, time: 07:10}]")
    jobs, _ = jobs_of(f"{text}horizon: 100 s\n")
    assert (jobs.on_call == 20_000_000).all()
    assert jobs.on_call.shape == jobs.arrival.shape


def test_work_at_a_desk_takes_a_microsecond_at_least_and_other_work_may_take_no_time() -> None:
    scenario = load_text(NO_TIME, "no time")
    network = compile_network(scenario.arm("x"))
    draws = draw(Block(scenario, 0, 3), scenario.arm("x"), network, TYPICAL)
    held = {step.stage: draws.hold[:, :, node].tolist() for node, step in network.stages}
    assert held == {"free": [[0]] * 3, "desk": [[1]] * 3}
    assert not draws.earliest.any()


def test_settings_that_are_alike_in_what_a_stage_has_share_its_draws() -> None:
    """Of four settings two are typical to the stage; its delay is 1 s, 5 s or 9 s, whatever else they say."""
    ranged = "free: {delay: {constant: {low: 1 s, typical: 5 s, high: 9 s}}"
    scenario = load_text(NO_TIME.replace("free: {delay: 0 s", ranged), "ranged")
    path, arm = scenario.ranges()[0].path, scenario.arm("y")
    block, network = Block(scenario, 0, 3), compile_network(arm)
    for settings, seconds in (
        ([{}, {path: 0.0}, {"other": 1.0}, {path: 1.0}], [5, 1, 5, 9]),
        ([{}, {path: 1.0}], [5, 9]),
    ):
        held = draw(block, arm, network, *settings).hold[:, 0, 0]
        assert held.tolist() == [second * 1_000_000 for second in seconds for _ in range(3)]


def other_work(interarrival: str, surge: str = "{times: 4}") -> Jobs:
    """That of two hours before a launch and an hour after it, of three replications."""
    work = f"interarrival: {interarrival}, service: 1 s, warm_up: 2 h, surge: {surge}"
    text = NO_TIME.replace("evidence: assumed}}", f"evidence: assumed, background: {{{work}}}}}}}", 1)
    scenario = load_text(text.replace("deadline: none", "deadline: none\nhorizon: 1 h"), "t")
    arm = scenario.arms[0]
    (jobs,) = draw(Block(scenario, 0, 3), arm, compile_network(arm), TYPICAL).jobs
    assert jobs is not None
    return jobs


def test_other_work_of_which_most_comes_at_once_ends_with_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its mean promises 180 jobs; nearly all gaps of such a gamma are a microsecond."""
    monkeypatch.setattr("sim.draws.background.MOST_OF_ONE", 5_000)
    with pytest.raises(
        SimError, match=r"^desk d: other work is more than 5,000 jobs in a replication, or .* narrow its"
    ):
        other_work("{gamma: {mean: 1 min, sd: 366 d}}")


def test_other_work_up_to_the_most_is_taken() -> None:
    desk = load_text(STEADY, "t").arm("x").desks["d"]
    background._check(desk, background.MOST_OF_ONE, background.MOST_TOGETHER)
    for beyond in ((1, 0), (0, 1)):
        with pytest.raises(SimError, match="other work is more than"):
            background._check(desk, background.MOST_OF_ONE + beyond[0], background.MOST_TOGETHER + beyond[1])


@pytest.mark.parametrize("others", ["", ", loss: {probability: 100 %, retry_after: 1 s, attempts: 2}"])
def test_what_is_lost_for_good_or_refused_is_not_delivered(others: str) -> None:
    """A half is refused; where all is lost as well, nothing is left."""
    stage = f"{{delay: 1 s, evidence: assumed, refusal: {{probability: 50 %}}{others}}}"
    scenario = load_text(NO_TIME.replace("{delay: 0 s, evidence: assumed}", stage), "t")
    arm = scenario.arm("y")
    refused = draw(Block(scenario, 0, 400), arm, compile_network(arm), TYPICAL).refused
    assert refused.mean() == 1 if others else 0.4 < refused.mean() < 0.6


@pytest.mark.parametrize(
    ("surge", "n_after"),
    [("{times: 0.000000001, from: 0 s}", 0), ("{times: 400000, from: 59 min, until: 366 d}", 400_000)],
)
def test_a_surge_of_next_to_nothing_or_of_very_much_ends(surge: str, n_after: int) -> None:
    """Of a job a minute, 60 or none in the hour after the launch, or 59 and in its last minute 400,000."""
    jobs = other_work("1 min", surge)
    after = ((jobs.arrival > 0) & (jobs.arrival <= 3_600_000_000)).sum(axis=1)
    assert after.tolist() == [pytest.approx(n_after, abs=60)] * 3
