"""What a study may ask to be simulated, however and wherever that is done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from sim.analysis.outcomes import Outcomes, joined
from sim.analysis.tally import Tally
from sim.experiment.batch import Batch, run_parts
from sim.experiment.execution import Execution
from sim.experiment.run import simulate_typical
from sim.model.scenario import Scenario


@dataclass(frozen=True)
class Simulator:
    """Handed to a study, which knows nothing of processes, clusters and stores.

    outcomes : of a batch, whose parts may have been simulated before
    tally : of the first so many replications of a scenario at its typical setting
    execution : for whatever else is simulated, such as sample paths
    """

    outcomes: Callable[[Batch], Outcomes]
    tally: Callable[[Scenario, int], Tally]
    execution: Execution


def in_memory(execution: Execution = Execution()) -> Simulator:
    """A simulator that keeps nothing."""

    def outcomes(batch: Batch) -> Outcomes:
        execution.begin(batch.n_replications)
        jobs, made = batch.jobs(), []
        with closing(run_parts(jobs, execution)) as parts:
            for job, part in zip(jobs, parts, strict=True):
                made.append(part)
                execution.watch(job.n_replications)
        return joined(made)

    return Simulator(outcomes, lambda scenario, n: simulate_typical(scenario, n, execution), execution)
