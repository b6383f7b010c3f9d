"""What must hold on every sample path, whatever the engine: queues, causes, Little, and order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from sim.engines.compare import first_difference
from sim.engines.contract import NEVER, Draws, Jobs, Paths, State
from sim.engines.reference import simulate
from sim.model.network import NONE, NodeKind
from tests.examples import of_many
from tests.worlds import SECOND, Told, World, every, seq, worlds

MANY = 80
WORLDS = worlds(depth=3, can_close=False)
WITHOUT_DESKS = worlds(depth=3, desk_names="", can_close=False)
WITHOUT_BACKGROUND = worlds(depth=3, has_background=False, can_close=False)


def run(world: World) -> Paths:
    return simulate(world.network, world.draws)


@dataclass(frozen=True)
class Visit:
    """A stage of a launch at a desk: its rank, and when it was ready, served and freed the desk."""

    rank: tuple[int, int, int, int]
    start: float
    end: float

    @property
    def ready(self) -> int:
        return self.rank[1]


def visits(world: World, paths: Paths, desk: int) -> list[Visit]:
    """Every visit to a desk up to the horizon; what was not served starts at infinity."""
    hold, found = world.draws.hold[0], []
    for launch, number in np.ndindex(hold.shape):
        node, ready, start = (
            paths.network.nodes[number],
            paths.queued[0, launch, number],
            paths.started[0, launch, number],
        )
        if node.desk == desk and ready != NEVER:
            served = np.inf if start == NEVER else float(start)
            rank = (node.precedence, int(ready), launch, number)
            found.append(Visit(rank, served, served + int(hold[launch, number])))
    return found


def desks(world: World) -> Iterator[tuple[int, list[Visit]]]:
    """The capacity of each desk, and who came."""
    paths = run(world)
    for number, desk in enumerate(paths.network.desks):
        yield desk.capacity, visits(world, paths, number)


def n_busy(came: list[Visit], time: float) -> int:
    return sum(visit.start <= time < visit.end for visit in came)


def n_waiting(came: list[Visit], time: float) -> int:
    return sum(visit.ready <= time < visit.start for visit in came)


@of_many(MANY, WORLDS)
def test_nobody_is_served_before_being_ready(world):
    for _, came in desks(world):
        assert all(visit.ready <= visit.start for visit in came)


@of_many(MANY, WORLDS)
def test_work_without_a_desk_waits_for_nothing_but_its_earliest(world):
    paths, draws = run(world), world.draws
    at = [n for n, node in enumerate(paths.network.nodes) if node.desk == NONE]
    begun = paths.queued[:, :, at]
    ready = np.maximum(begun, (draws.launch[:, :, None] + draws.earliest)[:, :, at])
    happens = (begun != NEVER) & (ready <= draws.horizon[0])
    assert np.array_equal(paths.started[:, :, at], np.where(happens, ready, NEVER))


@of_many(MANY, WORLDS)
def test_work_begun_is_finished_after_its_hold_unless_the_horizon_cuts_it(world):
    paths, draws = run(world), world.draws
    stages = [n for n, _ in paths.network.stages]
    started, ended, hold = (a[:, :, stages] for a in (paths.started, paths.ended, draws.hold))
    happens = (started != NEVER) & (started + hold <= draws.horizon[0])
    assert np.array_equal(ended, np.where(happens, started + hold, NEVER))


@of_many(MANY, WORLDS)
def test_capacity_is_never_exceeded(world):
    for capacity, came in desks(world):
        assert all(n_busy(came, visit.start) <= capacity for visit in came if visit.start < np.inf)


@of_many(MANY, WORLDS)
def test_whoever_is_served_has_the_best_rank_of_those_waiting(world):
    for _, came in desks(world):
        for served in came:
            left = [other.rank for other in came if other.ready <= served.start < other.start]
            assert all(served.rank < rank for rank in left)


@of_many(MANY, WITHOUT_BACKGROUND)
def test_without_background_no_server_is_idle_while_someone_waits(world):
    horizon = int(world.draws.horizon[0])
    for capacity, came in desks(world):
        moments = {visit.ready for visit in came} | {visit.end for visit in came if visit.end <= horizon}
        assert all(n_busy(came, t) == capacity for t in moments if n_waiting(came, t))


@of_many(MANY, WORLDS)
def test_littles_law_holds_exactly_on_the_path_of_each_desk(world):
    """The sum of the times in queue is the integral of the queue's length (Little 1961), both in integers."""
    horizon = int(world.draws.horizon[0])
    for _, came in desks(world):
        in_queue = sum(int(min(visit.start, horizon)) - visit.ready for visit in came)
        moments = sorted({int(t) for visit in came for t in (visit.ready, min(visit.start, horizon))})
        assert in_queue == sum(n_waiting(came, t) * (after - t) for t, after in pairwise(moments))


