"""How jobs are carried out, which changes nothing of what they give."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from sim.experiment.engines import LOADING_S, Asked, EngineName, chosen, must_compile
from sim.experiment.pools import Where, spread
from sim.experiment.processes import may_copy
from sim.experiment.versions import versions_for
from sim.model.scenario import Scenario

Keep = Literal["paths", "summary"]
T = TypeVar("T")
R = TypeVar("R")

START_S = 0.5  # processes of this machine are ready after so long, however many
OF_COPIES = 0.1  # of that time, where they are copies of this one: 0.01 s were measured on an idle machine
COMPILING = "compiling the engine, about a quarter of a minute"


@dataclass(frozen=True)
class Execution:
    """Where jobs run, on which engine, and who is told how far they are.

    engine : the engine, settled
    keep : whether latencies are kept beside the tally
    where : processes of this machine, or a cluster
    begin, watch : see how many replications there are to do, and how many are done
    """

    engine: EngineName = "columns"
    keep: Keep = "paths"
    where: Where = 1
    begin: Callable[[int], None] = lambda _: None
    watch: Callable[[int], None] = lambda _: None

    def spread(self, function: Callable[[T], R], jobs: Sequence[T], scenario: Scenario) -> Generator[R]:
        """What the function gives for each job of a scenario, in their order, wherever they run."""
        yield from spread(function, jobs, self.where, self._here_s, versions_for(scenario))

    @property
    def _here_s(self) -> float:
        """How long jobs run in this process before others are started: what it takes until those are ready."""
        return START_S * (OF_COPIES if may_copy() else 1) + (LOADING_S if self.engine == "compiled" else 0)


@dataclass(frozen=True)
class Means:
    """What a user gives to simulate with: a place, and an engine or the choice of it.

    keep : whether latencies are kept beside the tally
    tell : is told what takes long before it does
    """

    where: Where = 1
    engine: Asked = "auto"
    keep: Keep = "paths"
    tell: Callable[[str], None] = lambda _: None

    @property
    def n_workers(self) -> int:
        """How many workers are sure to be there."""
        return self.where if isinstance(self.where, int) else 1

    def settled(self, scenario: Scenario, n_launches: int | None = None) -> Execution:
        """The execution of so many launches of a scenario, or of a whole run; on the engine that answers sooner.

        Raises
        ------
        SimError : there is no such engine, or the compiled one is asked for and cannot be had.
        """
        engine = chosen(self.engine, scenario, self.n_workers, n_launches)
        if must_compile(engine, scenario):
            from sim.kernels.cache import not_kept

            why = not_kept()
            self.tell(f"{COMPILING}, each time, since {why}" if why else f"{COMPILING}, once")
        return Execution(engine, self.keep, self.where)
