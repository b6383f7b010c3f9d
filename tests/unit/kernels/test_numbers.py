"""The loops know no nouns, so they have numbers of their own for what nouns say; here the two are held together."""

from __future__ import annotations

from sim.engines import contract
from sim.kernels import events
from sim.model import network
from sim.model.network import NodeKind
from sim.model.stage import Precedence


def test_kinds_of_nodes_are_those_of_the_network() -> None:
    assert tuple(NodeKind) == (events.STAGE, events.SEQUENCE, events.JOIN, events.TRY)


def test_how_a_node_ends_is_as_the_contract_says() -> None:
    assert (events.DONE, events.REFUSED) == (contract.State.DONE, contract.State.REFUSED)
    assert events.NEVER == contract.NEVER
    assert events.NONE == network.NONE


def test_there_is_a_line_for_every_precedence() -> None:
    assert set(Precedence) == set(range(events.N_PRECEDENCES))
