"""The loops know no nouns, so they have numbers of their own for what nouns say; here the two are held together."""

from __future__ import annotations

from sim.engines import contract
from sim.kernels import rows
from sim.model import network
from sim.model.network import NodeKind
from sim.model.stage import Precedence


def test_kinds_of_nodes_are_those_of_the_network() -> None:
    assert tuple(NodeKind) == (rows.STAGE, rows.SEQUENCE, rows.JOIN, rows.TRY)


def test_how_a_node_ends_is_as_the_contract_says() -> None:
    assert (rows.DONE, rows.REFUSED) == (contract.State.DONE, contract.State.REFUSED)
    assert rows.NEVER == contract.NEVER
    assert rows.NONE == network.NONE


def test_there_is_a_line_for_every_precedence() -> None:
    assert set(Precedence) == set(range(rows.N_PRECEDENCES))
