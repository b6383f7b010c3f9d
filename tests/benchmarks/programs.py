"""What is timed: our engines and the rivals, all called the same way."""

from __future__ import annotations

import math
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from tests.benchmarks.chain import MEAN_LATENCY_S
from tests.benchmarks.machine import cores, version_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_STANDARD_ERRORS = 4  # a program that is right is refused once in 16,000 times


@dataclass(frozen=True)
class Program:
    """A way to simulate the chain: a function of a module that is loaded when it is first called.

    The function takes (n_replications, seed, n_launches, n_stages), the last two for choice, and gives
    the mean latency of each replication, seconds; one that can use more cores takes ``n_workers`` too.
    """

    name: str
    library: str
    module: str
    function: str = "means"
    n_cores: int = 1

    @property
    def obstacle(self) -> str:
        """Why it cannot be run here; empty if it can."""
        if version_of(self.library) is None:
            return "not installed"
        return "" if self.n_cores <= len(cores()) else f"needs {self.n_cores} cores"

    def means(self, *size: int) -> NDArray[np.float64]:
        """Call it."""
        function = getattr(import_module(f"tests.benchmarks.{self.module}"), self.function)
        workers = {"n_workers": self.n_cores} if self.n_cores > 1 else {}
        found: NDArray[np.float64] = function(*size, **workers)
        return found


# Another engine, or one on more cores, is one more line: a function of `ours`, and n_cores if not one.
OURS = (
    Program("alertpath, columns", "alertpath", "ours", "columns"),
    Program("alertpath, columns, 2 cores", "alertpath", "ours", "columns", n_cores=2),
    Program("alertpath, events", "alertpath", "ours", "events"),
    Program("alertpath, columns in NumPy", "alertpath", "ours", "numpy_columns"),
    Program("alertpath, reference engine", "alertpath", "ours", "reference"),
)
SIMPY = Program("SimPy", "simpy", "rivals.simpy_")
RIVALS = (
    SIMPY,
    Program("Cimba", "cimba", "rivals.cimba_"),
    Program("Cimba, 2 cores", "cimba", "rivals.cimba_", n_cores=2),
    Program("Ciw", "ciw", "rivals.ciw_"),
    Program("salabim", "salabim", "rivals.salabim_"),
)
PROGRAMS = (*OURS, *RIVALS)


def named(name: str) -> Program:
    """A program by its name."""
    return next(program for program in PROGRAMS if program.name == name)


@dataclass(frozen=True)
class Agreement:
    """A mean latency of so many replications beside the one that all programs must give."""

    n_replications: int
    mean_s: float
    standard_error_s: float

    @property
    def is_close(self) -> bool:
        return abs(self.mean_s - MEAN_LATENCY_S) <= MOST_STANDARD_ERRORS * self.standard_error_s

    def __str__(self) -> str:
        return f"{self.mean_s:.1f} ± {self.standard_error_s:.1f}"


def agreement(program: Program, n_replications: int, seed: int = 1) -> Agreement:
    """The mean latency that a program gives for the chain of 8 launches and 6 stages."""
    means = program.means(n_replications, seed)
    return Agreement(n_replications, float(means.mean()), float(means.std(ddof=1)) / math.sqrt(n_replications))
