"""Conditions as people write them."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.measures import Measure
from sim.analysis.outcomes import Outcomes, Quantity
from sim.errors import SimError
from sim.studies.discover.condition import Claim, parse_condition

MINUTE = 60_000_000
ARMS = ("a", "b", "c")
FOUND = Outcomes(
    {
        Quantity(Measure.MEAN, "a", "b"): np.array([[-6.0, -1.0, 0.0, 2.0, np.nan]]) * MINUTE,
        Quantity(Measure.MEAN, "a"): np.array([[4.0, 9.0, 10.0, 12.0, np.nan]]) * MINUTE,
        Quantity(Measure.IN_TIME, "a"): np.array([[1.0, 0.9, 0.5, 0.4, 0.0]]),
        Quantity(Measure.IN_TIME, "b"): np.array([[0.2, 0.6, 0.2, 0.8, 0.0]]),
    }
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a faster than b", "11000"),
        ("a sooner than b", "11000"),
        ("a faster than b by 1 min", "11000"),
        ("a faster than b by 5 min", "10000"),
        ("a slower than b", "00010"),
        ("a later than b", "00010"),
        ("a within 10 min", "11100"),
        ("a in time", "11100"),
        ("a in time in 90 %", "11000"),
        ("not a in time", "00011"),
        ("a in time and b not", "10100"),
        ("a in time and b not or a slower than b", "10110"),
        ("not a in time and b in time", "00010"),
    ],
)
def test_a_condition_holds_where_it_says(text: str, expected: str) -> None:
    holds = parse_condition(text, ARMS).holds(FOUND)
    assert "".join("1" if one else "0" for one in holds) == expected


def test_a_condition_knows_its_arms_and_pairs() -> None:
    found = parse_condition("a faster than b by 5 min or c in time", ARMS)
    assert found.alternatives[0] == (Claim("faster", "a", "b", 5 * MINUTE),)
    assert (found.arms, found.pairs, found.needs_deadline) == (("a", "b", "c"), (("a", "b"),), True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is missing beside and, or"),
        ("a in time and", "is missing beside and, or"),
        ("d in time", 'unknown arm "d" — the arms are a, b, c'),
        ("a faster than a", "compared with itself"),
        ("a faster than b by 5", "unit"),
        ("a faster than b for 5 min", "write by 5 min"),
        ("a in time in 120 %", "120"),
        ("a is best", 'cannot read "a is best"'),
        ("b not", 'cannot read "b not"'),
        ("a " * 900, "are more than 1,000"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_can(text: str, words: str) -> None:
    with pytest.raises(SimError, match="--when") as caught:
        parse_condition(text, ARMS)
    assert words in str(caught.value)
