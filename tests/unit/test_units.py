"""Quantities with units, and what is said of those that are none."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.units import (
    LENGTH_M,
    TIME_US,
    UNITS,
    parse_duration,
    parse_length,
    parse_number,
    parse_rate,
    parse_share,
    parse_whole,
    pattern_of,
    range_pattern_of,
    rate_pattern,
    split_range,
)


@pytest.mark.parametrize("text", ["0.1 us", "1e-9 s", "0.5 us"])  # half to even: a half is 0
def test_a_duration_that_rounds_to_nothing_is_refused_as_that(text: str) -> None:
    with pytest.raises(ValueError, match=f"rounds to 0 us, got {text} — write 1 us or more, or 0 us"):
        parse_duration(text)


def test_what_is_small_or_nothing_is_taken() -> None:
    assert [parse_duration(text) for text in ("0.6 us", "1.5 us", "0 s", "0e3 min")] == [1, 2, 0, 0]
    with pytest.raises(ValueError, match="rounds to 0 m, got"):
        parse_length("0.0001 km")


@pytest.mark.parametrize(
    ("text", "us"),
    [
        ("1 minute", 60_000_000),
        ("2 minutes", 120_000_000),
        ("2 mins", 120_000_000),
        ("2 min.", 120_000_000),
        ("2 Min", 120_000_000),
        ("90 sec", 90_000_000),
        ("90secs", 90_000_000),
        ("1 second", 1_000_000),
        ("1 hour", 3_600_000_000),
        ("2 hrs", 7_200_000_000),
        ("1 day", 86_400_000_000),
    ],
)
def test_units_are_taken_in_the_words_that_people_write(text: str, us: int) -> None:
    assert parse_duration(text) == us


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("1,5 min", "write 1.5 min"),
        ("5m", "write 5 min"),
        ("5 mn", "write 5 min"),
        ("5 S", "write 5 s"),
        ("1,5m", "write 1.5 min"),
        ("1,500 s", "write 1500 s or 1.500 s"),
        ("1-3 min", "one value stands here and no range: write 1 min or 3 min, or one between"),
        ("5 min 30 s", "write 5.5 min"),
        ("90 \u00b5s", 'for "\u00b5" the format has another sign: write 90 us'),
        ("\uff15 \u5206", 'for "\uff15" the format has another sign: write 5 min'),
        ("5분", 'for "분" the format has another sign: write 5 min'),
        ("5분 30초", "write 5.5 min"),
        ("\u22125 s", "nothing of this kind is below zero"),
        ("1.2.3 s", "a number has one decimal point"),
        ("1h30min", "write 1.5 h"),
        ("5", 'write "5 s" or "5 min"'),
        ("90 km", 'e.g. "90 s"'),
        ("soon", 'e.g. "90 s"'),
    ],
)
def test_what_people_write_for_a_duration_is_answered_with_what_to_write(text: str, mend: str) -> None:
    with pytest.raises(ValueError, match="needs a") as caught:
        parse_duration(text)
    assert str(caught.value).partition(" — ")[2] == mend


def test_the_most_that_is_taken_is_told() -> None:
    for parse, text, most in ((parse_duration, "400 d", "366 d"), (parse_length, "100001 km", "100,000 km")):
        with pytest.raises(ValueError, match=f"is too large, got {text} — at most {most}$"):
            parse(text)


def test_a_bound_is_no_value() -> None:
    for text in (">60 min", "< 5 s", "≥ 1 h"):
        with pytest.raises(ValueError, match="that is a bound and no value: write how long it was, or how much it is"):
            parse_duration(text)


def test_a_decimal_comma_is_told_wherever_a_number_stands() -> None:
    for parse, text, mend in ((parse_share, "2,5 %", "write 2.5 %"), (parse_whole, "2,5", "write 2.5")):
        with pytest.raises(ValueError, match=f" — {mend}$"):
            parse(text)


numbers = st.from_regex(r"[+-]?[0-9]{0,2}\.?[0-9]{0,2}(\.[0-9])?([eE][+-]?[0-9])?", fullmatch=True)
spellings = st.sampled_from(
    ["s", "S", "sec", "Minutes", "min.", "H", "h", "d", "us", "Us", "km", "KM", "m", "%", "", "deg", "Deg."]
)


@given(number=numbers, gap=st.sampled_from(["", " ", "  "]), unit=spellings)
def test_the_pattern_of_a_quantity_takes_what_the_loader_takes(number: str, gap: str, unit: str) -> None:
    """Both ways; of size and sign a pattern knows nothing."""
    text = f"{number}{gap}{unit}"
    for parse, units in ((parse_duration, TIME_US), (parse_length, LENGTH_M), (parse_share, ("", "%"))):
        try:
            parse(text)
            said = ""
        except ValueError as error:
            said = str(error)
        if not said.startswith(("must ", "is too large", "rounds to", "may be a share")):
            assert bool(re.search(pattern_of(units), text)) == (not said) or text.strip().startswith("-")


PARSED = {"time": parse_duration, "share": parse_share, "length": parse_length, "number": parse_number}
OF_SIZE = ("must ", "is too large", "rounds to", "may be a share")  # of which a pattern knows nothing
plain = numbers.map(lambda text: text.lstrip("-"))
gaps = st.sampled_from(["", " ", "  "])


def is_taken(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError as error:
        return str(error).startswith(OF_SIZE)
    return True


@given(
    low=plain,
    high=plain,
    units=st.tuples(spellings, spellings),
    spaces=st.tuples(gaps, gaps, gaps, gaps),
    to=st.sampled_from(["to", "-", "\N{EN DASH}", "\N{EM DASH}", "TO", "to to", ""]),
)
def test_the_pattern_of_a_range_in_short_takes_what_the_loader_takes(
    low: str, high: str, units: tuple[str, str], spaces: tuple[str, str, str, str], to: str
) -> None:
    text = f"{low}{spaces[0]}{units[0]}{spaces[1]}{to}{spaces[2]}{high}{spaces[3]}{units[1]}"
    ends = split_range(text)
    for kind, parse in PARSED.items():
        is_range = ends is not None and all(is_taken(parse, end) for end in ends)
        assert bool(re.search(range_pattern_of(UNITS[kind]), text)) == is_range, (kind, text)  # type: ignore[index]


@given(number=plain, gap=gaps, per=st.sampled_from(["/", " per ", "per", "/ "]), unit=spellings)
def test_the_pattern_of_a_rate_takes_what_the_loader_takes(number: str, gap: str, per: str, unit: str) -> None:
    text = f"{number}{gap}{per}{unit}"
    assert bool(re.search(rate_pattern(), text)) == is_taken(parse_rate, text), text