@dataclass(frozen=True)
class Story:
    """Why a node of a launch ended when it did: intervals of waiting, work and time limits, end to end."""

    paths: Paths
    launch: int

    def begin(self, node: int) -> int:
        return int(self.paths.queued[0, self.launch, node])

    def end(self, node: int) -> int:
        return int(self.paths.ended[0, self.launch, node])

    def state(self, node: int) -> State:
        return State(self.paths.state[0, self.launch, node])

    def intervals(self, number: int) -> list[tuple[int, int]]:
        """The intervals that lead from a node's beginning to its end."""
        node = self.paths.network.nodes[number]
        match node.kind:
            case NodeKind.STAGE:
                start = int(self.paths.started[0, self.launch, number])
                return [(self.begin(number), start), (start, self.end(number))]
            case NodeKind.SEQUENCE:
                begun = [child for child in node.children if self.begin(child) != NEVER]
                assert all(self.state(child) == State.DONE for child in begun[:-1])
                return [interval for child in begun for interval in self.intervals(child)]
            case NodeKind.JOIN:
                return self.intervals(self.decider(number, node.children, node.needed))
        return self._try(number, *node.children)

    def decider(self, number: int, children: tuple[int, ...], needed: int) -> int:
        """The child whose end was the k-th done, or the refusal after which k could not be."""
        state = self.state(number)
        ends = sorted((self.end(child), child) for child in children if self.state(child) == state)
        return ends[needed - 1 if state == State.DONE else len(children) - needed][1]

    def _try(self, number: int, main: int, fallback: int) -> list[tuple[int, int]]:
        if self.begin(fallback) == NEVER:
            assert self.state(main) == State.DONE
            return self.intervals(main)
        if self.decider(number, (main, fallback), 1) == main:
            return self.intervals(main)
        return self._until(number, main, self.begin(fallback)) + self.intervals(fallback)

    def _until(self, number: int, main: int, time: int) -> list[tuple[int, int]]:
        """From the beginning of a try to that of its fallback: a refusal, or the time limit."""
        if self.state(main) == State.REFUSED and self.end(main) == time:
            return self.intervals(main)
        assert time == self.begin(number) + self.paths.network.nodes[number].limit_us
        return [(self.begin(number), time)]


@of_many(MANY, WORLDS)
def test_every_end_is_explained_by_an_unbroken_chain_of_waits_work_and_time_limits(world):
    paths = run(world)
    for launch, time in enumerate(paths.launch[0].tolist()):
        story = Story(paths, launch)
        if story.state(paths.network.root) != State.NEVER:
            chain = [(time, time), *story.intervals(paths.network.root)]
            assert all(before[1] == after[0] for before, after in pairwise(chain))
            assert chain[-1][1] == story.end(paths.network.root)


@of_many(MANY, WORLDS)
def test_every_node_that_ended_within_a_launch_is_explained_so_losers_and_late_flows_too(world):
    paths = run(world)
    for _, launch, node in np.argwhere(paths.state != State.NEVER).tolist():
        story = Story(paths, launch)
        chain = [(story.begin(node),) * 2, *story.intervals(node), (story.end(node),) * 2]
        assert all(before[1] == after[0] for before, after in pairwise(chain))


@of_many(MANY, WORLDS)
def test_a_node_has_ended_if_and_only_if_it_is_done_or_refused(world):
    paths = run(world)
    assert np.array_equal(paths.ended != NEVER, paths.state != State.NEVER)
    assert np.all(paths.queued[paths.started != NEVER] != NEVER)
    assert np.all(paths.started[paths.ended != NEVER] != NEVER)


@of_many(MANY, WORLDS)
def test_the_same_draws_give_the_same_path(world):
    assert first_difference(run(world), run(world)) == ""


@of_many(MANY, WORLDS)
def test_a_replication_does_not_know_its_neighbours(world):
    """The first of a block of two is what it is alone; the second has other launch times and holds."""
    draws = world.draws
    moved = replace(draws, launch=draws.launch + SECOND, hold=draws.hold + SECOND)
    block = simulate(world.network, _stacked(draws, moved))
    for r, alone in enumerate((draws, moved)):
        assert first_difference(_replication(block, r), simulate(world.network, alone)) == ""


def _stacked(*blocks: Draws) -> Draws:
    names = ("launch", "hold", "refused", "earliest", "horizon", "on_call")
    jobs = tuple(
        None if parts[0] is None else Jobs(*(_joined(parts, name) for name in ("arrival", "hold", "on_call")))
        for parts in zip(*(block.jobs for block in blocks), strict=True)
    )
    return replace(blocks[0], jobs=jobs, **{name: _joined(blocks, name) for name in names})


