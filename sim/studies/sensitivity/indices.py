"""Which of the values that nobody knows moves a difference most: Sobol' indices, and a tornado.

The first index of a value is the share of the variance over the settings that it makes alone, the total
index that with everything it does together with others. Sample and estimators are SALib's: Saltelli's
cross-sample of a scrambled Sobol' sequence (Saltelli et al., Computer Physics Communications 181, 2010),
the total index by Jansen's formula, intervals by the bootstrap. The tornado moves one value at a time to
either end of its range, all others at their typical values.

The variance is over a sample that treats every position in every range alike. That is a way to look at
all of them, not a belief about where the values lie.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.intervals import LEVEL, Interval
from sim.analysis.measures import Measure
from sim.analysis.outcomes import ALL_ARRIVE, Floats, Outcomes, interval
from sim.model.ranges import TYPICAL, Exactly, Range, Setting

MOST_SETTINGS = 20_000
NOISE_SECTIONS = 5  # replications are few: sections must not become too short for a p95
MEASURED: tuple[Measure, ...] = (Measure.MEAN, Measure.P95, Measure.IN_TIME)


@dataclass(frozen=True)
class Index:
    """A share of the variance, with the half-width of its interval, and what half of the sample gives."""

    value: float
    half_width: float
    by_half: float

    @property
    def moved(self) -> float:
        """How far the second half of the sample has moved it."""
        return abs(self.value - self.by_half)


@dataclass(frozen=True)
class Indices:
    """What each range does to a difference, in the order of the ranges.

    sd : standard deviation over the settings, in the unit of the difference; 0: nothing moves it.
    noise : the share of the variance that is noise of the simulation; nan where it cannot be told.
    n_settings : how many settings they rest on; n_left_out : those without a difference, and their partners.
    """

    first: tuple[Index, ...]
    total: tuple[Index, ...]
    sd: float
    noise: float
    n_settings: int
    n_left_out: int

    @property
    def moved(self) -> float:
        """The most that any index changed from half of the sample to the whole."""
        return max((index.moved for index in (*self.first, *self.total)), default=0.0)


@dataclass(frozen=True)
class Swing:
    """The difference at the two ends of one range, all other values typical."""

    at_low: Interval
    at_high: Interval

    @property
    def size(self) -> float:
        size = abs(self.at_high.estimate - self.at_low.estimate)
        return 0.0 if math.isnan(size) else size

    def turns(self, typical: Interval) -> bool:
        """Whether this value alone turns the sign, beyond noise, between its ends and the typical value."""
        return {-1, 1} <= {_sign(end) for end in (self.at_low, typical, self.at_high)}


@dataclass(frozen=True)
class Finding:
    """One measure: the difference at the typical setting, what each range does alone, and its indices."""

    measure: Measure
    typical: Interval
    swings: tuple[Swing, ...]
    indices: Indices

    @property
    def by_total(self) -> tuple[int, ...]:
        """The places of the ranges, the largest total index first."""
        return _falling([index.value for index in self.indices.total])

    @property
    def by_swing(self) -> tuple[int, ...]:
        """The places of the ranges, the largest swing first."""
        return _falling([swing.size for swing in self.swings])


@dataclass(frozen=True)
class Sensitivity:
    """Every measure of one pair, the one asked for first; ranges by path.

    n_sampled, n_at_ends : replications of each setting of the sample, and of the ends.
    arrive : the shares of the reports of the two that arrive at working values.
    """

    a: str
    b: str
    n_sampled: int
    n_at_ends: int
    ranges: tuple[Range, ...]
    findings: tuple[Finding, ...]
    arrive: tuple[float, float] = ALL_ARRIVE


def _falling(sizes: Sequence[float]) -> tuple[int, ...]:
    return tuple(sorted(range(len(sizes)), key=lambda place: -sizes[place]))


def _sign(one: Interval) -> int:
    """Of a difference beyond its noise."""
    return int(one.low > 0) - int(one.high < 0)


def n_points(n_ranges: int, most: int = MOST_SETTINGS) -> int:
    """The size of the Sobol' sequence: the largest power of two whose cross-sample has at most so many settings."""
    return 1 << max(most // (n_ranges + 2), 1).bit_length() - 1


def cross_sample(ranges: Sequence[Range], points: int, seed: int) -> tuple[Setting, ...]:
    """The settings of Saltelli's cross-sample: (n_ranges + 2) · points, one point's partners after another."""
    from SALib.sample import sobol

    positions = sobol.sample(_problem(ranges), points, calc_second_order=False, seed=seed)
    paths = [found.path for found in ranges]
    return tuple(dict(zip(paths, row, strict=True)) for row in positions.tolist())


def ends(ranges: Sequence[Range]) -> tuple[Setting, ...]:
    """The typical setting, then both ends of every range."""
    return (TYPICAL, *({found.path: Exactly(end)} for found in ranges for end in (found.low, found.high)))


def _problem(ranges: Sequence[Range]) -> dict[str, object]:
    """What SALib wants to know: positions run from 0 to 1, a range spreads them itself."""
    return {"num_vars": len(ranges), "names": [found.path for found in ranges], "bounds": [[0, 1]] * len(ranges)}


def indices(ranges: Sequence[Range], values: Floats, seed: int) -> Indices:
    """The indices of a cross-sample.

    Parameters
    ----------
    values : float64 (1 + section, setting), of the settings of `cross_sample`; nan where there is none.
    seed : of the bootstrap.
    """
    together = values.reshape(len(values), -1, len(ranges) + 2)
    is_known = np.isfinite(together[0]).all(axis=1)
    known = together[:, is_known].reshape(len(values), -1)
    n = known.shape[1]
    left_out = values.shape[1] - n
    if n == 0 or np.ptp(known[0]) == 0:
        nothing = tuple(Index(0.0, 0.0, 0.0) for _ in ranges)
        return Indices(nothing, nothing, 0.0, math.nan, n, left_out)
    half = n // (len(ranges) + 2) // 2 * (len(ranges) + 2)
    whole, part = _estimated(ranges, known[0], seed), _estimated(ranges, known[0, :half], seed)
    first, total = (
        tuple(
            Index(float(value), float(width), float(by_half))
            for value, width, by_half in zip(whole[name], whole[f"{name}_conf"], part[name], strict=True)
        )
        for name in ("S1", "ST")
    )
    return Indices(first, total, float(known[0].std()), noise_share(known), n, left_out)


def _estimated(ranges: Sequence[Range], values: Floats, seed: int) -> dict[str, Floats]:
    """What SALib makes of them; nothing moves what does not vary."""
    from SALib.analyze import sobol

    if values.size == 0 or np.ptp(values) == 0:
        return {name: np.zeros(len(ranges)) for name in ("S1", "S1_conf", "ST", "ST_conf")}
    # SALib takes a seed of 0 for none
    found = sobol.analyze(_problem(ranges), values, calc_second_order=False, conf_level=LEVEL, seed=seed + 1)
    return dict(found)


def noise_share(values: Floats) -> float:
    """The share of the variance over settings that is noise of the simulation, float64 (1 + section, setting).

    Notes
    -----
    Sections are independent, so that the variance over settings of how far each lies from their mean tells
    the noise of that mean. What common random numbers do to all settings alike is in neither variance.
    """
    sections = values[1:]
    n = len(sections)
    if n < 2 or not np.isfinite(sections).all():
        return math.nan
    apart = (sections - sections.mean(axis=0)).var(axis=1).sum() / (n * (n - 1))
    return float(min(apart / values[0].var(), 1.0))


def swings(values: Floats) -> tuple[Interval, tuple[Swing, ...]]:
    """The difference at the typical setting, and at both ends of every range: of the settings of `ends`."""
    typical, *others = (interval(column) for column in values.T)
    return typical, tuple(Swing(*pair) for pair in zip(others[::2], others[1::2], strict=True))


def finding(
    ranges: Sequence[Range],
    pair: tuple[str, str],
    seed: int,
    measure: Measure,
    sampled: Outcomes,
    at_ends: Outcomes,
) -> Finding:
    """What moves one measure of the difference of a pair.

    Parameters
    ----------
    sampled, at_ends : the outcomes of `cross_sample` and of `ends`.
    """
    typical, each = swings(at_ends.difference(measure, *pair))
    return Finding(measure, typical, each, indices(ranges, sampled.difference(measure, *pair), seed))
