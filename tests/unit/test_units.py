"""Quantities with units, and what is said of those that are none."""

from __future__ import annotations

import pytest

from sim.units import parse_duration, parse_length


@pytest.mark.parametrize("text", ["0.1 us", "1e-9 s", "0.5 us"])  # half to even: a half is 0
def test_a_duration_that_rounds_to_nothing_is_refused_as_that(text: str) -> None:
    with pytest.raises(ValueError, match=f"rounds to 0 us, got {text} — write 1 us or more, or 0 us"):
        parse_duration(text)


def test_what_is_small_or_nothing_is_taken() -> None:
    assert [parse_duration(text) for text in ("0.6 us", "1.5 us", "0 s", "0e3 min")] == [1, 2, 0, 0]
    with pytest.raises(ValueError, match="rounds to 0 m, got"):
        parse_length("0.0001 km")
