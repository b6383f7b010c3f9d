"""Where a curve meets zero, and how sure that is.

The interval of a crossing holds every value at which zero lies within the noise of the difference: the
inverse of that interval (Fieller, JRSS B 16, 1954; inverting tests, Casella and Berger, Statistical
Inference, 2nd ed., 2002, 9.2.1). So it covers the true break-even as often as that interval covers the
true difference there. Where the noise reaches an end of the range, the interval is open on that side.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.intervals import Interval
from sim.analysis.measures import Measure
from sim.analysis.outcomes import ALL_ARRIVE, Floats, interval
from sim.model.ranges import Range
from sim.model.scenario import Scenario
from sim.studies.breakeven.curves import Curve, zero_between

BEYOND_DOUBT = 2.0  # half-widths of the largest fall or rise of a curve: it is the largest of many


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
    """What each value does to the difference a - b, most easily turned first.

    arrive : the shares of their reports that arrive at working values; of those of a run, which says it itself, all.
    """

    a: str
    b: str
    measure: Measure
    n_replications: int
    found: tuple[BreakEven, ...]
    arrive: tuple[float, float] = ALL_ARRIVE

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
            first = -math.inf if left is None else zero_between(x, low if sides[left] > 0 else high, left, left + 1)
            last = math.inf if right is None else zero_between(x, low if sides[right] > 0 else high, right - 1, right)
            yield Crossing(Interval(at, first, last), is_rising)


def _zeros(x: Floats, y: Floats, first: int, last: int) -> Iterator[tuple[float, bool]]:
    """Every zero of the lines between two points at which the sign changes, and whether they rise there."""
    signed = [place for place in range(first, last + 1) if y[place] != 0]
    for left, right in pairwise(signed):
        if (y[left] < 0) != (y[right] < 0):
            is_next = right == left + 1
            at = zero_between(x, y, left, right) if is_next else (x[left + 1] + x[right - 1]) / 2
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
    told = ((name, value) for name, value in asdict(every).items() if name != "arrive")
    return {**dict(told), "found": found}


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
