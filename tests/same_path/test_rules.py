"""The execution rules one by one, on worlds small enough to be worked out by hand, in seconds."""

from __future__ import annotations

import pytest

from sim.model.network import NodeKind
from tests.worlds import Pool, Told, World, at_least, attempt, every, first, outcome, seq, stage_times

NEVER = (None, None, None)
FLASH, ROUTINE = 0, 3


def at_desk(hold, **rest):
    return Told(hold, desk="d", **rest)


def test_rule_1_nodes_are_numbered_depth_first_children_before_parent():
    flow = seq("a", every("b", attempt("c", 1, "d")), "e")
    nodes = World(flow, {name: Told(0) for name in "abcde"}).network.nodes
    assert [node.name or node.kind for node in nodes] == [*"abcd", NodeKind.TRY, NodeKind.JOIN, "e", NodeKind.SEQUENCE]
    assert [node.children for node in nodes if node.children] == [(2, 3), (1, 4), (0, 5, 6)]


def test_rule_2_a_child_begins_when_the_previous_is_done(run):
    paths = run(World(seq("a", "b"), {"a": Told(3), "b": Told(2)}, launches=(1,)))
    assert stage_times(paths) == {"a": (1, 1, 1 + 3), "b": (4, 4, 4 + 2)}
    assert outcome(paths) == "done 6"


def test_rule_2_the_first_refusal_refuses_a_sequence(run):
    paths = run(World(seq("a", "b"), {"a": Told(3, refused=True), "b": Told(2)}, launches=(1,)))
    assert stage_times(paths) == {"a": (1, 1, 1 + 3), "b": NEVER}
    assert outcome(paths) == "refused 4"


@pytest.mark.parametrize(("needed", "expected"), [(1, "done 1"), (2, "done 2"), (3, "done 3")])
def test_rule_3_a_join_is_done_at_the_kth_done(run, needed, expected):
    paths = run(World(at_least(needed, "a", "b", "c"), {"a": Told(3), "b": Told(1), "c": Told(2)}))
    assert outcome(paths) == expected


@pytest.mark.parametrize(("needed", "expected"), [(1, "refused 7"), (2, "refused 4"), (3, "refused 1")])
def test_rule_3_a_join_is_refused_at_the_refusal_after_which_k_cannot_be(run, needed, expected):
    """Refusals at 1, 4, 7; of three the (3 - k + 1)-th: k = 1 the third, 2 the second, 3 the first."""
    stages = {name: Told(hold, refused=True) for name, hold in {"a": 4, "b": 1, "c": 7}.items()}
    assert outcome(run(World(at_least(needed, "a", "b", "c"), stages))) == expected


def test_rule_3_a_refusal_that_leaves_enough_does_not_refuse(run):
    stages = {"a": Told(1, refused=True), "b": Told(5), "c": Told(4)}
    assert outcome(run(World(at_least(2, "a", "b", "c"), stages))) == "done 5"


def test_rule_4_the_fallback_never_begins_when_the_main_flow_is_done_at_the_limit(run):
    paths = run(World(attempt("x", 5, "y"), {"x": Told(5), "y": Told(1)}, launches=(2,)))
    assert stage_times(paths) == {"x": (2, 2, 2 + 5), "y": NEVER}
    assert outcome(paths) == "done 7"


def test_rule_4_the_fallback_begins_at_the_limit(run):
    paths = run(World(attempt("x", 5, "y"), {"x": Told(9), "y": Told(1)}, launches=(2,)))
    assert stage_times(paths)["y"] == (2 + 5, 7, 7 + 1)
    assert outcome(paths) == "done 8"


def test_rule_4_a_late_main_flow_still_counts(run):
    paths = run(World(attempt("x", 5, "y"), {"x": Told(6), "y": Told(3)}))
    assert stage_times(paths)["y"] == (5, 5, 5 + 3)
    assert outcome(paths) == "done 6"


