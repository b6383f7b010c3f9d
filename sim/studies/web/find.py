"""What every coalition of channels, and of sensors, is worth to the recipient in every setting, and each player."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from sim.analysis.games import MOST_EXACT, added_by, alone, last, shapley
from sim.analysis.intervals import LEVEL
from sim.analysis.measures import Measure
from sim.analysis.outcomes import SECTIONS, Floats
from sim.analysis.student import student_quantile
from sim.analysis.tally import deadlines_us, is_real
from sim.asking.pairs import need_deadlines
from sim.asking.study import Plan
from sim.draws.nouns import Times
from sim.draws.orders import orders
from sim.draws.settings import settings_of
from sim.engines.contract import NEVER
from sim.errors import SimError
from sim.experiment.batch import alone as of_arm
from sim.experiment.engines import EngineName, cost_words, engine_of
from sim.experiment.simulate import check, simulate_block
from sim.experiment.simulator import Simulator
from sim.model.flow import Flow
from sim.model.ranges import Setting
from sim.model.scenario import Arm, Scenario, Settings
from sim.studies.web.games import (
    KINDS,
    NOTHING,
    Game,
    Kind,
    arms_of,
    game,
    goal_of,
    idle_channels,
    is_exact,
    players_of,
)
from sim.studies.web.seen import Sights, sights_of

N_EACH = 1_000  # replications of a setting, unless it is said how many
N_ORDERS = 200  # in which players come, where they are more than a dozen
LEAST_ORDERS = 20  # of fewer, most players come late in all or early in all, and what they add seems sure
MOST_TOGETHER = 1 << 22  # latencies of a job
IN_TIME, WARNING = range(2)  # the rows of what is measured: a share, microseconds

FLOW = "the flow {reports_to: tokyo, hops: 2}"
NO_WEB = f"has no web — add web: {{centres: ..., links: ...}} and {FLOW} to it, or ask about a-thicker-web"


@dataclass(frozen=True, kw_only=True)
class WebPlan(Plan):
    """The arm that reports, its two games, and all that is left of its flow under some coalition."""

    arm: Arm
    games: tuple[Game, ...]
    worlds: tuple[Arm, ...]
    n: int


@dataclass(frozen=True, eq=False)
class Valued:
    """What one player is worth, float64 (measure, 1 + section, setting), measures being `IN_TIME` and `WARNING`.

    by_order : of sampled orders, what it adds in each at the typical setting, (order, measure).
    """

    kind: Kind
    player: str
    alone: Floats
    last: Floats
    shapley: Floats
    by_order: Floats | None = None

    @property
    def noise(self) -> Floats:
        """The half-width of the Shapley value at the typical setting, (measure,); nan where it cannot be told."""
        return _noise(self.shapley, self.by_order)


@dataclass(frozen=True, eq=False)
class Found:
    """The players of both games, what all and none of each kind are worth, and what sensors see.

    whole : with everybody, and ``without``, by kind, with nobody of that kind; float64 (measure, 1 + section, setting).
    earliest_us : where no report is in time in any setting, how long after its launch the first of all comes; `NEVER`
        where none comes, or where some are in time.
    idle : the channels that carry nothing but reports of centres whose sensors see no launch.
    """

    players: tuple[Valued, ...]
    whole: Floats
    without: Mapping[Kind, Floats]
    sights: tuple[Sights, ...]
    earliest_us: int = NEVER
    idle: tuple[str, ...] = ()

    def of(self, kind: Kind) -> tuple[Valued, ...]:
        """The players of one kind."""
        return tuple(valued for valued in self.players if valued.kind == kind)


def plan(
    scenario: Scenario, *, settings: int | None = None, replications: int | None = None, orders: int | None = None
) -> WebPlan:
    """The first arm that is compared; ``orders`` 0 looks at every coalition, left out only where players are few.

    Raises
    ------
    SimError : there is no web, no arm that reports by it, no deadline, or too many players to be valued exactly.
    """
    if scenario.web is None:
        raise SimError(f"{scenario.name}: {NO_WEB}")
    arm = _reporting(scenario)
    own = of_arm(replace(scenario, settings=Settings(settings or scenario.settings.count, 1)), arm)
    need_deadlines(own, Measure.IN_TIME)
    flows: dict[Flow, int] = {arm.flow: 0}
    games = tuple(_game(own, arm, kind, orders, flows) for kind in KINDS)
    n, worlds, n_settings = replications or min(scenario.replications, N_EACH), arms_of(arm, flows), _n_settings(own)
    n_coalitions = sum(len(one.worlds) for one in games)
    what = f"{n_coalitions:,} coalitions, {len(worlds):,} of them apart × {n_settings:,} settings × {n:,} replications"
    n_launches = n_settings * n * len(own.launch_keys())
    return WebPlan(
        study="web",
        scenario=own,
        asked={"arm": arm.name, "settings": n_settings, "replications": n, "orders": [_n_orders(one) for one in games]},
        cost=cost_words(replace(own, arms=worlds), what, n_settings, n_launches),
        n_launches=n_launches * len(worlds),
        n_settings=n_settings,
        arm=arm,
        games=games,
        worlds=worlds,
        n=n,
    )


def _reporting(scenario: Scenario) -> Arm:
    """The first arm that is compared and reports by the web."""
    found = next((arm for arm in (*scenario.compared, *scenario.arms) if goal_of(arm.flow)), None)
    if found is None:
        raise SimError(f"{scenario.name}: no arm that is compared reports by its web — give one {FLOW}, or --arms A")
    return found


def _n_settings(scenario: Scenario) -> int:
    return scenario.settings.count if scenario.ranges() else 1


def _n_orders(one: Game) -> int:
    return 0 if one.orders is None else len(one.orders)


def _game(scenario: Scenario, arm: Arm, kind: Kind, n_orders: int | None, flows: dict[Flow, int]) -> Game:
    players = players_of(arm, kind)
    few = is_exact(len(players))
    if n_orders and n_orders < LEAST_ORDERS:
        raise SimError(
            f"--orders {n_orders}: too few to tell their noise — give {LEAST_ORDERS} or more, or leave it out"
        )
    if n_orders == 0 and not few:
        raise SimError(
            f"{scenario.name}: {len(players)} {kind} have {1 << len(players):,} coalitions, and exactly is for "
            f"{MOST_EXACT} at most — leave --orders 0 out, or say how many are sampled: --orders {N_ORDERS}"
        )
    drawn = None if (few and not n_orders) or not players else orders(scenario.seed, players, n_orders or N_ORDERS)
    return game(arm, kind, drawn, flows)


def find(plan: WebPlan, simulator: Simulator) -> Found:
    """What every player is worth, from what each coalition is."""
    worth = _worths(plan, simulator)
    nothing = np.zeros_like(worth[0])
    by_kind = {
        one.kind: {coalition: nothing if at == NOTHING else worth[at] for coalition, at in one.worlds.items()}
        for one in plan.games
    }
    sights = sights_of(plan.scenario, plan.arm)
    return Found(
        players=tuple(valued for one in plan.games for valued in _valued(one, by_kind[one.kind])),
        whole=worth[0],
        without={kind: found[0] for kind, found in by_kind.items()},
        sights=sights,
        earliest_us=NEVER if worth[0].any() else _earliest_us(plan, simulator),
        idle=idle_channels(plan.arm, {one.centre for one in sights if one.is_blind}),
    )


def _valued(one: Game, worth: Mapping[int, Floats]) -> list[Valued]:
    n = len(one.players)
    added = None if one.orders is None else added_by(worth, one.orders)
    values = shapley(worth, n) if added is None else added.mean(axis=0)
    by_order = [None] * n if added is None else [*added[:, :, :, 0, 0].swapaxes(0, 1)]
    return [
        Valued(one.kind, player, alone(worth, at), last(worth, at, n), values[at], by_order[at])
        for at, player in enumerate(one.players)
    ]


def noise_between(one: Valued, other: Valued) -> Floats:
    """The half-width of the difference of two Shapley values of a kind at the typical setting, (measure,)."""
    pairs = None if one.by_order is None or other.by_order is None else one.by_order - other.by_order
    return _noise(one.shapley - other.shapley, pairs)


def _noise(values: Floats, by_order: Floats | None) -> Floats:
    """Of replications, and of orders where these are sampled: as both are independent their squares add up."""
    found = half_widths(values[:, :, 0])
    if by_order is None:
        return found
    both: Floats = np.hypot(found, _half_width((by_order - by_order.mean(axis=0)).T))
    return both


def half_widths(values: Floats) -> Floats:
    """The noise that sections show, (…,) of (…, 1 + section); nan where it cannot be told."""
    whole, sections = values[..., :1], values[..., 1:]
    return _half_width(sections - whole)


def _half_width(apart: Floats) -> Floats:
    n = apart.shape[-1]
    if n < 2:
        return np.full(apart.shape[:-1], np.nan)
    found: Floats = student_quantile(n - 1, (1 + LEVEL) / 2) * np.sqrt((apart**2).sum(axis=-1) / (n - 1) / n)
    return found


def _earliest_us(plan: WebPlan, simulator: Simulator) -> int:
    """How long after its launch the first report of all settings comes, with everybody there."""
    execution, settings = simulator.execution, settings_of(plan.scenario)
    jobs = [settings[place : place + 1] for place in range(len(settings))]
    asked = partial(earliest_of, plan.scenario, plan.n, execution.engine)
    found = [one for one in execution.spread(asked, jobs, plan.scenario) if one != NEVER]
    return min(found, default=NEVER)


def earliest_of(scenario: Scenario, n: int, engine: EngineName, settings: tuple[Setting, ...]) -> int:
    """The least latency of the first arm in some settings, microseconds; `NEVER` where no report comes."""
    latency, _ = simulate_block(scenario, engine_of(engine), settings, 0, n)
    found = latency[scenario.arms[0].name][:, :, is_real(scenario)]
    came = found[found != NEVER]
    return int(came.min()) if came.size else NEVER


def _worths(plan: WebPlan, simulator: Simulator) -> Floats:
    """What every world is worth, float64 (world, measure, 1 + section, setting)."""
    scenario, execution = replace(plan.scenario, arms=plan.worlds), simulator.execution
    settings = settings_of(plan.scenario)
    check(scenario, engine_of(execution.engine))
    each = plan.n * len(scenario.launch_keys()) * len(plan.worlds)
    size = max(1, min(MOST_TOGETHER // each, -(-len(settings) // 8)))
    jobs = [settings[first : first + size] for first in range(0, len(settings), size)]
    execution.begin(plan.n * len(settings))
    parts = []
    for job, part in zip(
        jobs, execution.spread(partial(worth_of, scenario, plan.n, execution.engine), jobs, scenario), strict=True
    ):
        parts.append(part)
        execution.watch(plan.n * len(job))
    return np.concatenate(parts, axis=-1)


def worth_of(scenario: Scenario, n: int, engine: EngineName, settings: tuple[Setting, ...]) -> Floats:
    """What every arm is worth in some settings, float64 (arm, measure, 1 + section, setting)."""
    latency, _ = simulate_block(scenario, engine_of(engine), settings, 0, n)
    real = is_real(scenario)
    return np.stack([_measured(scenario, arm, latency[arm.name][:, :, real]) for arm in scenario.arms])


def _measured(scenario: Scenario, arm: Arm, latency: Times) -> Floats:
    """The share in time, and the mean warning; a report that never comes, or comes late, leaves none.

    latency : int64 (setting, replication, launch). Returns float64 (measure, 1 + section, setting).
    """
    due = deadlines_us(scenario, arm)
    assert due is not None  # noqa: S101  (the plan asks for deadlines)
    is_in_time = (latency != NEVER) & (latency <= due)
    warning = np.where(is_in_time, due - latency, 0)
    return np.stack([_sectioned(is_in_time), _sectioned(warning)])


def _sectioned(values: np.typing.NDArray[np.generic]) -> Floats:
    """The mean of all replications and of sections of them, (1 + section, setting); exact sums, so no order shows."""
    sums = values.sum(axis=2, dtype=np.int64)
    n, n_launches = values.shape[1:]
    n_sections = min(SECTIONS, n)
    ends = np.array([n * number // n_sections for number in range(n_sections + 1)])
    sections = np.add.reduceat(sums, ends[:-1], axis=1).T / (np.diff(ends)[:, None] * n_launches)
    return np.concatenate([sums.sum(axis=1)[None] / (n * n_launches), sections])
