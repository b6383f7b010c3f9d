"""How an answer comes about and where it is kept: the same for every caller of every study."""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.asking.option import Option
from sim.errors import SimError
from sim.version import __version__

if TYPE_CHECKING:
    from sim.asking.study import Plan, Study
    from sim.experiment.execution import Execution
    from sim.experiment.pools import Where
    from sim.pages.page import Page
    from sim.plots.render import Print
    from sim.store.study import Stored

WORKERS = Option("workers", "workers", "Processes of this machine.", form="number", default=1, most=1024)
LIBRARIES = ("numpy", "scipy", "simpy", "numba", "matplotlib", "pyarrow")


@dataclass(frozen=True)
class Order:
    """What is done with an answer: the folder of results, whether it is made anew, or only gone on with.

    how : how figures are printed; None as usual, and what is there stays.
    """

    out: Path
    is_again: bool = False
    is_resumed: bool = False
    how: Print | None = None


def place(workers: int | None, cluster: str | None) -> Where:
    """Where jobs run.

    Raises
    ------
    SimError : both are given.
    PoolError : the cluster is none.
    """
    if cluster is None:
        from sim.experiment import processes

        return workers or processes.usable_cpus()
    if workers is not None:
        raise SimError("--workers is for this machine and --cluster for others — give one of them")
    from sim.experiment import pools

    return pools.cluster(cluster)


def place_of(workers: object) -> Where:
    """Where jobs run, as Python gives it: processes of this machine, one unless given, or a cluster.

    Raises
    ------
    SimError : it is neither.
    """
    from sim.experiment import pools

    return pools.cluster(workers) if isinstance(workers, str) else WORKERS.checked(workers)


def check_draws(study: Study, plan: Plan) -> None:
    """Refuse a study of replications that are not drawn one by one.

    Raises
    ------
    SimError : they are not.
    """
    if study.is_simulated and plan.scenario.draws != "philox":
        raise SimError(
            f"draws: {plan.scenario.draws} is for runs; a study tells its noise from replications that are drawn one "
            "by one — leave the line out, or give --set draws=philox"
        )


def answered(study: Study, plan: Plan, execution: Execution) -> tuple[Any, Page]:
    """The results of a study and what is said of them, in memory."""
    from sim.experiment.simulator import in_memory

    check_draws(study, plan)
    found = study.find(plan, in_memory(execution))
    return found, study.page(plan, found)


def stored(
    study: Study, plan: Plan, order: Order, execute: Callable[[], Execution], tell: Callable[[str], None]
) -> Stored:
    """A study in its folder: as it is there, or made now, taking up what an interrupted one has left.

    ``execute`` is called if there is anything to simulate; why what is there is made again, is told.
    """
    from sim.pages.files import files_of
    from sim.pages.terminal import terminal
    from sim.plots.render import AS_USUAL
    from sim.store.run import other_code
    from sim.store.study import Answer, answered, discard_interrupted, find_study

    check_draws(study, plan)
    there = None if order.is_again else find_study(order.out, plan.stored_as)
    if there and not (other := other_code(there.path)):
        return there
    if there:
        tell(f"{there.path}: {other}, so it is run again")
    if order.is_again:
        discard_interrupted(order.out, plan.stored_as)

    def answer(simulator: Any) -> Answer:
        page = study.page(plan, study.find(plan, simulator))
        return Answer(terminal(page), files_of(page, order.how or AS_USUAL))

    execution = execute()
    return answered(order.out, plan.stored_as, execution, answer, provenance(execution.where, time.time()))


def provenance(where: Where, started: float) -> dict[str, Any]:
    """What is noted of how a result came about."""
    return {
        **made_with(where),
        **({"workers": where} if isinstance(where, int) else {}),
        "command": ["sim", *sys.argv[1:]],
        "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(started)),
    }


def made_with(where: Where) -> dict[str, Any]:
    """What a result of this process was made with, and where."""
    from importlib.metadata import version  # slow to import, and nobody waits for it where the answer is said before

    return {
        "where": "this machine" if isinstance(where, int) else where,
        "alertpath": __version__,
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES if find_spec(name)},
    }
