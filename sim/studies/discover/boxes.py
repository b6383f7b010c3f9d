"""Where in the space of what is not known a condition holds: scenario discovery, and the regret of arms.

Settings in which the condition holds are found by PRIM, the patient rule induction method (Friedman and Fisher,
Statistics and Computing 9, 1999), in the manner of Bryant and Lempert (Technological Forecasting and Social Change
77, 2010): a box that leaves out thin slices one after another, so that ever more of what remains is of interest.
Its coverage is the share of the settings of interest that lie in it, its density the share of its settings that
are. The algorithm is that of the EMA workbench. Regret is how much worse an arm is than the best one in the same
setting (Lempert, Groves, Popper and Bankes, Management Science 52, 2006). Settings are a way to look at all values
alike: their shares are no probabilities.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.analysis.measures import Measure
from sim.analysis.outcomes import Floats, Outcomes, Quantity
from sim.model.ranges import Range
from sim.studies.discover.condition import Bools

PEEL = 0.05  # of the remaining settings, with each slice
LEAST_MASS = 0.05  # of all settings, in a box
MOST_QUASI_P = 0.05
LEAST_OF_INTEREST = 20  # settings of either kind: fewer have no region


@dataclass(frozen=True)
class Limit:
    """A range that a box restricts: positions 0 to 1, an end that is not restricted at 0 or 1.

    quasi_p : how often chance alone would have as many of interest as within the limit, the larger of its ends.
    """

    range: Range
    low: float
    high: float
    quasi_p: float


@dataclass(frozen=True)
class Box:
    """A region of settings; the most restricting limit first."""

    limits: tuple[Limit, ...]
    n_settings: int
    n_of_interest: int
    coverage: float
    density: float

    @property
    def distance(self) -> float:
        """How far it is from covering all of interest and nothing else."""
        return math.hypot(1 - self.coverage, 1 - self.density)


@dataclass(frozen=True)
class Regret:
    """How much worse an arm is than the best, over the settings in which all can be told.

    n_worst : in how many settings no other arm is worse and some arm is better; n_best likewise.
    """

    arm: str
    mean: float
    p95: float
    most: float
    n_best: int
    n_worst: int


@dataclass(frozen=True)
class Discovery:
    """What was found.

    boxes : those of the trade-off, from the largest coverage to the largest density.
    box : the chosen one; none where the condition holds in too few settings, or in too many.
    """

    n_settings: int
    n_of_interest: int
    boxes: tuple[Box, ...]
    box: Box | None

    @property
    def is_too_few(self) -> bool:
        """Whether the settings of one kind are too few to look for a region."""
        return min(self.n_of_interest, self.n_settings - self.n_of_interest) < LEAST_OF_INTEREST


def discover(ranges: Sequence[Range], positions: Floats, holds: Bools) -> Discovery:
    """The box in which a condition holds.

    Parameters
    ----------
    positions : float64 (setting, range), 0 to 1.
    holds : bool (setting,)
    """
    n, n_held = len(holds), int(holds.sum())
    nothing = Discovery(n, n_held, (), None)
    if nothing.is_too_few:
        return nothing
    every = [box_of(limits, ranges, positions, holds) for limits in _peeled(ranges, positions, holds)]
    boxes = _not_dominated(every)
    chosen = min((box for box in boxes if box.limits), key=lambda box: box.distance, default=None)
    return Discovery(n, n_held, boxes, chosen)


def _peeled(ranges: Sequence[Range], positions: Floats, holds: Bools) -> list[tuple[Limit, ...]]:
    """The limits of every box that was passed, without those that may be chance."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of optional parts that it lacks
        import pandas as pd
        from ema_workbench.analysis import prim

        columns = [found.path for found in ranges]
        table = pd.DataFrame(positions, columns=columns)
        box = prim.Prim(table, holds, threshold=0.0, peel_alpha=PEEL, mass_min=LEAST_MASS).find_box()
        whole, found = box.box_lims[0], []
        for lims, quasi_p in zip(box.box_lims, box.qp, strict=True):
            limits = []
            for one in ranges:
                ends = [float(lims[one.path].iloc[end]) for end in (0, 1)]
                is_cut = [ends[end] != float(whole[one.path].iloc[end]) for end in (0, 1)]
                chance = max((max(float(p), 0.0) for p in quasi_p.get(one.path, ())), default=0.0)
                if any(is_cut) and chance <= MOST_QUASI_P:
                    low, high = ends[0] if is_cut[0] else 0.0, ends[1] if is_cut[1] else 1.0
                    limits.append(Limit(one, low, high, chance))
            found.append(tuple(sorted(limits, key=lambda limit: limit.high - limit.low)))
    return found


def is_inside(limits: Sequence[Limit], ranges: Sequence[Range], positions: Floats) -> Bools:
    """Which settings keep all limits, (setting,)."""
    place = {found.path: number for number, found in enumerate(ranges)}
    inside = np.ones(len(positions), dtype=bool)
    for limit in limits:
        column = positions[:, place[limit.range.path]]
        inside &= (column >= limit.low) & (column <= limit.high)
    return inside


def box_of(limits: tuple[Limit, ...], ranges: Sequence[Range], positions: Floats, holds: Bools) -> Box:
    """A box with what is in it."""
    inside = is_inside(limits, ranges, positions)
    n, n_held = int(inside.sum()), int((inside & holds).sum())
    return Box(limits, n, n_held, n_held / int(holds.sum()), n_held / n if n else 0.0)


def _not_dominated(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Those than which no other has more of both; of equals that with fewest limits."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda one: (-one.coverage, -one.density, len(one.limits))):
        if not kept or box.density > kept[-1].density:
            kept.append(box)
    return tuple(kept)


def regrets(found: Outcomes, arms: Sequence[str], measure: Measure) -> tuple[Regret, ...]:
    """The regret of arms over the settings in which all have the measure; microseconds, or a share."""
    values = np.stack([found.values[Quantity(measure, arm)][0] for arm in arms])
    worse = values[:, np.isfinite(values).all(axis=0)] * -measure.better
    regret = worse - worse.min(axis=0)
    return tuple(_regret(arm, own, regret) for arm, own in zip(arms, regret, strict=True))


def _regret(arm: str, own: Floats, every: NDArray[np.float64]) -> Regret:
    if own.size == 0:
        nan = float("nan")
        return Regret(arm, nan, nan, nan, 0, 0)
    differs = every.max(axis=0) > 0
    n_best, n_worst = int((differs & (own == 0)).sum()), int((differs & (own == every.max(axis=0))).sum())
    return Regret(arm, float(own.mean()), float(np.quantile(own, 0.95)), float(own.max()), n_best, n_worst)


def never_worst(every: Sequence[Regret]) -> tuple[str, ...]:
    """The arms that are the worst in no setting, of three or more."""
    return tuple(one.arm for one in every if one.n_worst == 0) if len(every) > 2 else ()
