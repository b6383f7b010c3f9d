"""The difference of two arms over a range, closely simulated where it meets zero.

All cells share all draws, so that the difference is as smooth in the value as the arms themselves are. It
is simulated on a grid over the range, then, round by round, at its zeros between neighbours and at those
of the ends of its interval, by straight lines (regula falsi) and at the middle between. It is a straight
line in any number that scales a step of a plain route; where `first`, `all` or a queue bend it, the
rounds follow; where queues or time limits turn it back, every crossing that the grid sees is found.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.analysis.intervals import Interval
from sim.analysis.measures import Measure
from sim.analysis.outcomes import Floats, Outcomes, interval, noise
from sim.model.ranges import Exactly, Range, Setting
from sim.model.scenario import Scenario

Ask = Callable[[tuple[Setting, ...]], Outcomes]  # the outcomes of settings of one pair


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
            wanted.add(zero_between(curve.values, line, int(left), int(left) + 1))
            wanted.add(_middle(curve.range, *curve.values[left : left + 2]))
    rounded = {float(round(value)) if curve.range.is_whole else value for value in wanted}
    return rounded - {float(value) for value in curve.values}


def _middle(found: Range, low: float, high: float) -> float:
    return float(math.sqrt(low * high) if found.is_log else (low + high) / 2)


def zero_between(x: Floats, y: Floats, left: int, right: int) -> float:
    """Where the straight line between two points meets zero; by a point of which nothing is known, at the other."""
    if not (math.isfinite(y[left]) and math.isfinite(y[right])):
        return float(x[left] if math.isfinite(y[left]) else x[right])
    return float(x[left] + (x[right] - x[left]) * (y[left] / (y[left] - y[right])))
