"""``sim sensitivity``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sim.asking.study import Order, answer, first_pair, measure_option, study_options
from sim.errors import SimError

if TYPE_CHECKING:
    from sim.analysis.outcomes import Measure
    from sim.model.scenario import Scenario
    from sim.store.study import Answer, Simulate

LAUNCHES = 100  # of each arm in a setting of the sample, unless it is said how many
LEAST, MOST = 16, 1 << 16  # points of the Sobol' sequence
MOST_CELLS = 500_000


@click.command("sensitivity")
@study_options
@measure_option
@click.option("--points", type=click.IntRange(LEAST, MOST), help="Points of the Sobol' sequence: a power of two.")
def command(order: Order, measure: Measure, points: int | None) -> None:
    """Find which value that nobody knows moves the difference of two arms most.

    Sobol' indices over all ranges of the file, and a tornado of one value at a time. The pair is the first that
    the scenario compares, or --arms A,B; the table is about --for, with the indices of the other measures beside.

    \b
    Examples:
      sim sensitivity 2019-10-02-pukguksong-3
      sim sensitivity 2019-10-02-pukguksong-3 --for in-time --arms direct_standing,via_washington_standing
    """
    from sim.asking.extra import need
    from sim.experiment.study import Study
    from sim.studies.sensitivity.find import (
        MEASURED,
        NOISE_SECTIONS,
        Sensitivity,
        cross_sample,
        ends,
        finding,
        n_points,
    )

    need("sensitivity", "SALib")
    scenario = order.scenario
    pair = first_pair(scenario, measure, "a sensitivity")
    ranges = pair.ranges()
    if not ranges:
        raise SimError(
            f"{scenario.name}: the pair has no value that is a range, so nothing to vary — write one as a range"
        )
    size = _checked(points, len(ranges)) if points else max(LEAST, n_points(len(ranges)))
    n_launches = len(scenario.launch_keys())
    n = order.n_replications or max(10, LAUNCHES // n_launches)
    n_at_ends = max(n, scenario.replications)
    measures = (measure, *(other for other in MEASURED if other != measure and _has(scenario, other)))

    def make(simulate: Simulate, digest: str) -> Answer:
        from sim.studies.sensitivity.page import answer as said

        names, settings = pair.contrasts[0], cross_sample(ranges, size, scenario.seed)
        at_ends = simulate(Study(pair, ends(ranges), n_at_ends))
        sampled = simulate(Study(pair, settings, n, NOISE_SECTIONS))
        found = (finding(ranges, names, scenario.seed, one, sampled, at_ends) for one in measures)
        return said(pair, Sensitivity(*names, n, n_at_ends, ranges, tuple(found)), digest)

    options = {"pair": pair.contrasts[0], "for": measure, "points": size, "replications": [n, n_at_ends]}
    answer(order, "sensitivity", options, (len(ranges) + 2) * size * n * n_launches, make)


def _checked(points: int, n_ranges: int) -> int:
    if points & (points - 1):
        raise SimError(
            f"--points {points}: a Sobol' sequence is balanced at powers of two — give {1 << points.bit_length()}"
        )
    if (cells := (n_ranges + 2) * points) > MOST_CELLS:
        raise SimError(f"--points {points}: {cells:,} settings are more than {MOST_CELLS:,} — give fewer points")
    return points


def _has(scenario: Scenario, measure: Measure) -> bool:
    return measure != "in-time" or any(entry.deadline for entry in scenario.launches)
