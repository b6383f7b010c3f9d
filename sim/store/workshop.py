"""Where the parts of a run are until all are there: in memory for a moment, then in its hidden folder.

To write them takes pyarrow, which takes longer to load than a short run takes to be simulated. So the parts of the
first two seconds wait until the answer is said. They are put away whatever ends the run before that; only a kill
costs them, as it costs the part that is being made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from sim.analysis.tally import Reports, Tally
from sim.experiment.execution import Execution, Keep
from sim.experiment.run import Job, Part, reports_of
from sim.model.scenario import Scenario
from sim.store.files import write_whole
from sim.store.resume import ALERTS, RUN, TALLIES, at_work, hidden_path, note_part, plan_of

WAIT_S = 2.0


class Workshop:
    """The hidden folder of a run in the making: finished parts, then the files of the whole."""

    def __init__(self, final: Path, scenario: Scenario, keep: Keep, whole: frozenset[Path]) -> None:
        self.scenario, self.keep, self.whole = scenario, keep, whole
        self.hidden = hidden_path(final)
        self.path = self.hidden / RUN
        self.parts = self.path / ALERTS if keep == "paths" else self.hidden / TALLIES
        for place in (self.path, self.parts):
            place.mkdir(parents=True, exist_ok=True)
        self._waiting: dict[Job, Part] = {}
        self._until = monotonic() + WAIT_S

    def has(self, job: Job) -> bool:
        """Whether an interrupted run has left this part, whole."""
        return self._file(job) in self.whole

    def add(self, part: Part) -> None:
        """Take a finished part."""
        self._waiting[part.job] = part
        if monotonic() > self._until:
            self.put_away()

    def put_away(self) -> None:
        """Write the parts that wait."""
        while self._waiting:
            self._write(next(iter(self._waiting.values())))

    def _write(self, part: Part) -> None:
        from sim.store.parquet import part_bytes, tally_bytes

        data = part_bytes(self.scenario, part) if self.keep == "paths" else tally_bytes(part.tally)
        path = self._file(part.job)
        write_whole(path, data)
        note_part(self.hidden, path, data)
        del self._waiting[part.job]

    def tally(self, job: Job) -> Tally:
        """The tally of a part that an interrupted run has left."""
        from sim.store.parquet import read_part, read_tally

        path = self._file(job)
        return read_part(self.scenario, job, path).tally if self.keep == "paths" else read_tally(path)

    def reports(self, jobs: Sequence[Job]) -> Iterator[Reports]:
        """All latencies again, job by job."""
        for job in jobs:
            if job in self._waiting:
                latency = self._waiting[job].latency
            else:
                from sim.store.parquet import read_latencies

                latency = read_latencies(self.scenario, job, self._file(job))
            yield from reports_of(self.scenario, job, latency)

    def _file(self, job: Job) -> Path:
        return self.parts / f"{job.name}.parquet"


@contextmanager
def workshop(final: Path, scenario: Scenario, jobs: Sequence[Job], execution: Execution) -> Iterator[Workshop]:
    """The workshop of a run, for one process at a time; it takes up what an interrupted run left.

    Raises
    ------
    StoreError : another process is at it, or its parts were made by another version, cut or kept otherwise.
    """
    with at_work(hidden_path(final), plan_of(scenario, jobs, execution)) as whole:
        shop = Workshop(final, scenario, execution.keep, whole)
        try:
            yield shop
        finally:
            shop.put_away()