@pytest.mark.parametrize("limit", [5, None])
def test_rule_4_the_fallback_begins_at_the_refusal_if_that_is_earlier(run, limit):
    paths = run(World(attempt("x", limit, "y"), {"x": Told(2, refused=True), "y": Told(1)}))
    assert stage_times(paths)["y"] == (2, 2, 2 + 1)
    assert outcome(paths) == "done 3"


def test_rule_4_without_a_limit_the_fallback_waits_for_a_refusal(run):
    paths = run(World(attempt("x", None, "y"), {"x": Told(100), "y": Told(1)}))
    assert stage_times(paths)["y"] == NEVER
    assert outcome(paths) == "done 100"


@pytest.mark.parametrize(("hold", "y", "expected"), [(0, NEVER, "done 0"), (1, (0, 0, 3), "done 1")])
def test_rule_4_a_limit_of_zero_leaves_the_main_flow_its_own_instant(run, hold, y, expected):
    paths = run(World(attempt("x", 0, "y"), {"x": Told(hold), "y": Told(3)}))
    assert stage_times(paths)["y"] == y
    assert outcome(paths) == expected


@pytest.mark.parametrize(("x", "y", "expected"), [(7, 1, "refused 7"), (4, 5, "refused 7")])
def test_rule_4_a_try_is_refused_when_both_are(run, x, y, expected):
    """The limit is 2, so the fallback ends at 2 + y; the later of x and that."""
    stages = {"x": Told(x, refused=True), "y": Told(y, refused=True)}
    assert outcome(run(World(attempt("x", 2, "y"), stages))) == expected


def test_rule_4_a_late_main_flow_saves_a_refused_fallback(run):
    stages = {"x": Told(9), "y": Told(1, refused=True)}
    assert outcome(run(World(attempt("x", 2, "y"), stages))) == "done 9"


def test_rule_5_a_loser_begins_its_later_stages(run):
    paths = run(World(first("a", seq("b", "c")), {"a": Told(1), "b": Told(2), "c": Told(3)}))
    assert outcome(paths) == "done 1"
    assert stage_times(paths)["c"] == (2, 2, 2 + 3)


def test_rule_5_a_loser_queues_and_keeps_others_waiting(run):
    stages = {"a": Told(1), "b": Told(2), "c": at_desk(5)}
    paths = run(World(first("a", seq("b", "c")), stages, launches=(0, 3)))
    assert stage_times(paths, launch=0)["c"] == (2, 2, 2 + 5)
    assert stage_times(paths, launch=1)["c"] == (3 + 2, 7, 7 + 5)


def test_rule_5_siblings_of_a_refusal_run_on(run):
    paths = run(World(every("a", seq("b", "c")), {"a": Told(1, refused=True), "b": Told(2), "c": Told(3)}))
    assert outcome(paths) == "refused 1"
    assert stage_times(paths)["c"] == (2, 2, 2 + 3)


def test_rule_5_a_late_main_flow_goes_on_after_the_fallback_is_done(run):
    paths = run(World(attempt(seq("x", "z"), 1, "y"), {"x": Told(4), "z": Told(2), "y": Told(1)}))
    assert outcome(paths) == "done 2"
    assert stage_times(paths)["z"] == (4, 4, 4 + 2)


def test_rule_6_a_stage_is_not_ready_before_its_earliest(run):
    """The launch is at 2; a can be seen from 2 + 5 on, b is long over then and waits for a."""
    paths = run(World(seq("a", "b"), {"a": Told(3, earliest=5), "b": Told(1, earliest=1)}, launches=(2,)))
    assert stage_times(paths) == {"a": (2, 7, 7 + 3), "b": (10, 10, 10 + 1)}


def test_rule_6_each_launch_has_its_own_earliest(run):
    paths = run(World(seq("a"), {"a": Told(1, earliest=(5, 2))}, launches=(0, 1)))
    assert [stage_times(paths, launch)["a"] for launch in range(2)] == [(0, 5, 6), (1, 3, 4)]


