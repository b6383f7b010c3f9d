"""What a study may ask to be simulated, however and wherever that is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

    each : the outcomes of several batches side by side, whose parts may have been simulated before
    tally : of the first so many replications of a scenario at its typical setting
    execution : for whatever else is simulated, such as sample paths
    """

    each: Callable[[Sequence[Batch]], list[Outcomes]]
    tally: Callable[[Scenario, int], Tally]
    execution: Execution

    def outcomes(self, batch: Batch) -> Outcomes:
        """Those of one batch."""
        return self.each([batch])[0]


def in_memory(execution: Execution = Execution()) -> Simulator:
    """A simulator that keeps nothing."""

    def each(batches: Sequence[Batch]) -> list[Outcomes]:
        execution.begin(sum(batch.n_replications for batch in batches))
        jobs = [batch.jobs() for batch in batches]
        parts = [part for of_batch in jobs for part in of_batch]
        made = []
        with closing(run_parts(parts, execution)) as results:
            for part, found in zip(parts, results, strict=True):
                made.append(found)
                execution.watch(part.n_replications)
        return gathered(jobs, made)

    return Simulator(each, lambda scenario, n: simulate_typical(scenario, n, execution), execution)


def gathered(jobs: Sequence[Sequence[Batch]], made: Sequence[Outcomes]) -> list[Outcomes]:
    """The outcomes of batches from those of all their parts, one after another."""
    parts = iter(made)
    return [joined([next(parts) for _ in of_batch]) for of_batch in jobs]
