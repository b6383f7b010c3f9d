"""A notice as a prediction: in which whole minute it comes, and how often predictions hold what came.

Clocks show whole minutes. From a launch at any second of its minute a latency of L minutes shows as the whole part of
L + U, U even between 0 and 1; where the second of the launch is known U is what had passed of its minute.
Coverage: Gneiting, Balabdaoui and Raftery, JRSS B 69 (2007); the probability integral transform of counts lies between
the shares below and up to what came: Czado, Gneiting and Held, Biometrics 65 (2009).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.analysis.intervals import Interval, exact_share
from sim.studies.record.rows import Span

Doubles = NDArray[np.float64]
MINUTE_S = 60.0
SHARES = (0.5, 0.9)


@dataclass(frozen=True)
class Forecast:
    """What a chain predicts of one notice, and what came.

    launch, to, what : the notice; label : which chain.
    minutes : what came, in whole minutes of the clock.
    within : by share, the minutes between which it should come; of the working values.
    holds : by share, how often it does so by the prediction itself: whole minutes hold more than is asked.
    below : the shares of the prediction below what came, and up to it.
    widest : between which minutes nine in ten come, over the range of what is not known.
    """

    launch: str
    to: str
    what: str
    label: str
    minutes: int
    within: tuple[tuple[int, int], ...]
    holds: tuple[float, ...]
    below: Span
    widest: tuple[int, int]

    def is_within(self, place: int) -> bool:
        """Whether it came as predicted, for one of `SHARES`."""
        low, high = self.within[place]
        return low <= self.minutes <= high

    @property
    def is_within_widest(self) -> bool:
        return self.widest[0] <= self.minutes <= self.widest[1]

    @property
    def is_sooner(self) -> bool:
        """Whether it came in the sooner half of what was predicted."""
        return (self.below.low + self.below.high) / 2 < 0.5


@dataclass(frozen=True)
class Coverage:
    """How many predictions hold what came, with the exact interval for that share, and how many should."""

    share: float
    n: int
    n_held: int
    interval: Interval
    expected: float

    @property
    def is_contradicted(self) -> bool:
        """Whether the interval leaves out how many should be held; where it does not, that says no more than so."""
        return not self.interval.low <= self.expected <= self.interval.high


def shown_by(times_s: Doubles, minutes: int, passed: float | None) -> float:
    """The share of latencies that show as so many minutes or fewer.

    times_s : (n,), equally likely; passed : how much of the launch's own minute had, None where nobody knows.
    """
    left = minutes + 1 - times_s / MINUTE_S
    return float(np.mean(np.clip(left, 0, 1) if passed is None else left > passed))


def between(times_s: Doubles, share: float, passed: float | None) -> tuple[int, int]:
    """From which to which minute the middle share of latencies shows."""
    rest = (1 - share) / 2
    return _minute(times_s, rest, passed), _minute(times_s, 1 - rest, passed)


def _minute(times_s: Doubles, share: float, passed: float | None) -> int:
    """The first minute by which so large a share shows."""
    minute = math.floor(float(np.quantile(times_s, share)) / MINUTE_S) - 1
    while shown_by(times_s, minute, passed) < share:
        minute += 1
    return max(minute, 0)


def coverage(forecasts: Sequence[Forecast], place: int) -> Coverage:
    """Of the predictions for one of `SHARES`."""
    n, n_held = len(forecasts), sum(one.is_within(place) for one in forecasts)
    expected = sum(one.holds[place] for one in forecasts) / n
    return Coverage(SHARES[place], n, n_held, exact_share(n_held, n), expected)
