"""Whose report it is, as the recipients tell."""

from __future__ import annotations

import pytest

from sim.model.scenario import Scenario
from sim.say.whose import report_words, where
from sim.scenario.loader import load_text

TEXT = """
title: t
launches: [{name: one, deadline: none}]
recipient: RECIPIENT
stages: {a: {delay: 1 s, evidence: assumed}, b: {delay: 2 s, evidence: assumed}}
arrangements: {x: a, y: [{all: [a, b]}]}
compare: [x, y]
replications: 2
settings: 1
"""


def told(recipient: str) -> Scenario:
    return load_text(TEXT.replace("RECIPIENT", recipient), "t")


@pytest.mark.parametrize(
    ("recipient", "report", "place"),
    [
        ("command post, Ministry of Defense, Tokyo", "Seoul's report", "Tokyo"),
        ("Joint Chiefs of Staff, Seoul", "Tokyo's report", "Seoul"),
        ("both command posts, Seoul and Tokyo", "the report", "Seoul and Tokyo"),
        ("ships at sea", "Seoul's report", "Tokyo"),
    ],
)
def test_the_recipient_tells_where_a_report_goes_and_whose_it_is(recipient: str, report: str, place: str) -> None:
    assert (report_words(told(recipient)), where(told(recipient))) == (report, place)
