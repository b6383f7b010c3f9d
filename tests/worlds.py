"""Small worlds, written by hand or drawn by Hypothesis: a network and its draws, in whole seconds.

Whole seconds make ties common. A world prints as what made it, so a falsifying example can be pasted
into a test:

>>> world = World(first("a", seq("b", "c")), {"a": Told(9), "b": Told(0), "c": Told(2, desk="d")})
>>> [node.name for node in world.network.nodes]
['a', 'b', 'c', '', '']
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from hypothesis import strategies as st

from sim.engines.contract import NEVER, Draws, Jobs, Paths, Periods, State
from sim.model.delay import Delay, Given
from sim.model.evidence import ASSUMED
from sim.model.flow import Flow, Join, Sequence, Step, Try, steps
from sim.model.network import Network, compile_network
from sim.model.scenario import Arm
from sim.model.stage import Background, Desk, Precedence, Stage

SECOND = 1_000_000
FORMS = ("step", "sequence", "all", "first", "at_least", "try")
CHANNELS = ("K", "L")
LATE = 10_000  # seconds; after any horizon
UNUSED = Delay(Given("constant", (("value", 0),)))  # the draws are written down, so no delay is read


@dataclass(frozen=True)
class Told:
    """What happens at a stage, in seconds: one hold for every launch, or one for each; no desk with an earliest.

    `on_call` is what its hold takes longer while its desk is away.
    """

    hold: int | tuple[int, ...]
    refused: bool | tuple[bool, ...] = False
    desk: str | None = None
    precedence: int = 2
    earliest: int | tuple[int, ...] = 0
    channel: str | None = None
    on_call: int | tuple[int, ...] = 0


Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Pool:
    """A desk; its background jobs as (arrival, hold, on call), None for no background; when it is shut, when away.

    A job of two numbers adds nothing when it is called.
    """

    capacity: int = 1
    jobs: tuple[tuple[int, ...], ...] | None = None
    precedence: int = 2
    warm_up: int = 0
    shut: Spans = ()
    away: Spans = ()


@dataclass(frozen=True)
class World:
    """One replication, in seconds. A desk that is not described has one server and no background.

    `closed` is when a channel is closed: once for all launches, or for each in turn.
    """

    flow: Flow
    stages: Mapping[str, Told]
    launches: tuple[int, ...] = (0,)
    desks: Mapping[str, Pool] = field(default_factory=dict)
    horizon: int = 1000
    closed: Mapping[str, tuple[Spans, ...]] = field(default_factory=dict)

    @property
    def network(self) -> Network:
        stages = {name: _stage(name, told) for name, told in self.stages.items()}
        desks = {told.desk: self.pool(told.desk) for told in self.stages.values() if told.desk}
        nouns = {name: _desk(name, pool) for name, pool in desks.items()}
        return compile_network(Arm("arm", "", "", "", "", self.flow, stages, nouns))

    def pool(self, desk: str) -> Pool:
        return self.desks.get(desk, Pool())

    @property
    def draws(self) -> Draws:
        network = self.network
        shape = (1, len(self.launches), network.n_nodes)
        hold, earliest, on_call = (np.zeros(shape, np.int64) for _ in range(3))
        refused = np.zeros(shape, np.bool_)
        for node, step in network.stages:
            told = self.stages[step.stage]
            hold[0, :, node], refused[0, :, node] = np.multiply(told.hold, SECOND), told.refused
            earliest[0, :, node] = np.multiply(told.earliest, SECOND)
            on_call[0, :, node] = np.multiply(told.on_call, SECOND)
        pools = [self.pool(desk.name) for desk in network.desks]
        closed = tuple(_closed(self.closed.get(channel, ((),))) for channel in network.channels)
        return Draws(
            launch=_us([self.launches]),
            hold=hold,
            refused=refused,
            earliest=earliest,
            horizon=_us([self.horizon]),
            jobs=tuple(map(_jobs, pools)),
            closed=closed,
            shut=tuple(_periods(pool.shut) for pool in pools),
            away=tuple(_periods(pool.away) for pool in pools),
            on_call=on_call,
        )


def _us(seconds: object) -> np.ndarray:
    return np.array(seconds, np.int64) * SECOND


def _stage(name: str, told: Told) -> Stage:
    precedence = Precedence(told.precedence)
    return Stage(name, "", None, UNUSED, told.desk, precedence, None, None, ASSUMED, channel=told.channel)


def _desk(name: str, pool: Pool) -> Desk:
    if pool.jobs is None:
        return Desk(name, None, pool.capacity, None, ASSUMED)
    background = Background(UNUSED, UNUSED, Precedence(pool.precedence), pool.warm_up * SECOND, ASSUMED)
    return Desk(name, None, pool.capacity, background, ASSUMED)


def _jobs(pool: Pool) -> Jobs | None:
    if pool.jobs is None:
        return None
    times = _us([(*job, 0)[:3] for job in pool.jobs]).reshape(1, -1, 3)
    return Jobs(times[:, :, 0], times[:, :, 1], times[:, :, 2])


def _periods(spans: Spans) -> Periods | None:
    """Of a desk, (replication, period)."""
    times = _us(spans).reshape(1, -1, 2)
    return Periods(times[:, :, 0], times[:, :, 1]) if spans else None


def _closed(each: tuple[Spans, ...]) -> Periods | None:
    """Of a channel, (launch, replication, period)."""
    longest = max(map(len, each))
    padded = [[*one, *[(LATE, LATE)] * (longest - len(one))] for one in each]
    times = _us(padded).reshape(len(each), 1, longest, 2)
    return Periods(times[..., 0], times[..., 1]) if longest else None


def flow(part: Flow | str) -> Flow:
    """A flow, or the one step that a name stands for."""
    return Step(part) if isinstance(part, str) else part


def seq(*parts: Flow | str) -> Sequence:
    return Sequence(tuple(map(flow, parts)))


def every(*parts: Flow | str) -> Join:
    return Join(tuple(map(flow, parts)), len(parts), "all")


def first(*parts: Flow | str) -> Join:
    return Join(tuple(map(flow, parts)), 1, "first")


def at_least(needed: int, *parts: Flow | str) -> Join:
    return Join(tuple(map(flow, parts)), needed, "at_least")


def attempt(main: Flow | str, seconds: int | None, fallback: Flow | str) -> Try:
    return Try(flow(main), None if seconds is None else seconds * SECOND, flow(fallback))


def seconds(time: int) -> int | None:
    """A time of a path in whole seconds; None if it did not come."""
    return None if time == NEVER else int(time) // SECOND


def stage_times(paths: Paths, launch: int = 0) -> dict[str, tuple[int | None, ...]]:
    """When each stage was queued, started and ended, in seconds."""
    at = {step.name: (0, launch, node) for node, step in paths.network.stages}
    return {name: tuple(seconds(t[i]) for t in (paths.queued, paths.started, paths.ended)) for name, i in at.items()}


def outcome(paths: Paths, launch: int = 0) -> str:
    """How the whole flow ended, e.g. "done 7", "refused 3" or "never"."""
    root = (0, launch, paths.network.root)
    state = State(paths.state[root]).name.lower()
    return state if state == "never" else f"{state} {seconds(paths.ended[root])}"


@st.composite
def flows(draw: st.DrawFn, depth: int, forms: tuple[str, ...], longest: int) -> Flow:
    """A flow whose steps are named a, b, c … as written."""
    names = iter([f"{letter}{cycle}" for cycle in ("", *range(1, 40)) for letter in "abcdefghijklmnopqrstuvwxyz"])
    return draw(_nested(depth, names, forms, longest))


@st.composite
def _nested(draw: st.DrawFn, depth: int, names: Iterator[str], forms: tuple[str, ...], longest: int) -> Flow:
    form = draw(st.sampled_from(forms)) if depth else "step"
    if form == "step":
        return Step(next(names))
    n_parts = 2 if form == "try" else draw(st.integers(2, 3))
    parts = [draw(_nested(depth - 1, names, forms, longest)) for _ in range(n_parts)]
    match form:
        case "sequence":
            return seq(*parts)
        case "all":
            return every(*parts)
        case "first":
            return first(*parts)
        case "at_least":
            return at_least(draw(st.integers(1, n_parts)), *parts)
    return attempt(parts[0], draw(st.none() | st.integers(0, longest)), parts[1])


@st.composite
def pools(draw: st.DrawFn, can_close: bool) -> Pool:
    """A desk of one to three servers, perhaps with other work that began before time 0, perhaps with hours."""
    times = spans() if can_close else st.just(())
    capacity, shut, away = draw(st.integers(1, 3)), draw(times), draw(times)
    if not draw(st.booleans()):
        return Pool(capacity, shut=shut, away=away)
    warm_up = draw(st.integers(0, 5))
    jobs = draw(st.lists(st.tuples(st.integers(-warm_up, 12), st.integers(1, 5), st.integers(0, 2)), max_size=6))
    return Pool(capacity, tuple(sorted(jobs)), draw(st.integers(0, 3)), warm_up, shut, away)


@st.composite
def spans(draw: st.DrawFn) -> Spans:
    """Up to three spans, one after another, ends as likely at a tie as not; most often none."""
    n = draw(st.sampled_from((0, 0, 0, 1, 2, 3)))
    ends = draw(st.lists(st.integers(-2, 14), min_size=2 * n, max_size=2 * n, unique=True))
    ordered = sorted(ends)
    return tuple(zip(ordered[::2], ordered[1::2], strict=True))


@st.composite
def worlds(
    draw: st.DrawFn,
    depth: int = 4,
    desk_names: str = "PQ",
    has_background: bool = True,
    forms: tuple[str, ...] = FORMS,
    longest: int = 4,
    can_close: bool = True,
) -> World:
    """Anything the rules provide for: ties, queues, refusals, time limits, what closes, horizons that cut.

    A form named twice is drawn as often; holds and time limits are at most `longest` seconds.
    """
    drawn = draw(flows(depth, forms, longest))
    n_launches = draw(st.integers(1, 3))
    desk = st.sampled_from((None, *desk_names))
    stages = {step.name: draw(_told(n_launches, desk, longest)) for step in steps(drawn)}
    times = spans() if can_close else st.just(())
    closed = {name: draw(st.tuples(times) | st.tuples(*[times] * n_launches)) for name in CHANNELS}
    launches = tuple(draw(st.lists(st.integers(0, 4), min_size=n_launches, max_size=n_launches)))
    desks = pools(can_close) if has_background else st.integers(1, 3).map(Pool)
    horizon = draw(st.sampled_from((100, 100, 12, 6)))
    return World(drawn, stages, launches, {name: draw(desks) for name in desk_names}, horizon, closed)


@st.composite
def _told(draw: st.DrawFn, n_launches: int, desks: st.SearchStrategy[str | None], longest: int) -> Told:
    desk = draw(desks)
    holds = st.integers(0 if desk is None else 1, longest)
    earliest = st.just(0) if desk else st.just(0) | st.integers(0, 2 * longest)
    return Told(
        tuple(draw(holds) for _ in range(n_launches)),
        tuple(draw(st.sampled_from((False, False, False, True))) for _ in range(n_launches)),
        desk,
        draw(st.integers(1, 2)),
        tuple(draw(earliest) for _ in range(n_launches)),
        draw(st.sampled_from((None, None, *CHANNELS))),
        tuple(draw(st.integers(0, 2)) for _ in range(n_launches)),
    )