def test_rule_6_what_would_be_ready_after_the_horizon_does_not_start(run):
    paths = run(World(seq("a"), {"a": Told(1, earliest=5)}, horizon=4))
    assert stage_times(paths) == {"a": (0, None, None)}
    assert outcome(paths) == "never"


def test_rule_6_a_time_limit_runs_while_the_main_flow_waits_to_see(run):
    paths = run(World(attempt("x", 3, "y"), {"x": Told(0, earliest=4), "y": Told(2)}))
    assert stage_times(paths)["y"] == (3, 3, 5)
    assert outcome(paths) == "done 4"


def test_rule_6_what_is_ready_as_its_channel_closes_is_refused_then_and_never_starts(run):
    paths = run(World(seq("a", "b"), {"a": Told(3), "b": Told(1, channel="K")}, closed={"K": (((3, 5),),)}))
    assert stage_times(paths)["b"] == (3, None, 3)
    assert outcome(paths) == "refused 3"


def test_rule_6_what_is_ready_as_its_channel_opens_goes_its_way(run):
    paths = run(World(seq("a", "b"), {"a": Told(3), "b": Told(1, channel="K")}, closed={"K": (((1, 3),),)}))
    assert stage_times(paths)["b"] == (3, 3, 4)


def test_rule_6_work_begun_is_finished_though_the_channel_closes(run):
    assert outcome(run(World(seq("a"), {"a": Told(3, channel="K")}, closed={"K": (((1, 9),),)}))) == "done 3"


def test_rule_6_a_channel_is_tested_when_the_stage_is_ready_not_when_it_begins(run):
    told = {"a": Told(1, earliest=4, channel="K")}
    assert outcome(run(World(seq("a"), told, closed={"K": (((0, 4),),)}))) == "done 5"
    assert outcome(run(World(seq("a"), told, closed={"K": (((4, 5),),)}))) == "refused 4"


def test_rule_6_a_channel_may_be_closed_to_one_launch_alone(run):
    paths = run(World(seq("a"), {"a": Told(1, channel="K")}, launches=(0, 2), closed={"K": (((0, 9),), ())}))
    assert [outcome(paths, launch) for launch in range(2)] == ["refused 0", "done 3"]


def test_rule_6_a_channel_closed_to_one_launch_refuses_it_when_it_is_seen_and_leaves_others_alone(run):
    told = {"a": Told(1, channel="K", earliest=3)}
    paths = run(World(seq("a"), told, launches=(0, 2, 4), closed={"K": (((0, 9),), (), ())}))
    assert [outcome(paths, launch) for launch in range(3)] == ["refused 3", "done 6", "done 8"]


def test_rule_6_what_a_closed_channel_refuses_asks_for_no_desk(run):
    told = {"a": at_desk(5, channel="K"), "b": at_desk(1)}
    assert stage_times(run(World(every("a", "b"), told, closed={"K": (((0, 1),),)})))["b"] == (0, 0, 1)


def test_rule_6_the_fallback_begins_when_a_closed_channel_refuses(run):
    paths = run(World(attempt("a", 9, "b"), {"a": Told(1, channel="K"), "b": Told(2)}, closed={"K": (((0, 1),),)}))
    assert outcome(paths) == "done 2"


def test_rule_7_a_desk_is_freed_before_the_next_stage_asks_for_it(run):
    """At 3 the second launch, ready since 0, goes before the first one's second visit, ready at 3."""
    paths = run(World(seq("a", "b"), {"a": at_desk(3), "b": at_desk(3)}, launches=(0, 0)))
    assert stage_times(paths, launch=0) == {"a": (0, 0, 3), "b": (3, 6, 9)}
    assert stage_times(paths, launch=1) == {"a": (0, 3, 6), "b": (6, 9, 12)}


def test_rule_7_a_desk_serves_as_many_at_once_as_its_capacity(run):
    paths = run(World(every("a", "b", "c"), {n: at_desk(2) for n in "abc"}, desks={"d": Pool(2)}))
    assert stage_times(paths) == {"a": (0, 0, 2), "b": (0, 0, 2), "c": (0, 2, 4)}


