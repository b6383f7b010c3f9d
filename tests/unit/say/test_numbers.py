"""Numbers as they are printed."""

from __future__ import annotations

import math

import pytest

from sim.analysis.bands import Band
from sim.analysis.measures import Measure
from sim.say.measures import size_words
from sim.say.numbers import (
    band_text,
    ends_cell,
    interval_cell,
    list_text,
    minutes_cell,
    minutes_text,
    noise_words,
    points_text,
    share_text,
)


@pytest.mark.parametrize(
    ("us", "half_width", "cell"),
    [
        (-5.5, 0.11, "-5.5 (-5.6 to -5.4)"),
        (0.1, 0.04, "0.10 (0.06 to 0.14)"),
        (0.862, 0.004, "0.862 (0.858 to 0.866)"),
        (-123.4, 5, "-123 (-128 to -118)"),
        (3, 0, "3.0 (3.0 to 3.0)"),
        (3, math.nan, "3.0"),
    ],
)
def test_the_ends_of_noise_are_told_apart(us: float, half_width: float, cell: str) -> None:
    assert interval_cell(us * 60e6, (us - half_width) * 60e6, (us + half_width) * 60e6) == cell


@pytest.mark.parametrize(
    ("minutes", "sentence", "cell"),
    [(0.4, "0.4", "0.4"), (9.94, "9.9", "9.9"), (9.95, "9.9", "9.9"), (9.96, "10", "10.0"), (99.6, "100", "100")],
)
def test_a_sentence_and_a_table_round_alike(minutes: float, sentence: str, cell: str) -> None:
    """A sentence keeps one decimal up to 10, a table up to 100; in binary 9.95 is just below."""
    assert (minutes_text(minutes * 60e6), minutes_cell(minutes * 60e6)) == (sentence, cell)


@pytest.mark.parametrize(
    ("measure", "difference", "words"),
    [
        (Measure.MEAN, 0.0, "level"),
        (Measure.P50, 0.0, "level at the median"),
        (Measure.P95, -60e6, "1.0 min faster at p95"),
        (Measure.MEAN, 1.0, "under 0.01 min slower"),
        (Measure.IN_TIME, 0.0, "level"),
        (Measure.IN_TIME, -0.0004, "under 0.1 percentage points less often in time"),
        (Measure.IN_TIME, 0.004, "0.4 percentage points more often in time"),
    ],
)
def test_a_difference_of_nothing_has_no_side(measure: Measure, difference: float, words: str) -> None:
    assert size_words(measure, difference) == words


def test_noise_that_cannot_be_told_is_said_to_be_unknown() -> None:
    """As of a mean in one section of which no report arrives."""
    assert noise_words(math.nan, 5 * 60e6) == ", noise unknown"
    assert noise_words(60e6, 5 * 60e6) == ", noise ± 1.0 min"
    assert noise_words(0.0, 5 * 60e6) == ""


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (12, 40, "12 to 40 points more"),
        (-3, 40, "3 points fewer to 40 points more"),
        (-40, 0, "0 to 40 points fewer"),
        (24.6, 25.4, "24.6 to 25.4 points more"),
        (-25.4, -24.6, "24.6 to 25.4 points fewer"),
        (-0.2, 0.3, "0.2 points fewer to 0.3 points more"),
        (25.001, 25.002, "25 points more"),
    ],
)
def test_the_ends_of_a_band_of_shares_are_told_apart(low: float, high: float, words: str) -> None:
    assert points_text(Band(low / 100, high / 100)) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (-258, 6.5, "258 min faster to 6.5 min slower"),
        (12.1, 40, "12 to 40 min slower"),
        (-25.4, -25.2, "25.2 to 25.4 min faster"),
        (5.61, 5.64, "5.61 to 5.64 min slower"),
        (0.1312, 0.1318, "0.131 to 0.132 min slower"),
        (-25.0001, -25, "25 min faster"),
        (0, 0.002, "0 to under 0.01 min slower"),
    ],
)
def test_the_ends_of_a_band_of_minutes_are_told_apart(low: float, high: float, words: str) -> None:
    assert band_text(Band(low * 60e6, high * 60e6)) == words


def test_a_share_that_is_not_quite_nothing_or_all_is_never_written_as_that() -> None:
    given = (0.0, 1e-9, 0.004, 0.005, 0.006, 0.994, 0.995, 0.996, 1 - 1e-9, 1.0)
    assert [share_text(share) for share in given] == ["0 %", *["<1 %"] * 3, "1 %", "99 %", *[">99 %"] * 3, "100 %"]


@pytest.mark.parametrize(
    ("low", "high", "cell"),
    [
        (-2.6, -0.04, "-2.6 to -0.04"),
        (0.02, 3, "0.02 to 3.0"),
        (-2.6, 0, "-2.6 to 0.0"),
        (-0.001, 120, "0.0 to 120"),
        (math.nan, math.nan, "–"),
    ],
)
def test_an_end_of_a_band_shows_on_which_side_of_zero_it_is(low: float, high: float, cell: str) -> None:
    assert ends_cell(low * 60e6, high * 60e6) == cell


@pytest.mark.parametrize(
    ("names", "listed"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["A, a", "B", "C"], "A, a; B and C"),
    ],
)
def test_names_are_listed_as_a_reader_lists_them(names: list[str], listed: str) -> None:
    assert list_text(names) == listed
