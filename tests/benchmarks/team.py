"""Every program in a process of its own: one that looks through all that is loaded would pay for the others."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.machine import pinned
from tests.benchmarks.programs import Agreement, Program, agreement


class Team:
    """The processes, one for each program that can be run; they wait while another works."""

    def __init__(self, programs: Iterable[Program]) -> None:
        self._stack = ExitStack()
        context = get_context("spawn")
        self._processes: Mapping[Program, ProcessPoolExecutor] = {
            program: self._stack.enter_context(ProcessPoolExecutor(1, context)) for program in programs
        }

    def __enter__(self) -> Team:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def programs(self) -> list[Program]:
        return list(self._processes)

    def agreement(self, program: Program, n_replications: int) -> Agreement:
        """What its mean latency is."""
        return self._processes[program].submit(agreement, program, n_replications).result()

    def means(self, program: Program, *size: int) -> NDArray[np.float64]:
        """The mean latency of each replication, seconds."""
        return self._processes[program].submit(program.means, *size).result()

    def seconds(self, program: Program, *size: int) -> float:
        """Time of one call, (n_replications, seed, n_launches, n_stages)."""
        return self._processes[program].submit(call_seconds, program, *size).result()


def call_seconds(program: Program, *size: int) -> float:
    """Time of one call on as many cores as the program is for."""
    with pinned(program.n_cores):
        start = time.perf_counter()
        program.means(*size)
        return time.perf_counter() - start