def test_rule_8_a_refused_stage_keeps_its_desk_for_its_hold(run):
    paths = run(World(every("a", "b"), {"a": at_desk(4, refused=True), "b": at_desk(1)}))
    assert stage_times(paths)["b"] == (0, 4, 4 + 1)
    assert outcome(paths) == "refused 4"


def test_rule_9_a_stage_without_a_desk_may_take_no_time(run):
    paths = run(World(seq("a", every("b", "c")), {n: Told(0) for n in "abc"}, launches=(4,)))
    assert outcome(paths) == "done 4"


def test_rule_10_precedence_comes_before_being_ready(run):
    stages = {"a": at_desk(5), "w": Told(2), "f": at_desk(1, precedence=FLASH), "r": at_desk(1, precedence=ROUTINE)}
    stages |= {"v": Told(1)}
    paths = run(World(every("a", seq("v", "r"), seq("w", "f")), stages))
    assert stage_times(paths)["f"] == (2, 5, 5 + 1)
    assert stage_times(paths)["r"] == (1, 6, 6 + 1)


def test_rule_10_being_ready_comes_before_the_position_of_the_launch(run):
    paths = run(World(seq("a"), {"a": at_desk(3)}, launches=(2, 1, 0)))
    assert [stage_times(paths, launch)["a"] for launch in range(3)] == [(2, 6, 9), (1, 3, 6), (0, 0, 3)]


def test_rule_10_the_position_of_the_launch_comes_before_the_node_number(run):
    paths = run(World(every("a", "b"), {"a": at_desk(1), "b": at_desk(1)}, launches=(0, 0)))
    assert stage_times(paths, launch=0) == {"a": (0, 0, 1), "b": (0, 1, 2)}
    assert stage_times(paths, launch=1) == {"a": (0, 2, 3), "b": (0, 3, 4)}


def test_rule_10_the_smaller_node_number_is_served_first(run):
    paths = run(World(every(seq("z", "a"), "b"), {"z": Told(0), "a": at_desk(1), "b": at_desk(1)}))
    assert stage_times(paths)["a"] == (0, 0, 1)
    assert stage_times(paths)["b"] == (0, 1, 2)


@pytest.mark.parametrize(("arrival", "precedence", "start"), [(1, 2, 1), (0, 2, 4), (1, FLASH, 5), (0, ROUTINE, 4)])
def test_rule_10_background_follows_launches_at_a_tie_only(run, arrival, precedence, start):
    """The launch at 1 meets a job of 4 s: it waits if the job came before, or came with it and is FLASH."""
    desks = {"d": Pool(jobs=((arrival, 4),), precedence=precedence)}
    paths = run(World(seq("a"), {"a": at_desk(1)}, launches=(1,), desks=desks))
    assert stage_times(paths)["a"] == (1, start, start + 1)


def test_rule_10_background_jobs_that_come_together_are_served_by_number(run):
    """The job of 5 s is served first; the FLASH message that comes at 2 goes before the one of 1 s."""
    desks = {"d": Pool(jobs=((0, 5), (0, 1)))}
    paths = run(World(seq("a"), {"a": at_desk(1, precedence=FLASH)}, launches=(2,), desks=desks))
    assert stage_times(paths)["a"] == (2, 5, 6)


def test_rule_11_work_waits_for_a_shut_desk_and_what_ranks_first_then_goes_first(run):
    told = {"a": at_desk(2, precedence=ROUTINE), "b": Told(3), "c": at_desk(1, precedence=FLASH)}
    paths = run(World(every("a", seq("b", "c")), told, desks={"d": Pool(shut=((0, 4),))}))
    assert stage_times(paths)["c"] == (3, 4, 5)
    assert stage_times(paths)["a"] == (0, 5, 7)


def test_rule_11_work_begun_is_finished_though_the_desk_shuts(run):
    paths = run(World(seq("a", "b"), {"a": at_desk(3), "b": at_desk(1)}, desks={"d": Pool(shut=((1, 9),))}))
    assert stage_times(paths) == {"a": (0, 0, 3), "b": (3, 9, 10)}


