"""Arms × settings × replications as jobs: where they run, and how their parts come together.

A job is a block of replications of every arm in some settings, so that arms share draws. Its part has
a tally, of a size that does not grow with replications, and the latencies if they are to be kept.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from typing import Literal

import numpy as np

from sim.analysis.branch import StageSums, stage_sums
from sim.analysis.refine import refined
from sim.analysis.results import Alerts
from sim.analysis.tally import NOTHING, Reports, Tally, tally, typical_reports
from sim.draws.nouns import Times
from sim.draws.settings import settings_of
from sim.draws.table import Block, draw
from sim.engines.contract import Paths
from sim.engines.reference import simulate
from sim.model.ranges import TYPICAL
from sim.model.scenario import Arm, Scenario
from sim.network import compile_network

BLOCK_WORK = 16_000  # launches × replications × settings of a job: about a second of the reference engine
SETTINGS_PER_JOB = 8
JOBS_AHEAD = 4  # jobs under way for each worker: finished parts that wait for their turn stay few

Keep = Literal["paths", "summary"]  # whether latencies are kept beside the tally


@dataclass(frozen=True)
class Job:
    """Replications ``start`` to ``stop`` (excluded) of every arm in some settings, by number; 0 is typical."""

    settings: tuple[int, ...]
    start: int
    stop: int

    @property
    def name(self) -> str:
        first, last = self.settings[0], self.settings[-1]
        return f"settings-{first:04}-{last:04}-replications-{self.start:09}-{self.stop:09}"


@dataclass(frozen=True, eq=False)
class Part:
    """What a job gave: its tally; by arm, latencies (setting, replication, launch), empty if not kept."""

    job: Job
    tally: Tally
    latency: Mapping[str, Times]


def jobs_of(scenario: Scenario) -> tuple[Job, ...]:
    """All jobs of a scenario, in order; they do not depend on how many workers there are."""
    n_settings, n_launches = len(settings_of(scenario)), len(scenario.launch_keys())
    firsts = range(1, n_settings, SETTINGS_PER_JOB)
    groups = (tuple(range(first, min(first + SETTINGS_PER_JOB, n_settings))) for first in firsts)
    others = (job for group in groups for job in _jobs_of(group, scenario.settings.replications, n_launches))
    return (*_jobs_of((0,), scenario.replications, n_launches), *others)


def _jobs_of(settings: tuple[int, ...], n: int, n_launches: int) -> Iterator[Job]:
    size = max(4, BLOCK_WORK // (n_launches * len(settings)) // 4 * 4)
    return (Job(settings, start, min(start + size, n)) for start in range(0, n, size))


def run_job(scenario: Scenario, job: Job, keep: Keep = "paths") -> Part:
    """Simulate one job."""
    block = Block(scenario, job.start, job.stop)
    settings = settings_of(scenario)
    latency, stages = {}, {}
    for arm in scenario.arms:
        columns = []
        for number in job.settings:
            network = compile_network(arm, settings[number])
            paths = simulate(network, draw(block, arm, network, settings[number]))
            columns.append(paths.latency)
            if number == 0:
                stages[arm.name] = stage_sums(paths)
        latency[arm.name] = np.stack(columns)
    return Part(job, tally_of(scenario, job, latency, stages), latency if keep == "paths" else {})


def tally_of(scenario: Scenario, job: Job, latency: Mapping[str, Times], stages: Mapping[str, StageSums]) -> Tally:
    """The tally of a job, from its latencies and the sums along its delivering branches."""
    found = (tally(scenario, reports) for reports in reports_of(scenario, job, latency))
    return sum(found, Tally({}, {}, stages))


def reports_of(scenario: Scenario, job: Job, latency: Mapping[str, Times]) -> Iterator[Reports]:
    """The latencies of a job by setting; the first typical ones count once more, as setting 0."""
    for place, number in enumerate(job.settings):
        found = {arm: every[place] for arm, every in latency.items()}
        yield Reports(number, found) if number else typical_reports(found)
        n_first = scenario.settings.replications - job.start
        if number == 0 and n_first > 0:
            yield Reports(0, {arm: every[:n_first] for arm, every in found.items()})


def run_jobs(scenario: Scenario, jobs: list[Job], n_workers: int, keep: Keep = "paths") -> Iterator[Part]:
    """Simulate jobs, on so many processes; parts come in the order of the jobs, few at a time."""
    if n_workers <= 1 or len(jobs) <= 1:
        yield from (run_job(scenario, job, keep) for job in jobs)
        return
    pool = ProcessPoolExecutor(min(n_workers, len(jobs)), get_context("spawn"), initializer=_leave_interrupts)
    try:
        futures = (pool.submit(run_job, scenario, job, keep) for job in jobs)
        ahead = deque(islice(futures, JOBS_AHEAD * n_workers))
        while ahead:
            yield ahead.popleft().result()
            ahead.extend(islice(futures, 1))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _leave_interrupts() -> None:
    """Ctrl-C is the parent's: workers finish the block they are at."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def simulate_scenario(scenario: Scenario, n_workers: int = 1) -> Alerts:
    """Run a whole scenario in memory."""
    parts = list(run_jobs(scenario, list(jobs_of(scenario)), n_workers))
    found = sum((part.tally for part in parts), NOTHING)
    exact = refined(found, lambda: (one for part in parts for one in reports_of(scenario, part.job, part.latency)))
    typical, by_setting = {}, {}
    for arm in (arm.name for arm in scenario.arms):
        columns = [(part.job, part.latency[arm]) for part in parts]
        typical[arm], by_setting[arm] = typical_of(columns), by_setting_of(scenario, columns)
    return Alerts(exact, typical, by_setting)


def typical_of(columns: list[tuple[Job, Times]]) -> Times:
    """The typical latencies of one arm, int64 (replication, launch), from those of all jobs."""
    return np.concatenate([latency[0] for job, latency in columns if job.settings == (0,)])


def by_setting_of(scenario: Scenario, columns: list[tuple[Job, Times]]) -> Times:
    """The latencies of one arm, int64 (setting, replication, launch), from those of all jobs."""
    by_group: dict[tuple[int, ...], list[Times]] = {}
    for job, latency in columns:
        by_group.setdefault(job.settings, []).append(latency)
    groups = [np.concatenate(blocks, axis=1) for blocks in by_group.values()]
    return np.concatenate([group[:, : scenario.settings.replications] for group in groups])


def replay(scenario: Scenario, arm: Arm, replication: int) -> Paths:
    """The sample path of one replication of one arm at the typical setting."""
    network = compile_network(arm)
    block = Block(scenario, replication, replication + 1)
    return simulate(network, draw(block, arm, network, TYPICAL))
