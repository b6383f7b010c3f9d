"""What a file gives no title is called by its name, in words."""

from __future__ import annotations

import pytest

from sim.model.names import in_words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("us_evaluates", "US evaluates"),
        ("us_to_tokyo", "US to Tokyo"),
        ("via_washington", "via Washington"),
        ("seoul_releases", "Seoul releases"),
        ("bus_stop", "bus stop"),
        ("rok_aegis", "ROK aegis"),
        ("direct", "direct"),
    ],
)
def test_places_are_written_as_places_and_nothing_else_is(name: str, words: str) -> None:
    assert in_words(name) == words