def test_rule_11_a_desk_that_opens_as_work_is_ready_serves_it(run):
    paths = run(World(seq("a"), {"a": at_desk(1)}, launches=(4,), desks={"d": Pool(shut=((0, 4),))}))
    assert stage_times(paths)["a"] == (4, 4, 5)


def test_rule_11_who_is_away_begins_at_once_and_takes_longer_by_the_call(run):
    told = {"a": at_desk(2, on_call=3), "b": at_desk(2, on_call=3)}
    paths = run(World(seq("a", "b"), told, desks={"d": Pool(away=((0, 4),))}))
    assert stage_times(paths) == {"a": (0, 0, 5), "b": (5, 5, 7)}


def test_rule_11_other_work_waits_and_is_called_for_as_well(run):
    """The job, ready first, begins when the desk opens at 1, is called for, and keeps it until 1 + 4 + 2."""
    pool = Pool(jobs=((0, 4, 2),), away=((0, 3),), shut=((0, 1),))
    paths = run(World(seq("a"), {"a": at_desk(1)}, launches=(2,), desks={"d": pool}))
    assert stage_times(paths)["a"] == (2, 7, 8)


def test_rule_11_a_desk_that_never_opens_serves_nobody(run):
    assert outcome(run(World(seq("a"), {"a": at_desk(1)}, desks={"d": Pool(shut=((0, 5000),))}))) == "never"


def test_rule_12_an_instant_settles_before_its_timers(run):
    """At 5 = 2 + 3 + 0 + 0 the main flow is done, after two steps that take no time."""
    stages = {"a": Told(2), "b": Told(3), "c": Told(0), "e": Told(0), "y": Told(1)}
    paths = run(World(attempt(seq("a", "b", "c", "e"), 5, "y"), stages))
    assert stage_times(paths)["y"] == NEVER
    assert outcome(paths) == "done 5"


def test_rule_12_the_inner_timer_fires_before_the_outer(run):
    """At 5 the inner fallback, which takes no time, makes the outer main flow done in time."""
    flow = attempt(attempt("x", 5, "y"), 5, "z")
    paths = run(World(flow, {"x": Told(9), "y": Told(0), "z": Told(0)}))
    assert stage_times(paths)["z"] == NEVER
    assert outcome(paths) == "done 5"


def test_rule_12_a_timer_that_begins_in_its_own_instant_fires_before_the_outer(run):
    """The inner try begins at 5 with a limit of 0, after the outer one's timer of 5 was set."""
    flow = attempt(seq("a", attempt("x", 0, "y")), 5, "z")
    paths = run(World(flow, {"a": Told(5), "x": Told(9), "y": Told(0), "z": Told(0)}))
    assert stage_times(paths)["z"] == NEVER
    assert outcome(paths) == "done 5"


@pytest.mark.parametrize(
    ("others", "told", "jobs"),
    [
        (("a",), {"a": at_desk(5)}, None),
        ((), {}, ((0, 5),)),
        (("a", attempt("p", 5, "q")), {"a": at_desk(5), "p": Told(2), "q": Told(1)}, None),
    ],
    ids=["of a launch", "of a job", "beside a timer with nothing to do"],
)
def test_rule_12_a_desk_serves_after_the_timers(run, others, told, jobs):
    """The desk is free at 5; the fallback is ready at 5 and FLASH, the other ready since 1 and ROUTINE."""
    stages = {"w": Told(1), "r": at_desk(1, precedence=ROUTINE), "x": Told(9), "f": at_desk(2, precedence=FLASH)}
    flow, desks = every(*others, seq("w", "r"), attempt("x", 5, "f")), {"d": Pool(jobs=jobs)}
    times = stage_times(run(World(flow, stages | told, desks=desks)))
    assert (times["f"], times["r"]) == ((5, 5, 5 + 2), (1, 7, 7 + 1))


