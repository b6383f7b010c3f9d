"""How many replications a run needs for the noise of one number to be as small as was asked.

The number is of the first pair: the mean, p50 or p95 of its differences, or the difference of its
shares in time. Replications are added in rounds until the half-width of the interval is small enough.
Each round goes on to where the variance so far says that it will be: fixed-width intervals (Chow and
Robbins, Annals of Mathematical Statistics 36, 1965), right as the width shrinks. What they lack in
small samples comes from stopping where the variance happens to look small (Glynn and Whitt, Annals of
Applied Probability 2, 1992), so that no round is smaller than `FIRST`, and there are few rounds. What
happens less than once in so many replications, the rule cannot see.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from sim.analysis.intervals import Interval, RatioSums, quantile_interval, ratio_interval, ratio_sums
from sim.analysis.measures import Measure
from sim.analysis.refine import refined
from sim.analysis.tally import AT_TYPICAL, Key, Reports, Tally, by_launch
from sim.draws.nouns import Times
from sim.model.scenario import Scenario
from sim.units import duration_text

FIRST = 1_000  # replications of the first round; later rounds end at whole multiples
SPARE = 1.05  # of what the variance so far asks for: it is noisy itself, and a round more costs more than this
LEAST_GROWTH, MOST_GROWTH = 1.1, 4.0  # from round to round
RULE = "rounds of whole thousands until the half-width is reached, each as large as the variance so far asks for"


@dataclass(frozen=True)
class Precision:
    """What half-width is asked of which number, with how many replications at most.

    size : microseconds, or a share of launches where `of` is in-time; if `is_relative`, a share of the
        true value, whatever that is
    """

    of: Measure
    size: float
    is_relative: bool
    most: int

    def half_width(self, estimate: float) -> float:
        """The half-width that is small enough beside an estimate.

        Notes
        -----
        A half-width of γ / (1 + γ) of the estimate keeps the estimate within γ of the true value, which
        γ of the estimate does not (Law, Simulation Modeling and Analysis, on a specified precision).
        """
        return self.size / (1 + self.size) * abs(estimate) if self.is_relative else self.size


@dataclass(frozen=True)
class Reached:
    """How many replications were found, and what they give.

    half_width, wanted : microseconds, or shares of launches
    n_independent : about how many it would have taken for the same half-width if the arms had draws of
        their own; None where that cannot be told
    """

    n: int
    n_rounds: int
    half_width: float
    wanted: float
    n_independent: float | None

    @property
    def is_enough(self) -> bool:
        return self.half_width <= self.wanted


def next_size(precision: Precision, found: Interval, n: int) -> int | None:
    """How many replications the next round goes on to; None if these are enough or the most allowed."""
    wanted = precision.half_width(found.estimate)
    if found.half_width <= wanted or n >= precision.most:
        return None
    is_known = wanted > 0 and math.isfinite(found.half_width)
    needed = SPARE * n * (found.half_width / wanted) ** 2 if is_known else math.inf
    steps = math.ceil(min(max(needed, LEAST_GROWTH * n), MOST_GROWTH * n) / FIRST)
    return min(steps * FIRST, precision.most)


def in_time_difference(reports: Reports, deadlines: Times, a: str, b: str) -> RatioSums:
    """The sums of how many launches more are in time under one arm than under another.

    Parameters
    ----------
    deadlines : int64 (launch,), as `sim.analysis.tally.deadlines_us` has them
    """
    rows, deadlines = by_launch(reports.latency, reports.n_together), np.tile(deadlines, reports.n_together)
    of_a, of_b = ((rows[arm] <= deadlines[:, None]).sum(axis=0) for arm in (a, b))
    return ratio_sums(of_a - of_b, np.full(len(of_a), len(deadlines)))


def share_difference(sums: RatioSums) -> Interval:
    """The difference of two shares of the same launches, from the sums of the differences.

    Notes
    -----
    Half a launch more in each of the four cells of a pair (Wald+2; Agresti and Min, Statistics in Medicine
    24, 2005), here half a replication: with no launch that differs the half-width is not zero.
    """
    per = sums.count // sums.n
    more = replace(
        sums,
        n=sums.n + 2,
        n_informative=sums.n_informative + 2,
        count=sums.count + 2 * per,
        total_squares=sums.total_squares + per**2,
        count_squares=sums.count_squares + 2 * per**2,
    )
    half = ratio_interval(more).half_width
    return Interval(sums.mean, sums.mean - half, sums.mean + half)


def noise(tally: Tally, pair: tuple[str, str], of: Measure, reports: Sequence[Reports]) -> Interval:
    """The number of the first pair with its interval; quantiles need the latencies that the tally is of."""
    key = Key(AT_TYPICAL, "in time" if of == Measure.IN_TIME else "difference", *pair)
    sums = tally.sums[key]
    if of == Measure.IN_TIME:
        return share_difference(sums)
    if of == Measure.MEAN:
        return ratio_interval(sums)
    exact = refined(Tally({key: sums}, {key: tally.spreads[key]}, {}), lambda: reports)
    return quantile_interval(exact.spreads[key], sums, of.level or 0.5)


def n_independent(tally: Tally, pair: tuple[str, str], of: Measure, n: int) -> float | None:
    """How many replications arms with draws of their own would need for the same half-width.

    The variance of a difference is then the sum of those of its arms. A quantile of paired differences
    has no counterpart without pairs.
    """
    if of.level:
        return None
    measure: Literal["latency", "in time"] = "in time" if of == Measure.IN_TIME else "latency"
    paired = ratio_interval(tally.sums[Key(AT_TYPICAL, "in time" if of == Measure.IN_TIME else "difference", *pair)])
    apart = sum(ratio_interval(tally.sums[Key(AT_TYPICAL, measure, arm)]).half_width ** 2 for arm in pair)
    return n * apart / paired.half_width**2 if paired.half_width > 0 else None


def reached_words(scenario: Scenario, precision: Precision, reached: Reached) -> str:
    """What was asked, whether it was reached, and what it took."""
    a, b = (scenario.arm(name).title for name in scenario.contrasts[0])
    what = {Measure.MEAN: "mean difference", Measure.IN_TIME: "difference of the shares in time"}
    number = f"{what.get(precision.of, f'{precision.of} of the differences')} of {a} and {b}"
    if not math.isfinite(reached.half_width):
        return f"not reached: {reached.n:,} replications, the most allowed, tell nothing of the {number}"
    half, wanted = (_size(precision, value) for value in (reached.half_width, reached.wanted))
    if not reached.is_enough:
        return (
            f"not reached: {number} ± {half} with {reached.n:,} replications, the most allowed, "
            f"where ± {wanted} was asked for — --at-most allows more"
        )
    apart = round(reached.n_independent or 0, -3)
    independent = f"; if each arm had draws of its own, about {apart:,.0f}" if apart > reached.n else ""
    return f"{number} ± {half}, where ± {wanted} was asked for: {reached.n:,} replications{independent}"


def _size(precision: Precision, value: float) -> str:
    return f"{100 * value:.2g} points" if precision.of == Measure.IN_TIME else duration_text(round(value))
