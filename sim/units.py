"""Text with units to numbers and back; the only file with conversion factors.

Inside the program a time is a whole number of microseconds, a length a whole number of metres,
a share a float between 0 and 1.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Literal

QuantityKind = Literal["time", "share", "length", "number"]  # of a quantity

US_PER_SECOND = 1_000_000
US_PER_MINUTE = 60 * US_PER_SECOND
MILLISECOND_US = 1_000
US_PER_HOUR = 60 * US_PER_MINUTE

TIME_US: Mapping[str, int] = {
    "us": 1,
    "ms": 1_000,
    "s": US_PER_SECOND,
    "min": US_PER_MINUTE,
    "h": US_PER_HOUR,
    "d": 24 * US_PER_HOUR,
}
LENGTH_M: Mapping[str, int] = {"m": 1, "km": 1_000}
UNITS: Mapping[QuantityKind, Collection[str]] = {
    "time": TIME_US,
    "share": ("", "%"),
    "length": LENGTH_M,
    "number": ("",),
}

_WORDS: Mapping[str, str] = {  # other words that people write for a unit, in small letters
    **dict.fromkeys(("millisecond", "milliseconds", "msec"), "ms"),
    **dict.fromkeys(("sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("day", "days"), "d"),
    **dict.fromkeys(("metre", "metres", "meter", "meters"), "m"),
    **dict.fromkeys(("km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"), "km"),
    **dict.fromkeys(("deg", "degree", "degrees"), "deg"),
}
_MEANT: Mapping[str, str] = {"m": "min", "mn": "min", "mi": "min", "mts": "min", "sek": "s", "std": "h", "hs": "h"}

_FOREIGN: Mapping[str, str] = {  # what is read as a sign or a unit of the format and is none, longer ones first
    **dict.fromkeys(("시간", "時間"), " h"),
    **dict.fromkeys(("분", "分"), " min"),
    **dict.fromkeys(("초", "秒"), " s"),
    **dict.fromkeys(("일", "日"), " d"),
    **dict.fromkeys("\u00b5\u03bc", "u"),
    **dict.fromkeys("\u2212\u2010\u2011\ufe63\uff0d", "-"),
    **dict.fromkeys("\u066b\uff0c", "."),
}

LONGEST_US = 366 * TIME_US["d"]  # far beyond any alert; keeps every sum of times inside int64
LONGEST_M = 100_000_000

_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?"
_NUMBER_PATTERN = r"([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?"  # the same without a sign, for JSON Schema
_QUANTITY = re.compile(rf"({_NUMBER})\s*([A-Za-z%°]*\.?)", re.ASCII)
ODD_SPACES = re.compile("[\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]")  # that look like a space and are none
_RANGE = re.compile(rf"({_NUMBER})\s*([A-Za-z%]*\.?)\s*(?:\bto\b|[-–—])\s*({_NUMBER})\s*([A-Za-z%]*\.?)", re.ASCII)
_LONGEST_TEXT = 40


def split_range(text: str) -> tuple[str, str] | None:
    """The two ends of a range such as ``"2 to 5 min"`` or ``"2 min–5 min"``, each with its unit; None if it is none.

    >>> split_range("2 to 5 min"), split_range("30 s - 5 min"), split_range("1e-3")
    (('2 min', '5 min'), ('30 s', '5 min'), None)
    """
    match = _RANGE.fullmatch(text.strip()) if len(text) <= _LONGEST_TEXT and _split(text) is None else None
    if match is None:
        return None
    low, low_unit, high, high_unit = match.groups()
    return f"{low} {low_unit or high_unit}".strip(), f"{high} {high_unit}".strip()


def _split(text: str) -> tuple[Decimal, str] | None:
    match = _QUANTITY.fullmatch(text.strip()) if len(text) <= _LONGEST_TEXT else None
    return (Decimal(match[1]), _unit(match[2])) if match else None


def _unit(word: str) -> str:
    """The unit that a word stands for; the word itself if for none that is known."""
    plain = word.removesuffix(".")
    return _WORDS.get(plain.lower(), plain)


def pattern_of(units: Collection[str], *, is_signed: bool = False) -> str:
    """A pattern for JSON Schema of the texts that are a number with one of some units, in any spelling taken."""
    sign = "[+-]?" if is_signed else "[+]?"
    return rf"^\s*{sign}{_NUMBER_PATTERN}\s*{_spelt(units)}\s*$"


def range_pattern_of(units: Collection[str]) -> str:
    """Likewise of the texts that are a range in short, such as ``"2 to 5 min"``."""
    number, unit = f"[+]?{_NUMBER_PATTERN}", _spelt(units)
    return rf"^\s*{number}\s*({unit})?\s*(\bto\b|[-–—])\s*{number}\s*{unit}\s*$"


def rate_pattern() -> str:
    """Likewise of the texts that are so many a time, such as ``"5 /min"``."""
    return rf"^\s*[+]?{_NUMBER_PATTERN}\s*\.?\s*(/| per )\s*{_spelt(TIME_US)}\s*$"


def _spelt(units: Collection[str]) -> str:
    """The pattern of some units, in any spelling taken."""
    words = {unit for unit in units if unit not in _WORDS} | {word for word, unit in _WORDS.items() if unit in units}
    spelt = "|".join(sorted(_any_case(word) if word in _WORDS else word for word in words))
    return rf"({spelt})\.?"


def _any_case(word: str) -> str:
    return "".join(f"[{letter}{letter.upper()}]" for letter in word)


def unit_of(text: str) -> str | None:
    """The unit of a number, empty if it has none; None if the text is no number."""
    parts = _split(text)
    return parts[1] if parts else None


def with_unit(text: str, unit: str) -> str:
    """A number that has no unit, with this one; any other text as it is."""
    return f"{text} {unit}" if unit and unit_of(text) == "" else text


def _shown(text: str) -> str:
    text = ODD_SPACES.sub(" ", text)
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _mend(text: str, units: Collection[str]) -> str:
    """What to write in place of a text that people write and the format does not have; empty if it is not known."""
    if ODD_SPACES.search(text):
        return f"it has a non-breaking space: write {ODD_SPACES.sub(' ', text).strip()} with a plain one"
    text = text.strip()
    if text.startswith(("<", ">", "≤", "≥")):
        return "that is a bound and no value: write how long it was, or how much it is"
    if "s" in units and re.fullmatch(rf"{_NUMBER} ?(?:/|per) ?[A-Za-z]+", text, re.ASCII):
        return f"that is a rate: write {{exponential: {{rate: {text}}}}}, or the time between two"
    if foreign := _foreign_mend(text, units):
        return foreign
    if text.count(".") > 1 and re.fullmatch(r"[\d.]+\s*[A-Za-z%°]*", text, re.ASCII):
        return "a number has one decimal point"
    if ends := split_range(text):
        return f"one value stands here and no range: write {ends[0]} or {ends[1]}, or one between"
    if thousands := re.fullmatch(r"(\d{1,3}),(\d{3})\s*(\D*)", text, re.ASCII):
        whole, rest, unit = thousands.groups()
        return f"write {whole}{rest} {unit}".rstrip() + f" or {whole}.{rest} {unit}".rstrip()
    pointed = re.sub(r"(?<=\d),(?=\d)", ".", text, count=1)
    number = re.match(_NUMBER, pointed, re.ASCII)
    unit = unit_of(pointed)
    if number is None or unit is None:
        return _sum_mend(text, units)
    meant = next((one for one in (unit, unit.lower(), _MEANT.get(unit.lower())) if one in units), None)
    return f"write {number[0]} {meant}".rstrip() if meant is not None else ""


def _foreign_mend(text: str, units: Collection[str]) -> str:
    """Of ``５ 分`` or ``90 µs``: the sign that is none of the format, and what to write for it."""
    plain = text
    for sign, meant in _FOREIGN.items():
        plain = plain.replace(sign, meant)
    plain = " ".join(unicodedata.normalize("NFKC", plain).split())
    odd = next((sign for sign in text if not sign.isascii()), "")
    if not odd or not plain.isascii():
        return ""
    parts = _split(plain)
    if parts is None or parts[1] not in units:
        return _mend(plain, units)
    if parts[0] < 0 and "deg" not in units:
        return "nothing of this kind is below zero"
    return f'for "{odd}" the format has another sign: write {plain}'


def _sum_mend(text: str, units: Collection[str]) -> str:
    """Of ``5 min 30 s``: write 5.5 min."""
    parts = re.findall(rf"({_NUMBER}\s*[A-Za-z]+\.?)\s*", text, re.ASCII)
    is_all = len(parts) > 1 and "".join("".join(parts).split()) == "".join(text.split())
    if not is_all or any(unit_of(part) not in TIME_US or unit_of(part) not in units for part in parts):
        return ""
    return f"write {time_text(sum(map(parse_duration, parts)))}"


def _quantity(text: str, factors: Mapping[str, int], examples: tuple[str, str], most: int) -> int:
    parts = _split(text)
    if parts is None or parts[1] not in factors:
        shown = _shown(text)
        if parts is not None and not parts[1]:
            first, second = (f'"{shown} {unit}"' for unit in examples)
            raise ValueError(f"needs a unit, got {shown} — write {first} or {second}")
        known, mend = ", ".join(factors), _mend(text, factors) or f'e.g. "90 {examples[0]}"'
        raise ValueError(f'needs a number and a unit ({known}), got "{shown}" — {mend}')
    value = parts[0] * factors[parts[1]]
    if value < 0:
        raise ValueError(f"must not be negative, got {text.strip()}")
    if value > most:
        unit = [*factors][-1]
        raise ValueError(f"is too large, got {text.strip()} — at most {most // factors[unit]:,} {unit}")
    whole = int(value.to_integral_value())  # half to even
    if value and not whole:
        least = next(unit for unit, factor in factors.items() if factor == 1)
        raise ValueError(f"rounds to 0 {least}, got {text.strip()} — write 1 {least} or more, or 0 {least}")
    return whole


def parse_duration(text: str) -> int:
    """Whole microseconds of a duration such as ``"90 s"`` or ``"2 min"``; ValueError says the mend."""
    return _quantity(text, TIME_US, ("s", "min"), LONGEST_US)


def parse_rate(text: str) -> int:
    """Whole microseconds between two of so many a time: 12 s of ``"5 /min"`` or ``"5 per min"``."""
    number, _, unit = text.replace(" per ", "/").partition("/")
    unit, parts = _unit(unit.strip()), _split(number)
    if parts is None or parts[1] or unit not in TIME_US:
        raise ValueError(f'needs a number a time, got "{_shown(text)}" — write "5 /min" or "10 /h"')
    if parts[0] <= 0:
        raise ValueError(f"must be above zero, got {text.strip()}")
    return parse_duration(f"{TIME_US[unit] / parts[0]:.0f} us")


def parse_length(text: str) -> int:
    """Whole metres of a length such as ``"450 km"``."""
    return _quantity(text, LENGTH_M, ("km", "m"), LONGEST_M)


def parse_angle(text: str, least: float, most: float) -> float:
    """Degrees of an angle such as ``"38.7 deg"`` or ``"-5 deg"``, between two bounds."""
    parts = _split(text)
    if parts is None or parts[1] != "deg":
        mend = _mend(text, ("deg",)) or 'write "38.7 deg"'
        raise ValueError(f'needs an angle, got "{_shown(text)}" — {mend}')
    value = float(parts[0])
    if not least <= value <= most:
        raise ValueError(f"must lie between {least:g} and {most:g} deg, got {text.strip()}")
    return value


def parse_share(text: str) -> float:
    """A share between 0 and 1, written ``"2 %"`` or ``"0.02"``; a bare 1 may be meant as either, so it is refused."""
    parts = _split(text)
    if parts is None or parts[1] not in ("", "%"):
        mend = _mend(text, ("", "%")) or 'write "2 %" or 0.02'
        raise ValueError(f'needs a share, got "{_shown(text)}" — {mend}')
    value = float(parts[0]) / (100 if parts[1] else 1)
    if not parts[1] and 1 <= value <= 100:
        mend = f'"{text.strip()} %"' + (' or "100 %"' if value == 1 else "")
        raise ValueError(f"may be a share or a percentage, got {text.strip()} — write {mend}")
    if not 0 <= value <= 1:
        raise ValueError(f"must lie between 0 and 100 %, got {text.strip()}")
    return value


def parse_number(text: str) -> float:
    """A finite decimal number without a unit."""
    return float(_plain_number(text))


def parse_whole(text: str) -> int:
    """A whole number without a unit; every digit counts, as those of a seed beyond 2**53 must.

    >>> parse_whole("9007199254740993"), parse_whole("1e3")
    (9007199254740993, 1000)
    """
    value = _plain_number(text)
    if value != int(value):
        raise ValueError(f"must be a whole number, got {text.strip()}")
    return int(value)


def _plain_number(text: str) -> Decimal:
    parts = _split(text)
    if parts is None or parts[1]:
        mend = _mend(text, ("",))
        raise ValueError(f'needs a plain number, got "{_shown(text)}"' + (f" — {mend}" if mend else ""))
    return parts[0]


def duration_text(us: float) -> str:
    """A duration for people: the largest unit that keeps two or three digits.

    >>> [duration_text(x) for x in (57_000_000, 330_000_000, 3_600_000_000, 250_000)]
    ['57 s', '5.5 min', '1 h', '250 ms']
    """
    if abs(us) < US_PER_SECOND and us == int(us):
        return f"{us / 1000:.3g} ms" if us else "0 s"
    for unit, most in (("s", 2 * US_PER_MINUTE), ("min", US_PER_HOUR), ("h", 48 * US_PER_HOUR)):
        if abs(us) < most:
            return f"{us / TIME_US[unit]:.3g} {unit}"
    return f"{_plain(us / TIME_US['d'], 3)} d"


def length_text(metres: float) -> str:
    """A length for people: metres below one kilometre."""
    return f"{_plain(metres, 3)} m" if abs(metres) < LENGTH_M["km"] else f"{_plain(metres / LENGTH_M['km'], 4)} km"


def _plain(value: float, digits: int) -> str:
    """So many digits that count, never in powers of ten."""
    return f"{Decimal(f'{value:.{digits}g}'):f}"


def quantity_text(kind: QuantityKind, value: float) -> str:
    """A quantity for people, with its unit."""
    if kind == "share":
        return f"{100 * value:.3g} %"
    if kind == "number":
        return _plain(value, 3)
    return duration_text(value) if kind == "time" else length_text(value)


def parse_quantity(kind: QuantityKind, text: str) -> float:
    """The number of a quantity as a scenario file has it: microseconds, metres, a share or a plain number.

    Raises
    ------
    ValueError : it is none; says the mend.
    """
    parsers = {"time": parse_duration, "share": parse_share, "length": parse_length, "number": parse_number}
    return parsers[kind](text)


DIGITS = 12  # of a share or a ratio as a scenario file has it


def exact_text(kind: QuantityKind, value: float) -> str:
    """A quantity as a scenario file has it: whole microseconds and metres, or so many digits."""
    if kind == "share":
        return f"{100 * value:.{DIGITS}g} %"
    if kind == "length":
        return f"{round(value)} m"
    return time_text(round(value)) if kind == "time" else f"{value:.{DIGITS}g}"


def time_text(us: int) -> str:
    """Whole microseconds as a scenario file has them: in a larger unit where that is exact."""
    text = duration_text(us)
    return text if parse_duration(text) == us else f"{us} us"


ON_AXES: Mapping[QuantityKind, tuple[float, str]] = {  # by what it is multiplied there, and the word for its unit
    "time": (1 / US_PER_MINUTE, "minutes"),
    "share": (100.0, "per cent"),
    "length": (1 / LENGTH_M["km"], "km"),
    "number": (1.0, ""),
}


def to_the_millisecond(seconds: float) -> int:
    """Microseconds of a computed time: no further do machines agree on a sine."""
    return round(seconds * 1000) * MILLISECOND_US


def count_text(n: int, one: str, many: str = "") -> str:
    """So many things: 1 cell, 2 cells, 3 launches."""
    return f"{n:,} {one if n == 1 else many or f'{one}s'}"


def minutes(us: float) -> float:
    """Microseconds as minutes, for tables and axes."""
    return us / US_PER_MINUTE


def seconds(us: float) -> float:
    """Microseconds as seconds, for tables and axes."""
    return us / US_PER_SECOND
