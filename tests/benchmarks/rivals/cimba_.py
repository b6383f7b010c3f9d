"""Cimba from Python: a model compiled once, its trials run by the native engine.

Measured on the chain, each against its alternative: launches as a list of models, 1.1 times as fast as
spawned ones; seeds of all trials given at once, 1.3 times as fast as one seed for the experiment.
"""

from __future__ import annotations

import cimba
import numpy as np
from cimba import random
from numpy.typing import NDArray

from tests.benchmarks.chain import (
    GAP_S,
    LINE_S,
    LOG_SD,
    LOSS,
    N_LAUNCHES,
    N_STAGES,
    RETRY_S,
    desks,
    place_of_line,
)
from tests.benchmarks.chain import Desk as ChainDesk

BLOCK_WORK = 160_000  # launches × trials of one experiment, which holds all of its trials in memory


class Desk(cimba.Model):
    servers: cimba.Resource
    log_mean: cimba.Param[float]
    is_after_line: bool = False

    def __init__(self, desk: ChainDesk, is_after_line: bool) -> None:
        self.servers = cimba.Resource(capacity=desk.capacity)
        self.log_mean = desk.log_mean
        self.is_after_line = is_after_line


class Launch(cimba.Model):
    chain: cimba.Ref[Chain]
    start: cimba.Param[float] = 0.0

    @cimba.process
    def report(self):
        cimba.hold(self.start)
        for number in range(len(self.chain.desks)):
            desk = self.chain.desks[number]
            if desk.is_after_line:
                while random.bernoulli(LOSS):
                    cimba.hold(RETRY_S)
                cimba.hold(LINE_S)
            desk.servers.acquire()
            cimba.hold(random.lognormal(desk.log_mean, LOG_SD))
            desk.servers.release()
        self.chain.mean += (cimba.now() - self.start) / len(self.chain.launches)


class Chain(cimba.Model):
    desks: list[Desk]
    launches: list[Launch]
    mean: cimba.Output[float]

    def __init__(self, n_launches: int, n_stages: int) -> None:
        line = place_of_line(n_stages)
        self.desks = [Desk(desk, number == line) for number, desk in enumerate(desks(n_stages))]
        self.launches = [Launch() for _ in range(n_launches)]
        for launch in self.launches:
            launch.chain = self

    @cimba.on_start
    def begin(self):
        self.mean = 0.0
        start = 0.0
        for number in range(1, len(self.launches)):
            start += random.exponential(GAP_S)
            self.launches[number].start = start


def means(
    n_replications: int, seed: int, n_launches: int = N_LAUNCHES, n_stages: int = N_STAGES, n_workers: int = 1
) -> NDArray[np.float64]:
    """Mean latency of each replication, seconds; in blocks, so that ten million replications fit in memory."""
    model = Chain(n_launches, n_stages)
    seeds = np.random.SeedSequence(seed).generate_state(n_replications, np.uint64)
    size = max(1, BLOCK_WORK // n_launches)
    return np.concatenate(
        [_block(model, seeds[start : start + size], n_workers) for start in range(0, n_replications, size)]
    )


def _block(model: Chain, seeds: NDArray[np.uint64], n_workers: int) -> NDArray[np.float64]:
    experiment = cimba.Experiment(model, replications=len(seeds), seeds=seeds)
    block: NDArray[np.float64] = experiment.run(workers=n_workers, on_failure="raise")[model].mean.values[0]
    return block
