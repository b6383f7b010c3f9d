"""The alerts of a stored run, whose latencies are read when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from sim.analysis.results import Alerts
from sim.analysis.tally import Tally
from sim.draws.nouns import Times
from sim.errors import StoreError
from sim.experiment.run import Job, by_setting_of, job_named, typical_of
from sim.model.scenario import Scenario
from sim.store.resume import ALERTS


class StoredLatencies(Mapping[str, Times]):
    """Latencies by arm, each read when it is asked for."""

    def __init__(self, arms: tuple[str, ...], read: Callable[[str], Times]) -> None:
        self._arms, self._read = arms, read

    def __getitem__(self, arm: str) -> Times:
        if arm not in self._arms:
            raise KeyError(arm)
        return self._read(arm)

    def __iter__(self) -> Iterator[str]:
        return iter(self._arms)

    def __len__(self) -> int:
        return len(self._arms)


def stored_alerts(path: Path, scenario: Scenario, tally: Tally) -> Alerts:
    """The alerts of a run in a folder."""

    def read(arm: str, is_asked: Callable[[Job], bool]) -> list[tuple[Job, Times]]:
        asked = [(job, file) for job, file in stored_jobs(path) if is_asked(job)]
        from sim.store.parquet import read_latencies  # and with it pyarrow: a run is said before it is stored

        return [(job, read_latencies(scenario, job, file)[arm].copy()) for job, file in asked]  # and no other arm

    def is_typical(job: Job) -> bool:
        return job.settings == (0,)

    def is_among_settings(job: Job) -> bool:
        return not is_typical(job) or job.start < scenario.settings.replications

    arms = tuple(arm.name for arm in scenario.arms)
    return Alerts(
        tally,
        StoredLatencies(arms, lambda arm: typical_of(read(arm, is_typical))),
        StoredLatencies(arms, lambda arm: by_setting_of(scenario, read(arm, is_among_settings))),
    )


def stored_jobs(path: Path) -> list[tuple[Job, Path]]:
    """The jobs whose latencies a run has, in order, and their files: however large they were made.

    Raises
    ------
    StoreError : it has none, since a summary was kept.
    """
    if not (path / ALERTS).is_dir():
        raise StoreError(f"{path}: kept as a summary, without latencies — run it again with --keep paths")
    found = [(job_named(file.stem), file) for file in (path / ALERTS).glob("*.parquet")]
    return sorted(found, key=lambda one: (one[0].settings, one[0].start))
