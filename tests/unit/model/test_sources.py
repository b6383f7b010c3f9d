"""Stages that tell of launches by themselves and say nothing of being a source."""

from __future__ import annotations

from sim.model.sources import unaware
from sim.scenario.loader import load_text

TEXT = """
title: sources
launches: [{name: one, flight_time: 10 min}]
stages:
  us: {delay: 1 min, evidence: assumed}
  seoul: {delay: 5 min, evidence: assumed}
  officer: {delay: 1 min, evidence: assumed}
arrangements: {x: [{all: [us, {try: [seoul, officer], else: us_again}]}, tell]}
flows: {us_again: {stage: us, as: again}, tell: officer_tells}
compare: [x]
""".replace("officer_tells", "{stage: officer, as: tells}")


def found(**sets: str) -> tuple[str, ...]:
    return unaware(load_text(TEXT, "sources", sets=sets))


def test_without_false_reports_and_rates_there_is_nothing_to_say() -> None:
    assert found() == ()


def test_what_begins_with_the_launch_and_is_neither_named_nor_a_source_is_told() -> None:
    false = {"launches": "[{name: one, false_report: us}, {name: two, flight_time: 9 min}]"}
    assert found(**false) == ("seoul",)
    assert found(**false, **{"stages.seoul.false_alarms": "{per_year: 1}"}) == ()
    assert found(**{"stages.seoul.false_alarms": "{per_year: 1}"}) == ("us",)
