"""Each clause matters in the loops too: with one line of them broken they differ on the world that is named.

These run with the compiler off, by `test_compiler_switches`: a loop is then plain Python, made anew from its
own text with one piece replaced. A new mutation: a row below. A row whose text is no longer in the loop fails.
"""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from types import ModuleType

import numba
import pytest

from sim.engines.compare import first_difference
from sim.engines.compiled import prepare
from sim.kernels import columns, desks, events, periods
from tests.engines import has_columns
from tests.oracle import solve
from tests.same_path.test_mutations import (
    AWAY,
    CLOSED_WHEN_READY,
    EARLY_REFUSAL,
    ENDS_AT_THE_HORIZON,
    JOB_AT_THE_SAME_TIME,
    LAST_IN_FILE_FIRST_READY,
    LATER_IN_ITS_INSTANT,
    NESTED_TIMERS,
    OPENS_BEFORE_IT_IS_SEEN,
    REFUSED_AT_A_DESK,
    REFUSED_FIRST_STEP,
    SEEN_LATE,
    SHUT,
    THREE_REFUSALS,
    TIE_AT_THE_LIMIT,
    TWO_AT_ONCE,
    UNEQUAL_PRECEDENCE,
    at_desk,
)
from tests.worlds import Pool, Told, World, every, seq

pytestmark = pytest.mark.skipif(not numba.config.DISABLE_JIT, reason="runs with the compiler off")

REFUSED_LAST_STEP = World(seq("a", "b"), {"a": Told(3), "b": Told(2, refused=True)})
TWO_BEHIND_A_JOB = World(every("a", "b"), {n: at_desk(1) for n in "ab"}, (1,), {"d": Pool(jobs=((0, 4),))})
TWO_SERVERS_AND_A_JOB = World(
    every("a", "b"), {"a": at_desk(9), "b": at_desk(1)}, (0, 2), {"d": Pool(2, jobs=((50, 1),))}
)
CLOSED_WHEN_SEEN = World(seq("a"), {"a": Told(1, channel="K", earliest=5)}, closed={"K": (((5, 6),),)})
CLOSED_TO_ONE = World(seq("a"), {"a": Told(1, channel="K")}, (0, 2), closed={"K": (((0, 9),), ())})
CLOSED_BEFORE_A_DESK = World(
    every("a", "b"), {"a": at_desk(5, channel="K"), "b": at_desk(1)}, closed={"K": (((0, 1),),)}
)
CLOSED_TO_ONE_AND_REFUSED_TO_ANOTHER = World(
    seq("a"), {"a": Told(1, (False, True), channel="K")}, (0, 2), closed={"K": (((0, 1),),)}
)
SHUT_WHEN_READY = World(seq("a"), {"a": at_desk(1)}, desks={"d": Pool(shut=((0, 4),))})
SHUT_TWICE = World(seq("a"), {"a": at_desk(1)}, (0, 3), {"d": Pool(shut=((0, 2), (3, 5)))})
CALLED_AND_OTHERS_WAIT = World(seq("a"), {"a": at_desk(2, on_call=3)}, (0, 0), {"d": Pool(away=((0, 4),))})
SHUT_TO_A_JOB = World(seq("a"), {"a": at_desk(1)}, (2,), {"d": Pool(jobs=((0, 4),), shut=((0, 1),))})
JOB_IS_CALLED = World(seq("a"), {"a": at_desk(1)}, (2,), {"d": Pool(jobs=((0, 4, 2),), away=((0, 3),))})
CALLED_BEFORE_A_JOB = World(
    seq("a"), {"a": at_desk(2, on_call=3)}, (0, 1), {"d": Pool(jobs=((50, 1),), away=((0, 4),))}
)

