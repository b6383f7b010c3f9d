"""A refusal with dates: who launches before or after them is not refused."""

from __future__ import annotations

import pytest

from sim.draws.block import Block
from sim.draws.settings import settings_of
from sim.draws.table import draw
from sim.model.network import compile_network
from sim.model.scenario import Scenario
from sim.say.missing import can_end_early
from sim.scenario.loader import load_text

TEXT = """
title: t
launches:
  - {name: one, date: 2019-08-22, time: "23:59", deadline: none}
  - {name: other, at: 1 min, deadline: none}
  - {name: third, at: 2 min, deadline: none}
stages:
  asked: {at: CENTRE, delay: 1 s, refusal: {probability: 100 %, DATES}, evidence: assumed}
arrangements: {x: asked}
compare: [x]
replications: 3
settings: 1
"""


def known(dates: str, centre: str = "seoul") -> Scenario:
    return load_text(TEXT.replace("CENTRE", centre).replace("DATES", dates), "t")


def refused(scenario: Scenario) -> list[bool]:
    """By launch, at the only stage; alike in every replication, since the chance is 1."""
    arm = scenario.arms[0]
    found = draw(Block(scenario, 0, 3), arm, compile_network(arm), settings_of(scenario)[0]).refused[:, :, 0]
    assert (found == found[0]).all()
    return found[0].tolist()


@pytest.mark.parametrize(
    ("dates", "centre", "expected"),
    [
        ("from: 2019-08-23", "seoul", [False, True, True]),
        ("until: 2019-08-23", "seoul", [True, False, False]),
        ('from: 2019-08-23, until: "2019-08-23 00:01"', "seoul", [False, True, False]),
        ("from: 2019-08-23", "us", [False, False, False]),  # there it is the 22nd until 13:00 in Seoul
        ('from: "2019-08-22 11:00"', "us", [False, True, True]),  # New York, in summer 13 hours behind
        ('from: "2019-08-22 15:00+00:00"', "us", [False, True, True]),
    ],
)
def test_a_refusal_holds_its_first_instant_and_not_its_last(dates: str, centre: str, expected: list[bool]) -> None:
    assert refused(known(dates, centre)) == expected


def test_dates_move_no_draw() -> None:
    """Whoever launches within the dates meets the chance that there is without them."""
    half = {"stages.asked.refusal.probability": "50 %"}
    arms = []
    for dates in ("from: 2019-08-23", "evidence: assumed"):
        text = TEXT.replace("CENTRE", "seoul").replace("DATES", dates).replace("replications: 3", "replications: 64")
        scenario = load_text(text, "t", sets=half)
        arm = scenario.arms[0]
        arms.append(draw(Block(scenario, 0, 64), arm, compile_network(arm), settings_of(scenario)[0]).refused[:, 1:])
    assert (arms[0] == arms[1]).all()
    assert 0 < arms[0].mean() < 1


def test_nobody_is_said_to_refuse_a_launch_outside_of_the_dates() -> None:
    past, now = known("until: 2019-01-01"), known("from: 2019-01-01")
    assert not can_end_early(past, past.arms[0])
    assert can_end_early(now, now.arms[0])
