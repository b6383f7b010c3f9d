"""Arms are told apart by their titles."""

from __future__ import annotations

from sim.scenario.loader import load_text

TEXT = """
title: t
launches: [{name: one, deadline: none}]
stages: {a: {delay: 1 s, evidence: assumed}}
arrangements: {as_it_was: {title: As it was, flow: a}, other: a}
arms:
  never_signed: {arrangement: as_it_was, set: {stages.a.delay: 2 s}}
  lapsed: {arrangement: as_it_was, title: lapsed in November, set: {stages.a.delay: 3 s}}
compare: [as_it_was, never_signed, lapsed, other]
"""


def titles(**sets: str) -> list[str]:
    return [arm.title for arm in load_text(TEXT, "t", sets=sets).arms]


def test_an_arm_takes_its_name_where_another_has_the_title_of_its_arrangement() -> None:
    assert titles() == ["As it was", "never signed", "lapsed in November", "other"]


def test_an_arm_keeps_the_title_of_its_arrangement_where_no_other_compared_has_it() -> None:
    assert titles(compare="[never_signed, lapsed]") == ["As it was", "lapsed in November"]


def test_the_baseline_is_one_of_them() -> None:
    assert titles(compare="[never_signed, lapsed]", baseline="as_it_was") == [
        "As it was",
        "never signed",
        "lapsed in November",
    ]
