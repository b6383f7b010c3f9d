"""What came out of many settings, each simulated with the same replications: small exact arrays.

A run says much of few settings; a study says little of many. Of every setting it knows the same few
quantities, over all replications and over sections of them. Sections are independent, so that the
noise of anything made of these quantities (a difference of quantiles, the place where a curve meets
zero) is how far the sections lie apart: sectioning (Asmussen and Glynn, Stochastic Simulation, 2007,
III.5a; for quantiles under common random numbers, Nakayama, ACM TOMACS 24(4), 2014).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.histogram import ABSENT
from sim.analysis.intervals import LEVEL, Interval
from sim.analysis.measures import QUANTILES, Measure
from sim.analysis.student import student_quantile
from sim.analysis.tally import deadlines_us, minus, told_apart
from sim.draws.nouns import Times
from sim.engines.contract import NEVER
from sim.model.scenario import Scenario

Floats = NDArray[np.float64]
SECTIONS = 20
ALL_ARRIVE = (1.0, 1.0)  # the reports of either of two arms


class Quantity(NamedTuple):
    """What is known of a setting: a measure of an arm, or the mean paired difference of two; of work at a centre."""

    measure: Measure
    arm: str
    against: str = ""
    at: str = ""


Told = tuple[Quantity, Floats]


@dataclass(frozen=True, eq=False)
class Outcomes:
    """Quantities of settings, in the order of the settings.

    values : float64 (1 + section, setting); row 0 is of all replications. Times are microseconds, nan where
        no report came.
    """

    values: Mapping[Quantity, Floats]

    @property
    def n_settings(self) -> int:
        return int(next(iter(self.values.values())).shape[1])

    @property
    def n_sections(self) -> int:
        return len(next(iter(self.values.values()))) - 1

    def difference(self, measure: Measure, a: str, b: str, at: str = "") -> Floats:
        """One arm minus the other, (1 + section, setting): of pairs for the mean, else of the two measures.

        An arm that has nothing to do at a centre does no work there.
        """
        if measure == Measure.MEAN:
            return self.values[Quantity(Measure.MEAN, a, b)]
        none = np.zeros((1 + self.n_sections, self.n_settings)) if measure == Measure.WORK else None
        of_a, of_b = (self.values.get(Quantity(measure, arm, at=at), none) for arm in (a, b))
        if of_a is None or of_b is None:
            raise KeyError(f"{measure} of {a} or {b}")
        return of_a - of_b

    def arrive(self, a: str, b: str) -> tuple[float, float]:
        """The shares of the reports of two arms that arrive, in the first setting."""
        first, second = (float(self.values[Quantity(Measure.ARRIVES, arm)][0, 0]) for arm in (a, b))
        return first, second

    def take(self, places: Sequence[int] | slice) -> Outcomes:
        """Those of some settings."""
        return Outcomes({quantity: values[:, places] for quantity, values in self.values.items()})


def joined(parts: Sequence[Outcomes]) -> Outcomes:
    """The outcomes of all settings, one part after another."""
    quantities = parts[0].values
    return Outcomes({one: np.concatenate([part.values[one] for part in parts], axis=1) for one in quantities})


def outcomes(scenario: Scenario, latency: Mapping[str, Times], n_sections: int = SECTIONS) -> Outcomes:
    """The outcomes of some settings.

    Parameters
    ----------
    latency : by arm, int64 (setting, replication, launch), `NEVER` where no report came.
    n_sections : how many; fewer where there are fewer replications, none if 0.
    """
    return _by_section(latency, n_sections, partial(_quantities, scenario))


def differences(scenario: Scenario, latency: Mapping[str, Times], n_sections: int = SECTIONS) -> Outcomes:
    """The mean differences of pairs alone, as `outcomes` has them beside all that their arms come to."""
    return _by_section(latency, n_sections, lambda known: _of_pairs(scenario, told_apart(scenario, known)[0]))


def _by_section(
    latency: Mapping[str, Times], n_sections: int, quantities: Callable[[Mapping[str, Times]], Iterator[Told]]
) -> Outcomes:
    known = {arm: np.where(found == NEVER, ABSENT, found) for arm, found in latency.items()}
    n_settings, n_replications = next(iter(known.values())).shape[:2]
    rows = [dict(quantities(known))]
    for start, stop, n in _sections(n_replications, n_sections):
        parts = {arm: every[:, start:stop].reshape(n_settings * n, -1, every.shape[2]) for arm, every in known.items()}
        of_parts = dict(quantities(parts))
        rows += ({one: values[number::n] for one, values in of_parts.items()} for number in range(n))
    return Outcomes({quantity: np.stack([row[quantity] for row in rows]) for quantity in rows[0]})


def work_outcomes(work: Mapping[str, Mapping[str, Times]], n_launches: int, n_sections: int = SECTIONS) -> Outcomes:
    """The work of some settings a launch, from that by arm and centre, int64 (setting, replication)."""
    totals = {
        Quantity(Measure.WORK, arm, at=centre): every for arm, found in work.items() for centre, every in found.items()
    }
    n_replications = next(iter(totals.values())).shape[1]
    n = min(n_sections, n_replications)
    ends = [0, n_replications, *(n_replications * number // n for number in range(n + 1))] if n else [0, n_replications]
    spans = [span for span in pairwise(ends) if span[0] < span[1]]
    return Outcomes(
        {
            one: np.stack([every[:, start:stop].sum(axis=1) / (n_launches * (stop - start)) for start, stop in spans])
            for one, every in totals.items()
        }
    )


def _sections(n_replications: int, n_sections: int) -> Iterator[tuple[int, int, int]]:
    """Stretches of replications, and how many sections of one size each has, which are summed up together."""
    n = min(n_sections, n_replications)
    ends = [n_replications * number // n for number in range(n + 1)] if n else [0]
    for _, alike in groupby(pairwise(ends), key=lambda ends: ends[1] - ends[0]):
        sections = [*alike]
        yield sections[0][0], sections[-1][1], len(sections)


def _quantities(scenario: Scenario, latency: Mapping[str, Times]) -> Iterator[Told]:
    real, of_false = told_apart(scenario, latency)
    if scenario.real.launches:
        yield from _of_launches(scenario.real, real)
    for arm, times in of_false.items():
        yield Quantity(Measure.FALSE_ALERT, arm), (times != ABSENT).sum(axis=(1, 2)) / times[0].size


def _of_launches(scenario: Scenario, latency: Mapping[str, Times]) -> Iterator[Told]:
    due = {arm.name: deadlines_us(scenario, arm) for arm in scenario.arms}
    for arm, times in latency.items():
        n, deadlines = times[0].size, due[arm]
        yield Quantity(Measure.MEAN, arm), _means(times)
        yield Quantity(Measure.ARRIVES, arm), (times != ABSENT).sum(axis=(1, 2)) / n
        if deadlines is not None:
            yield Quantity(Measure.IN_TIME, arm), (times <= deadlines).sum(axis=(1, 2)) / n
        ordered = np.sort(times.reshape(len(times), -1), axis=1)
        for measure, q in QUANTILES.items():
            yield Quantity(measure, arm), _quantiles(ordered, q)
    yield from _of_pairs(scenario, latency)


def _of_pairs(scenario: Scenario, latency: Mapping[str, Times]) -> Iterator[Told]:
    for a, b in scenario.contrasts:
        yield Quantity(Measure.MEAN, a, b), _means(minus(latency[a], latency[b]))


def _means(times: Times) -> Floats:
    """The mean of each setting from exact sums; nan where there is none."""
    is_known = times != ABSENT
    totals, counts = np.where(is_known, times, 0).sum(axis=(1, 2)).tolist(), is_known.sum(axis=(1, 2)).tolist()
    return np.array([total / count if count else math.nan for total, count in zip(totals, counts, strict=True)])


def _quantiles(ordered: Times, q: float) -> Floats:
    """The smallest value of each setting with at least a share q at or below it; nan without values."""
    n = (ordered != ABSENT).sum(axis=1)
    rank = np.clip(np.ceil(q * n).astype(np.int64) - 1, 0, None)
    values = np.take_along_axis(ordered, rank[:, None], axis=1)[:, 0]
    return np.where(n > 0, values, math.nan)


def interval(values: Floats) -> Interval:
    """One quantity with the noise that its sections show, float64 (1 + section,); nan where it cannot be told.

    Notes
    -----
    Student's t on the sections' distances from the value of the whole.
    """
    low, high = noise(values[:, None])
    return Interval(float(values[0]), float(low[0]), float(high[0]))


def noise(values: Floats) -> tuple[Floats, Floats]:
    """The ends of the intervals of many, float64 (1 + section, …)."""
    whole, sections = values[0], values[1:]
    n = len(sections)
    if n < 2:
        return np.full_like(whole, math.nan), np.full_like(whole, math.nan)
    half = student_quantile(n - 1, (1 + LEVEL) / 2) * np.sqrt(((sections - whole) ** 2).sum(axis=0) / (n - 1) / n)
    return whole - half, whole + half
