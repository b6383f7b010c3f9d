"""The cross-sample of all ranges of a pair, and the ends of each: what is simulated, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

from sim.analysis.measures import Measure
from sim.asking.extra import need
from sim.asking.pairs import first_pair, need_paths
from sim.asking.study import Plan
from sim.errors import SimError
from sim.experiment.batch import Batch
from sim.experiment.engines import cost_words
from sim.experiment.simulator import Simulator
from sim.model.ranges import Range
from sim.model.scenario import Scenario
from sim.studies.sensitivity.indices import (
    MEASURED,
    NOISE_SECTIONS,
    Sensitivity,
    cross_sample,
    ends,
    finding,
    n_points,
)

LAUNCHES = 100  # of each arm in a setting of the sample, unless it is said how many
LEAST = 16  # points of the Sobol' sequence
MOST_CELLS = 500_000


@dataclass(frozen=True, kw_only=True)
class SensitivityPlan(Plan):
    """The sample over all ranges, and the ends of each.

    measures : what is looked at, what was asked for first.
    n_points : of the Sobol' sequence; n_sampled : replications of a setting of the sample, n_at_ends : of an end.
    """

    measures: tuple[Measure, ...]
    ranges: tuple[Range, ...]
    n_points: int
    n_sampled: int
    n_at_ends: int


def plan(
    scenario: Scenario, *, measure: Measure = Measure.MEAN, points: int | None = None, replications: int | None = None
) -> SensitivityPlan:
    """All ranges of the first pair.

    Raises
    ------
    SimError : there is no pair or no range, the points are no power of two or too many, or SALib is missing.
    """
    need("sensitivity", "SALib")
    pair = first_pair(scenario, measure, "a sensitivity")
    need_paths(pair, pair.contrasts[0], "a sensitivity")
    ranges = pair.ranges()
    if not ranges:
        raise SimError(
            f"{scenario.name}: the pair has no value that is a range, so nothing to vary — write one as a range"
        )
    size = _checked(points, len(ranges)) if points else max(LEAST, n_points(len(ranges)))
    n_launches = len(scenario.launch_keys())
    n_sampled = replications or max(10, LAUNCHES // n_launches)
    n_at_ends = max(n_sampled, scenario.replications)
    n_settings = (len(ranges) + 2) * size
    what = f"{n_settings:,} settings × {n_sampled:,} replications, and {2 * len(ranges)} ends × {n_at_ends:,}"
    return SensitivityPlan(
        study="sensitivity",
        scenario=pair,
        asked={"pair": pair.contrasts[0], "for": measure, "points": size, "replications": [n_sampled, n_at_ends]},
        cost=cost_words(pair, what, n_settings, n_settings * n_sampled * n_launches),
        n_launches=n_settings * n_sampled * n_launches,
        n_settings=n_settings,
        measures=(measure, *(other for other in MEASURED if other != measure and _applies(scenario, other))),
        ranges=ranges,
        n_points=size,
        n_sampled=n_sampled,
        n_at_ends=n_at_ends,
    )


def _checked(points: int, n_ranges: int) -> int:
    if points & (points - 1):
        raise SimError(
            f"--points {points}: a Sobol' sequence is balanced at powers of two — give {1 << points.bit_length()}"
        )
    if (cells := (n_ranges + 2) * points) > MOST_CELLS:
        raise SimError(f"--points {points}: {cells:,} settings are more than {MOST_CELLS:,} — give fewer points")
    return points


def _applies(scenario: Scenario, measure: Measure) -> bool:
    return measure != Measure.IN_TIME or scenario.is_timed


def find(plan: SensitivityPlan, simulator: Simulator) -> Sensitivity:
    """What each range does to the difference, of every measure."""
    pair, ranges, seed = plan.scenario, plan.ranges, plan.scenario.seed
    a, b = pair.contrasts[0]
    at_ends = simulator.outcomes(Batch(pair, ends(ranges), plan.n_at_ends))
    sample = cross_sample(ranges, plan.n_points, seed)
    sampled = simulator.outcomes(Batch(pair, sample, plan.n_sampled, NOISE_SECTIONS))
    findings = (finding(ranges, (a, b), seed, measure, sampled, at_ends) for measure in plan.measures)
    return Sensitivity(a, b, plan.n_sampled, plan.n_at_ends, ranges, tuple(findings), at_ends.arrive(a, b))
