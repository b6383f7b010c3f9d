"""The lowest and the highest answer over the box of ranges: searched for, never sampled.

Every value that is not known stands at the low end of its range, at its typical value or at its high end. One at a
time from the typical setting, each says in which direction it moves the answer; together they point to a corner of
the box. From there one value after another is tried at its other end under the same draws, and what moves the
answer further beyond noise is kept, until nothing does (coordinate search from a screened start; common random numbers
make the comparison sharp: Glasserman and Yao, Management Science 38, 1992). On a plateau no value moves anything alone,
so that the search begins at the best of some other points where there is a better one.

Where an answer rises or falls in each value whatever the others are, the corner is its true end. A queue or a time
limit can turn it in between; then this is the lowest and highest that was found.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any, NamedTuple

import numpy as np

from sim.analysis.intervals import Interval
from sim.analysis.measures import Measure
from sim.analysis.outcomes import Floats, Outcomes, Quantity, interval, joined, noise
from sim.model.ranges import Exactly, Range, Setting

MOST_ROUNDS = 12  # of trying every value from the best so far

# The place of every range, in their order: -1 for its low end, 0 for its typical value, 1 for its high end.
Point = tuple[int, ...]
Ask = Callable[[tuple[Setting, ...]], Outcomes]  # the outcomes of settings, each of the same replications


class Goal(NamedTuple):
    """The lowest (-1) or highest (1) value of a quantity; of a pair it is first arm minus second."""

    quantity: Quantity
    sign: int


@dataclass(frozen=True)
class End:
    """A value that the answer takes, with its noise, and the setting that it has there: values by path."""

    at: Interval
    setting: Mapping[str, float]


@dataclass(frozen=True)
class Extent:
    """From the lowest to the highest value of a quantity."""

    low: End
    high: End


Extents = Mapping[Quantity, Extent]


def plain(found: Extents) -> list[dict[str, Any]]:
    """As a store keeps them: microseconds and shares; an end of a noise that cannot be told is null."""
    return [
        {**quantity._asdict(), **{side: asdict(getattr(extent, side)) for side in ("low", "high")}}
        for quantity, extent in found.items()
    ]


def from_plain(kept: Sequence[Mapping[str, Any]]) -> dict[Quantity, Extent]:
    """What `plain` made, as it was."""
    return {
        Quantity(Measure(one["measure"]), one["arm"], one["against"], one["at"]): Extent(
            _end(one["low"]), _end(one["high"])
        )
        for one in kept
    }


def _end(kept: Mapping[str, Any]) -> End:
    ends = {name: math.nan if value is None else value for name, value in kept["at"].items()}
    return End(Interval(**ends), kept["setting"])


def extents(
    ranges: Sequence[Range],
    quantities: Sequence[Quantity],
    look: Ask,
    measure: Ask,
    starts: Sequence[Mapping[str, float]] = (),
) -> dict[Quantity, Extent]:
    """The ends of some quantities over the box of ranges; without those of which no setting has a value.

    Parameters
    ----------
    look : the outcomes of settings while the ends are looked for; few replications tell directions.
    measure : those of the settings that attain them, with all that the noise of an end needs.
    starts : where else than at the typical setting the search may begin, as settings of ends.
    """
    goals = [Goal(quantity, sign) for quantity in quantities for sign in (-1, 1)]
    found = search(ranges, goals, look, [_point(ranges, start) for start in starts])
    points = tuple(dict.fromkeys(found.values()))
    if not points:
        return {}
    outcomes = measure(settings_of(ranges, points))

    def end(goal: Goal) -> End:
        values = of(outcomes, goal.quantity)[:, points.index(found[goal])]
        return End(interval(values), _values(ranges, found[goal]))

    return {
        quantity: Extent(*sorted((end(Goal(quantity, -1)), end(Goal(quantity, 1))), key=lambda one: one.at.estimate))
        for quantity in dict.fromkeys(goal.quantity for goal in found)
    }


def search(
    ranges: Sequence[Range], goals: Sequence[Goal], look: Ask, starts: Sequence[Point] = ()
) -> dict[Goal, Point]:
    """The point that attains each goal; none for a goal without a value at the typical setting and beside it."""
    typical = (0,) * len(ranges)
    known = _Known(ranges, look)
    known.look([typical, *neighbours(typical)])
    known.look(starts)
    best = {goal: point for goal in goals if (point := known.first(goal)) is not None}
    for _ in range(MOST_ROUNDS):
        known.look([near for point in dict.fromkeys(best.values()) for near in neighbours(point)])
        moves = tuple(dict.fromkeys(move for goal, point in best.items() for move in known.moves(goal, point)))
        known.look(moves)
        moved = {goal: known.best(goal, point, moves) for goal, point in best.items()}
        if moved == best:
            break
        best = moved
    known.look([near for point in dict.fromkeys(best.values()) for near in neighbours(point)])
    return {goal: known.without_idle(goal, point) for goal, point in best.items()}


def neighbours(point: Point) -> list[Point]:
    """The points that differ from one in one value, which goes to the other end of its range, or to both."""
    places = ((at, place) for at, own in enumerate(point) for place in (-1, 1) if place != own)
    return [(*point[:at], place, *point[at + 1 :]) for at, place in places]


class _Known:
    """The outcomes of all points that were looked at."""

    def __init__(self, ranges: Sequence[Range], look: Ask) -> None:
        self._ranges, self._ask = ranges, look
        self._column: dict[Point, int] = {}
        self._outcomes: Outcomes | None = None
        self._values: dict[Quantity, Floats] = {}

    def look(self, points: Iterable[Point]) -> None:
        """Simulate those that are new."""
        new = [point for point in dict.fromkeys(points) if point not in self._column]
        if not new:
            return
        found = self._ask(settings_of(self._ranges, new))
        self._column.update(zip(new, count(len(self._column)), strict=False))
        self._outcomes = joined([self._outcomes, found]) if self._outcomes else found
        self._values = {}

    def first(self, goal: Goal) -> Point | None:
        """The best point so far; none where none has a value."""
        values = goal.sign * self._of(goal.quantity)[0]
        if not np.isfinite(values).any():
            return None
        return list(self._column)[int(np.nanargmax(values))]

    def moves(self, goal: Goal, point: Point) -> list[Point]:
        """Where to go from a point: where all values that improve it alone stand improved, and its best neighbour.

        What is within noise improves it too, since under the same draws even that tells a direction.
        """
        near = neighbours(point)
        gains = self._gains(goal, point, near)
        better = [int(number) for number in np.argsort(-gains, kind="stable") if gains[number] > 0]
        together = list(point)
        for number in reversed(better):  # of a value's places the best comes last
            at = next(at for at, own in enumerate(point) if own != near[number][at])
            together[at] = near[number][at]
        return [tuple(together), near[better[0]]] if better else []

    def best(self, goal: Goal, point: Point, moves: Sequence[Point]) -> Point:
        """The best of a point and others, among them where other goals go; none but what is better beyond noise."""
        gains = self._gains(goal, point, moves, is_sure=True) if moves else np.empty(0)
        return moves[int(gains.argmax())] if (gains > 0).any() else point

    def without_idle(self, goal: Goal, point: Point) -> Point:
        """The point with every value typical that changes nothing, in no section, neither there nor from typical."""
        typical = (0,) * len(point)
        moved = self._moved(goal.quantity, point) | self._moved(goal.quantity, typical)
        return tuple(place if at in moved else 0 for at, place in enumerate(point))

    def _moved(self, quantity: Quantity, point: Point) -> set[int]:
        """Which values move a quantity alone from a point."""
        values, near = self._of(quantity), neighbours(point)
        here, there = values[:, [self._column[point]]], values[:, [self._column[one] for one in near]]
        is_same = ((there == here) | (np.isnan(there) & np.isnan(here))).all(axis=0)
        moved = (one for one, same in zip(near, is_same, strict=True) if not same)
        return {at for one in moved for at, place in enumerate(one) if place != point[at]}

    def _gains(self, goal: Goal, point: Point, others: Sequence[Point], *, is_sure: bool = False) -> Floats:
        """By how much others are better, (point,), if asked beyond noise; 0 where they are not or have no value."""
        values = goal.sign * self._of(goal.quantity)
        apart = values[:, [self._column[other] for other in others]] - values[:, [self._column[point]]]
        is_better = np.isfinite(apart[0]) & (apart[0] > 0)
        if is_sure:
            is_better &= ~(noise(apart)[0] <= 0)
        return np.where(is_better, apart[0], 0.0)

    def _of(self, quantity: Quantity) -> Floats:
        if quantity not in self._values and self._outcomes is not None:
            self._values[quantity] = of(self._outcomes, quantity)
        return self._values[quantity]


def settings_at_ends(found: Iterable[Extent]) -> tuple[Setting, ...]:
    """The settings that hold the ends of some extents, each once; not the typical one."""
    ends = (end.setting for extent in found for end in (extent.low, extent.high))
    distinct = {tuple(sorted(end.items())): end for end in ends if end}
    return tuple({path: Exactly(value) for path, value in end.items()} for end in distinct.values())


def of(outcomes: Outcomes, quantity: Quantity) -> Floats:
    """A quantity, or the difference of one between two arms, (1 + section, setting)."""
    if quantity.against:
        return outcomes.difference(quantity.measure, quantity.arm, quantity.against, quantity.at)
    return outcomes.values[quantity]


def settings_of(ranges: Sequence[Range], points: Iterable[Point]) -> tuple[Setting, ...]:
    """The settings of points; what stands at its typical value is left out."""
    ends = [(path, {place: Exactly(value) for place, value in at.items()}) for path, at in _places(ranges)]
    return tuple({path: at[place] for (path, at), place in zip(ends, point, strict=True) if place} for point in points)


def _point(ranges: Sequence[Range], setting: Mapping[str, float]) -> Point:
    """The point of a setting whose values are ends of ranges."""
    return tuple(0 if one.path not in setting else -1 if setting[one.path] == one.low else 1 for one in ranges)


def _values(ranges: Sequence[Range], point: Point) -> dict[str, float]:
    return {path: at[place] for (path, at), place in zip(_places(ranges), point, strict=True) if place}


def _places(ranges: Sequence[Range]) -> list[tuple[str, dict[int, float]]]:
    """The path of each range, and the values of its ends by place."""
    ends = ((one, {-1: one.low, 1: one.high}) for one in ranges)
    return [(one.path, {place: int(end) if one.is_whole else end for place, end in at.items()}) for one, at in ends]
