"""Where two arms are equal: the value of one number, all others typical, at which their difference is zero.

All cells share all draws, so that the difference is as smooth in the value as the arms themselves are. It
is simulated on a grid over the range, then, round by round, at its zeros between neighbours and at those
of the ends of its interval, by straight lines (regula falsi) and at the middle between. It is a straight
line in any number that scales a step of a plain route; where `first`, `all` or a queue bend it, the
rounds follow; where queues or time limits turn it back, every crossing that the grid sees is found.

The interval of a crossing holds every value at which zero lies within the noise of the difference: the
inverse of that interval (Fieller, JRSS B 16, 1954; inverting tests, Casella and Berger, Statistical
Inference, 2nd ed., 2002, 9.2.1). So it covers the true break-even as often as that interval covers the
true difference there. Where the noise reaches an end of the range, the interval is open on that side.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.intervals import Interval
from sim.analysis.outcomes import Floats, Measure, Outcomes, interval, noise
from sim.model.ranges import Exactly, Range, Setting
from sim.model.scenario import Scenario

Ask = Callable[[tuple[Setting, ...]], Outcomes]  # the outcomes of settings of one pair
BEYOND_DOUBT = 2.0  # half-widths of the largest fall or rise of a curve: it is the largest of many


@dataclass(frozen=True)
class Search:
    """How closely crossings are looked for: so many values over each range, then so many rounds."""

    n_values: int = 33
    n_rounds: int = 3


ENDS_FIRST = Search(n_values=2, n_rounds=2)  # few cells: misses what turns the answer only between the ends


@dataclass(frozen=True, eq=False)
class Curve:
    """The difference of two arms over a range, all else typical.

    values : float64 (cell,), rising.
    differences : float64 (1 + section, cell); row 0 is of all replications; nan where no report came.
    """

    range: Range
    values: Floats
    differences: Floats

    def at(self, value: float) -> Interval:
        """The difference at a value that was simulated."""
        return interval(self.differences[:, int(np.searchsorted(self.values, value))])

    def known(self) -> Curve:
        """Without the values at which there is no difference."""
        is_known = ~np.isnan(self.differences[0])
        return Curve(self.range, self.values[is_known], self.differences[:, is_known])

    def ends(self) -> tuple[Floats, Floats]:
        """The ends of its interval, (cell,); infinite where the noise cannot be told."""
        low, high = noise(self.differences)
        return np.where(np.isnan(low), -np.inf, low), np.where(np.isnan(high), np.inf, high)


@dataclass(frozen=True)
class Crossing:
    """A value at which two arms are equal.

    at : with its noise; an end is infinite where the noise reaches that end of the range.
    is_rising : whether the difference is negative below it and positive above it.
    """

    at: Interval
    is_rising: bool


@dataclass(frozen=True)
class BreakEven:
    """What one value does to the difference of two arms over its range, all others typical.

    at_low, at_typical, at_high : the difference there, microseconds or a share.
    is_monotone : whether it never turns back beyond noise.
    """

    range: Range
    crossings: tuple[Crossing, ...]
    at_low: Interval
    at_typical: Interval
    at_high: Interval
    is_monotone: bool

    @property
    def ease(self) -> float:
        """How far the nearest crossing is: 0 at the typical value, 1 at the end of the range, infinite without one.

        Measured in the logarithm where positions of the range are.
        """
        return min((_ease(self.range, crossing.at.estimate) for crossing in self.crossings), default=math.inf)


@dataclass(frozen=True)
class BreakEvens:
    """What each value does to the difference a - b, most easily turned first."""

    a: str
    b: str
    measure: Measure
    n_replications: int
    found: tuple[BreakEven, ...]

    @property
    def turning(self) -> tuple[BreakEven, ...]:
        """Those with a crossing."""
        return tuple(one for one in self.found if one.crossings)


def _ease(found: Range, value: float) -> float:
    scale = math.log if found.is_log else float
    end = found.low if value < found.typical else found.high
    whole = abs(scale(end) - scale(found.typical))
    return abs(scale(value) - scale(found.typical)) / whole if whole else 0.0


def break_evens(scenario: Scenario, measure: Measure, n_replications: int, curves: Iterable[Curve]) -> BreakEvens:
    """The break-evens of the first pair, from a curve for each value."""
    a, b = scenario.contrasts[0]
    found = sorted(map(break_even, curves), key=lambda one: (one.ease, _least(one)))
    return BreakEvens(a, b, measure, n_replications, tuple(found))


def _least(one: BreakEven) -> float:
    """How near an end of the range brings the difference to zero."""
    known = [abs(end.estimate) for end in (one.at_low, one.at_high) if not math.isnan(end.estimate)]
    return min(known, default=math.inf)


def break_even(curve: Curve) -> BreakEven:
    """The crossings of a curve."""
    found = curve.range
    at_low, at_typical, at_high = (curve.at(value) for value in (found.low, found.typical, found.high))
    known = curve.known()
    return BreakEven(found, tuple(crossings(known)), at_low, at_typical, at_high, is_monotone(known))


def curves_of(
    scenario: Scenario, ranges: Sequence[Range], measure: Measure, search: Search, ask: Ask
) -> tuple[Curve, ...]:
    """The difference of the first pair over ranges, closely simulated around its crossings.

    Parameters
    ----------
    ask : the outcomes of settings, each of the same replications.
    """
    curves = [Curve(found, np.empty(0), np.empty((0, 0))) for found in ranges]
    wanted = [grid(found, search.n_values) for found in ranges]
    for _ in range(1 + search.n_rounds):
        if not any(wanted):
            break
        curves = _extended(scenario, measure, curves, wanted, ask)
        wanted = [nearer(curve.known()) for curve in curves]
    return tuple(curves)


def _extended(
    scenario: Scenario, measure: Measure, curves: Sequence[Curve], wanted: Sequence[set[float]], ask: Ask
) -> list[Curve]:
    """The curves with further values; the typical one is simulated once for all of them."""
    new = [sorted(values) for values in wanted]
    settings = [_setting(curve.range, value) for curve, values in zip(curves, new, strict=True) for value in values]
    places = {_key(setting): setting for setting in settings}
    found = ask(tuple(places.values())).difference(measure, *scenario.contrasts[0])
    column = {key: found[:, place] for place, key in enumerate(places)}
    each = iter(column[_key(setting)] for setting in settings)
    return [_joined(curve, values, [next(each) for _ in values]) for curve, values in zip(curves, new, strict=True)]


def _setting(found: Range, value: float) -> Setting:
    return {} if value == found.typical else {found.path: Exactly(value)}


def _key(setting: Setting) -> tuple[Any, ...]:
    return tuple(setting.items())


def _joined(curve: Curve, values: list[float], columns: list[Floats]) -> Curve:
    if not values:
        return curve
    every = np.concatenate([curve.values, values])
    order = np.argsort(every, kind="stable")
    added = np.stack(columns, axis=1)
    differences = np.concatenate([curve.differences, added], axis=1) if len(curve.values) else added
    return Curve(curve.range, every[order], differences[:, order])


def grid(found: Range, n_values: int) -> set[float]:
    """Values over a range: its ends, its typical value, and others evenly spaced in its positions."""
    spaced = (found.at(step / (n_values - 1)) for step in range(1, n_values - 1))
    return {float(value) for value in (found.low, found.typical, found.high, *spaced)}


def nearer(curve: Curve) -> set[float]:
    """Where to look next: the zeros of the curve and of the ends of its interval, and the middle between neighbours."""
    lines = (curve.differences[0], *curve.ends())
    wanted: set[float] = set()
    for line in lines if len(curve.values) else ():
        for left in np.flatnonzero(np.sign(line[:-1]) * np.sign(line[1:]) < 0):
            wanted.add(_zero(curve.values, line, int(left), int(left) + 1))
            wanted.add(_middle(curve.range, *curve.values[left : left + 2]))
    rounded = {float(round(value)) if curve.range.is_whole else value for value in wanted}
    return rounded - {float(value) for value in curve.values}


def _middle(found: Range, low: float, high: float) -> float:
    return float(math.sqrt(low * high) if found.is_log else (low + high) / 2)


def _zero(x: Floats, y: Floats, left: int, right: int) -> float:
    """Where the straight line between two points meets zero; by a point of which nothing is known, at the other."""
    if not (math.isfinite(y[left]) and math.isfinite(y[right])):
        return float(x[left] if math.isfinite(y[left]) else x[right])
    return float(x[left] + (x[right] - x[left]) * (y[left] / (y[left] - y[right])))


def crossings(curve: Curve) -> Iterator[Crossing]:
    """Where a curve passes from one side of zero to the other.

    What lies on one side beyond noise is sure. Between two sure neighbours on different sides there is one
    crossing, however often noise has the curve meet zero; between two on the same side there is none. Before
    the first and after the last the curve itself tells.
    """
    x, whole = curve.values, curve.differences[0] if len(curve.values) else curve.values
    low, high = curve.ends() if len(x) else (x, x)
    sides = np.where(low > 0, 1, np.where(high < 0, -1, 0))
    sure = np.flatnonzero(sides).tolist()
    for left, right in pairwise([None, *sure, None]):
        zeros = list(_zeros(x, whole, 0 if left is None else left, len(x) - 1 if right is None else right))
        if len(zeros) % 2:
            at, is_rising = zeros[len(zeros) // 2]
            first = -math.inf if left is None else _zero(x, low if sides[left] > 0 else high, left, left + 1)
            last = math.inf if right is None else _zero(x, low if sides[right] > 0 else high, right - 1, right)
            yield Crossing(Interval(at, first, last), is_rising)


def _zeros(x: Floats, y: Floats, first: int, last: int) -> Iterator[tuple[float, bool]]:
    """Every zero of the lines between two points at which the sign changes, and whether they rise there."""
    signed = [place for place in range(first, last + 1) if y[place] != 0]
    for left, right in pairwise(signed):
        if (y[left] < 0) != (y[right] < 0):
            is_next = right == left + 1
            at = _zero(x, y, left, right) if is_next else (x[left + 1] + x[right - 1]) / 2
            yield float(at), bool(y[left] < 0)


def is_monotone(curve: Curve) -> bool:
    """Whether a curve does not both rise and fall, beyond noise."""
    return not (_has_fall(curve.differences) and _has_fall(-curve.differences))


def _has_fall(differences: NDArray[np.float64]) -> bool:
    """Whether the largest fall from one value to a higher one is beyond noise."""
    if differences.shape[1] < 2:
        return False
    whole = differences[0]
    last = int(np.argmax(np.maximum.accumulate(whole) - whole))
    first = int(np.argmax(whole[: last + 1]))
    fall = interval(differences[:, first] - differences[:, last])
    return fall.estimate > BEYOND_DOUBT * fall.half_width and fall.estimate > 0


def plain(every: BreakEvens) -> dict[str, Any]:
    """As JSON has it; an end that is open is null there."""
    found = [{"path": one.range.path, **asdict(one), "ease": one.ease} for one in every.found]
    return {**asdict(every), "found": found}


def from_plain(given: Mapping[str, Any]) -> BreakEvens:
    """The inverse of `plain`, after JSON."""
    found = tuple(_from_plain(one) for one in given["found"])
    return BreakEvens(given["a"], given["b"], given["measure"], given["n_replications"], found)


def _from_plain(given: Mapping[str, Any]) -> BreakEven:
    every = tuple(Crossing(_interval(one["at"], math.inf), one["is_rising"]) for one in given["crossings"])
    low, typical, high = (_interval(given[at], math.nan) for at in ("at_low", "at_typical", "at_high"))
    return BreakEven(Range(**given["range"]), every, low, typical, high, given["is_monotone"])


def _interval(given: Mapping[str, float | None], absent: float) -> Interval:
    ends = ((given["estimate"], absent), (given["low"], -absent), (given["high"], absent))
    return Interval(*(instead if value is None else value for value, instead in ends))
