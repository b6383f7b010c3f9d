"""Rounds of replications until one number of the first pair is precise enough (`sim.studies.run.precision`).

Only the two arms of the pair are simulated, at the typical setting, and every round adds to those
before. What is found depends on the scenario and the precision alone, so the run that follows is that
of so many replications, whoever asked for them.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

from sim.analysis.measures import QUANTILES
from sim.analysis.tally import AT_TYPICAL, NOTHING, Reports, Tally, reports
from sim.asking.pairs import need_deadlines
from sim.errors import SimError
from sim.experiment.batch import comparing
from sim.experiment.execution import Execution
from sim.experiment.run import run_jobs, typical_jobs, work_of
from sim.model.scenario import Scenario, Settings
from sim.studies.run.precision import FIRST, Precision, Reached, n_independent, next_size, noise

Execute = Callable[[int], Execution]  # how so many launches are simulated


def replications_for(scenario: Scenario, precision: Precision, execute: Execute) -> Reached:
    """The replications that a precision takes.

    Raises
    ------
    SimError : there is no pair, or no deadline where that is asked for.
    EngineError : the engine differs from the reference engine.
    """
    check_precision(scenario, precision)
    precision = replace(precision, most=precision.most // scenario.n_together * scenario.n_together)
    pair = scenario.contrasts[0]
    alone = replace(comparing(scenario, pair), settings=Settings(1, 0))  # no setting beside the typical one
    start, stop, n_rounds = 0, min(FIRST, precision.most), 0
    tally, kept = NOTHING, list[Reports]()
    while True:
        added, reports = _round(alone, precision, execute, start, stop)
        tally, kept, n_rounds = tally + added, kept + reports, n_rounds + 1
        found = noise(tally, pair, precision.of, kept)
        more = next_size(precision, found, stop)
        if more is None:
            wanted = precision.half_width(found.estimate)
            return Reached(stop, n_rounds, found.half_width, wanted, n_independent(tally, pair, precision.of, stop))
        start, stop = stop, more


def check_precision(scenario: Scenario, precision: Precision) -> None:
    """Whether the number that is asked for exists."""
    if not scenario.contrasts:
        raise SimError("--precision is of the difference of two arms, and there is no pair — compare two arms")
    if scenario.draws == "sobol":
        raise SimError("--precision adds replications, and Sobol points come by powers of two — leave out draws: sobol")
    need_deadlines(scenario, precision.of)


def _round(
    scenario: Scenario, precision: Precision, execute: Execute, start: int, stop: int
) -> tuple[Tally, list[Reports]]:
    """What some more replications add; their latencies too where a quantile is to be exact."""
    n_launches = len(scenario.launch_keys())
    jobs = typical_jobs(scenario, start, stop, work_of((stop - start) * n_launches) // n_launches)
    execution = execute((stop - start) * n_launches)
    execution.begin(stop - start)
    tally, kept = NOTHING, list[Reports]()
    with closing(run_jobs(scenario, jobs, execution)) as parts:
        for part in parts:
            found = reports(scenario, AT_TYPICAL, {arm: latency[0] for arm, latency in part.latency.items()})
            tally = tally + part.tally
            kept += [found] if precision.of in QUANTILES else []
            execution.watch(part.job.stop - part.job.start)
    return tally, kept
