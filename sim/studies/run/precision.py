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
from dataclasses import dataclass
from typing import Literal

from sim.analysis.intervals import Interval, quantile_interval, ratio_interval, share_difference
from sim.analysis.measures import QUANTILES, Measure
from sim.analysis.refine import refined
from sim.analysis.tally import AT_TYPICAL, Key, Reports, Tally
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


def noise(tally: Tally, pair: tuple[str, str], of: Measure, reports: Sequence[Reports]) -> Interval:
    """The number of the first pair with its interval; quantiles need the latencies that the tally is of."""
    key = Key(AT_TYPICAL, "in time" if of == Measure.IN_TIME else "difference", *pair)
    sums = tally.sums[key]
    if of == Measure.IN_TIME:
        return share_difference(sums)
    if of == Measure.MEAN:
        return ratio_interval(sums)
    exact = refined(Tally({key: sums}, {key: tally.spreads[key]}, {}), lambda: reports)
    return quantile_interval(exact.spreads[key], sums, QUANTILES[of])


def n_independent(tally: Tally, pair: tuple[str, str], of: Measure, n: int) -> float | None:
    """How many replications arms with draws of their own would need for the same half-width.

    The variance of a difference is then the sum of those of its arms. A quantile of paired differences
    has no counterpart without pairs.
    """
    if of in QUANTILES:
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
