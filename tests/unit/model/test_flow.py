"""What follows from the structure of flows alone."""

from __future__ import annotations

import pytest

from sim.model import flow as module
from sim.model.flow import Flow, Join, Sequence, Step, Try, never_before, without


def nested(start: str, depth: int, form: str) -> Flow:
    flow: Flow = Step(start)
    for level in range(depth):
        parts = (flow, Step(f"{start}{level}"))
        flow = Sequence(parts) if form == "in turn" else Join(parts, 1, "first")
    return flow


def test_each_pair_of_flows_is_compared_once_however_many_ways_lead_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are 80 over 40 ways, some 10²³, from the outermost pair of these to the innermost."""
    compared = []
    real = module._same
    monkeypatch.setattr(module, "_same", lambda a, b: compared.append((id(a), id(b))) or real(a, b))
    assert not never_before(nested("a", 40, "in turn"), nested("b", 40, "first"))
    assert len(compared) == len(set(compared)) == 81 * 81  # 40 combinations and 41 steps on either side


def test_what_waits_for_a_flow_is_never_before_the_first_of_it_and_others() -> None:
    cue = nested("b", 5, "first")
    assert never_before(Sequence((Step("a"), cue)), cue)
    assert never_before(Sequence((Step("b3"), Step("a"))), cue)
    assert not never_before(Step("a"), cue)


def left(flow: Flow, *lost: str) -> Flow | None:
    return without(flow, lambda step: step.stage in lost)


def test_what_cannot_end_without_a_step_goes_with_it() -> None:
    a, b, c = map(Step, "abc")
    chain, two_of_three = Sequence((a, b)), Join((a, b, c), 2, "at_least")
    assert left(chain, "b") is None
    assert left(chain, "c") == chain
    assert left(Join((chain, c), 1, "first"), "b") == Join((c,), 1, "first")
    assert left(Join((chain, c), 2, "all"), "b") is None
    assert left(two_of_three, "a") == Join((b, c), 2, "at_least")
    assert left(two_of_three, "a", "b") is None


def test_of_a_try_the_other_half_is_left() -> None:
    a, b = map(Step, "ab")
    tried = Try(a, 1_000_000, b)
    assert (left(tried, "a"), left(tried, "b"), left(tried, "c"), left(tried, "a", "b")) == (b, a, tried, None)
