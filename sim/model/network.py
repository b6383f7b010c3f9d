"""A flow as an activity network: everything an engine knows of an arm.

Nodes are the stages and combinations of the expanded flow, numbered depth-first as written,
children before parents, so the root is the last. Each fires at most once per launch: a sample path
fits in arrays over (replication, launch, node).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from sim.model.flow import Flow, Join, Sequence, Step, Try, children
from sim.model.ranges import TYPICAL, Number, Setting, settle
from sim.model.scenario import Arm
from sim.model.stage import Desk

NONE = -1  # no desk, no channel, no time limit, no background


class NodeKind(IntEnum):
    """What a node is."""

    STAGE = 0
    SEQUENCE = 1
    JOIN = 2
    TRY = 3


@dataclass(frozen=True)
class Node:
    """A stage or combination of the expanded flow.

    name : the step, or the named flow, or "" ; step : of a stage; children : node numbers, as
    written (of a try: the main flow, the fallback); needed : of a join, how many of them;
    limit_us : of a try, NONE for "until refused"; desk, channel : of a stage, its number among the
    network's desks and channels or NONE; precedence : of a stage, the smaller first.
    """

    kind: NodeKind
    name: str = ""
    step: Step | None = None
    children: tuple[int, ...] = ()
    needed: int = 0
    limit_us: int = NONE
    desk: int = NONE
    precedence: int = 0
    channel: int = NONE


@dataclass(frozen=True)
class DeskNode:
    """A desk that the network's stages share; NONE as precedence: no background work."""

    name: str
    capacity: int
    background_precedence: int = NONE
    warm_up_us: int = 0


@dataclass(frozen=True)
class Network:
    """Nodes, the root last, and the desks and channels they name."""

    nodes: tuple[Node, ...]
    desks: tuple[DeskNode, ...]
    channels: tuple[str, ...] = ()

    @property
    def n_nodes(self) -> int:
        return len(self.nodes)

    @property
    def root(self) -> int:
        return len(self.nodes) - 1

    @property
    def stages(self) -> tuple[tuple[int, Step], ...]:
        """The nodes that are stages, with their steps."""
        return tuple((n, node.step) for n, node in enumerate(self.nodes) if node.step is not None)


class Numbers(NamedTuple):
    """The desks and channels of a network by name."""

    desks: dict[str, int]
    channels: dict[str, int]


def compile_network(arm: Arm, setting: Setting = TYPICAL) -> Network:
    """The network of an arm in one setting; settings differ only in time limits and capacities."""
    desks, channels = arm.used_desks(), arm.used_channels()
    numbers = Numbers(*({name: number for number, name in enumerate(names)} for names in (desks, channels)))
    nodes: list[Node] = []
    _append(nodes, arm.flow, arm, numbers, setting)
    return Network(tuple(nodes), tuple(_desk(arm.desks[name], setting) for name in desks), channels)


def _desk(desk: Desk, setting: Setting) -> DeskNode:
    capacity = int(settle(desk.capacity, setting))
    if desk.background is None:
        return DeskNode(desk.name, capacity)
    return DeskNode(desk.name, capacity, int(desk.background.precedence), desk.background.warm_up_us)


def _append(nodes: list[Node], flow: Flow, arm: Arm, numbers: Numbers, setting: Setting) -> int:
    """Append a flow's nodes, children first, and return the number of its own."""
    below = tuple(_append(nodes, child, arm, numbers, setting) for child in children(flow))
    nodes.append(_node(flow, below, arm, numbers, setting))
    return len(nodes) - 1


def _node(flow: Flow, below: tuple[int, ...], arm: Arm, numbers: Numbers, setting: Setting) -> Node:
    match flow:
        case Step():
            stage = arm.stages[flow.stage]
            desk, channel = numbers.desks.get(stage.desk or "", NONE), numbers.channels.get(stage.channel or "", NONE)
            return Node(NodeKind.STAGE, flow.name, flow, desk=desk, precedence=int(stage.precedence), channel=channel)
        case Sequence():
            return Node(NodeKind.SEQUENCE, flow.name, children=below)
        case Join():
            return Node(NodeKind.JOIN, flow.name, children=below, needed=flow.needed)
        case Try():
            return Node(NodeKind.TRY, flow.name, children=below, limit_us=_limit(flow.limit, setting))


def _limit(limit: Number | None, setting: Setting) -> int:
    return NONE if limit is None else int(settle(limit, setting))
