"""The scalars of a scenario file: each arrives as text and is parsed here, so nothing is guessed from its looks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Annotated, Any, Literal, TypeVar, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import BeforeValidator, WithJsonSchema

from sim import units
from sim.model.scenario import Design
from sim.scenario.document import suggestion

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
MOMENT = re.compile(rf"{DAY.pattern}([ T]{CLOCK.pattern}(Z|[+-][0-9]{{2}}:[0-9]{{2}})?)?")
ZONE = re.compile(r"[A-Za-z0-9_+/-]{1,60}")
MOST_TEXT = 2_000
MOST_HOPS = 5  # of a web: every way of so many links is looked at
YEARS = range(1900, 2200)  # at the ends of the calendar no zone can be reckoned in

N = TypeVar("N", bound=float)


def shape_of(value: object) -> str:
    """What was given, in plain words."""
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "a group of entries"


def from_text(parse: Callable[[str], Any], what: str) -> BeforeValidator:
    """Parse one scalar; a list or mapping in its place is a fault."""

    def validate(value: object) -> object:
        if not isinstance(value, str):
            raise ValueError(f"needs {what}, got {shape_of(value)}")
        if not value.strip():
            raise ValueError(f"is empty — write {what}, or leave the line out")
        return parse(value)

    return BeforeValidator(validate)


def _name(text: str) -> str:
    if not NAME.fullmatch(text):
        raise ValueError(f'is not a name: "{text[:60]}" — letters, digits, _ and -, a letter first, at most 60')
    return text


def _free_text(text: str) -> str:
    if len(text) > MOST_TEXT or not all(c.isprintable() or c == "\n" for c in text):
        raise ValueError(f"must be printable text of at most {MOST_TEXT} characters")
    return text.strip()


def _label(text: str) -> str:
    if len(text) > 100 or not text.isprintable():
        raise ValueError("must be one printable line of at most 100 characters")
    return text


def _day(text: str) -> str:
    """A day as ISO 8601 has it."""
    text = text.strip()
    if not DAY.fullmatch(text):
        raise ValueError(f'is not a day: "{text[:60]}" — write year, month and day, as in 2019-10-02')
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"is a day that no calendar has: {text}") from None
    _check_year(day)
    return str(day)


def _moment(text: str) -> datetime:
    """A day, or a day and a time, perhaps with its own offset; without one, of a zone that is told elsewhere."""
    text = text.strip()
    if not MOMENT.fullmatch(text):
        raise ValueError(f'is not a day or a time: "{text[:60]}" — write it as 2019-11-23 or 2019-11-22 18:00')
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"is a day or a time that no calendar has: {text}") from None
    _check_year(moment)
    return moment


def _check_year(day: date) -> None:
    if day.year not in YEARS:
        raise ValueError(f"must be of the years {YEARS[0]} to {YEARS[-1]} — what has no beginning or end is left out")


def _clock(text: str) -> time:
    text = text.strip()
    try:
        if CLOCK.fullmatch(text):
            return time.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f'is not a time of day: "{text[:60]}" — write hours and minutes, as in 07:10')


def _zone(text: str) -> ZoneInfo:
    try:
        if ZONE.fullmatch(text):
            return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    known = suggestion(text[:60], sorted(available_timezones()))
    raise ValueError(f'is not a time zone: "{text[:60]}"{known or " — write it as in Asia/Seoul"}')


def _between(parse: Callable[[str], N], least: float, most: float) -> Callable[[str], N]:
    def validate(text: str) -> N:
        value = parse(text)
        if not least <= value <= most:
            raise ValueError(f"must lie between {least:g} and {most:,.0f}, got {text.strip()}")
        return value

    return validate


def _design(text: str) -> str:
    if text not in get_args(Design):
        raise ValueError(f'needs one of {", ".join(get_args(Design))}, got "{text[:60]}"')
    return text


def _time_unit(text: str) -> str:
    try:
        units.parse_duration(f"1 {text}")
    except ValueError:
        raise ValueError(f'is not a unit of time: "{text[:60]}" — one of {", ".join(units.TIME_US)}') from None
    return text


def _instant(text: str) -> int | str:
    return text if text == "impact" else units.parse_duration(text)


def _quoted(pattern: str, *examples: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, "examples": list(examples)})


def _numeric(kind: str) -> WithJsonSchema:
    return WithJsonSchema({"type": kind})


def _count(least: int, most: float) -> BeforeValidator:
    return from_text(_between(units.parse_whole, least, most), "a whole number")


Name = Annotated[str, from_text(_name, "a name")]
Text = Annotated[str, from_text(_free_text, "text")]
Label = Annotated[str, from_text(_label, "a short text")]
Day = Annotated[str, from_text(_day, "a day such as 2019-10-02"), _quoted(f"^{DAY.pattern}$", "2019-10-02")]
Moment = Annotated[
    datetime,
    from_text(_moment, "a day such as 2019-11-23"),
    _quoted(f"^{MOMENT.pattern}$", "2019-11-23", "2019-11-22 18:00", "2019-11-22 18:00+09:00"),
]
Clock = Annotated[time, from_text(_clock, "a time such as 07:10"), _quoted(f"^{CLOCK.pattern}$", "07:10")]
Zone = Annotated[ZoneInfo, from_text(_zone, "a zone such as Asia/Seoul"), _quoted(f"^{ZONE.pattern}$", "Asia/Seoul")]
Duration = Annotated[
    int,
    from_text(units.parse_duration, 'a duration such as "90 s"'),
    _quoted(units.pattern_of(units.TIME_US), "90 s", "5.5 min"),
]
Length = Annotated[
    int, from_text(units.parse_length, 'a length such as "450 km"'), _quoted(units.pattern_of(units.LENGTH_M), "450 km")
]
Share = Annotated[
    float, from_text(units.parse_share, 'a share such as "2 %"'), _quoted(units.pattern_of(("", "%")), "2 %", "0.02")
]
Ratio = Annotated[float, from_text(_between(units.parse_number, 0, 1e6), "a number"), _numeric("number")]
_ANGLE = _quoted(units.pattern_of(("deg",), is_signed=True), "38.7 deg")


def _angle(least: float, most: float) -> BeforeValidator:
    return from_text(lambda text: units.parse_angle(text, least, most), 'an angle such as "38.7 deg"')


Latitude = Annotated[float, _angle(-90, 90), _ANGLE]
Longitude = Annotated[float, _angle(-180, 360), _ANGLE]
Bearing = Annotated[float, _angle(0, 360), _ANGLE]
Elevation = Annotated[float, _angle(0, 90), _ANGLE]
Seed = Annotated[int, _count(0, 2**63), _numeric("integer")]
Count = Annotated[int, _count(1, 1e9), _numeric("integer")]
Draws = Annotated[Design, from_text(_design, "philox or sobol")]
FewCount = Annotated[int, _count(1, 1e5), _numeric("integer")]
HopCount = Annotated[int, _count(1, MOST_HOPS), _numeric("integer")]
CatalogueId = Annotated[str, from_text(_label, "a date of the catalogue such as 2019-10-02")]

Rate = Annotated[
    int, from_text(units.parse_rate, 'a rate such as "5 /min"'), _quoted(units.rate_pattern(), "5 /min", "10 /h")
]
TimeUnit = Annotated[str, from_text(_time_unit, "a unit of time such as min")]
Earliest = Annotated[
    int | Literal["impact"],
    from_text(_instant, 'impact, or a duration such as "90 s"'),
    _quoted(f"^impact$|{units.pattern_of(units.TIME_US)}", "impact", "90 s"),
]
