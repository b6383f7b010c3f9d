"""Arms × settings × replications as jobs: how they are run, and how their parts come together.

A job is a block of replications of every arm in some settings, so that arms share draws. Its part has
a tally, of a size that does not grow with replications, and the latencies if they are to be kept.
"""

from __future__ import annotations

import math
import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from operator import attrgetter

import numpy as np

from sim.analysis.branch import StageSums
from sim.analysis.refine import refined
from sim.analysis.results import Alerts
from sim.analysis.tally import AT_TYPICAL, NOTHING, Reports, Tally, reports, tally
from sim.draws.block import Block
from sim.draws.nouns import Times
from sim.draws.settings import settings_of
from sim.draws.table import draw
from sim.engines.contract import Paths
from sim.engines.reference import simulate
from sim.experiment.engines import EngineName, engine_of, n_launches
from sim.experiment.execution import Execution, Keep
from sim.experiment.simulate import check, simulate_block
from sim.model.network import compile_network
from sim.model.ranges import TYPICAL
from sim.model.scenario import Arm, Scenario

BLOCK_WORK = 16_000  # launches × replications × settings of a job: half a second of the reference engine
MOST_WORK = 256_000  # of a job of a large run: a quarter of a second of the compiled engine and its tally
MANY_JOBS = 32  # a large run has so many or more, so that there is work for many workers


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


def n_replications(job: Job) -> int:
    """The replications of a job, over its settings."""
    return len(job.settings) * (job.stop - job.start)


def job_named(name: str) -> Job:
    """The job of a name."""
    first, last, start, stop = (int(number) for number in re.findall(r"\d+", name))
    return Job(tuple(range(first, last + 1)), start, stop)


@dataclass(frozen=True, eq=False)
class Part:
    """What a job gave: its tally; by arm, latencies (setting, replication, launch), empty if not kept."""

    job: Job
    tally: Tally
    latency: Mapping[str, Times]


def jobs_of(scenario: Scenario) -> tuple[Job, ...]:
    """All jobs of a scenario, in order. They depend on the scenario alone, so neither engine nor workers show."""
    n_at_once = max(1, job_work(scenario) // len(scenario.launch_keys()))  # replications × settings
    n_settings, n_each = len(settings_of(scenario)), scenario.settings.replications
    size = max(1, n_at_once // n_each)
    groups = (tuple(range(first, min(first + size, n_settings))) for first in range(1, n_settings, size))
    others = (job for group in groups for job in _jobs_of(group, 0, n_each, n_at_once // len(group)))
    return (*typical_jobs(scenario, 0, scenario.replications, n_at_once), *others)


def typical_jobs(scenario: Scenario, start: int, stop: int, n_at_once: int) -> tuple[Job, ...]:
    """The jobs of some replications at the typical setting, about so many in each, in whole units."""
    return tuple(_jobs_of((0,), start, stop, n_at_once, scenario.n_together))


def _jobs_of(settings: tuple[int, ...], first: int, stop: int, n_at_once: int, n_together: int = 1) -> Iterator[Job]:
    step = math.lcm(4, n_together)  # as draws come by fours
    size = max(step, n_at_once // step * step)
    return (Job(settings, start, min(start + size, stop)) for start in range(first, stop, size))


def job_work(scenario: Scenario) -> int:
    """How many launches a job simulates: more in large runs, since every job costs some milliseconds of its own."""
    return work_of(n_launches(scenario))


def work_of(n: int) -> int:
    """The same for so many launches in all."""
    return max(BLOCK_WORK, min(n // MANY_JOBS, MOST_WORK))


def run_job(scenario: Scenario, job: Job, engine: EngineName, keep: Keep) -> Part:
    """Simulate one job."""
    settings = settings_of(scenario)
    chosen = tuple(settings[number] for number in job.settings)
    is_typical = job.settings[0] == 0
    latency, sums = simulate_block(scenario, engine_of(engine), chosen, job.start, job.stop, is_summed=is_typical)
    found = tally_of(scenario, job, latency, sums)
    return Part(job, found, latency if keep == "paths" else {})


def tally_of(scenario: Scenario, job: Job, latency: Mapping[str, Times], stages: Mapping[str, StageSums]) -> Tally:
    """The tally of a job, from its latencies and the sums along its delivering branches."""
    alike = groupby(reports_of(scenario, job, latency), key=attrgetter("n_replications", "n_together"))
    return sum((tally(scenario, *every) for _, every in alike), Tally({}, {}, stages))


def reports_of(scenario: Scenario, job: Job, latency: Mapping[str, Times]) -> Iterator[Reports]:
    """The latencies of a job by setting; the first typical ones count once more, as setting 0."""
    for place, number in enumerate(job.settings):
        found = {arm: every[place] for arm, every in latency.items()}
        yield reports(scenario, number or AT_TYPICAL, found)
        n_first = scenario.settings.replications - job.start
        if number == 0 and n_first > 0:
            yield reports(scenario, 0, {arm: every[:n_first] for arm, every in found.items()})


def run_jobs(scenario: Scenario, jobs: Sequence[Job], execution: Execution = Execution()) -> Generator[Part]:
    """Simulate jobs, wherever that is; parts come in the order of the jobs, few at a time.

    A compiled engine is checked here before, and so compiled: processes of this machine find it kept.
    """
    if jobs:
        check(scenario, engine_of(execution.engine))
        task = partial(run_job, scenario, engine=execution.engine, keep=execution.keep)
        yield from execution.spread(task, jobs, scenario)


def simulate_scenario(scenario: Scenario, execution: Execution = Execution()) -> Alerts:
    """Run a whole scenario in memory."""
    parts = list(run_jobs(scenario, jobs_of(scenario), execution))
    found = sum((part.tally for part in parts), NOTHING)
    exact = refined(found, lambda: (one for part in parts for one in reports_of(scenario, part.job, part.latency)))
    typical, by_setting = {}, {}
    for arm in (arm.name for arm in scenario.arms):
        columns = [(part.job, part.latency[arm]) for part in parts]
        typical[arm], by_setting[arm] = typical_of(columns), by_setting_of(scenario, columns)
    return Alerts(exact, typical, by_setting)


def simulate_typical(scenario: Scenario, n: int, execution: Execution = Execution()) -> Tally:
    """The tally of the first ``n`` replications at the typical setting alone."""
    n_launches = len(scenario.launch_keys())
    jobs = typical_jobs(scenario, 0, n, work_of(n * n_launches) // n_launches)
    parts = run_jobs(scenario, jobs, replace(execution, keep="summary"))
    return sum((part.tally for part in parts), NOTHING)


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
