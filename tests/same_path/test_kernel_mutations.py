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
from sim.kernels import columns, desks, events
from tests.engines import has_columns
from tests.oracle import solve
from tests.same_path.test_mutations import (
    EARLY_REFUSAL,
    ENDS_AT_THE_HORIZON,
    JOB_AT_THE_SAME_TIME,
    LAST_IN_FILE_FIRST_READY,
    LATER_IN_ITS_INSTANT,
    NESTED_TIMERS,
    REFUSED_AT_A_DESK,
    REFUSED_FIRST_STEP,
    SEEN_LATE,
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
        *(events, "replicate", "max(now, launch[at] + drawn[EARLIEST, work])", "now"),
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
    "events, rule 12: outer timers before inner": (
        NESTED_TIMERS,
        *(events, "push", "events[CODE, place - 1] < code", "events[CODE, place - 1] > code"),
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
