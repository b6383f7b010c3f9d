"""Two kinds of not knowing, kept apart: a value that nobody outside knows is a `Range`.

A replication varies what differs from launch to launch; a *setting* fixes every range at one
point. A setting maps the path of a range to a position between 0 and 1, or to the value itself; a path
that it lacks stands at its typical value, so the empty setting is the typical one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from sim.portable import exp, log


class Exactly(NamedTuple):
    """A value itself, in place of a position in its range."""

    value: float


Position = float | Exactly
Setting = Mapping[str, Position]
TYPICAL: Setting = {}


@dataclass(frozen=True)
class Range:
    """The plausible range of one value: ignorance of the value, not the spread of what it describes.

    `path` is its place in the scenario and names it in every setting. `is_whole` holds for
    microseconds and counts. `is_middle` says that the file states no typical value, which is then the `middle`.
    """

    path: str
    low: float
    typical: float
    high: float
    is_whole: bool
    is_middle: bool = False

    @property
    def is_log(self) -> bool:
        """Whether positions are spread evenly in the logarithm: whenever the low end is above zero."""
        return self.low > 0

    def at(self, position: Position | None) -> float:
        """The value at a position between 0 (low) and 1 (high), or the value given; None is the typical value."""
        if position is None:
            return self.typical
        if isinstance(position, Exactly):
            return position.value
        if self.is_log:
            value = self.low * exp(position * log(float(self.high / self.low)))
        else:
            value = self.low + position * (self.high - self.low)
        value = min(max(float(value), self.low), self.high)
        return round(value) if self.is_whole else value


def middle(low: float, high: float, *, is_whole: bool) -> float:
    """What stands for a range whose typical value nobody states: the geometric mean of its ends, from 0 the mean."""
    value = math.sqrt(low) * math.sqrt(high) if low > 0 else (low + high) / 2
    value = min(max(value, low), high)
    return round(value) if is_whole else value


Number = float | Range


def settle(number: Number, setting: Setting) -> float:
    """The value of a number in one setting."""
    return number.at(setting.get(number.path)) if isinstance(number, Range) else number


def distinct(settings: Sequence[Setting], numbers: Iterable[Number]) -> tuple[list[Setting], list[int]]:
    """Of settings the first of all that are alike in some numbers, and which of these each of them is like."""
    paths = [number.path for number in numbers if isinstance(number, Range)]
    if not paths:
        return list(settings[:1]), [0] * len(settings)
    places: dict[tuple[Position | None, ...], int] = {}
    firsts: list[Setting] = []
    which: list[int] = []
    for setting in settings:
        place = places.setdefault(tuple(map(setting.get, paths)), len(places))
        if place == len(firsts):
            firsts.append(setting)
        which.append(place)
    return firsts, which


def corners(numbers: Iterable[Number]) -> Iterator[Setting]:
    """The settings in which every range among some numbers stands at one of its ends."""
    ranges = [number for number in numbers if isinstance(number, Range)]
    for ends in product(*((one.low, one.high) for one in ranges)):
        yield {one.path: Exactly(end) for one, end in zip(ranges, ends, strict=True)}


def extremes(number: Number) -> tuple[float, ...]:
    """Every value at which a number must make sense: one, or low, typical and high."""
    if isinstance(number, Range):
        return (number.low, number.typical, number.high)
    return (number,)
