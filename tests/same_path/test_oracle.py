"""Two executions that share no code give the same sample paths, ties included."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np

from sim.engines.compare import first_difference
from sim.engines.contract import State
from sim.engines.reference import simulate
from tests import oracle
from tests.examples import few_or, hold
from tests.oracle import solve
from tests.worlds import Pool, Told, World, every, seq, worlds


def check(world: World) -> None:
    network, draws = world.network, world.draws
    assert first_difference(simulate(network, draws), solve(network, draws)) == ""


@few_or(4000)
def test_the_reference_engine_equals_the_equations(n_drawn):
    hold(check, n_drawn, worlds())


@few_or(300)
def test_the_reference_engine_equals_the_equations_where_tries_nest(n_drawn):
    """Only here do inner and outer timers often fire at one instant and decide an outcome."""
    hold(check, n_drawn, worlds(depth=3, desk_names="", forms=("sequence", "try", "try"), longest=1))


@few_or(4000)
def test_the_reference_engine_equals_the_equations_where_timers_meet_a_desk(n_drawn):
    forms = ("step", "sequence", "first", "try", "try")
    hold(check, n_drawn, worlds(depth=4, desk_names="P", forms=forms, longest=2))


@few_or(2000)
def test_the_reference_engine_equals_the_equations_where_all_share_one_desk(n_drawn):
    hold(check, n_drawn, worlds(depth=3, desk_names="P"))


def test_work_that_returns_to_its_desk_settles():
    """Feedback: each of three visits waits for the other launch's, so every round moves a start."""
    stages = {name: Told(2, desk="d") for name in "abc"}
    world = World(seq("a", "b", "c"), stages, launches=(0, 1), desks={"d": Pool(1, ((-3, 4),), warm_up=3)})
    check(world)
    paths = solve(world.network, world.draws)
    ends = paths.ended[0, :, paths.network.root] // 1_000_000
    assert ends.tolist() == [1 + 5 * 2, 1 + 6 * 2]  # the job until 1, then six visits of 2 s, turn about


def test_a_difference_names_the_first_node():
    world = World(seq("a", "b"), {"a": Told(3), "b": Told(2)})
    paths, other = (simulate(world.network, world.draws) for _ in range(2))
    other.ended[0, 0, 1:] += 7
    assert first_difference(paths, paths) == ""
    assert first_difference(paths, other) == (
        "replication 0, launch 0, node 1 (STAGE 'b'), near 5000000 us: ended is 5000000, and 5000007 in the other"
    )


def test_a_difference_of_how_a_node_ended_is_told_by_when():
    world = World(every("a", "b"), {"a": Told(3), "b": Told(2)})
    paths, other = (simulate(world.network, world.draws) for _ in range(2))
    other.state[0, 0, :2] = State.REFUSED
    assert first_difference(paths, other) == (
        "replication 0, launch 0, node 1 (STAGE 'b'), near 2000000 us: state is 1, and 2 in the other"
    )


def test_the_equations_share_no_code_with_an_engine():
    tree = ast.parse(Path(oracle.__file__).read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name for name in imported if name.startswith("sim")} == {"sim.engines.contract", "sim.model.network"}


def test_the_two_executions_give_arrays_of_the_same_kind():
    world = World(seq("a"), {"a": Told(1)})
    ours, theirs = simulate(world.network, world.draws), solve(world.network, world.draws)
    for name in ("launch", "queued", "started", "ended", "state"):
        assert getattr(ours, name).dtype == getattr(theirs, name).dtype
        assert np.shape(getattr(ours, name)) == np.shape(getattr(theirs, name))
