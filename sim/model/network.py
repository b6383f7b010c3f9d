"""A flow as an activity network: everything an engine knows of an arm.

Nodes are the stages and combinations of the expanded flow, numbered depth-first as written,
children before parents, so the root is the last. Each fires at most once per launch: a sample path
fits in arrays over (replication, launch, node).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from sim.model.flow import Flow, Join, Sequence, Step, Try, children
from sim.model.ranges import TYPICAL, Number, Setting, settle
from sim.model.scenario import Arm
from sim.model.stage import Desk

NONE = -1  # no desk, no time limit, no background


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
    limit_us : of a try, NONE for "until refused"; desk : of a stage, its number among the
    network's desks or NONE; precedence : of a stage, the smaller first.
    """

    kind: NodeKind
    name: str = ""
    step: Step | None = None
    children: tuple[int, ...] = ()
    needed: int = 0
    limit_us: int = NONE
    desk: int = NONE
    precedence: int = 0


@dataclass(frozen=True)
class DeskNode:
    """A desk that the network's stages share; NONE as precedence: no background work."""

    name: str
    capacity: int
    background_precedence: int = NONE
    warm_up_us: int = 0


@dataclass(frozen=True)
class Network:
    """Nodes, the root last, and the desks they name."""

    nodes: tuple[Node, ...]
    desks: tuple[DeskNode, ...]

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


def compile_network(arm: Arm, setting: Setting = TYPICAL) -> Network:
    """The network of an arm in one setting; settings differ only in time limits and capacities."""
    desks = arm.used_desks()
    nodes: list[Node] = []
    _append(nodes, arm.flow, arm, {name: number for number, name in enumerate(desks)}, setting)
    return Network(tuple(nodes), tuple(_desk(arm.desks[name], setting) for name in desks))


def _desk(desk: Desk, setting: Setting) -> DeskNode:
    capacity = int(settle(desk.capacity, setting))
    if desk.background is None:
        return DeskNode(desk.name, capacity)
    return DeskNode(desk.name, capacity, int(desk.background.precedence), desk.background.warm_up_us)


def _append(nodes: list[Node], flow: Flow, arm: Arm, desks: dict[str, int], setting: Setting) -> int:
    """Append a flow's nodes, children first, and return the number of its own."""
    numbers = tuple(_append(nodes, child, arm, desks, setting) for child in children(flow))
    nodes.append(_node(flow, numbers, arm, desks, setting))
    return len(nodes) - 1


def _node(flow: Flow, numbers: tuple[int, ...], arm: Arm, desks: dict[str, int], setting: Setting) -> Node:
    match flow:
        case Step():
            stage = arm.stages[flow.stage]
            desk = NONE if stage.desk is None else desks[stage.desk]
            return Node(NodeKind.STAGE, flow.name, flow, desk=desk, precedence=int(stage.precedence))
        case Sequence():
            return Node(NodeKind.SEQUENCE, flow.name, children=numbers)
        case Join():
            return Node(NodeKind.JOIN, flow.name, children=numbers, needed=flow.needed)
        case Try():
            return Node(NodeKind.TRY, flow.name, children=numbers, limit_us=_limit(flow.limit, setting))


def _limit(limit: Number | None, setting: Setting) -> int:
    return NONE if limit is None else int(settle(limit, setting))
