"""What values are called: on an axis, in a table, in a sentence; and the same whether asked by value or by path."""

from __future__ import annotations

import pytest

from sim.say.names import name, short_name
from sim.say.values import values_of
from sim.scenario.loader import load_text

TEXT = """
title: names
launches: [{name: one, count: 2, gap: {exponential: {mean: {low: 1 min, typical: 2 min, high: 3 min}}}, deadline: none}]
desks:
  us_desk:
    capacity: {low: 1, typical: 2, high: 3}
    evidence: assumed
    background: {interarrival: {exponential: {mean: {low: 1 h, typical: 2 h, high: 3 h}}}, service: 1 min}
stages:
  asks: {title: Tokyo asks, delay: {low: 1 min, typical: 2 min, high: 3 min}, evidence: assumed,
         refusal: {probability: {low: 1 %, typical: 2 %, high: 3 %}}}
  goes: {desk: us_desk, delay: 1 s, evidence: assumed}
flows:
  channel: {try: asks, for: {low: 1 min, typical: 2 min, high: 3 min}, else: goes}
arrangements:
  x: channel
  y: [goes]
compare: [x, y]
""".replace(
    "delay: {low: 1 min, typical: 2 min, high: 3 min}", "delay: {constant: {low: 1 min, typical: 2 min, high: 3 min}}"
)

NAMES = {
    "desks.us_desk.background.interarrival.exponential.mean": (
        "US desk: background interarrival mean",
        "the background interarrival mean of US desk",
    ),
    "desks.us_desk.capacity": ("US desk: capacity", "the capacity of US desk"),
    "flows.channel.for": ("channel: time limit", "the time limit of channel"),
    "launches[0].gap.exponential.mean": ("gap between launches", "the mean of gap between launches"),
    "stages.asks.delay": ("Tokyo asks", "the delay of Tokyo asks"),
    "stages.asks.refusal.probability": ("Tokyo asks: refusal", "the refusal of Tokyo asks"),
}


@pytest.mark.parametrize("path", NAMES)
def test_a_value_is_called_the_same_by_whoever_asks(path: str) -> None:
    scenario = load_text(TEXT, "names")
    value = next(value for value in values_of(scenario) if value.path == path)
    assert (value.short, value.said) == (short_name(scenario, path), name(scenario, path)) == NAMES[path]


def test_every_value_has_a_name_and_a_grade_where_the_file_states_one() -> None:
    values = values_of(load_text(TEXT, "names"))
    assert {value.path for value in values} == set(NAMES)
    assert {value.path for value in values if not value.grade} == {
        "flows.channel.for",
        "launches[0].gap.exponential.mean",
    }