def _joined(parts: tuple[Draws, ...] | tuple[Jobs, ...], name: str) -> np.ndarray:
    return np.concatenate([getattr(part, name) for part in parts])


def _replication(paths: Paths, r: int) -> Paths:
    parts = (getattr(paths, name)[r : r + 1] for name in ("launch", "queued", "started", "ended", "state"))
    return Paths(paths.network, *parts)


@of_many(MANY, WORLDS, st.integers(1, 1000))
def test_all_times_moved_move_the_whole_path(world, by):
    """Time has no origin: launches, background and horizon moved by some microseconds move everything."""
    draws = world.draws
    jobs = tuple(None if j is None else replace(j, arrival=j.arrival + by) for j in draws.jobs)
    moved = replace(draws, launch=draws.launch + by, horizon=draws.horizon + by, jobs=jobs)
    before, after = simulate(world.network, draws), simulate(world.network, moved)
    for name in ("queued", "started", "ended"):
        times = getattr(before, name)
        assert np.array_equal(getattr(after, name), np.where(times == NEVER, NEVER, times + by))


@of_many(MANY, WITHOUT_DESKS)
def test_without_desks_launches_do_not_know_each_other(world):
    """So their order in the file does not matter either."""
    draws = world.draws
    back = replace(
        draws,
        launch=draws.launch[:, ::-1],
        hold=draws.hold[:, ::-1],
        refused=draws.refused[:, ::-1],
        earliest=draws.earliest[:, ::-1],
    )
    assert np.array_equal(simulate(world.network, back).ended[:, ::-1], run(world).ended)


SEQUENCES = st.integers(1, 5).map(lambda n: "abcde"[:n])


@of_many(MANY, SEQUENCES, st.data(), st.integers(1, 5))
def test_without_desks_a_constant_added_to_a_stage_of_a_sequence_moves_every_latency_by_it(names, data, constant):
    holds = st.tuples(*[st.integers(0, 4)] * 3)
    stages = {name: Told(data.draw(holds)) for name in names}
    slower = data.draw(st.sampled_from(names))
    world = World(seq(*names), stages, launches=(0, 1, 7))
    added = replace(stages[slower], hold=tuple(hold + constant for hold in stages[slower].hold))
    moved = replace(world, stages=stages | {slower: added})
    assert np.array_equal(run(moved).latency, run(world).latency + constant * SECOND)


def shortened(world: World, data: st.DataObject) -> Draws:
    """The draws with the hold of one stage of one launch shortened."""
    draws = world.draws
    stages = [number for number, _ in world.network.stages]
    at = (0, data.draw(st.sampled_from(range(len(world.launches)))), data.draw(st.sampled_from(stages)))
    assume(draws.hold[at] > 0)
    hold = draws.hold.copy()
    hold[at] = data.draw(st.integers(0, int(hold[at]) - 1))
    return replace(draws, hold=hold)


def or_infinity(times: np.ndarray) -> np.ndarray:
    return np.where(times == NEVER, np.inf, times)


@of_many(MANY, WITHOUT_DESKS, st.data())
def test_without_desks_a_shorter_hold_makes_no_alert_later_even_with_tries_and_refusals(world, data):
    """Whether a flow is done or refused does not depend on holds, and when is a monotone function of them.

    A sequence adds, a join takes an order statistic of those that will be done (or refused). A try
    gives x up to s + T and then min(x, s + T + y), which is no less than s + T; after a refusal of
    x at r it gives min(r, s + T) + y.
    """
    before, after = run(world), simulate(world.network, shortened(world, data))
    assert np.all(or_infinity(after.latency) <= or_infinity(before.latency))


def test_with_desks_a_shorter_hold_can_make_an_alert_later():
    """Why the law above says "without desks": who comes sooner takes the server (Graham 1969).

    When a comes at 3, c has had the desk from 2 to 3, and t follows it. When a comes at 1 it keeps
    the desk until 6, c has it from 6 to 7, and t follows that.
    """
    stages = {"w": Told(3), "a": Told(5, desk="d"), "v": Told(2), "c": Told(1, desk="d"), "t": Told(10)}
    slow = World(every(seq("w", "a"), seq("v", "c", "t")), stages)
    fast = replace(slow, stages=stages | {"w": Told(1)})
    alerts = [int(run(world).latency[0, 0]) // SECOND for world in (slow, fast)]
    assert alerts == [2 + 1 + 10, 1 + 5 + 1 + 10]
