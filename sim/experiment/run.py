"""Arms × settings × replications as jobs: how they are run, and how their parts come together.

A job is a block of replications of every arm in some settings, so that arms share draws. Parts are
put together in the order of jobs, whatever the order in which they end.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from time import monotonic

import numpy as np

from sim.analysis.branch import StageSums
from sim.analysis.results import Alerts
from sim.draws.nouns import Times
from sim.draws.settings import settings_of
from sim.draws.table import Block, draw
from sim.engines.contract import Paths
from sim.engines.reference import simulate
from sim.experiment.engines import EngineName, engine_of
from sim.experiment.pools import Where, in_order, pool, refuse_others
from sim.experiment.simulate import simulate_block
from sim.experiment.versions import versions
from sim.model.ranges import TYPICAL
from sim.model.scenario import Arm, Scenario
from sim.network import compile_network

BLOCK_WORK = 16_000  # launches × replications of a typical job: about a second of the reference engine
SETTINGS_PER_JOB = 8
START_S = 0.5  # processes of this machine are ready after so long, however many


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
    """What a job gave: by arm, latencies (setting, replication, launch); at the typical setting, sums."""

    job: Job
    latency: Mapping[str, Times]
    stages: Mapping[str, StageSums]


def jobs_of(scenario: Scenario) -> tuple[Job, ...]:
    """All jobs of a scenario, in order; they do not depend on how many workers there are."""
    n_launches = len(scenario.launch_keys())
    size = max(4, BLOCK_WORK // n_launches // 4 * 4)
    starts = range(0, scenario.replications, size)
    typical = [Job((0,), start, min(start + size, scenario.replications)) for start in starts]
    n_settings = len(settings_of(scenario))
    groups = (
        range(first, min(first + SETTINGS_PER_JOB, n_settings)) for first in range(1, n_settings, SETTINGS_PER_JOB)
    )
    return (*typical, *(Job(tuple(group), 0, scenario.settings.replications) for group in groups))


def run_job(scenario: Scenario, job: Job, engine: EngineName = "reference") -> Part:
    """Simulate one job."""
    settings = settings_of(scenario)
    chosen = tuple(settings[number] for number in job.settings)
    latency, sums = simulate_block(scenario, engine_of(engine), chosen, job.start, job.stop)
    return Part(job, latency, sums if job.settings[0] == 0 else {})


def run_jobs(scenario: Scenario, jobs: Sequence[Job], where: Where = 1) -> Generator[Part]:
    """Simulate jobs, wherever that is; parts come in the order of the jobs.

    On this machine jobs begin in this process, and go on in others once they have taken as long as it
    takes to start those: a small run never waits for processes, and a large one loses no more than that.
    """
    n_done = 0
    if isinstance(where, int):
        started = monotonic()
        while n_done < len(jobs) and (where <= 1 or n_done + 1 == len(jobs) or monotonic() - started < START_S):
            yield run_job(scenario, jobs[n_done])
            n_done += 1
    if n_done < len(jobs):
        with pool(where) as workers:
            yield from in_order(workers, partial(_run_alike, versions(), scenario), jobs[n_done:])


def _run_alike(ours: dict[str, str], scenario: Scenario, job: Job) -> Part:
    """Simulate one job where the same job gives the same bytes; workers may have joined late."""
    refuse_others(ours)
    return run_job(scenario, job)


def assemble(scenario: Scenario, parts: list[Part]) -> Alerts:
    """The alerts of a whole run from its parts."""
    typical = [part for part in parts if part.job.settings == (0,)]
    others = [part for part in parts if part.job.settings != (0,)]
    n = scenario.settings.replications
    latencies, by_setting, sums = {}, {}, {}
    for arm in (arm.name for arm in scenario.arms):
        latencies[arm] = np.concatenate([part.latency[arm][0] for part in typical])
        first = latencies[arm][None, :n]
        by_setting[arm] = np.concatenate([first, *(part.latency[arm] for part in others)]) if others else first
        sums[arm] = _total([part.stages[arm] for part in typical])
    return Alerts(latencies, by_setting, sums)


def _total(sums: list[StageSums]) -> StageSums:
    total = sums[0]
    for one in sums[1:]:
        total = total + one
    return total


def simulate_scenario(scenario: Scenario, where: Where = 1, watch: Callable[[Part], None] = lambda _: None) -> Alerts:
    """Run a whole scenario; ``watch`` sees each part as it comes."""
    parts = []
    with closing(run_jobs(scenario, jobs_of(scenario), where)) as coming:
        for part in coming:
            watch(part)
            parts.append(part)
    return assemble(scenario, parts)


def replay(scenario: Scenario, arm: Arm, replication: int) -> Paths:
    """The sample path of one replication of one arm at the typical setting."""
    network = compile_network(arm)
    block = Block(scenario, replication, replication + 1)
    return simulate(network, draw(block, arm, network, TYPICAL))
