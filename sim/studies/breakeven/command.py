"""``sim breakeven``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from sim.asking.study import Order, answer, first_pair, measure_option, study_options
from sim.errors import SimError

if TYPE_CHECKING:
    from sim.analysis.outcomes import Measure
    from sim.model.scenario import Scenario
    from sim.store.study import Answer, Simulate

N_OVER_ALL = 4_000  # launches of each arm at a value: seconds on the compiled engine for sixteen ranges


@click.command("breakeven")
@study_options
@measure_option
@click.option("--on", metavar="PATH[=FROM:TO]", help="One value alone; a fixed number of the file needs bounds.")
def command(order: Order, measure: Measure, on: str | None) -> None:
    """Find the value at which two arms are equal, for every range of the file or for one value.

    The pair is the first that the scenario compares, or --arms A,B.

    \b
    Examples:
      sim breakeven 2019-10-02-pukguksong-3
      sim breakeven first-look --on stages.us_evaluates.delay.lognormal.median --for p95
      sim breakeven first-look --on stages.seoul_sees.delay="30 s:5 min"
    """
    from sim.experiment.study import Study
    from sim.studies.breakeven.bounds import asked_range, bounded
    from sim.studies.breakeven.find import Search, break_evens, curves_of

    scenario, path = bounded(order.scenario, on) if on else (order.scenario, "")
    pair = first_pair(scenario, measure, "a break-even")
    ranges = (asked_range(pair, path, on),) if on else pair.ranges()
    if not ranges:
        raise SimError(f"{scenario.name}: the pair has no value that is a range — name one: --on PATH=from:to")
    search, n = Search(), order.n_replications or _replications(scenario, is_one=bool(on))

    def make(simulate: Simulate, digest: str) -> Answer:
        from sim.studies.breakeven.page import answer as said

        curves = curves_of(pair, ranges, measure, search, lambda settings: simulate(Study(pair, settings, n)))
        every = break_evens(pair, measure, n, curves)
        return said(pair, every, curves, digest, is_one=bool(on))

    options = {"pair": pair.contrasts[0], "for": measure, "on": path, "replications": n}
    n_launches = len(ranges) * search.n_values * n * len(scenario.launch_keys())
    answer(replace(order, scenario=scenario), "breakeven", options, n_launches, make)


def _replications(scenario: Scenario, *, is_one: bool) -> int:
    """Those of the file for one value; for all of them together fewer."""
    if is_one:
        return scenario.replications
    return min(scenario.replications, max(2, N_OVER_ALL // len(scenario.launch_keys())))