MUTATIONS: dict[str, tuple[World, ModuleType, str, str, str]] = {
    "events, rule 2: a sequence goes on past a refusal": (
        REFUSED_FIRST_STEP,
        *(events, "report", "what == REFUSED or ", ""),
    ),
    "events, rule 3: refused at the last refusal": (
        THREE_REFUSALS,
        *(events, "report", "- nodes[NEEDED, above] + 1", ""),
    ),
    "events, rule 4: the fallback begins even after success": (
        TIE_AT_THE_LIMIT,
        *(events, "replicate", "tallies[N_DONE, work] or ", ""),
    ),
    "events, rule 4: the fallback waits for the limit after a refusal": (
        EARLY_REFUSAL,
        *(events, "report", "tallies[HAS_FALLBACK, outer] == 0", "False"),
    ),
    "events, rule 6: ready when it begins": (
        SEEN_LATE,
        *(events, "replicate", "max(now, launch[at] + given.earliest[node, at, r])", "now"),
    ),
    "events, rule 6: a channel is tested when a stage begins": (
        OPENS_BEFORE_IT_IS_SEEN,
        *(events, "replicate", "closed.shape[1] - 1)], ready, r)", "closed.shape[1] - 1)], now, r)"),
    ),
    "events, rule 6: a closed channel refuses before it can be seen": (
        CLOSED_WHEN_SEEN,
        *(events, "replicate", "not is_open and ready == now", "not is_open"),
    ),
    "events, rule 6: what a closed channel refuses later is done": (
        CLOSED_WHEN_SEEN,
        *(events, "replicate", "tallies[N_REFUSED, work] = 1", "pass"),
    ),
    "events, rule 6: a channel is closed to all as to the first": (
        CLOSED_TO_ONE,
        *(events, "replicate", "min(at, closed.shape[1] - 1)", "0"),
    ),
    "events, rule 7: a desk is not freed": (
        REFUSED_AT_A_DESK,
        *(events, "replicate", "posts[FREE, nodes[DESK, node]] += 1", "pass"),
    ),
    "events, rule 10: precedence ignored": (
        UNEQUAL_PRECEDENCE,
        *(events, "replicate", "+ nodes[PRECEDENCE, node], work", ", work"),
    ),
    "events, rule 10: ties in the order of coming": (
        LATER_IN_ITS_INSTANT,
        *(events, "enqueue", "last > work", "False"),
    ),
    "events, rule 10: background before launches at a tie": (
        JOB_AT_THE_SAME_TIME,
        *(events, "serve", "mine == precedence and is_sooner", "mine == precedence"),
    ),
    "events, rule 11: a desk serves while it is shut": (
        SHUT,
        *(events, "is_shut", "return opening > now", "return False"),
    ),
    "events, rule 11: an idle desk serves while it is shut": (
        SHUT,
        *(events, "replicate", "is_settled &= not (has_hours and within(given.shut[desk, 0], now, r))", "pass"),
    ),
    "events, rule 11: a desk opens once": (
        SHUT_TWICE,
        *(events, "replicate", "posts[HAS_OPENING, node] = 0", "pass"),
    ),
    "events, rule 11: nobody is called": (
        AWAY,
        *(events, "take_up", "given.on_call[node, at, r] if is_away else 0", "0"),
    ),
    "events, rule 11: who is idle is not called": (
        AWAY,
        *(events, "replicate", "within(given.away[desk, 0], now, r)", "False"),
    ),
    "events, rule 11: who waits for a server is not called": (
        CALLED_AND_OTHERS_WAIT,
        *(events, "serve", "within(given.away[number, 0], now, r)", "False"),
    ),
    "events, rule 11: nobody is called for other work": (
        JOB_IS_CALLED,
        *(events, "serve", "given.calls[r, job] if is_away else 0", "0"),
    ),
    "events, rule 12: outer timers before inner": (
        NESTED_TIMERS,
        *(events, "push", "events[CODE, earlier] < code", "events[CODE, earlier] > code"),
    ),
    "events, rule 14: the horizon does not happen": (
        ENDS_AT_THE_HORIZON,
        *(events, "replicate", "now > horizon", "now >= horizon"),
    ),
    "columns, rule 2: only the first refusal of a sequence counts": (
        REFUSED_LAST_STEP,
        *(columns, "end_with", "for child in mine", "for child in mine[:1]"),
    ),
    "columns, rule 3: refused at the last refusal": (
        THREE_REFUSALS,
        *(columns, "end_join", "len(mine) - needed + 1", "len(mine)"),
    ),
    "columns, rule 4: in time means before the limit": (
        TIE_AT_THE_LIMIT,
        *(columns, "begin_fallback", "done[i] <= last", "done[i] < last"),
    ),
    "columns, rule 4: the fallback waits for the limit after a refusal": (
        EARLY_REFUSAL,
        *(columns, "begin_fallback", "min(refused[i], last)", "last"),
    ),
    "columns, rule 6: earliest from time 0": (
        SEEN_LATE,
        *(columns, "no_sooner", "launch[i] + wait[i]", "wait[i]"),
    ),
    "columns, rule 6: a channel is tested when a stage begins": (
        OPENS_BEFORE_IT_IS_SEEN,
        *(columns, "start", "BEGIN if has_desk else STARTED", "BEGIN"),
    ),
    "columns, rule 6: a channel is closed to all as to the first": (
        CLOSED_TO_ONE,
        *(columns, "start", "min(at, closed.shape[1] - 1)", "0"),
    ),
    "columns, rule 6: what a closed channel refuses starts": (
        CLOSED_WHEN_READY,
        *(columns, "refuse_closed", "FAR if is_closed else time\n    ", "time\n    "),
    ),
    "columns, rule 6: what a closed channel refuses asks for a desk": (
        CLOSED_BEFORE_A_DESK,
        *(desks, "work_of", "STARTED if rows[REFUSED, node] == REFUSED * n_nodes + node else BEGIN", "BEGIN"),
    ),
    "columns, rule 6: a refusal at the end undoes that of a channel": (
        CLOSED_TO_ONE_AND_REFUSED_TO_ANOTHER,
        *(columns, "refuse", "min(earlier[i], done[i] if is_refused[i] else FAR)", "done[i] if is_refused[i] else FAR"),
    ),
    "columns, rule 6: a channel closes after the instant": (
        CLOSED_WHEN_READY,
        *(periods, "opened", "at] <= time", "at] < time"),
    ),
    "columns, rule 7: a server that is busy": (
        TWO_SERVERS_AND_A_JOB,
        *(desks, "earliest_free", "until[server] < until[best]", "until[server] > until[best]"),
    ),
    "columns, rule 10: precedence ignored": (
        UNEQUAL_PRECEDENCE,
        *(desks, "work_of", "nodes[PRECEDENCE, node]\n", "0\n"),
    ),
    "columns, rule 10: being ready ignored": (
        LAST_IN_FILE_FIRST_READY,
        *(desks, "exchange", "a if a < b else b, b if a < b else a", "a, b"),
    ),
    "columns, rule 10: the position of the launch backwards": (
        TWO_AT_ONCE,
        *(desks, "exchange", "a if a < b else b, b if a < b else a", "b if a < b else a, a if a < b else b"),
    ),
    "columns, rule 10: ties in the order of coming backwards": (
        TWO_BEHIND_A_JOB,
        *(desks, "sort_arrivals", "arrived[TIME, at - 1] > time", "arrived[TIME, at - 1] >= time"),
    ),
    "columns, rule 10: background before launches at a tie": (
        JOB_AT_THE_SAME_TIME,
        *(desks, "serve_by_rank", "background == line and is_sooner", "background == line"),
    ),
    "columns, rule 11: a desk serves while it is shut": (
        SHUT_WHEN_READY,
        *(desks, "serve_side_by_side", "if len(shut)", "if False"),
    ),
    "columns, rule 11: a desk with other work serves while it is shut": (
        SHUT_TO_A_JOB,
        *(desks, "serve_by_rank", "opened(shut, now, first + r)", "now"),
    ),
    "columns, rule 11: nobody is called": (
        AWAY,
        *(columns, "add_calls", "on_call[first + r] if within(away, started[r], first + r) else 0", "0"),
    ),
    "columns, rule 11: who is called is free as early": (
        CALLED_AND_OTHERS_WAIT,
        *(desks, "serve_side_by_side", "if len(away)", "if False"),
    ),
    "columns, rule 11: who is called beside other work is free as early": (
        CALLED_BEFORE_A_JOB,
        *(desks, "serve_by_rank", "if is_away:", "if False:"),
    ),
    "columns, rule 11: nobody is called for other work": (
        JOB_IS_CALLED,
        *(desks, "serve_by_rank", "calls[first + r, job] if is_away else 0", "0"),
    ),
}


def broken(module: ModuleType, name: str, old: str, new: str) -> Callable[..., object]:
    """A loop made from its own text with one piece replaced."""
    text = textwrap.dedent(inspect.getsource(getattr(module, name)))
    assert text.count(old) == 1, f"{name} does not have this piece once: {old}"
    made: dict[str, Callable[..., object]] = {}
    exec(text.replace(old, new), vars(module), made)
    return made[name]


def difference(world: World, is_by_events: bool) -> str:
    network, draws = world.network, world.draws
    return first_difference(prepare(network, is_by_events=is_by_events).paths(draws), solve(network, draws))


@pytest.mark.parametrize("row", MUTATIONS.values(), ids=MUTATIONS.keys())
def test_a_broken_loop_shows_on_its_world(monkeypatch, row):
    world, module, *piece = row
    is_by_events = module is events
    assert is_by_events or has_columns(world.network)
    assert difference(world, is_by_events) == ""
    monkeypatch.setattr(module, piece[0], broken(module, *piece))
    assert difference(world, is_by_events) != ""