def test_rule_12_work_that_ends_and_work_that_comes_at_an_instant_compete(run):
    """At 2 the desk is freed; what is ready through two steps of no time is FLASH and goes first."""
    stages = {"a": at_desk(2), "w": Told(2), "z": Told(0), "f": at_desk(1, precedence=FLASH), "b": at_desk(1)}
    paths = run(World(every("a", "b", seq("w", "z", "f")), stages))
    assert stage_times(paths)["f"] == (2, 2, 3)
    assert stage_times(paths)["b"] == (0, 3, 4)


def test_rule_12_what_comes_through_two_ends_of_an_instant_competes_for_an_idle_desk(run):
    """Both are ready at 2; what is written last is FLASH and goes first."""
    stages = {"v": Told(2), "r": at_desk(1, precedence=ROUTINE), "w": Told(2), "f": at_desk(1, precedence=FLASH)}
    paths = run(World(every(seq("v", "r"), seq("w", "f")), stages))
    assert stage_times(paths)["f"] == (2, 2, 3)
    assert stage_times(paths)["r"] == (2, 3, 4)


def test_rule_13_each_desk_has_its_own_jobs(run):
    """A job of 4 s at one desk; at the other two, the first until 2, the other ready with the launch and after it."""
    desks = {"d": Pool(jobs=((0, 4),)), "e": Pool(jobs=((0, 2), (1, 3)))}
    stages = {"a": at_desk(1), "b": Told(1, desk="e"), "c": Told(1, desk="e", precedence=ROUTINE)}
    paths = run(World(every("a", "b", "c"), stages, launches=(1,), desks=desks))
    assert stage_times(paths) == {"a": (1, 4, 5), "b": (1, 2, 3), "c": (1, 6, 7)}


def test_rule_13_background_work_from_before_time_0_is_found_at_the_desk(run):
    """Jobs of 4 s at -5 and -4: the second is served from -1 until 3."""
    desks = {"d": Pool(jobs=((-5, 4), (-4, 4)), warm_up=6)}
    paths = run(World(seq("a"), {"a": at_desk(1)}, desks=desks))
    assert stage_times(paths)["a"] == (0, 3, 4)


@pytest.mark.parametrize(("horizon", "b", "expected"), [(5, (3, 3, 5), "done 5"), (4, (3, 3, None), "never")])
def test_rule_14_the_horizon_is_the_last_instant_that_happens(run, horizon, b, expected):
    paths = run(World(seq("a", "b"), {"a": Told(3), "b": Told(2)}, horizon=horizon))
    assert stage_times(paths)["b"] == b
    assert outcome(paths) == expected


@pytest.mark.parametrize(("horizon", "b"), [(3, (0, 3, None)), (2, (0, None, None))])
def test_rule_14_a_desk_serves_at_the_horizon_and_not_after(run, horizon, b):
    paths = run(World(every("a", "b"), {"a": at_desk(3), "b": at_desk(2)}, horizon=horizon))
    assert stage_times(paths)["b"] == b


@pytest.mark.parametrize(("horizon", "y"), [(5, (5, 5, None)), (4, NEVER)])
def test_rule_14_a_timer_fires_at_the_horizon_and_not_after(run, horizon, y):
    paths = run(World(attempt("x", 5, "y"), {"x": Told(9), "y": Told(1)}, horizon=horizon))
    assert stage_times(paths)["y"] == y


def test_rule_14_a_launch_after_the_horizon_does_not_happen(run):
    paths = run(World(seq("a"), {"a": Told(1)}, launches=(0, 9), horizon=8))
    assert (outcome(paths, launch=0), outcome(paths, launch=1)) == ("done 1", "never")
    assert stage_times(paths, launch=1)["a"] == NEVER


def test_rule_14_what_was_sent_goes_on_after_the_alert_up_to_the_horizon(run):
    paths = run(World(first("a", seq("b", "c")), {"a": Told(1), "b": Told(4), "c": Told(9)}, horizon=10))
    assert outcome(paths) == "done 1"
    assert stage_times(paths)["c"] == (4, 4, None)
