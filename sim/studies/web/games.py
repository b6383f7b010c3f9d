"""Players and coalitions: what is left of a flow when some channels or sensors are not there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, get_args

from sim.analysis.games import MOST_EXACT, Orders, asked_by
from sim.model.flow import Flow, Join, Step, children, steps, without
from sim.model.scenario import Arm
from sim.model.stage import Stage

Kind = Literal["channels", "sensors"]
KINDS: tuple[Kind, ...] = get_args(Kind)
NOTHING = -1  # in place of a world: no way is left


@dataclass(frozen=True, eq=False)
class Game:
    """One kind of players, all of the other kind being there.

    players : names of channels, or of the centres that own sensors.
    worlds : by coalition, the place of what is left of the flow among all that is simulated, or `NOTHING`.
    orders : in which players come, where coalitions are too many to look at each; None where all are.
    """

    kind: Kind
    players: tuple[str, ...]
    worlds: Mapping[int, int]
    orders: Orders | None = None


def player_of(stage: Stage, kind: Kind) -> str | None:
    """Whose a step is; None of nobody's."""
    if kind == "channels":
        return stage.channel
    return None if stage.sensor is None else stage.sensor.owner


def players_of(arm: Arm, kind: Kind) -> tuple[str, ...]:
    """The players of one kind that an arm has, in order of first use."""
    found = (player_of(arm.stages[step.stage], kind) for step in steps(arm.flow))
    return tuple(dict.fromkeys(player for player in found if player is not None))


def goal_of(flow: Flow) -> str:
    """The centre of the web to which a flow reports; empty where it is none."""
    if isinstance(flow, Join) and flow.reports_to:
        return flow.reports_to
    return next(filter(None, map(goal_of, children(flow))), "")


def idle_channels(arm: Arm, blind: set[str]) -> tuple[str, ...]:
    """The channels of an arm that carry nothing but reports of some centres' sensors."""
    every = set(players_of(arm, "sensors"))
    left = without(arm.flow, partial(_is_lost, arm, "sensors", every - blind))
    used = set() if left is None else {arm.stages[step.stage].channel for step in steps(left)}
    return tuple(name for name in players_of(arm, "channels") if name not in used)


def is_exact(n_players: int) -> bool:
    """Whether there are few enough players to look at every coalition."""
    return n_players <= MOST_EXACT


def game(arm: Arm, kind: Kind, orders: Orders | None, flows: dict[Flow, int]) -> Game:
    """The game of one kind; flows that are new are added to those that are simulated."""
    players = players_of(arm, kind)
    coalitions = range(1 << len(players)) if orders is None else asked_by(orders)
    worlds: dict[int, int] = {}
    for coalition in coalitions:
        there = {player for place, player in enumerate(players) if coalition >> place & 1}
        left = without(arm.flow, partial(_is_lost, arm, kind, there))
        worlds[coalition] = NOTHING if left is None else flows.setdefault(left, len(flows))
    return Game(kind, players, worlds, orders)


def _is_lost(arm: Arm, kind: Kind, there: set[str], step: Step) -> bool:
    player = player_of(arm.stages[step.stage], kind)
    return player is not None and player not in there


def arms_of(arm: Arm, flows: Mapping[Flow, int]) -> tuple[Arm, ...]:
    """The arm with each flow in place of its own; names tell them apart and nothing else."""
    return tuple(replace(arm, name=f"{arm.name} {number}", flow=flow) for flow, number in flows.items())
